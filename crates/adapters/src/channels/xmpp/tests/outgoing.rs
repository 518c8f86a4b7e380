//! What the bank sends.

use bankside_domain::conversation::Choice;

use super::*;

fn choice(label: &str, says: &str) -> Choice {
    Choice { label: label.into(), says: says.into() }
}

#[test]
fn a_message_asks_to_be_acknowledged_and_has_its_answers_in_words_too() {
    let frame = Frame {
        text: "Which one? ż".to_owned(),
        answers: vec![choice("Everyday ••34", "everyday"), choice("Other", " odd")],
        ..Frame::default()
    };
    let sent = stanza(&write::message("bank@bank.example", HER, &frame, "01a/0"));
    for (name, want) in
        [("type", "chat"), ("from", "bank@bank.example"), ("to", HER), ("id", "01a/0")]
    {
        assert_eq!(sent.attribute(name), Some(want));
    }
    let body = sent.child("body", "jabber:component:accept").unwrap().text();
    assert_eq!(body, "Which one? ż\n\n1. Everyday ••34\n2. Other");
    let said: Vec<_> = sent
        .elements()
        .filter(|child| child.is("response", "urn:xmpp:tmp:quick-response"))
        .map(|child| (child.attribute("value").unwrap(), child.attribute("label").unwrap()))
        .collect();
    assert_eq!(said, [("everyday", "Everyday ••34"), ("2", "Other")]);
    let fallback = sent.child("fallback", "urn:xmpp:fallback:0").unwrap();
    let range = fallback.child("body", "urn:xmpp:fallback:0").unwrap();
    let offset = |name| range.attribute(name).unwrap().parse::<usize>().unwrap();
    let (start, end) = (offset("start"), offset("end"));
    let shown: String = body.chars().take(start).chain(body.chars().skip(end)).collect();
    assert_eq!(shown, "Which one? ż");
    assert!(sent.child("request", "urn:xmpp:receipts").is_some());
    assert!(sent.child("markable", "urn:xmpp:chat-markers:0").is_some());
    assert_eq!(sent.child("origin-id", "urn:xmpp:sid:0").unwrap().id(), Some("01a/0"));
    let plain = Frame { text: "Words".to_owned(), ..Frame::default() };
    let plain = stanza(&write::message("bank@bank.example", HER, &plain, "k"));
    assert!(plain.child("fallback", "urn:xmpp:fallback:0").is_none());
}

#[test]
fn a_retraction_names_the_message_and_a_sign_is_not_kept() {
    let back = stanza(&write::retraction("bank@bank.example", HER, "01a/0", "retract/01a/0"));
    assert_eq!(back.child("retract", "urn:xmpp:message-retract:1").unwrap().id(), Some("01a/0"));
    assert!(back.child("store", "urn:xmpp:hints").is_some());
    let sign = stanza(&write::composing("bank@bank.example", HER));
    assert!(sign.child("no-store", "urn:xmpp:hints").is_some());
    assert!(sign.child("composing", "http://jabber.org/protocol/chatstates").is_some());
}

#[tokio::test]
async fn what_cannot_be_written_now_is_for_later() {
    let channel = Xmpp::new(settings_at("127.0.0.1:1"));
    let (her, frame) = (Contact::new(HER), Frame::default());
    let sent = channel.send(&her, &frame, "k").await;
    assert_eq!(sent, Err(fault::later("not connected")));
    for wrong in ["her@chat.example/phone", "chat.example", "", "a b@c"] {
        let sent = channel.send(&Contact::new(wrong), &frame, "k").await;
        assert!(matches!(sent, Err(SendError::Refused { .. })), "{wrong}");
    }
    let other = channel.retract(&her, "other@chat.example 01a/0").await;
    assert!(matches!(other, Err(SendError::Refused { .. })), "{other:?}");
    assert!(matches!(channel.test().await, Err(SendError::Later { .. })));
}
