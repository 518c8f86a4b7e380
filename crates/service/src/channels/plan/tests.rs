//! What a reader sees of a message in channels of few means.

use bankside_domain::channel::{Count, Retraction, Text};
use proptest::prelude::*;

use super::*;

const CHARS: fn(usize) -> Text = |most| Text { most, count: Count::Chars };

/// A channel that shows text, two short buttons and a list of four.
fn table() -> Capabilities {
    Capabilities {
        text: CHARS(60),
        messages: 3,
        buttons: Some(Answers { most: 2, label: CHARS(8), above: None }),
        list: Some(Answers { most: 4, label: CHARS(8), above: Some(CHARS(20)) }),
        links: Links::Button { label: CHARS(10) },
        rich: false,
        spoken: false,
        window: None,
        retraction: Retraction::Never,
        edits: false,
        delivered: false,
        read: false,
        typing: false,
    }
}

fn plan(message: &Outgoing, can: &Capabilities, receipt: Option<&str>) -> Plan {
    let address = |_: &LinkTarget| "https://bank.example/l/x".to_owned();
    Plan::of(message, &Setting { can, language: Language::En, address: &address, receipt })
}

fn asking(labels: &[&str]) -> Outgoing {
    let choice = |label: &&str| Choice { label: (*label).into(), says: (*label).into() };
    Outgoing::text("Which one?").with_choices(labels.iter().map(choice).collect())
}

fn linking(label: &str) -> Outgoing {
    let link = LinkTarget::Page { path: "/log".to_owned() };
    Outgoing::text("See it.").with_part(Part::Link { label: label.into(), link })
}

fn texts(plan: &Plan) -> Vec<&str> {
    plan.frames.iter().map(|frame| frame.text.as_str()).collect()
}

#[test]
fn few_answers_are_buttons_more_a_list_and_eleven_are_numbered() {
    let two = plan(&asking(&["Yes", "No"]), &table(), None);
    assert_eq!((two.frames[0].answers.len(), two.frames[0].is_list), (2, false));
    assert_eq!(two.because, []);

    let four = plan(&asking(&["1", "2", "3", "4"]), &table(), None);
    assert_eq!((four.frames[0].answers.len(), four.frames[0].is_list), (4, true));
    assert_eq!(four.because, [Because::ManyAnswers]);

    let labels: Vec<_> = (1..=11).map(|n| format!("a{n}")).collect();
    let labels: Vec<_> = labels.iter().map(String::as_str).collect();
    let eleven = plan(&asking(&labels), &Capabilities { text: CHARS(200), ..table() }, None);
    assert!(eleven.frames[0].answers.is_empty());
    assert!(eleven.frames[0].text.ends_with("\n10. a10\n11. a11"), "{}", eleven.frames[0].text);
    assert_eq!(eleven.because, [Because::NumberedAnswers]);
}

#[test]
fn a_label_that_a_button_would_cut_is_never_cut() {
    let long = plan(&asking(&["Everyday account"]), &table(), None);
    assert!(long.frames[0].text.contains("1. Everyday account"));
    let long = plan(&linking("Where it all stands"), &table(), None);
    assert_eq!(texts(&long), ["See it.\n\nWhere it all stands:\nhttps://bank.example/l/x"]);
    assert_eq!(long.because, [Because::LinksInText]);
}

#[test]
fn a_link_goes_on_a_button_in_the_text_or_another_way() {
    let button = plan(&linking("The log"), &table(), None);
    assert_eq!(button.frames[0].links[0].label, "The log");
    let spoken = Capabilities { links: Links::Elsewhere, ..table() };
    let elsewhere = plan(&linking("The log"), &spoken, None);
    assert_eq!(texts(&elsewhere), ["See it."]);
    assert_eq!(elsewhere.because, [Because::LinksElsewhere]);
}

#[test]
fn what_rests_on_a_consent_is_a_link_where_links_go_alone() {
    let can = Capabilities { links: Links::Alone, text: CHARS(400), ..table() };
    let address = |link: &LinkTarget| match link {
        LinkTarget::Page { path } => format!("https://bank.example{path}"),
        LinkTarget::Offered { .. } => "https://bank.example/l/x".to_owned(),
    };
    let setting = |can| Setting {
        can,
        language: Language::En,
        address: &address,
        receipt: Some("K7Q2-M4ZD"),
    };
    let row = PartRow {
        label: "Everyday".into(),
        hint: Some("checking ••34".into()),
        value: "$5.00".into(),
        incoming: false,
        pending: false,
    };
    let rows = Part::Rows { title: "Accounts of Ana".into(), rows: vec![row] };
    let choice = Choice { label: "Savings ••12".into(), says: "savings".into() };
    let told = Outgoing::text("Ana, you have $5.00.").with_part(rows).with_choices(vec![choice]);
    let hers = ["Ana", "$5", "Everyday", "••34", "Savings"];
    let in_text = Capabilities { links: Links::InText, ..can };
    for message in [told.clone(), told.with_part(linking("The log").parts[0].clone())] {
        let plan = Plan::of_disclosure(&message, &setting(&can));
        assert_eq!(plan.because, [Because::LinksInText, Because::WordsWithheld]);
        let text = texts(&plan).concat();
        assert!(hers.iter().all(|word| !text.contains(word)), "{text}");
        assert!(text.contains("https://bank.example/") && text.contains("K7Q2-M4ZD"), "{text}");
        let frame = &plan.frames[0];
        assert!(frame.answers.is_empty() && frame.parts.is_empty());
        assert_eq!(frame.language, Some(Language::En));
        let as_ever = Plan::of_disclosure(&message, &setting(&in_text));
        assert_eq!(as_ever, Plan::of(&message, &setting(&in_text)));
    }
    let about = Plan::of(&Outgoing::text("Hello!"), &setting(&can));
    assert_eq!(texts(&about), ["Hello!\n\nReceipt K7Q2-M4ZD"]);
}

#[test]
fn rows_are_told_in_words_where_nothing_is_drawn() {
    let row = |label: &str, hint: Option<&str>| PartRow {
        label: label.into(),
        hint: hint.map(Into::into),
        value: "$5.00".into(),
        incoming: false,
        pending: false,
    };
    let rows = vec![row("Everyday", Some("checking ••34")), row("Savings", None)];
    let message = Outgoing::text("You have:").with_part(Part::Rows { title: "".into(), rows });
    let told = plan(&message, &table(), None);
    let words = "You have:\n\nEveryday: $5.00 (checking ••34)\nSavings: $5.00";
    assert_eq!(texts(&told), [words]);
    assert_eq!(told.because, [Because::NoCards]);
    let drawn = plan(&message, &Capabilities { rich: true, ..table() }, None);
    assert_eq!((texts(&drawn), drawn.frames[0].parts.len()), (vec!["You have:"], 1));
}

#[test]
fn what_is_too_long_is_cut_where_a_reader_pauses_and_the_receipt_stays() {
    let words = "One two three four five six. Seven eight nine ten eleven twelve. Thirteen more.";
    let cut = plan(&Outgoing::text(words), &table(), Some("K7Q2-M4ZD"));
    assert_eq!(
        texts(&cut),
        [
            "One two three four five six.",
            "Seven eight nine ten eleven twelve. Thirteen more.",
            "Receipt K7Q2-M4ZD"
        ]
    );
    assert_eq!(cut.because, [Because::Split]);

    let long = "word ".repeat(100);
    let short = plan(&Outgoing::text(long.trim_end()), &table(), Some("K7Q2-M4ZD"));
    assert_eq!(short.frames.len(), 3);
    assert!(short.frames[2].text.contains("Receipt K7Q2-M4ZD"));
    assert!(texts(&short).concat().contains('…'));
    assert_eq!(short.because, [Because::Split, Because::Shortened]);
}

#[test]
fn the_last_message_with_a_list_is_within_its_own_bound() {
    let words = Outgoing {
        text: "This is longer than twenty characters.".to_owned().into(),
        ..asking(&["1", "2", "3"])
    };
    let cut = plan(&words, &table(), None);
    // The words do not fit above a list, so the answers are numbered.
    assert_eq!(cut.because, [Because::NumberedAnswers, Because::Split]);
}

proptest! {
    #[test]
    fn every_message_fits_and_no_word_is_lost(
        words in "[a-zżا .\n]{1,400}",
        most in 20_usize..80,
        segments in any::<bool>(),
    ) {
        let text = if segments { Text { most: 1, count: Count::Segments } } else { CHARS(most) };
        let can = Capabilities { text, messages: 100, ..table() };
        let cut = plan(&Outgoing::text(words.as_str()), &can, Some("K7Q2-M4ZD"));
        for frame in &cut.frames {
            prop_assert!(text.holds(&frame.text), "{:?}", frame.text);
        }
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let all = squeezed(&texts(&cut).join(" "));
        prop_assert_eq!(all, squeezed(&format!("{words} Receipt K7Q2-M4ZD")));
    }

    #[test]
    fn a_plan_never_has_more_messages_than_the_channel_takes(
        words in "[a-z .]{0,900}",
        most in 1_usize..4,
    ) {
        let can = Capabilities { messages: most, ..table() };
        let cut = plan(&Outgoing::text(words.as_str()), &can, Some("K7Q2-M4ZD"));
        prop_assert!((1..=most).contains(&cut.frames.len()));
        prop_assert!(cut.frames.iter().all(|frame| can.text.holds(&frame.text)));
        prop_assert!(cut.frames.last().is_some_and(|last| last.text.contains("Receipt K7Q2-M4ZD")));
    }
}
