//! Nothing above the consented level ever reaches an operator, whatever the channel.
//!
//! Everything that the core bank says of a customer carries a canary: names, accounts and their numbers,
//! amounts, merchants, memos, places, payees, cards. All eight adapters speak with doubles of their
//! operators on this machine, by their real wire formats, and every byte that a double is handed (request
//! line, headers, body, stanza, answer) is searched in one pass for all canaries.
//!
//! Which sends are which:
//! - *Through the whole service*: a message comes in, is committed, is a turn, passes the door, is sealed,
//!   planned, and handed to the operator. Each adapter stands there three times, once for each ceiling below
//!   the bank's own, and its customer allows first nothing and then more and more.
//! - *Planner and adapter*: what the service said and sealed for such a ceiling and consent, in six
//!   languages, is planned by each adapter's own table and sent by it again and again, under ever other
//!   links, receipt numbers and keys. These add forms, not words. So many of them that all sends are
//!   [`SENDS`], or as many as `BANKSIDE_CANARY_SENDS` says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub
)]

mod leaks;
mod operators;
mod scene;
mod search;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use bankside_domain::account::AccountNumber;
use bankside_domain::conversation::{Author, Outgoing};
use bankside_domain::customer::Language;
use bankside_domain::disclosure::Level;
use bankside_domain::party::Ceiling;
use bankside_testkit::actor::words;
use bankside_testkit::marked::{FIGURE, mark_of};
use bankside_testkit::{Actor, Grant};

use operators::Looking;
use scene::{Scene, grant};
use search::{Needle, Search};

/// Sends of a run, of both kinds. A million takes minutes: `docs/src/figures.md`.
const SENDS: u64 = 100_000;
/// Ceilings below the bank's own.
pub const CEILINGS: [Ceiling; 3] =
    [Ceiling::PlatformReadable, Ceiling::Spoken, Ceiling::EndToEndEncrypted];
/// Consents, one after the other: none, and then ever more.
pub const CONSENTS: [Option<Level>; 5] =
    [None, Some(Level::Answer), Some(Level::Summary), Some(Level::Masked), Some(Level::Detail)];

/// What she asks in each language.
pub fn questions(language: Language) -> &'static [&'static str] {
    match language {
        Language::En => &[
            "hello",
            "balance",
            "show my accounts",
            "last 5 payments",
            "largest payment this year",
            "where did my money go",
            "spending by month",
            "what are my subscriptions",
            "when is my salary coming",
            "my iban",
            "do i have enough for the rent?",
            "freeze my card",
            "my permissions",
            "what have you shared?",
        ],
        Language::Es => &[
            "saldo",
            "mis cuentas",
            "últimos 5 pagos",
            "en qué gasté mi dinero",
            "mis suscripciones",
            "mi iban",
            "¿tengo suficiente para el alquiler?",
        ],
        Language::Pt => &[
            "saldo",
            "minhas contas",
            "últimos 5 pagamentos",
            "onde gastei meu dinheiro",
            "minhas assinaturas",
            "meu iban",
            "tenho o suficiente para o aluguel?",
        ],
        Language::Pl => &[
            "saldo",
            "moje konta",
            "ostatnie 5 płatności",
            "na co wydałem pieniądze",
            "moje subskrypcje",
            "mój iban",
            "czy starczy mi na czynsz?",
        ],
        Language::Lv => &[
            "atlikums",
            "mani konti",
            "pēdējie 5 maksājumi",
            "kur palika mana nauda",
            "mani abonementi",
            "mans iban",
            "vai man pietiks īrei?",
        ],
        Language::Ar => &[
            "الرصيد",
            "حساباتي",
            "آخر 5 مدفوعات",
            "أين ذهبت أموالي",
            "اشتراكاتي",
            "رقم الآيبان",
            "هل لدي ما يكفي للإيجار؟",
        ],
    }
}

/// A chat in that language, linked.
async fn chat(scene: &Scene, channel: &str, language: Language) -> Actor {
    let service = &scene.world.service;
    let bank = scene.bank();
    let (token, _) = service.chats.open(&bank, channel, language).await.unwrap();
    let mut her = Actor::holding(&scene.world, 0, channel, token);
    her.link().await;
    her
}

/// What the bank says in it to all questions.
async fn answers(her: &mut Actor, language: Language) -> Vec<Outgoing> {
    for question in questions(language) {
        her.says(question).await;
    }
    let all = her.messages().await.into_iter();
    all.filter(|message| message.author == Author::Bank).map(|message| message.body).collect()
}

/// What is searched for, found out in the bank's own chat, where she may see all of it; and the control
/// that it is found there, in every language.
async fn needles(scene: &Scene) -> Vec<Needle> {
    scene.core().marks_figures();
    let mut shown = Vec::new();
    for language in Language::ALL {
        let mut her = chat(scene, "web", language).await;
        her.grant(Grant::all()).await;
        let said = answers(&mut her, language).await;
        shown.push((language, said.iter().map(words).collect::<Vec<_>>().join("\n")));
    }
    let her = chat(scene, "web", Language::En).await;
    let mark = mark_of(her.id);
    let text = |level, kind: &'static str| Needle { level, kind, text: format!("{mark}{kind}") };
    let mut all: Vec<_> = ["given", "full", "merchant", "memo", "place", "payee"]
        .map(|kind| text(Level::Detail, kind))
        .to_vec();
    all.extend([text(Level::Summary, "account"), text(Level::Masked, "card")]);
    all.push(Needle { level: Level::Summary, kind: "figure", text: FIGURE.to_owned() });
    let exact = scene.core().figures().into_iter();
    all.extend(exact.map(|(level, text)| Needle { level, kind: "exact figure", text }));
    let accounts = her.accounts().await;
    let numbers = accounts.iter().filter_map(|account| number(&account.number));
    all.extend(numbers.map(|text| Needle { level: Level::Detail, kind: "number", text }));
    let search = Search::new(all.clone());
    for (language, shown) in shown {
        let found: BTreeSet<_> =
            search.found(shown.as_bytes()).into_iter().map(|needle| needle.kind).collect();
        let english: &[_] = if language == Language::En { &["given", "merchant"] } else { &[] };
        let all = ["account", "payee", "figure", "exact figure", "number"];
        for kind in all.iter().chain(english) {
            assert!(found.contains(kind), "{language:?}: no {kind} in {shown}");
        }
    }
    all
}

fn number(number: &AccountNumber) -> Option<String> {
    match number {
        AccountNumber::Iban { iban, .. } => Some(iban.reveal().clone()),
        AccountNumber::RoutingAndAccount { account, .. }
        | AccountNumber::SortCode { account, .. } => Some(account.reveal().clone()),
        AccountNumber::None { .. } => None,
    }
}

/// What the service said for each ceiling and consent, in every language.
async fn sealed(scene: &Scene) -> Vec<(Option<Level>, Vec<Outgoing>)> {
    let mut all = Vec::new();
    for ceiling in CEILINGS {
        let channel = scene::id_of("chat", ceiling);
        let mut chats = Vec::new();
        for language in Language::ALL {
            chats.push((language, chat(scene, &channel, language).await));
        }
        for consent in CONSENTS {
            if let Some(level) = consent {
                chats[0].1.grant(grant(level)).await;
            }
            let (mut said, allowed) = (Vec::new(), consent.map(|level| level.min(ceiling.level())));
            for (language, her) in &mut chats {
                let before = her.messages().await.len();
                answers(her, *language).await;
                let new = her.messages().await.into_iter().skip(before);
                said.extend(new.filter(|m| m.author == Author::Bank).map(|m| m.body));
            }
            all.push((allowed, said));
        }
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_operator_ever_sees_more_than_she_allowed() {
    let wanted = std::env::var("BANKSIDE_CANARY_SENDS").ok().and_then(|wanted| wanted.parse().ok());
    let wanted: u64 = wanted.unwrap_or(SENDS);
    // The doubles look until the process ends.
    let looking: &'static Looking = Box::leak(Box::default());
    let mut scene = Scene::new(looking).await;
    let needles = needles(&scene).await;
    let count = needles.len();
    assert!(looking.set(Search::new(needles)).is_ok());
    let search = looking.get().unwrap();

    scene.asks_through_every_adapter(search).await;
    let whole = search.messages.load(Ordering::Relaxed);
    let asked = scene.asked;
    eprintln!("{asked} questions through the whole service, {whole} requests");
    assert_eq!(search.leaks(), BTreeSet::new());
    assert!(whole >= asked, "every question is answered");

    let sealed = sealed(&scene).await;
    let bodies: usize = sealed.iter().map(|(_, bodies)| bodies.len()).sum();
    let sent = scene.sends_again(search, sealed, wanted.saturating_sub(asked)).await;
    eprintln!("{sent} sends of {bodies} sealed messages by planner and adapter");
    let all = search.messages.load(Ordering::Relaxed);
    let bytes = search.bytes.load(Ordering::Relaxed);
    eprintln!("{all} requests, stanzas and answers, {bytes} bytes, searched for {count} canaries");
    assert_eq!(search.leaks(), BTreeSet::new());
    assert!(all >= sent + asked, "an operator saw too little: {all}");
    // The search is not blind: what may be seen at these ceilings was seen on the wire.
    let shown = search.shown();
    for may in
        [(Level::Summary, "account"), (Level::Summary, "figure"), (Level::Masked, "exact figure")]
    {
        assert!(shown.contains(&may), "{may:?} in {shown:?}");
    }
    scene.end().await;
}

/// Keeps an adapter as the service has it.
pub type Adapter = Arc<dyn bankside_service::ports::Channel>;
