//! The small parts, side by side.

use bankside_web::ui::accent::Accent;
use bankside_web::ui::button::{Button, Kind, row};
use bankside_web::ui::chat::typing;
use bankside_web::ui::icon::{Icon, Mark};
use bankside_web::ui::notice::{Banner, Tag, Tone, tags, toast};
use bankside_web::ui::page::{Title, Width, panel, section};
use bankside_web::ui::table::{Align, Table};
use bankside_web::ui::text;
use maud::{Markup, Render, html};

use super::{Lang, page};

pub(crate) fn all(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let main = html! {
        (Title { over: None, text: t("Parts", "الأجزاء"), lead: None })
        (section(t("Buttons", "الأزرار"), &panel(&buttons(lang))))
        (section(t("Messages", "الرسائل"), &banners(lang)))
        (section(t("Table", "الجدول"), &panel(&table(lang))))
        (section(t("Accents", "الألوان"), &accents(lang)))
        (section(t("Swapped by htmx", "مُبدَّل"), &panel(&html! {
            p id="swap" { (t("Before", "قبل")) }
            button.button.button-secondary type="button" hx-get="parts.html" hx-select=".title" hx-target="#swap" { (t("Swap", "بدّل")) }
        })))
        (section(t("Typing and toasts", "الكتابة والإشعارات"), &panel(&html! {
            (typing(t("Harbour Bank is typing", "بنك المرفأ يكتب")))
            (toast(Tone::Ok, t("Copied", "نُسخ")))
        })))
    };
    page(lang, t("Parts", "الأجزاء"), Width::Wide, &[], &["htmx.min.js", "hx-sse.min.js"], main)
}

fn buttons(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let kinds = [
        (Kind::Primary, t("Continue", "متابعة"), Some(Icon::Check)),
        (Kind::Secondary, t("Cancel", "إلغاء"), None),
        (Kind::Quiet, t("Not now", "ليس الآن"), None),
        (Kind::Danger, t("Clear history", "امسح السجل"), Some(Icon::Trash2)),
    ];
    row(
        &html! { @for (kind, label, icon) in kinds { (Button { label, kind, icon, sends: None }) } },
    )
}

fn banners(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let tones = [
        (Tone::Neutral, t("Nothing to do", "لا شيء مطلوب")),
        (Tone::Info, t("New since your last visit", "جديد منذ زيارتك الأخيرة")),
        (Tone::Ok, t("Your limit is now €300", "حدّك الآن ٣٠٠ €")),
        (Tone::Warn, t("This ends in 3 days", "ينتهي هذا خلال ٣ أيام")),
        (Tone::Danger, t("This cannot be undone", "لا يمكن التراجع عن هذا")),
    ];
    html! {
        @for (tone, title) in tones { (Banner { tone, title, body: None }) }
        (tags(&tones.map(|(tone, label)| Tag { label, tone, icon: None })))
    }
}

fn table(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let line =
        |merchant, day, amount| vec![text::name(merchant), html! { (day) }, text::amount(amount)];
    let table = Table {
        caption: t("Recurring payments", "المدفوعات المتكررة"),
        columns: &[
            (t("Merchant", "التاجر"), Align::Start),
            (t("Next", "التالي"), Align::Start),
            (t("Amount", "المبلغ"), Align::Figure),
        ],
        rows: vec![
            line("Spotify", t("24 November", "٢٤ نوفمبر"), t("€10.99", "١٠٫٩٩ €")),
            line("Rīgas Namu Pārvaldnieks", t("1 December", "١ ديسمبر"), t("€380.00", "٣٨٠٫٠٠ €")),
            line("LMT", t("3 December", "٣ ديسمبر"), t("€19.99", "١٩٫٩٩ €")),
        ],
    };
    table.render()
}

fn accents(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    html! {
        div.grid {
            @for (accent, mark) in Accent::ALL.into_iter().zip(Mark::ALL.iter().cycle()) {
                div class={ "panel " (accent.class()) } {
                    span.brand { (mark) span { (accent.name()) } }
                    (Button { label: t("Continue", "متابعة"), ..Button::default() })
                    (Button { label: t("Allow less", "اسمح بأقل"), kind: Kind::Equal, ..Button::default() })
                    p { a href="#link" { (t("A link in text", "رابط في نص")) } }
                }
            }
        }
    }
}
