//! Consent: the request, the check, what is connected.

use bankside_web::ui::button::{self, Button, Kind, LinkButton};
use bankside_web::ui::form::{Choice, ChoiceGroup, Many, hidden};
use bankside_web::ui::icon::Icon;
use bankside_web::ui::list::{SummaryRow, definitions, details, summary, ticks};
use bankside_web::ui::notice::{Banner, Tag, Tone};
use bankside_web::ui::page::{Title, Width, back, panel, section};
use bankside_web::ui::text;
use maud::{Markup, html};

use super::{Lang, framed};

pub(crate) fn request(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let main = html! {
        (Title {
            over: Some(t("WhatsApp asks", "واتساب يطلب")),
            text: t("Show balances in your chat?", "عرض الأرصدة في محادثتك؟"),
            lead: Some(t("So that you can ask for a balance and be told it in the chat.", "كي تسألي عن الرصيد ويُذكر لك في المحادثة.")),
        })
        form.form method="post" action="/consent" {
            (hidden("token", "sample"))
            (accounts(lang))
            (duration(lang))
            (sample(lang))
            (shared(lang))
            (button::equal(&answers(lang)))
        }
    };
    framed(lang, t("A request", "طلب"), "connections.html", Width::Narrow, main)
}

fn answers(lang: Lang) -> [Button<'static>; 3] {
    let answer =
        |value, label| Button { label, sends: Some(("answer", value)), ..Button::default() };
    [
        answer("allow", lang.t("Allow", "اسمح")),
        answer("less", lang.t("Allow less", "اسمح بأقل")),
        answer("refuse", lang.t("Refuse", "ارفض")),
    ]
}

fn accounts(lang: Lang) -> ChoiceGroup<'static> {
    match lang {
        Lang::En => ChoiceGroup {
            name: "account",
            legend: "Which accounts?",
            hint: Some("None is chosen for you."),
            error: None,
            many: Many::Any,
            choices: &[
                Choice {
                    value: "1",
                    label: "Everyday",
                    hint: None,
                    aside: Some("••34"),
                    chosen: true,
                },
                Choice {
                    value: "2",
                    label: "Rainy day",
                    hint: None,
                    aside: Some("••90"),
                    chosen: false,
                },
                Choice {
                    value: "3",
                    label: "Travel card",
                    hint: Some("Balance and limit"),
                    aside: Some("••21"),
                    chosen: false,
                },
            ],
        },
        Lang::Ar => ChoiceGroup {
            name: "account",
            legend: "أي حسابات؟",
            hint: Some("لم يُختر شيء نيابة عنك."),
            error: None,
            many: Many::Any,
            choices: &[
                Choice {
                    value: "1",
                    label: "اليومي",
                    hint: None,
                    aside: Some("••34"),
                    chosen: true,
                },
                Choice {
                    value: "2",
                    label: "الأيام الصعبة",
                    hint: None,
                    aside: Some("••90"),
                    chosen: false,
                },
                Choice {
                    value: "3",
                    label: "بطاقة السفر",
                    hint: Some("الرصيد والحد"),
                    aside: Some("••21"),
                    chosen: false,
                },
            ],
        },
    }
}

fn duration(lang: Lang) -> ChoiceGroup<'static> {
    match lang {
        Lang::En => ChoiceGroup {
            name: "until",
            legend: "For how long?",
            hint: None,
            error: Some("Choose how long this holds"),
            many: Many::One,
            choices: &[
                Choice {
                    value: "once",
                    label: "Once",
                    hint: Some("Ends after the first answer"),
                    aside: None,
                    chosen: false,
                },
                Choice {
                    value: "90",
                    label: "90 days",
                    hint: Some("Until 19 February 2027"),
                    aside: None,
                    chosen: false,
                },
            ],
        },
        Lang::Ar => ChoiceGroup {
            name: "until",
            legend: "كم المدة؟",
            hint: None,
            error: Some("اختر مدة السريان"),
            many: Many::One,
            choices: &[
                Choice {
                    value: "once",
                    label: "مرة واحدة",
                    hint: Some("ينتهي بعد أول جواب"),
                    aside: None,
                    chosen: false,
                },
                Choice {
                    value: "90",
                    label: "٩٠ يومًا",
                    hint: Some("حتى ١٩ فبراير ٢٠٢٧"),
                    aside: None,
                    chosen: false,
                },
            ],
        },
    }
}

fn sample(lang: Lang) -> Markup {
    section(
        lang.t("This is what would be sent", "هذا ما سيُرسل"),
        &panel(&html! {
            p.strong { (lang.t("Everyday", "اليومي")) " " (text::ident("••34")) ": " (text::amount(lang.t("€2,418.07", "٢٬٤١٨٫٠٧ €"))) }
            p.soft.small { (lang.t("Taken from your account just now.", "مأخوذ من حسابك الآن.")) }
        }),
    )
}

fn shared(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    section(
        t("Not shared", "لا يُشارك"),
        &panel(&html! {
            (ticks(false, &[t("Your transactions", "معاملاتك"), t("Your name and address", "اسمك وعنوانك"), t("Full account numbers", "أرقام الحسابات الكاملة")]))
            (details(t("What WhatsApp may not do", "ما لا يجوز لواتساب"), &html! { p.soft { (t("Use it for advertising, pass it on, or train models with it.", "استخدامها للإعلان أو تمريرها أو تدريب النماذج بها.")) } }))
        }),
    )
}

pub(crate) fn check(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let change = |what| Some(("consent.html", t("Change", "تغيير"), what));
    let main = html! {
        (back("consent.html", t("Back", "رجوع")))
        (Title { over: None, text: t("Check your answers", "راجع إجاباتك"), lead: None })
        (panel(&summary(&[
            SummaryRow { key: t("Who", "من"), value: html! { "WhatsApp" }, change: None },
            SummaryRow { key: t("Accounts", "الحسابات"), value: html! { (text::name(t("Everyday", "اليومي"))) " " (text::ident("••34")) }, change: change(t("which accounts", "الحسابات")) },
            SummaryRow { key: t("What", "ماذا"), value: html! { (t("Balances", "الأرصدة")) }, change: change(t("what is shared", "ما يُشارك")) },
            SummaryRow { key: t("Until", "حتى"), value: html! { (t("19 February 2027", "١٩ فبراير ٢٠٢٧")) }, change: change(t("how long", "المدة")) },
        ])))
        form.button-row method="post" action="/consent/confirm" {
            (hidden("token", "sample"))
            (Button { label: t("Allow with passkey", "اسمح بمفتاح المرور"), icon: Some(Icon::Fingerprint), ..Button::default() })
            (LinkButton { href: "home.html", label: t("Refuse", "ارفض"), kind: Kind::Secondary, icon: None })
        }
    };
    framed(lang, t("Check your answers", "راجع إجاباتك"), "connections.html", Width::Narrow, main)
}

pub(crate) fn connections(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let main = html! {
        (Title { over: None, text: t("Connections", "الاتصالات"), lead: Some(t("Who may see what, and until when.", "من يرى ماذا وحتى متى.")) })
        (Banner { tone: Tone::Warn, title: t("Cobalt Budget ends in 3 days", "ينتهي Cobalt Budget خلال ٣ أيام"), body: Some(html! { a href="consent.html" { (t("Renew or let it end", "جدّد أو دعه ينتهي")) } }) })
        (panel(&connection(lang, "WhatsApp", t("Sees balances of one account", "يرى رصيد حساب واحد"), Tone::Ok, t("Active", "نشط"), "14")))
        (panel(&connection(lang, "Cobalt Budget", t("Sees transactions of two accounts", "يرى معاملات حسابين"), Tone::Warn, t("Ends soon", "ينتهي قريبًا"), "120")))
        form method="post" action="/stop-all" {
            (hidden("token", "sample"))
            (Button { label: t("Stop all sharing", "أوقف كل مشاركة"), kind: Kind::Danger, icon: Some(Icon::Hand), sends: None })
        }
    };
    framed(lang, t("Connections", "الاتصالات"), "connections.html", Width::Narrow, main)
}

fn connection(lang: Lang, party: &str, sees: &str, tone: Tone, state: &str, count: &str) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    html! {
        div.split {
            div { h2 { (text::name(party)) } p.soft { (sees) } }
            (Tag { label: state, tone, icon: None })
        }
        (definitions(&[
            (t("Last looked", "آخر اطلاع"), text::moment("2026-11-21T12:41:00Z", t("Today, 12:41", "اليوم، 12:41"))),
            (t("In 30 days", "خلال ٣٠ يومًا"), text::amount(count)),
            (t("Ends", "ينتهي"), text::moment("2027-02-19", t("19 February 2027", "١٩ فبراير ٢٠٢٧"))),
        ]))
        (button::cluster(&html! {
            @for (href, label) in [("#pause", t("Pause", "إيقاف مؤقت")), ("#narrow", t("Narrow", "تضييق")), ("#revoke", t("Revoke", "إلغاء"))] {
                (LinkButton { href, label, kind: Kind::Secondary, icon: None })
            }
        }))
    }
}
