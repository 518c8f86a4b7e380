//! Mail of strangers: total, bounded, and the same however its bytes are cut.

use bankside_adapters::channels::mail::lmtp::{
    Came, Envelope, MAX_MESSAGE, MAX_RECIPIENTS, Reader, Session, Step, Verdict,
};
use bankside_adapters::channels::mail::{Given, Mail, Settings, said};
use bankside_domain::channel::Event;

const OWN: &str = "bank@chat.bank.example";

/// A connection: the first byte says how its bytes are cut.
pub fn lmtp(data: &[u8]) {
    let Some((size, bytes)) = data.split_first() else { return };
    let cut = usize::from(*size).max(1);
    assert_eq!(talk(bytes.chunks(cut)), talk(std::iter::once(bytes)));
}

/// What is answered, and the messages that came.
fn talk<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> (String, Vec<Vec<u8>>) {
    let mut session = Session::new(OWN).expect("the address is one");
    let (mut reader, mut said, mut messages) = (Reader::default(), String::new(), Vec::new());
    for piece in pieces {
        let mut bytes = piece.iter();
        while let Some(came) = reader.read(&mut bytes) {
            let step = match came {
                Came::Command(command) => session.command(command),
                Came::Unknown(error) => session.unknown(&error),
                Came::Endless => Step::End(String::new()),
                Came::TooLong => Step::Say(Session::too_long(&session.envelope())),
                Came::Message(message) => {
                    let envelope = session.envelope();
                    assert!(!envelope.to.is_empty() && envelope.to.len() <= MAX_RECIPIENTS);
                    assert!(message.len() <= MAX_MESSAGE);
                    messages.push(message);
                    Step::Say(Session::answers(&envelope, Verdict::Taken))
                }
            };
            match step {
                Step::Say(line) => said.push_str(&line),
                Step::Message(line) => {
                    said.push_str(&line);
                    reader.expect_message();
                }
                Step::End(line) => return (said + &line, messages),
            }
        }
    }
    (said, messages)
}

/// A message, and its words alone.
pub fn mail(data: &[u8]) {
    let settings = Settings::parse(&Given {
        address: OWN,
        submission: "smtp://127.0.0.1:25",
        lmtp: "127.0.0.1:24",
        secret: "a-secret-of-the-fuzzer-0123",
        authserv: Some("mx.bank.example"),
        ..Given::default()
    });
    let settings = settings.expect("the settings fit");
    let envelope = Envelope { from: "her@mail.example".to_owned(), to: vec![OWN.to_owned()] };
    for event in Mail::reading(&settings, &envelope, data) {
        let from = event.from.address();
        assert!(from.contains('@') && !from.contains(char::is_whitespace));
        if let Event::Message { text } = &event.event {
            assert!(!text.reveal().trim().is_empty());
        }
    }
    let text = String::from_utf8_lossy(data);
    assert!(said::of_text(&text).lines().all(|line| !line.trim_start().starts_with('>')));
    said::of_html(&text);
}
