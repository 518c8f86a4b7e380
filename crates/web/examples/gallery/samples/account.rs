//! Accounts at home, and a card.

use bankside_web::ui::account::{Account, PaymentCard};
use bankside_web::ui::button::{Kind, LinkButton, row};
use bankside_web::ui::chart::{Bar, CategoryBars, MonthBars, Spark};
use bankside_web::ui::icon::{Icon, Mark};
use bankside_web::ui::list::{Row, rows};
use bankside_web::ui::page::{Title, Width, back, panel, section};
use bankside_web::ui::text::{self, Direction};
use maud::{Markup, Render, html};

use super::{Lang, framed};

pub(crate) fn home(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let as_of = t("Available, 12:41", "المتاح، 12:41");
    let account = |name, masked, kind, balance, icon| Account {
        name,
        masked,
        kind,
        balance,
        as_of,
        icon,
        href: Some("card.html"),
    };
    let accounts = [
        account(
            t("Everyday", "اليومي"),
            "••34",
            t("Checking", "جارٍ"),
            t("€2,418.07", "٢٬٤١٨٫٠٧ €"),
            Icon::Wallet,
        ),
        account(
            t("Rainy day", "الأيام الصعبة"),
            "••90",
            t("Savings", "توفير"),
            t("€11,250.00", "١١٬٢٥٠٫٠٠ €"),
            Icon::TrendingUp,
        ),
        account(
            t("Travel card", "بطاقة السفر"),
            "••21",
            t("Credit card", "بطاقة ائتمان"),
            t("−€184.60", "−١٨٤٫٦٠ €"),
            Icon::CreditCard,
        ),
    ];
    let main = html! {
        (Title { over: None, text: t("Good afternoon, Maja", "مساء الخير يا مايا"), lead: None })
        div.grid { @for account in &accounts { (account) } }
        (section(t("Latest", "الأحدث"), &recent(lang)))
        (section(t("Spending", "الإنفاق"), &html! {
            div.grid { (panel(&months(lang))) (panel(&categories(lang))) }
        }))
    };
    framed(lang, t("Accounts", "الحسابات"), "home.html", Width::Wide, main)
}

fn recent(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let line = |icon, title, text, amount| Row {
        href: Some("card.html"),
        icon: Some(icon),
        title,
        text,
        aside: Some(text::amount(amount)),
    };
    rows(&[
        line(
            Icon::ShoppingCart,
            "Rimi",
            t("Groceries, today", "بقالة، اليوم"),
            t("−€23.80", "−٢٣٫٨٠ €"),
        ),
        line(Icon::TrainFront, "Vivi", t("Travel, yesterday", "سفر، أمس"), t("−€6.40", "−٦٫٤٠ €")),
        line(
            Icon::Banknote,
            t("Salary", "الراتب"),
            t("Lielo SIA, 15 November", "Lielo SIA، ١٥ نوفمبر"),
            t("+€2,100.00", "+٢٬١٠٠٫٠٠ €"),
        ),
    ])
}

pub(crate) fn months(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let direction = Direction::of(lang.tag());
    let bar = |label, amount, magnitude, marked| Bar { label, amount, magnitude, marked };
    let bars = [
        bar(t("Jun", "يونيو"), t("€1,310", "١٬٣١٠ €"), 1310, false),
        bar(t("Jul", "يوليو"), t("€1,742", "١٬٧٤٢ €"), 1742, false),
        bar(t("Aug", "أغسطس"), t("€1,905", "١٬٩٠٥ €"), 1905, false),
        bar(t("Sep", "سبتمبر"), t("€1,288", "١٬٢٨٨ €"), 1288, false),
        bar(t("Oct", "أكتوبر"), t("€1,430", "١٬٤٣٠ €"), 1430, false),
        bar(t("Nov", "نوفمبر"), t("€1,126", "١٬١٢٦ €"), 1126, true),
    ];
    html! {
        p.strong { (t("By month", "حسب الشهر")) }
        (MonthBars {
            id: "months",
            title: t("Spending by month", "الإنفاق حسب الشهر"),
            description: t("November stands at €1,126, below October's €1,430.", "بلغ نوفمبر ١٬١٢٦ € أي أقل من أكتوبر ١٬٤٣٠ €."),
            table: t("Show as a table", "عرض كجدول"),
            columns: (t("Month", "الشهر"), t("Spent", "المصروف")),
            direction,
            bars: &bars,
        })
        p.soft.small {
            (Spark { description: t("The balance fell, then rose with the salary", "انخفض الرصيد ثم ارتفع مع الراتب"), direction, points: &[40, 34, 30, 22, 18, 60, 54, 49] })
            (t("Balance over eight weeks", "الرصيد خلال ثمانية أسابيع"))
        }
    }
}

pub(crate) fn categories(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let bar = |label, amount, magnitude, marked| Bar { label, amount, magnitude, marked };
    let bars = [
        bar(t("Groceries", "البقالة"), t("€412.30", "٤١٢٫٣٠ €"), 41230, true),
        bar(t("Rent and home", "الإيجار والمنزل"), t("€380.00", "٣٨٠٫٠٠ €"), 38000, false),
        bar(t("Eating out", "المطاعم"), t("€148.20", "١٤٨٫٢٠ €"), 14820, false),
        bar(t("Travel", "السفر"), t("€96.40", "٩٦٫٤٠ €"), 9640, false),
        bar(t("Subscriptions", "الاشتراكات"), t("€41.97", "٤١٫٩٧ €"), 4197, false),
    ];
    html! {
        p.strong { (t("By category", "حسب الفئة")) }
        (CategoryBars { title: t("Spending by category", "الإنفاق حسب الفئة"), bars: &bars })
    }
}

pub(crate) fn card(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let plastic = |frozen| PaymentCard {
        bank: t("Harbour Bank", "بنك المرفأ"),
        mark: Mark::Arch,
        holder: "Maja Ozola",
        masked: "•••• 4021",
        expires: "09/29",
        description: t("Card ending 4021", "البطاقة المنتهية بـ 4021"),
        frozen,
    };
    let main = html! {
        (back("home.html", t("Accounts", "الحسابات")))
        (Title { over: None, text: t("Your card", "بطاقتك"), lead: None })
        (plastic(None))
        (row(&html! {
            (LinkButton { href: "consent-check.html", label: t("Freeze card", "جمّد البطاقة"), kind: Kind::Secondary, icon: Some(Icon::Lock) })
            (LinkButton { href: "log.html", label: t("See activity", "عرض النشاط"), kind: Kind::Quiet, icon: None })
        }))
        (plastic(Some(t("Frozen", "مجمّدة"))).render())
    };
    framed(lang, t("Your card", "بطاقتك"), "home.html", Width::Narrow, main)
}
