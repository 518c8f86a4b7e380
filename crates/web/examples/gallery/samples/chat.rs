//! The chat, on the bank's own channel and on one that reads along.

use bankside_web::ui::chat::{
    BalanceCard, Chat, Composer, Delivery, Head, Line, LinesCard, LinkCard, Message, QuickReply,
    Receipt, ScriptWords, Seen, Side, Sight, State, day, panel_card, system, unread, words,
};
use bankside_web::ui::icon::{Icon, Mark};
use bankside_web::ui::page::Width;
use maud::{Markup, Render, html};

use super::{Lang, account, bank, page};

const RECEIPT: &str = "7K4F-29";

fn message<'a>(lang: Lang, id: &'a str, side: Side, at: &'a str) -> Message<'a> {
    let own = side == Side::Out;
    Message {
        id,
        client: None,
        side,
        speaker: if own {
            lang.t("You:", "أنت:")
        } else {
            lang.t("Harbour Bank:", "بنك المرفأ:")
        },
        body: None,
        card: None,
        at: ("2026-11-21T12:41:00Z", at),
        delivery: own
            .then_some(Delivery { state: State::Read, words: lang.t("Read", "قُرئت") }),
        receipt: None,
        last: true,
    }
}

fn receipt(lang: Lang) -> Option<Receipt<'static>> {
    Some(Receipt {
        href: "disclosure.html", label: lang.t("Receipt", "إيصال"), number: RECEIPT
    })
}

fn chat<'a>(
    lang: Lang,
    log: Markup,
    seen: Option<Seen<'a>>,
    quick: &'a [QuickReply<'a>],
) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let chat = Chat {
        head: Head {
            back: Some(("home.html", t("Back", "رجوع"))),
            close: None,
            mark: Mark::Arch,
            name: bank(lang).name,
            status: t("amber · lantern · otter", "كهرمان · فانوس · قضاعة"),
            verify: ("signin.html", t("Is this my bank?", "هل هذا بنكي؟")),
            seen: seen
                .is_some()
                .then_some(t("What WhatsApp would have seen", "ما كان سيراه واتساب")),
        },
        label: t("Conversation with Harbour Bank", "المحادثة مع بنك المرفأ"),
        stream: "/chat/events",
        cursor: "4812",
        words: ScriptWords {
            failed: t("Not sent. Try again.", "لم تُرسل. أعد المحاولة."),
            offline: t("Connection lost, trying again", "انقطع الاتصال، نحاول مجددًا"),
            newer: t("New messages", "رسائل جديدة"),
            sending: t("Sending", "جارٍ الإرسال"),
            you: t("You:", "أنت:"),
        },
        log,
        composer: Composer {
            action: "/chat/messages",
            token: "sample",
            client_id: "0193-sample",
            label: t("Message Harbour Bank", "راسل بنك المرفأ"),
            send: t("Send", "إرسال"),
            quick_label: t("Suggested replies", "ردود مقترحة"),
            max_length: 1000,
            quick,
        },
        seen,
        framed: None,
    };
    page(lang, bank(lang).name, Width::Full, &[], &["chat.js"], chat.render())
}

pub(crate) fn open(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let bank_side = Side::In(Mark::Arch);
    let quick: [QuickReply<'_>; 4] = [
        QuickReply {
            value: "last-month", label: t("And last month?", "والشهر الماضي؟")
        },
        QuickReply { value: "groceries", label: t("Only groceries", "البقالة فقط") },
        QuickReply { value: "balance", label: t("My balance", "رصيدي") },
        QuickReply { value: "stop", label: t("Stop sharing", "أوقف المشاركة") },
    ];
    let log = html! {
        (day("2026-11-20", t("Yesterday", "أمس")))
        (Message { body: Some(words(t("Your salary arrived: €2,100.00 from Lielo SIA.", "وصل راتبك: ٢٬١٠٠٫٠٠ € من Lielo SIA."))), receipt: receipt(lang), ..message(lang, "1", bank_side, "09:02") })
        (Message { body: Some(words("👍")), ..message(lang, "2", Side::Out, "09:10") })
        (day("2026-11-21", t("Today", "اليوم")))
        (system(Icon::ShieldCheck, &html! { (t("This chat is linked to you. Only your bank reads it.", "هذه المحادثة مرتبطة بك. لا يقرؤها إلا بنكك.")) }))
        (Message { body: Some(words(t("How much is in Everyday?", "كم في حسابي اليومي؟"))), ..message(lang, "3", Side::Out, "12:41") })
        (Message { body: Some(words(t("You have this much to spend:", "لديك هذا المبلغ للإنفاق:"))), last: false, ..message(lang, "4", bank_side, "12:41") })
        (Message { card: Some(balance(lang)), receipt: receipt(lang), ..message(lang, "5", bank_side, "12:41") })
        (unread(t("2 new messages", "رسالتان جديدتان")))
        (Message { body: Some(words(t("What did I spend this week?", "ماذا أنفقت هذا الأسبوع؟"))), last: false, ..message(lang, "6", Side::Out, "12:42") })
        (Message { body: Some(words(t("and show me the months", "وأرني الأشهر"))), delivery: Some(Delivery { state: State::Delivered, words: t("Delivered", "وصلت") }), ..message(lang, "7", Side::Out, "12:42") })
        (Message { card: Some(lines(lang)), last: false, ..message(lang, "8", bank_side, "12:42") })
        (Message { card: Some(panel_card(t("Spending", "الإنفاق"), &account::months(lang))), receipt: receipt(lang), ..message(lang, "9", bank_side, "12:42") })
    };
    chat(lang, log, None, &quick)
}

fn balance(lang: Lang) -> Markup {
    let card = BalanceCard {
        name: lang.t("Everyday", "اليومي"),
        masked: "••34",
        balance: lang.t("€2,418.07", "٢٬٤١٨٫٠٧ €"),
        as_of: lang.t("Available, as of 12:41", "المتاح حتى 12:41"),
    };
    card.render()
}

fn lines(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let line = |icon, title, more, amount, incoming| Line { icon, title, more, amount, incoming };
    let card = LinesCard {
        title: t("This week", "هذا الأسبوع"),
        lines: &[
            line(Icon::ShoppingCart, "Rimi", t("Today", "اليوم"), t("−€23.80", "−٢٣٫٨٠ €"), false),
            line(
                Icon::Utensils,
                "Kalve Coffee",
                t("Thursday", "الخميس"),
                t("−€4.60", "−٤٫٦٠ €"),
                false,
            ),
            line(
                Icon::TrainFront,
                "Vivi",
                t("Wednesday", "الأربعاء"),
                t("−€6.40", "−٦٫٤٠ €"),
                false,
            ),
            line(
                Icon::Repeat,
                t("Refund, Zalando", "استرداد، Zalando"),
                t("Tuesday", "الثلاثاء"),
                t("+€39.90", "+٣٩٫٩٠ €"),
                true,
            ),
        ],
        total: Some((t("Spent", "المصروف"), t("€34.80", "٣٤٫٨٠ €"))),
    };
    card.render()
}

pub(crate) fn readable(lang: Lang) -> Markup {
    let t = |en, ar| lang.t(en, ar);
    let bank_side = Side::In(Mark::Arch);
    let log = html! {
        (day("2026-11-21", t("Today", "اليوم")))
        (system(Icon::Eye, &html! { (t("In this chat WhatsApp reads along, so figures stay at the bank.", "في هذه المحادثة يقرأ واتساب معك، لذا تبقى الأرقام في البنك.")) }))
        (Message { body: Some(words(t("How much is in Everyday?", "كم في حسابي اليومي؟"))), ..message(lang, "1", Side::Out, "12:41") })
        (Message { card: Some(link(lang)), receipt: receipt(lang), ..message(lang, "2", bank_side, "12:41") })
        (Message { body: Some(words(t("Is it enough for the rent?", "هل يكفي للإيجار؟"))), delivery: Some(Delivery { state: State::Sent, words: t("Sent", "أُرسلت") }), ..message(lang, "3", Side::Out, "12:42") })
        (Message { body: Some(words(t("Yes. The rent is covered.", "نعم. الإيجار مغطى."))), receipt: receipt(lang), ..message(lang, "4", bank_side, "12:42") })
    };
    let sight = |id, at, direction, text, withheld| Sight {
        id,
        at: ("2026-11-21T12:41:00Z", at),
        direction,
        text,
        withheld,
    };
    let withheld = [t("balance", "الرصيد"), t("account number", "رقم الحساب")].map(str::to_owned);
    let seen = Seen {
        title: t("What WhatsApp would have seen", "ما كان سيراه واتساب"),
        lead: t(
            "The very words that would have passed through its servers.",
            "الكلمات نفسها التي كانت ستمر عبر خوادمه.",
        ),
        close: t("Close", "إغلاق"),
        withheld: t("Withheld", "محجوب"),
        nothing: t("Nothing yet", "لا شيء بعد"),
        sights: &[
            sight(
                "s-1",
                "12:41",
                t("from you", "منك"),
                t("How much is in Everyday?", "كم في حسابي اليومي؟"),
                &[],
            ),
            sight(
                "s-2",
                "12:41",
                t("to you", "إليك"),
                "https://harbour.example/v/8Jq2xW",
                &withheld,
            ),
            sight(
                "s-3",
                "12:42",
                t("from you", "منك"),
                t("Is it enough for the rent?", "هل يكفي للإيجار؟"),
                &[],
            ),
            sight(
                "s-4",
                "12:42",
                t("to you", "إليك"),
                t("Yes. The rent is covered.", "نعم. الإيجار مغطى."),
                &withheld,
            ),
        ],
    };
    let quick = [
        QuickReply { value: "who", label: t("Who can see this?", "من يرى هذا؟") },
        QuickReply { value: "stop-all", label: t("STOP ALL", "أوقف الكل") },
    ];
    chat(lang, log, Some(seen), &quick)
}

fn link(lang: Lang) -> Markup {
    let card = LinkCard {
        href: "home.html",
        title: lang.t("Balance of Everyday", "رصيد اليومي"),
        text: lang.t(
            "Open it at the bank. The link works once, for 10 minutes.",
            "افتحه لدى البنك. يعمل الرابط مرة واحدة لمدة ١٠ دقائق.",
        ),
        action: lang.t("Open secure view", "افتح العرض الآمن"),
    };
    card.render()
}
