//! What a stanza says.

use bankside_domain::Timestamp;
use bankside_domain::channel::{Event, Status};
use bankside_domain::customer::Language;

use super::*;

#[track_caller]
fn event(xml: &str, want: Event) {
    let read = reads(xml);
    assert_eq!(read.strange, None, "{xml}");
    let event = read.event.unwrap_or_else(|| panic!("no event: {xml}"));
    assert_eq!((event.from.address(), event.event), (HER, want), "{xml}");
}

#[track_caller]
fn nothing(xml: &str) {
    let read = reads(xml);
    assert!(read.event.is_none() && read.strange.is_none(), "{xml}");
}

#[track_caller]
fn strange(xml: &str) {
    let read = reads(xml);
    assert!(read.event.is_none() && read.strange.is_some() && read.answers.is_empty(), "{xml}");
}

fn says(text: &str) -> Event {
    Event::Message { text: text.to_owned().into() }
}

#[test]
fn what_she_does_is_one_event() {
    event("<message @ type='chat' id='a'><body>balance</body></message>", says("balance"));
    event("<message @ id='a'><body>żółw &amp; <![CDATA[<3]]></body></message>", says("żółw & <3"));
    let correction = "<message @ type='chat' id='b'><body>accounts</body>\
        <replace xmlns='urn:xmpp:message-correct:0' id='a'/></message>";
    let edit = Event::Edit { of: "a".to_owned(), text: "accounts".to_owned().into() };
    event(correction, edit);
    let deletion = Event::Deletion { of: "a".to_owned() };
    let retraction = "<message @ type='chat' id='c'><body>took back</body>\
        <retract xmlns='urn:xmpp:message-retract:1' id='a'/></message>";
    event(retraction, deletion.clone());
    let before = "<message @ type='chat' id='c'><apply-to xmlns='urn:xmpp:fasten:0' id='a'>\
        <retract xmlns='urn:xmpp:message-retract:0'/></apply-to></message>";
    event(before, deletion);
    let chosen = "<message @ id='d'><action-selected xmlns='urn:xmpp:tmp:quick-response' id='yes'/></message>";
    event(chosen, Event::Choice { says: "yes".to_owned().into() });
    let reaction = "<message @ type='chat' id='e'><reactions xmlns='urn:xmpp:reactions:0' id='a'>\
        <reaction>👍</reaction></reactions></message>";
    event(reaction, Event::Reaction);
    nothing(
        "<message @ type='chat'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>",
    );
    nothing("<message @ type='chat'><body> </body></message>");
    nothing("<message @ type='headline'><body>the server restarts</body></message>");
}

#[test]
fn pictures_and_encrypted_words_are_not_read() {
    let url = "https://files.example/a.png";
    for inner in [
        format!("<body>{url}</body><x xmlns='jabber:x:oob'><url>{url}</url></x>"),
        "<body>aesgcm://files.example/a#00</body>".to_owned(),
        "<body>I sent you an OMEMO encrypted message</body>\
         <encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='1'/></encrypted>"
            .to_owned(),
        "<encryption xmlns='urn:xmpp:eme:0' namespace='urn:xmpp:omemo:2'/>".to_owned(),
        "<file-sharing xmlns='urn:xmpp:sfs:0'/>".to_owned(),
    ] {
        event(&format!("<message @ type='chat' id='a'>{inner}</message>"), Event::Media);
    }
}

#[test]
fn how_far_a_message_went_is_told_of_her_own_alone() {
    let went = |status| Event::Status {
        of: Some("her@chat.example 01a/0".to_owned()),
        until: None,
        status,
    };
    let told = |inner: &str| format!("<message @ type='chat' id='z'>{inner}</message>");
    event(&told("<received xmlns='urn:xmpp:receipts' id='01a/0'/>"), went(Status::Delivered));
    event(&told("<received xmlns='urn:xmpp:chat-markers:0' id='01a/0'/>"), went(Status::Delivered));
    event(&told("<displayed xmlns='urn:xmpp:chat-markers:0' id='01a/0'/>"), went(Status::Read));
    nothing(&told("<received xmlns='urn:xmpp:receipts'/>"));
    nothing(&told("<received xmlns='urn:xmpp:receipts' id=''/>"));
    let came_back = "<message @ type='error' id='01a/0'><body>x</body><error type='cancel'>\
        <gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></message>";
    event(came_back, went(Status::Failed));
}

#[test]
fn an_event_has_her_own_id_its_time_and_language() {
    let read = reads(
        "<message @ type='chat' id='a' xml:lang='pl'><body>saldo</body>\
         <origin-id xmlns='urn:xmpp:sid:0' id='o'/>\
         <stanza-id xmlns='urn:xmpp:sid:0' id='archive' by='chat.example'/>\
         <delay xmlns='urn:xmpp:delay' stamp='2026-11-21T18:00:00Z'/></message>",
    );
    let event = read.event.unwrap();
    assert_eq!(event.id, "o");
    assert_eq!(event.at, Some(Timestamp::from_millis(1_795_284_000_000)));
    assert_eq!(event.language, Some(Language::Pl));
    let id = |xml: &str| reads(xml).event.unwrap().id;
    assert_eq!(id("<message @ id='a'><body>x</body></message>"), "a");
    assert_eq!(id("<message @><body>x</body></message>"), "s1/7");
    let long = format!("<message @ id='{}'><body>x</body></message>", "i".repeat(513));
    assert_eq!(id(&long), "s1/7");
    let both = "<message @ id='a'><body xml:lang='lv'>konts</body><body>account</body></message>";
    assert_eq!(reads(both).event.unwrap().event, says("account"));
}

#[test]
fn a_quotation_above_an_answer_is_not_hers() {
    let reply = |start: &str, end: &str| {
        format!(
            "<message @ type='chat' id='a'><body>&gt; 1. ja\n2</body>\
             <reply xmlns='urn:xmpp:reply:0' id='01a/0'/>\
             <fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'>\
             <body start='{start}' end='{end}'/></fallback></message>"
        )
    };
    event(&reply("0", "8"), says("2"));
    event(&reply("0", "x"), says("> 1. ja\n2"));
    event(&reply("9", "3"), says("> 1. ja\n2"));
    event(&reply("8", "99999999999"), says("> 1. ja\n"));
}

#[test]
fn what_was_taken_is_acknowledged_where_she_asks_and_what_was_not_comes_back() {
    let asks = "<message @ type='chat' id='a'><body>x</body><request xmlns='urn:xmpp:receipts'/></message>";
    let read = reads(asks);
    let receipt = read.answers[0].xml();
    for part in ["to='Her@Chat.example/phone'", "from='bank@bank.example'", "type='chat'"] {
        assert!(receipt.contains(part), "{receipt}");
    }
    assert!(receipt.contains("<received xmlns='urn:xmpp:receipts' id='a'>"), "{receipt}");
    assert!(!receipt.contains("x</body>"), "{receipt}");
    let refusal = read.refusal.unwrap().xml();
    assert!(refusal.contains("type='error'") && refusal.contains(" id='a'"), "{refusal}");
    assert!(refusal.contains("<resource-constraint"), "{refusal}");
    let silent = reads("<message @ type='chat' id='a'><body>x</body></message>");
    assert!(silent.answers.is_empty() && silent.refusal.is_some());
    let receipt = reads("<message @ id='b'><received xmlns='urn:xmpp:receipts' id='a'/></message>");
    assert!(receipt.answers.is_empty() && receipt.refusal.is_none(), "no answer to an answer");
}

#[test]
fn others_words_are_never_hers() {
    let wrapped =
        "<message xmlns='jabber:client' from='her@chat.example/x'><body>pay</body></message>";
    for inner in [
        format!(
            "<sent xmlns='urn:xmpp:carbons:2'><forwarded xmlns='urn:xmpp:forward:0'>{wrapped}</forwarded></sent>"
        ),
        format!("<forwarded xmlns='urn:xmpp:forward:0'>{wrapped}</forwarded><body>see</body>"),
        format!(
            "<result xmlns='urn:xmpp:mam:2'><forwarded xmlns='urn:xmpp:forward:0'>{wrapped}</forwarded></result>"
        ),
        "<body>x</body><x xmlns='http://jabber.org/protocol/muc#user'/>".to_owned(),
    ] {
        strange(&format!("<message @ type='chat' id='a'>{inner}</message>"));
    }
    strange("<message @ type='groupchat' id='a'><body>x</body></message>");
    strange("<message @ type='banana' id='a'><body>x</body></message>");
    for from in ["", "chat.example", "bank@bank.example", "her@bank.example/x", "a b@c"] {
        strange(&format!("<message from='{from}' to='bank@bank.example'><body>x</body></message>"));
    }
    strange("<message to='bank@bank.example'><body>x</body></message>");
    strange("<message xmlns='jabber:client' @ type='chat'><body>x</body></message>");
    strange("<banana @><body>x</body></banana>");
    let other = read(
        &settings(),
        &stanza(
            "<message from='her@chat.example' to='ceo@bank.example' id='a'><body>x</body></message>",
        ),
        "n",
    );
    assert!(other.event.is_none() && other.answers[0].xml().contains("<item-not-found"));
    let other_body = "<message @ type='chat'><body xmlns='urn:other'>x</body></message>";
    nothing(other_body);
}

#[test]
fn presence_is_allowed_to_whoever_asks_and_a_farewell_is_heard() {
    let subscribed = reads("<presence @ type='subscribe' id='p'/>");
    assert_eq!(subscribed.event.unwrap().event, Event::Begin { reference: None });
    let answers: Vec<_> = subscribed.answers.iter().map(Element::xml).collect();
    assert!(
        answers[0].contains("type='subscribed'") && !answers[1].contains("type="),
        "{answers:?}"
    );
    let left = reads("<presence @ type='unsubscribe'/>");
    assert_eq!(left.event.unwrap().event, Event::Leave);
    assert!(left.answers[0].xml().contains("type='unsubscribed'"));
    let probed = reads("<presence @ type='probe'/>");
    assert!(probed.event.is_none() && probed.answers.len() == 1);
    for kind in ["unavailable", "subscribed", "unsubscribed", "error", "banana"] {
        nothing(&format!("<presence @ type='{kind}'/>"));
    }
    nothing("<presence @/>");
}

#[test]
fn each_question_is_answered() {
    #[track_caller]
    fn check(kind: &str, inner: &str, want: &str) {
        let read = reads(&format!("<iq @ type='{kind}' id='q'>{inner}</iq>"));
        assert!(read.event.is_none() && read.strange.is_none());
        let answer = read.answers.first().map(Element::xml).unwrap_or_default();
        assert_eq!(answer.is_empty(), want.is_empty(), "{answer}");
        assert!(answer.contains(want), "{answer}");
        assert!(answer.is_empty() || answer.contains("id='q'"), "{answer}");
    }
    check(
        "get",
        "<query xmlns='http://jabber.org/protocol/disco#info'/>",
        "category='client' type='bot' name='Harbour Bank'",
    );
    check(
        "get",
        "<query xmlns='http://jabber.org/protocol/disco#info'/>",
        "var='urn:xmpp:receipts'",
    );
    check("get", "<query xmlns='http://jabber.org/protocol/disco#items'/>", "type='result'");
    check("get", "<ping xmlns='urn:xmpp:ping'/>", "type='result'");
    check("get", "<vCard xmlns='vcard-temp'/>", "<FN>Harbour Bank</FN>");
    check("set", "<vCard xmlns='vcard-temp'/>", "<service-unavailable");
    check("get", "<query xmlns='jabber:iq:version'/>", "<service-unavailable");
    check("get", "", "<service-unavailable");
    check("result", "", "");
    check("error", "", "");
}

#[test]
fn each_error_means_something() {
    #[track_caller]
    fn check(kind: &str, condition: &str, want: &str) {
        let back = stanza(&format!(
            "<message type='error' id='a'><error type='{kind}'><{condition} \
             xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/><text>her words</text></error></message>"
        ));
        let got = match fault::of_stanza(&back) {
            SendError::Gone { why } => format!("gone {why}"),
            SendError::Later { why, .. } => format!("later {why}"),
            SendError::Refused { why } => format!("refused {why}"),
            SendError::WindowOver => "window".to_owned(),
        };
        assert_eq!(got, want);
    }
    check("cancel", "gone", "gone gone");
    check("modify", "redirect", "gone redirect");
    check("cancel", "item-not-found", "gone item-not-found");
    check("cancel", "service-unavailable", "later service-unavailable");
    check("wait", "recipient-unavailable", "later recipient-unavailable");
    check("wait", "resource-constraint", "later resource-constraint");
    check("cancel", "remote-server-not-found", "later remote-server-not-found");
    check("wait", "remote-server-timeout", "later remote-server-timeout");
    check("wait", "policy-violation", "later policy-violation");
    check("modify", "policy-violation", "refused policy-violation");
    check("auth", "forbidden", "refused forbidden");
    check("modify", "jid-malformed", "refused jid-malformed");
    check("cancel", "her-words", "refused an unknown condition");
    let empty = fault::of_stanza(&stanza("<message type='error'/>"));
    assert!(matches!(empty, SendError::Refused { .. }));
}
