//! The protocol: what is answered to what, and that a reader is never confused.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use proptest::prelude::*;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::super::lmtp::{
    Came, Desk, Envelope, MAX_MESSAGE, MAX_RECIPIENTS, Reader, Session, Step, Verdict, serve,
};
use super::super::settings::Place;
use super::OWN;

/// What is answered to each piece of bytes, and the messages that came.
fn talk(pieces: &[&[u8]]) -> (String, Vec<(Envelope, Vec<u8>)>) {
    let (mut session, mut reader) = (Session::new(OWN).unwrap(), Reader::default());
    let (mut said, mut messages) = (String::new(), Vec::new());
    for piece in pieces {
        let mut bytes = piece.iter();
        while let Some(came) = reader.read(&mut bytes) {
            let step = match came {
                Came::Command(command) => session.command(command),
                Came::Unknown(error) => session.unknown(&error),
                Came::Endless => Step::End("500 5.5.2\r\n".to_owned()),
                Came::TooLong => Step::Say(Session::too_long(&session.envelope())),
                Came::Message(message) => {
                    let envelope = session.envelope();
                    let answers = Session::answers(&envelope, Verdict::Taken);
                    messages.push((envelope, message));
                    Step::Say(answers)
                }
            };
            match step {
                Step::Say(text) => said.push_str(&text),
                Step::Message(text) => {
                    said.push_str(&text);
                    reader.expect_message();
                }
                Step::End(text) => return (said + &text, messages),
            }
        }
    }
    (said, messages)
}

/// The codes of the answers, the greeting of LHLO as one.
fn codes(said: &str) -> Vec<&str> {
    said.lines()
        .filter(|line| line.as_bytes().get(3) == Some(&b' '))
        .map(|line| &line[..3])
        .collect()
}

#[test]
fn a_message_is_answered_for_each_recipient() {
    let all = format!(
        "LHLO mx.bank.example\r\nMAIL FROM:<her@mail.example> SIZE=100 BODY=8BITMIME\r\n\
         RCPT TO:<{OWN}>\r\nRCPT TO:<nobody@chat.bank.example>\r\nRCPT TO:<Bank+b1@Chat.Bank.example>\r\n\
         DATA\r\nSubject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n"
    );
    let (said, messages) = talk(&[all.as_bytes()]);
    let want = ["250", "250", "250", "550", "250", "354", "250", "250", "221"];
    assert_eq!(codes(&said), want, "{said}");
    let to = vec![OWN.to_owned(), "Bank+b1@Chat.Bank.example".to_owned()];
    let envelope = Envelope { from: "her@mail.example".to_owned(), to };
    assert_eq!(messages, [(envelope, b"Subject: x\r\n\r\n.dot\r\n".to_vec())]);
    assert!(said.contains("250 SIZE 10485760"), "{said}");
}

#[test]
fn what_is_out_of_turn_is_refused() {
    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let (said, messages) = talk(&[text.as_bytes()]);
        assert_eq!((codes(&said).as_slice(), messages.len()), (want, 0), "{text}: {said}");
    }
    check("MAIL FROM:<a@b.example>\r\n", &["503"]);
    check("EHLO x\r\nHELO x\r\n", &["500", "500"]);
    check("LHLO x\r\nRCPT TO:<bank@chat.bank.example>\r\n", &["250", "503"]);
    check("LHLO x\r\nDATA\r\n", &["250", "503"]);
    check("LHLO x\r\nMAIL FROM:<>\r\nMAIL FROM:<>\r\n", &["250", "250", "503"]);
    check(
        "LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<x@other.example>\r\nDATA\r\n",
        &["250", "250", "550", "503"],
    );
    check("LHLO x\r\nMAIL FROM:<> SIZE=99999999\r\n", &["250", "552"]);
    check(
        "LHLO x\r\nMAIL FROM:<>\r\nRSET\r\nRCPT TO:<bank@chat.bank.example>\r\n",
        &["250", "250", "250", "503"],
    );
    check(
        "NOOP\r\nVRFY her\r\nEXPN all\r\nSTARTTLS\r\nXYZZY\r\n",
        &["250", "252", "502", "502", "500"],
    );
    check(&"XYZZY\r\n".repeat(40), &[&["500"; 20][..], &["421"]].concat());
    let many = format!("RCPT TO:<{OWN}>\r\n").repeat(MAX_RECIPIENTS + 1);
    let (said, _) = talk(&[format!("LHLO x\r\nMAIL FROM:<>\r\n{many}").as_bytes()]);
    assert_eq!(codes(&said).last(), Some(&"452"));
}

#[test]
fn only_a_line_of_one_full_stop_ends_a_message() {
    for smuggled in ["\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n", "\r\n..\r\n"] {
        let text = format!(
            "LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<{OWN}>\r\nDATA\r\na{smuggled}MAIL FROM:<x@y.example>\r\n.\r\n"
        );
        let (said, messages) = talk(&[text.as_bytes()]);
        assert_eq!(codes(&said), ["250", "250", "250", "354", "250"], "{smuggled:?}: {said}");
        assert_eq!(messages.len(), 1, "{smuggled:?}");
        assert!(messages[0].1.windows(9).any(|part| part == b"MAIL FROM"), "{smuggled:?}");
    }
}

#[test]
fn what_is_too_long_is_refused_and_not_kept() {
    let head = format!("LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<{OWN}>\r\nDATA\r\n");
    let line = vec![b'x'; 64 * 1024];
    let mut pieces = vec![head.as_bytes()];
    pieces.extend(std::iter::repeat_n(line.as_slice(), MAX_MESSAGE / line.len() + 1));
    pieces.push(b"\r\n.\r\nNOOP\r\n");
    let (said, messages) = talk(&pieces);
    assert_eq!(codes(&said), ["250", "250", "250", "354", "552", "250"], "{said}");
    assert!(messages.is_empty());
    let (said, _) = talk(&[vec![b'x'; 3000].as_slice(), vec![b'x'; 3000].as_slice()]);
    assert_eq!(codes(&format!("{}x", said.replace("5.5.2", "5.5.2 "))), ["500"]);
}

proptest! {
    #[test]
    fn however_bytes_are_cut_the_same_is_said(cuts in prop::collection::vec(0_usize..180, 0..8)) {
        let all = format!(
            "LHLO mx\r\nMAIL FROM:<her@mail.example>\r\nRCPT TO:<{OWN}>\r\nDATA\r\n\
             a\r\n..b\r\n.\r\nNOOP\r\nnonsense\r\nQUIT\r\n"
        );
        let mut cuts: Vec<_> = cuts.into_iter().map(|cut| cut.min(all.len())).collect();
        cuts.extend([0, all.len()]);
        cuts.sort_unstable();
        let pieces: Vec<_> = cuts.windows(2).map(|ends| &all.as_bytes()[ends[0]..ends[1]]).collect();
        prop_assert_eq!(talk(&pieces), talk(&[all.as_bytes()]));
    }

    #[test]
    fn any_bytes_are_answered(pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..400), 0..8)) {
        let pieces: Vec<_> = pieces.iter().map(Vec::as_slice).collect();
        let (said, messages) = talk(&pieces);
        prop_assert!(messages.is_empty());
        prop_assert!(said.is_empty() || said.ends_with("\r\n"));
    }
}

/// Keeps what came, or refuses it.
#[derive(Default)]
struct Keeper {
    refuses: AtomicBool,
    opened: AtomicBool,
    kept: Mutex<Vec<Vec<u8>>>,
}

#[async_trait]
impl Desk for Keeper {
    fn own(&self) -> String {
        OWN.to_owned()
    }

    fn opened(&self) {
        self.opened.store(true, Ordering::SeqCst);
    }

    async fn take(&self, _: &Envelope, message: &[u8]) -> Verdict {
        if self.refuses.load(Ordering::SeqCst) {
            return Verdict::Later;
        }
        self.kept.lock().unwrap().push(message.to_vec());
        Verdict::Taken
    }
}

/// Opens at a free port; another program may take it first, then at another.
async fn opened(
    desk: &std::sync::Arc<Keeper>,
) -> (std::net::SocketAddr, tokio::task::JoinHandle<String>) {
    loop {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let (place, at) = (Place::Tcp(free), desk.clone());
        let task = tokio::spawn(async move { serve(&place, at).await });
        while !desk.opened.load(Ordering::SeqCst) && !task.is_finished() {
            tokio::task::yield_now().await;
        }
        if !task.is_finished() {
            return (free, task);
        }
    }
}

#[tokio::test]
async fn a_message_is_told_as_taken_after_it_is_kept() {
    let desk = std::sync::Arc::new(Keeper::default());
    let (at, task) = opened(&desk).await;
    let mut stream = TcpStream::connect(at).await.unwrap();
    let letter = format!("MAIL FROM:<>\r\nRCPT TO:<{OWN}>\r\nDATA\r\nx\r\n.\r\n");
    desk.refuses.store(true, Ordering::SeqCst);
    stream.write_all(format!("LHLO mx\r\n{letter}").as_bytes()).await.unwrap();
    let said = until(&mut stream, "451 4.3.0").await;
    assert!(said.starts_with("220 ") && desk.kept.lock().unwrap().is_empty(), "{said}");
    desk.refuses.store(false, Ordering::SeqCst);
    stream.write_all(letter.as_bytes()).await.unwrap();
    until(&mut stream, "250 2.1.5 taken").await;
    assert_eq!(*desk.kept.lock().unwrap(), [b"x\r\n".to_vec()]);
    stream.write_all(b"QUIT\r\n").await.unwrap();
    until(&mut stream, "221 ").await;
    task.abort();
}

#[cfg(unix)]
#[tokio::test]
async fn a_socket_that_was_left_is_taken_over() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lmtp");
    drop(std::os::unix::net::UnixListener::bind(&path).unwrap());
    let desk = std::sync::Arc::new(Keeper::default());
    let (place, at) = (Place::Unix(path.clone()), desk.clone());
    let task = tokio::spawn(async move { serve(&place, at).await });
    while !desk.opened.load(Ordering::SeqCst) {
        assert!(!task.is_finished());
        tokio::task::yield_now().await;
    }
    let mode = std::fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o660);
    tokio::net::UnixStream::connect(&path).await.unwrap();
    let again = serve(&Place::Unix(path), desk).await;
    assert!(again.contains("cannot be served"), "{again}");
    task.abort();
}

async fn until(stream: &mut TcpStream, mark: &str) -> String {
    let mut said = String::new();
    let mut buffer = [0; 1024];
    while !said.contains(mark) {
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(read > 0, "{said}");
        said.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
    }
    said
}
