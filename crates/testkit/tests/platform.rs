//! What a channel's operator can read: nothing of hers where it reads along, and no more than its
//! ceiling elsewhere. Every word that the bank holds about her carries a mark, and every byte that
//! was released or recorded for the channel is searched.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use bankside_domain::account::AccountNumber;
use bankside_domain::conversation::{Author, Outgoing};
use bankside_service::log::RecordLevel;
use bankside_testkit::actor::words;
use bankside_testkit::marked::MARK;
use bankside_testkit::{Actor, Grant, World, tell};

/// Everything that a chat understands and that could show data.
const QUESTIONS: [&str; 30] = [
    "hello",
    "help",
    "balance",
    "how much is in savings",
    "show my accounts",
    "last 5 payments",
    "what did i buy yesterday",
    "largest payment this year",
    "what came in this month",
    "where did my money go",
    "how much did i spend on groceries last month",
    "and last month?",
    "spending by month",
    "what are my subscriptions",
    "when is my rent due",
    "when is my salary coming",
    "what's next",
    "my iban",
    "what's my account number",
    "do i have enough for the rent?",
    "do i have enough for 20?",
    "who can see this?",
    "what have you shared?",
    "is this my bank?",
    "my permissions",
    "link this chat",
    "my data",
    "i don't recognise a payment",
    "freeze my card",
    "thanks",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_platform_that_reads_along_sees_nothing_of_hers() {
    tell("platform", async |mut world: World| {
        let mut her = Actor::allowed(&world, 0, "messenger", Grant::all()).await;
        let numbers = numbers(&her).await;
        ask_everything(&mut her).await;
        world = world.restart().await;
        her = her.again(&world);
        for (seq, body) in released(&her).await {
            let shown = words(&body);
            let raw = serde_json::to_string(&body).unwrap();
            assert!(!raw.contains(MARK), "message {seq} shows a mark: {shown}");
            assert_eq!(figures(&shown), Vec::<String>::new(), "message {seq}: {shown}");
            let digits: String = shown.chars().filter(char::is_ascii_alphanumeric).collect();
            for number in &numbers {
                assert!(!digits.contains(number), "message {seq} shows an account: {shown}");
            }
        }
        for entry in her.log().await {
            let sent = entry.record.party.as_ref().is_some_and(|p| p.id == "messenger");
            let kind = serde_json::to_value(entry.record.kind).unwrap();
            let text = String::from_utf8(entry.body).unwrap();
            assert!(!(sent && kind == "disclose" && text.contains(MARK)), "{text}");
            let fields = &entry.record.fields;
            assert!(kind != "disclose" || fields.iter().all(|f| f == "answer"), "{fields:?}");
        }
        world
    })
    .await;
}

/// The control: the same questions in the bank's own chat must show all that is searched for.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_banks_own_chat_shows_what_the_search_looks_for() {
    tell("platform_control", async |world: World| {
        let mut her = Actor::allowed(&world, 0, "web", Grant::all()).await;
        let numbers = numbers(&her).await;
        ask_everything(&mut her).await;
        let all: Vec<String> = released(&her).await.iter().map(|(_, b)| words(b)).collect();
        let all = all.join("\n");
        for kind in ["given", "account", "merchant", "payee"] {
            assert!(all.contains(&format!("{}{kind}", marks(&her))), "no {kind} in {all}");
        }
        assert!(figures(&all).len() > 20);
        let digits: String = all.chars().filter(char::is_ascii_alphanumeric).collect();
        assert!(numbers.iter().any(|n| digits.contains(n)), "{numbers:?}");
        let log = her.log().await;
        let answers: Vec<_> = log.iter().filter(|e| e.record.fields == ["answer"]).collect();
        assert_eq!(answers.len(), 2, "two questions were answered with yes or no");
        assert!(answers.iter().all(|e| e.record.level == Some(RecordLevel::Answer)));
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_channels_show_no_more_than_their_ceiling() {
    tell("ceilings", async |world: World| {
        for (channel, hidden) in [
            ("matrix", &["given", "full", "merchant", "memo", "place", "payee"][..]),
            ("voice", &["given", "full", "merchant", "memo", "place", "payee"][..]),
        ] {
            let mut her = Actor::allowed(&world, 0, channel, Grant::all()).await;
            let numbers = numbers(&her).await;
            ask_everything(&mut her).await;
            let mark = marks(&her);
            let mut shows = false;
            for (seq, body) in released(&her).await {
                let shown = words(&body);
                for kind in hidden {
                    let mark = format!("{mark}{kind}");
                    assert!(!shown.contains(&mark), "{channel}, message {seq}: {shown}");
                }
                let digits: String = shown.chars().filter(char::is_ascii_alphanumeric).collect();
                assert!(numbers.iter().all(|n| !digits.contains(n)), "{channel}: {shown}");
                let exact = figures(&shown).into_iter().find(|f| !f.ends_with("00"));
                assert!(channel == "matrix" || exact.is_none(), "{channel}: {exact:?} in {shown}");
                shows |= shown.contains(&format!("{mark}account"));
            }
            assert!(shows, "{channel} shows what its ceiling allows");
        }
        world
    })
    .await;
}

async fn ask_everything(her: &mut Actor) {
    for question in QUESTIONS {
        her.says(question).await;
    }
}

fn marks(her: &Actor) -> String {
    bankside_testkit::marked::mark_of(her.id)
}

/// What the bank said in the chat.
async fn released(her: &Actor) -> Vec<(i64, Outgoing)> {
    let all = her.messages().await;
    let bank: Vec<_> =
        all.into_iter().filter(|m| m.author == Author::Bank).map(|m| (m.seq, m.body)).collect();
    assert!(bank.len() >= QUESTIONS.len());
    bank
}

/// Account numbers, whole, without spaces.
async fn numbers(her: &Actor) -> Vec<String> {
    let number = |number: &AccountNumber| match number {
        AccountNumber::Iban { iban, .. } => Some(iban.reveal().clone()),
        AccountNumber::RoutingAndAccount { account, .. }
        | AccountNumber::SortCode { account, .. } => Some(account.reveal().clone()),
        AccountNumber::None { .. } => None,
    };
    her.accounts().await.iter().filter_map(|a| number(&a.number)).collect()
}

/// Amounts of money in a text: digits with two decimals, or beside a currency sign. What she asked
/// about herself ("enough for 20?") is hers to see again.
fn figures(text: &str) -> Vec<String> {
    let money = |word: &&str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let (_, cents) = word.rsplit_once(['.', ',']).unwrap_or(("", ""));
        let two = cents.chars().take_while(char::is_ascii_digit).count() == 2;
        let sign = word.contains(['$', '€', '£']);
        digits > 0 && (two || sign)
    };
    let words = text.split_whitespace().filter(money);
    let plain = |w: &str| -> String {
        w.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect()
    };
    let found = words.map(plain).map(|w| w.trim_end_matches(['.', ',']).to_owned());
    found.filter(|w| w != "20.00" && w != "20").collect()
}
