//! The same messages by a client that others wrote, `messaging-api-messenger` from npm, against the same
//! server: both say the same, but for the path and where the token stands. It has no utility templates;
//! the tags and generic templates that it has are not sent by us.

use bankside_domain::channel::Contact;
use bankside_service::channels::Frame;
use bankside_service::ports::Channel as _;
use serde_json::{Value, json};

use super::graph::frame;
use super::graph::server::{Server, ok};
use super::{PSID, page, run};

fn told(frame: &Frame) -> Value {
    let answers = frame.answers.iter().map(|choice| [choice.label.reveal(), choice.says.reveal()]);
    let links = frame.links.iter().map(|link| [&link.label, &link.url]);
    json!({
        "text": frame.text,
        "answers": answers.collect::<Vec<_>>(),
        "links": links.collect::<Vec<_>>(),
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_client_of_others_says_the_same() {
    let choices = [("Balance", "my balance"), ("Pomoc ż", "pomoc")];
    let frames = [
        frame("Hello", &[], &[]),
        frame("رصيدك \u{2066}EUR 1\u{2069} & <b>", &[], &[]),
        frame("Pick", &choices, &[]),
        frame("See", &[], &["Open", "Also"]),
        frame("Both", &choices, &["Open"]),
    ];
    let answer = || ok(&json!({ "recipient_id": PSID, "message_id": "m_1" }));
    let server = || Server::start((0..=frames.len()).map(|_| answer()).collect());
    let (theirs, ours) = (server().await, server().await);
    let messages: Vec<_> = frames.iter().map(told).collect();
    let input = json!({ "origin": theirs.origin, "her": PSID, "messages": messages });
    let says = || run::says(include_str!("client.cjs"), "messaging-api-messenger", &input);
    if tokio::task::block_in_place(says).is_none() {
        return;
    }
    let channel = page(ours.api.clone());
    for frame in &frames {
        channel.send(&Contact::new(PSID), frame, "key").await.unwrap();
    }
    channel.typing(&Contact::new(PSID)).await;
    let bodies = |server: &Server| -> Vec<Value> {
        server.seen().into_iter().map(|seen| seen.body).collect()
    };
    assert_eq!(bodies(&ours), bodies(&theirs));
    assert_eq!(bodies(&ours).len(), frames.len() + 1);
}
