//! What she newly wrote.

use proptest::prelude::*;

use super::super::said::{of_html, of_text};

#[track_caller]
fn check(text: &str, want: &str) {
    assert_eq!(of_text(text), want, "{text}");
    assert_eq!(of_text(&text.replace('\n', "\r\n")), want, "with CRLF: {text}");
}

#[test]
fn what_she_answers_is_not_hers() {
    for attribution in [
        "On Tue, 5 Mar 2024 at 10:01, Harbour Bank <bank@chat.bank.example> wrote:",
        "On 05/03/2024 10:01, Harbour Bank wrote:",
        "On Tue, Mar 5, 2024 at 10:01 AM Harbour Bank <\nbank@chat.bank.example> wrote:",
        "El mar, 5 mar 2024 a las 10:01, Harbour Bank (<bank@chat.bank.example>) escribió:",
        "El 05/03/2024 a las 10:01, Harbour Bank escribió:",
        "Em ter., 5 de mar. de 2024 às 10:01, Harbour Bank <bank@chat.bank.example>\nescreveu:",
        "W dniu 5.03.2024 o 10:01, Harbour Bank pisze:",
        "wt., 5 mar 2024 o 10:01 Harbour Bank <bank@chat.bank.example> napisał(a):",
        "Dnia 5 marca 2024 10:01 Harbour Bank <bank@chat.bank.example> napisał(a):",
        "otrd., 2024. g. 5. marts, plkst. 10:01 — lietotājs Harbour Bank\n(<bank@chat.bank.example>) rakstīja:",
        "\u{202b}في الثلاثاء، 5 مارس 2024 في 10:01 ص تمت كتابة ما يلي بواسطة \u{202a}Harbour Bank\u{202c}\u{200f} <\u{202a}bank@chat.bank.example\u{202c}\u{200f}>:\u{202c}",
        "Am 05.03.2024 um 10:01 schrieb Harbour Bank <bank@chat.bank.example>:",
        "Le mar. 5 mars 2024 à 10:01, Harbour Bank <bank@chat.bank.example> a écrit :",
    ] {
        check(&format!("balance\n\n{attribution}\n\n> Hello\n> there\n"), "balance");
        check(&format!("{attribution}\n> Hello?\n\nyes\n"), "yes");
    }
    check("> one?\nyes\n> two?\nno\n", "yes\nno");
    check(">> old\n> older\nnew", "new");
}

#[test]
fn what_outlook_and_telephones_add_is_not_hers() {
    for (from, sent) in [
        ("From: Harbour Bank <bank@chat.bank.example>", "Sent: Tuesday, March 5, 2024 10:01"),
        ("De: Harbour Bank", "Enviado: martes, 5 de marzo de 2024 10:01"),
        ("De: Harbour Bank", "Enviada em: terça-feira, 5 de março de 2024 10:01"),
        ("Od: Harbour Bank", "Wysłano: wtorek, 5 marca 2024 10:01"),
        ("No: Harbour Bank", "Nosūtīts: otrdiena, 2024. gada 5. marts 10:01"),
        ("من: Harbour Bank", "تم الإرسال: الثلاثاء، 5 مارس 2024"),
        ("*From:* Harbour Bank", "*Sent:* Tuesday"),
    ] {
        check(&format!("balance\n\n{from}\n{sent}\nTo: her\nSubject: x\n\nHello"), "balance");
        check(
            &format!("balance\n________________________________\n{from}\n{sent}\n\nHi"),
            "balance",
        );
    }
    for banner in [
        "-----Original Message-----",
        "-----Mensaje original-----",
        "-----Wiadomość oryginalna-----",
        "---------- Forwarded message ---------",
    ] {
        check(&format!("balance\n\n{banner}\nanything"), "balance");
    }
    for below in [
        "-- \nHer Name\n+34 600",
        "--\nHer",
        "Sent from my iPhone",
        "Enviado desde mi iPhone",
        "Enviado do meu iPhone",
        "Wysłane z iPhone'a",
        "Nosūtīts no mana iPhone",
        "أُرسلت من الـ iPhone",
        "Get Outlook for Android",
    ] {
        check(&format!("balance\n\n{below}"), "balance");
    }
}

#[test]
fn what_may_be_hers_stays() {
    for hers in [
        "He wrote: pay me 5 euros",
        "My sister wrote:\nnothing",
        "From: where do I get it",
        "De: la cuenta\nA: la otra",
        "On Monday I paid 5",
        "a -- b",
        "- one\n- two",
        "1",
        "5 > 3, is it?",
        "a\n\nb",
    ] {
        check(hers, hers);
    }
    check("  \n\n a\n\n\n\nb  \n\n", "a\n\nb");
    check("", "");
}

#[test]
fn html_alone_is_read_as_words() {
    #[track_caller]
    fn check(html: &str, want: &str) {
        assert_eq!(of_html(html), want, "{html}");
    }
    check("<p>my <b>balance</b> &amp; more</p>", "my balance & more");
    check("<style>p{color:red}</style><p>balance</p><script>steal()</script>", "balance");
    check("<div>balance</div><blockquote type=cite>Hello<br>there</blockquote>", "balance");
    check(
        "<div>balance</div><div class=\"gmail_quote\"><div>On 5 she wrote</div></div>",
        "balance",
    );
    check("<p>balance</p><div id=\"divRplyFwdMsg\"><b>From:</b> x</div>", "balance");
    check("<blockquote>Hello?</blockquote><p>yes</p>", "Hello?\nyes");
    check("", "");
}

proptest! {
    #[test]
    fn words_without_a_mark_are_hers(text in "[a-zA-Zżا .,?!0-9]{0,200}") {
        prop_assert_eq!(of_text(&text), text.trim());
    }

    #[test]
    fn nothing_is_added_and_what_is_hers_stays_hers(text in "(?s).{0,300}") {
        let once = of_text(&text);
        prop_assert!(once.len() <= text.len());
        prop_assert!(!once.lines().any(|line| line.trim_start().starts_with('>')));
        of_html(&text);
    }
}
