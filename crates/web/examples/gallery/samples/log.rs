//! The disclosure log.

use bankside_web::ui::button::{CopyButton, Kind, LinkButton};
use bankside_web::ui::disclosure::{Day, Entry, proof, raw_bytes};
use bankside_web::ui::form::Select;
use bankside_web::ui::icon::Icon;
use bankside_web::ui::list::{definitions, details, ticks};
use bankside_web::ui::nav::{FilterBar, Pages, Tabs};
use bankside_web::ui::notice::{Banner, Empty, Tag, Tone};
use bankside_web::ui::page::{Title, Width, back, panel, section};
use bankside_web::ui::text;
use maud::{Markup, Render, html};

use super::{Lang, framed};

pub(crate) fn list(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let main = html! {
        (Title { over: None, text: t("Who saw what", "من رأى ماذا"), lead: Some(t("Every time something about you left the bank.", "كل مرة خرج فيها شيء عنك من البنك.")) })
        (filter(lang))
        @for day in days(lang) { (day) }
        (Pages { label: t("Pages", "الصفحات"), previous: Some(("#newer", t("Newer", "الأحدث"))), place: t("21 to 40 of 143", "٢١ إلى ٤٠ من ١٤٣"), next: Some(("#older", t("Older", "الأقدم"))) })
    };
    framed(lang, t("Who saw what", "من رأى ماذا"), "log.html", Width::Narrow, main)
}

fn filter(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let bar = FilterBar {
        action: "log.html",
        label: t("Search this log", "ابحث في السجل"),
        query: "",
        submit: t("Search", "ابحث"),
        filters: Some((
            t("Filters", "المرشحات"),
            html! {
                (Select { name: "party", label: t("Who", "من"), options: &[("", t("Anyone", "أي جهة")), ("w", "WhatsApp")], chosen: "w" })
                (Select { name: "kind", label: t("What", "ماذا"), options: &[("", t("Anything", "أي شيء")), ("b", t("Balances", "الأرصدة"))], chosen: "" })
            },
        )),
        open: false,
        set: &[("log.html", "WhatsApp")],
    };
    bar.render()
}

fn days(lang: Lang) -> [Day<'static>; 2] {
    let t = |en, ar| lang.t(en, ar);
    let saw = |en: &'static str, ar: &'static str, masked: &'static str| {
        html! { (lang.t(en, ar)) " " (text::ident(masked)) }
    };
    let shown: &[Tag<'_>] = match lang {
        Lang::En => &[Tag { label: "Masked", tone: Tone::Neutral, icon: None }],
        Lang::Ar => &[Tag { label: "مُقنّع", tone: Tone::Neutral, icon: None }],
    };
    let refused: &[Tag<'_>] = match lang {
        Lang::En => &[Tag { label: "Refused", tone: Tone::Danger, icon: Some(Icon::OctagonX) }],
        Lang::Ar => &[Tag { label: "مرفوض", tone: Tone::Danger, icon: Some(Icon::OctagonX) }],
    };
    let entry = |sentence, icon, at, receipt, tags| Entry {
        sentence,
        href: "disclosure.html",
        icon,
        at: ("2026-11-21T12:41:00Z", at),
        receipt,
        tags,
    };
    [
        Day {
            heading: t("Today", "اليوم"),
            entries: vec![
                entry(
                    saw("WhatsApp saw: the balance of Everyday", "رأى واتساب: رصيد اليومي", "••34"),
                    Icon::Eye,
                    "12:41",
                    "7K4F-29",
                    shown,
                ),
                entry(
                    saw(
                        "WhatsApp asked for transactions and got nothing",
                        "طلب واتساب المعاملات ولم يحصل على شيء من",
                        "••34",
                    ),
                    Icon::EyeOff,
                    "12:40",
                    "7K4F-28",
                    refused,
                ),
                entry(
                    html! { (t("You allowed WhatsApp to see balances", "سمحتِ لواتساب برؤية الأرصدة")) },
                    Icon::CircleCheck,
                    "12:38",
                    "7K4F-27",
                    &[],
                ),
            ],
        },
        Day {
            heading: t("Thursday 19 November", "الخميس ١٩ نوفمبر"),
            entries: vec![
                entry(
                    saw(
                        "Cobalt Budget saw: 31 transactions of Everyday",
                        "رأى Cobalt Budget: ٣١ معاملة من اليومي",
                        "••34",
                    ),
                    Icon::Eye,
                    "06:00",
                    "7K4F-26",
                    shown,
                ),
                entry(
                    html! { (t("An agent of the bank looked at your case, masked", "اطّلع موظف البنك على حالتك مقنّعة")) },
                    Icon::User,
                    "05:12",
                    "7K4F-25",
                    &[],
                ),
            ],
        },
    ]
}

const BYTES: &str = "{\n  \"account\": \"Everyday ••34\",\n  \"balance\": \"EUR 2418.07\",\n  \"as_of\": \"2026-11-21T12:41:07Z\"\n}";

pub(crate) fn detail(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let main = html! {
        (back("log.html", t("Who saw what", "من رأى ماذا")))
        (Title { over: Some(t("Today, 12:41", "اليوم، 12:41")), text: t("WhatsApp saw: the balance of Everyday ••34", "رأى واتساب: رصيد اليومي"), lead: None })
        (Tabs { label: t("This disclosure", "هذا الإفصاح"), tabs: &[("#sent", t("What was sent", "ما أُرسل"), true), ("#proof", t("Proof", "الإثبات"), false), ("#why", t("Why", "لماذا"), false)] })
        (panel(&raw_bytes(t("The very bytes that were sent, 96 of them", "البايتات المرسلة نفسها، ٩٦ بايتًا"), BYTES)))
        (section(t("Withheld", "المحجوب"), &panel(&ticks(false, &[t("The account number: this chat only sees the last two digits", "رقم الحساب: ترى المحادثة آخر رقمين فقط"), t("Pending payments: not part of what you allowed", "المدفوعات المعلقة: ليست مما سمحت به")]))))
        (section(t("Details", "التفاصيل"), &panel(&html! {
            (definitions(&[
                (t("Receipt", "الإيصال"), html! { (text::ident("7K4F-29")) }),
                (t("Purpose", "الغرض"), html! { (t("Account information", "معلومات الحساب")) }),
                (t("Level", "المستوى"), html! { (t("Masked", "مُقنّع")) }),
                (t("Allowed by you", "سمحتِ به"), text::moment("2026-11-21T12:38:00Z", t("Today, 12:38", "اليوم، 12:38"))),
            ]))
            div.button-row {
                (CopyButton { text: "7K4F-29", label: t("Copy number", "انسخ الرقم"), done: t("Copied", "نُسخ") })
                (LinkButton { href: "#proof.txt", label: t("Download receipt", "نزّل الإيصال"), kind: Kind::Secondary, icon: Some(Icon::Download) })
            }
        })))
        (section(t("Verified", "تم التحقق"), &panel(&html! {
            (proof(&[
                (true, t("The record matches its commitment", "السجل يطابق التزامه"), "9f2c41d07be8a6355d0c1f4b7f2a91e3"),
                (true, t("The commitment is leaf 4,812 of the log", "الالتزام هو الورقة ٤٬٨١٢"), "c07e1d55a1f08b3e9247710a6cc5f2d4"),
                (false, t("No outside witness has signed this checkpoint yet", "لم يوقّع شاهد خارجي بعد"), "harbour.example/log 4813"),
            ]))
            (details(t("How to check this yourself", "كيف تتحقق بنفسك"), &html! { p.soft { (t("Download the receipt and run the verifier; it needs nothing from the bank but its public key.", "نزّل الإيصال وشغّل أداة التحقق؛ لا تحتاج سوى المفتاح العام للبنك.")) } }))
        })))
    };
    framed(lang, t("A disclosure", "إفصاح"), "log.html", Width::Narrow, main)
}

pub(crate) fn empty(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let main = html! {
        (Title { over: None, text: t("Who saw what", "من رأى ماذا"), lead: None })
        (Banner { tone: Tone::Ok, title: t("All sharing has stopped", "توقفت كل مشاركة"), body: None })
        (panel(&Empty {
            icon: Icon::Inbox,
            title: t("Nothing has left the bank", "لم يخرج شيء من البنك"),
            text: t("When someone sees something about you, it will be written here.", "حين يرى أحد شيئًا عنك سيُكتب هنا."),
            action: Some(LinkButton { href: "chat.html", label: t("Open the chat", "افتح المحادثة"), kind: Kind::Secondary, icon: None }.render()),
        }.render()))
    };
    framed(lang, t("Who saw what", "من رأى ماذا"), "log.html", Width::Narrow, main)
}
