//! What is asked of the homeserver, against a small one.

use std::collections::HashMap;
use std::sync::Mutex;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::*;

type Answers = Arc<Mutex<HashMap<&'static str, (u16, String)>>>;

/// A homeserver that answers by the beginning of what is asked, and tells what it was asked.
struct Home {
    url: String,
    answers: Answers,
    asked: UnboundedReceiver<(String, String)>,
}

impl Home {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (tell, asked) = unbounded_channel();
        let answers = Answers::default();
        let known = answers.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer(stream, known.clone(), tell.clone()));
            }
        });
        let home = Self { url, answers, asked };
        home.will("PUT /_matrix/client/v3/rooms/", 200, json!({ "event_id": "$sent" }));
        home.will("POST /_matrix/client/v3/", 200, json!({}));
        home.will(MEMBERS, 200, people(&[BOT, HER]));
        home.will(STATE, 404, fault("M_NOT_FOUND"));
        home
    }

    fn will(&self, beginning: &'static str, status: u16, body: Value) {
        self.answers.lock().unwrap().insert(beginning, (status, body.to_string()));
    }

    async fn was_asked(&mut self, want: &str) -> Value {
        loop {
            let (line, body) = self.asked.recv().await.unwrap();
            if line == want {
                return serde_json::from_str(&body).unwrap_or_default();
            }
        }
    }

    fn all(&mut self) -> Vec<String> {
        std::iter::from_fn(|| self.asked.try_recv().ok().map(|(line, _)| line)).collect()
    }
}

async fn answer(mut stream: TcpStream, answers: Answers, tell: UnboundedSender<(String, String)>) {
    let (mut asked, mut buffer) = (String::new(), [0; 4096]);
    let body = loop {
        let read = stream.read(&mut buffer).await.unwrap();
        assert!(read > 0, "{asked}");
        asked.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
        let Some((head, body)) = asked.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
            break body.to_owned();
        }
    };
    assert!(asked.contains(&format!("authorization: Bearer {AS}")), "{asked}");
    let line = asked.lines().next().unwrap().trim_end_matches(" HTTP/1.1").to_owned();
    let found = {
        let answers = answers.lock().unwrap();
        let best = answers.iter().filter(|(beginning, _)| line.starts_with(**beginning));
        best.max_by_key(|(beginning, _)| beginning.len()).map(|(_, answer)| answer.clone())
    };
    let (status, answer) = found.unwrap_or((404, r#"{"errcode":"M_UNRECOGNIZED"}"#.to_owned()));
    tell.send((line, body)).ok();
    let length = answer.len();
    let answer = format!(
        "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{answer}"
    );
    stream.write_all(answer.as_bytes()).await.unwrap();
}

const MEMBERS: &str = "GET /_matrix/client/v3/rooms/%21room%3Abank.example/members";
const STATE: &str = "GET /_matrix/client/v3/rooms/%21room%3Abank.example/state/";
const RULES: &str = "GET /_matrix/client/v3/rooms/%21room%3Abank.example/state/m.room.join_rules";
const SIGHT: &str =
    "GET /_matrix/client/v3/rooms/%21room%3Abank.example/state/m.room.history_visibility";
const ASKED_MEMBERS: &str =
    "GET /_matrix/client/v3/rooms/%21room%3Abank.example/members?not_membership=leave";
const SAID: &str =
    "PUT /_matrix/client/v3/rooms/%21room%3Abank.example/send/m.room.message/0190%2F0";
const JOINED: &str = "POST /_matrix/client/v3/rooms/%21room%3Abank.example/join";
const LEFT: &str = "POST /_matrix/client/v3/rooms/%21room%3Abank.example/leave";

fn people(ids: &[&str]) -> Value {
    let one = |id: &&str| json!({ "state_key": id, "content": { "membership": "join" } });
    json!({ "chunk": ids.iter().map(one).collect::<Vec<_>>() })
}

fn frame(text: &str) -> Frame {
    Frame { text: text.to_owned(), ..Frame::default() }
}

fn fault(code: &str) -> Value {
    json!({ "errcode": code, "error": "words" })
}

#[tokio::test]
async fn a_message_goes_to_her_room_under_its_key() {
    let mut home = Home::start().await;
    let channel = matrix(&home.url);
    let sent = channel.send(&her(), &frame("Hello https://bank.example/l/1"), "0190/0").await;
    assert_eq!(sent, Ok(Some("$sent".to_owned())));
    let said = home.was_asked(SAID).await;
    assert_eq!(said["msgtype"], "m.text");
    assert_eq!(said["body"], "Hello https://bank.example/l/1");
    assert!(said["formatted_body"].as_str().unwrap().contains("<a href="));
    // Who is there is asked once.
    channel.send(&her(), &frame("again"), "0190/0").await.unwrap();
    assert_eq!(home.all(), [SAID]);
}

#[tokio::test]
async fn nothing_is_said_where_others_read_along() {
    let mut home = Home::start().await;
    let channel = matrix(&home.url);
    let invited = json!({ "state_key": OTHER, "content": { "membership": "invite" } });
    let mut three = people(&[BOT, HER]);
    three["chunk"].as_array_mut().unwrap().push(invited);
    for company in [three, people(&[BOT, HER, OTHER]), people(&[BOT, OTHER]), people(&[BOT])] {
        channel.rooms.forget(ROOM);
        home.will(MEMBERS, 200, company);
        let gone = channel.send(&her(), &frame("x"), "0190/0").await;
        assert!(matches!(gone, Err(SendError::Gone { .. })), "{gone:?}");
    }
    let crowd: Vec<_> = (0..2000).map(|n| format!("@u{n}:x")).collect();
    home.will(MEMBERS, 200, people(&crowd.iter().map(String::as_str).collect::<Vec<_>>()));
    channel.rooms.forget(ROOM);
    assert!(channel.send(&her(), &frame("x"), "0190/0").await.is_err());
    assert!(!home.all().iter().any(|line| line == SAID));
}

#[tokio::test]
async fn nothing_is_said_where_others_could_come_in_or_look_in() {
    #[track_caller]
    fn check(sent: Result<Option<String>, SendError>, want: bool) {
        let gone = matches!(sent, Err(SendError::Gone { .. }));
        assert_eq!((sent.is_ok(), gone), (want, !want), "{sent:?}");
    }
    let home = Home::start().await;
    let channel = matrix(&home.url);
    for (rule, sight, want) in [
        ("invite", "shared", true),
        ("knock", "joined", true),
        ("public", "shared", false),
        ("restricted", "invited", false),
        ("", "shared", false),
        ("invite", "world_readable", false),
    ] {
        home.will(RULES, 200, json!({ "join_rule": rule }));
        home.will(SIGHT, 200, json!({ "history_visibility": sight }));
        channel.rooms.forget(ROOM);
        check(channel.send(&her(), &frame("x"), "0190/0").await, want);
    }
    home.will(RULES, 500, fault("M_UNKNOWN"));
    channel.rooms.forget(ROOM);
    let later = channel.send(&her(), &frame("x"), "0190/0").await;
    assert!(matches!(later, Err(SendError::Later { .. })), "{later:?}");
}

#[tokio::test]
async fn a_room_that_she_invited_to_is_joined_before_the_first_message() {
    let mut home = Home::start().await;
    home.will(MEMBERS, 403, fault("M_FORBIDDEN"));
    home.will(JOINED, 403, fault("M_FORBIDDEN"));
    let channel = matrix(&home.url);
    let gone = channel.send(&her(), &frame("x"), "0190/0").await;
    assert_eq!(gone, Err(SendError::Gone { why: "403 M_FORBIDDEN".to_owned() }));
    assert_eq!(home.all(), [ASKED_MEMBERS, JOINED]);
}

#[tokio::test]
async fn an_invitation_is_followed_and_a_crowd_left() {
    let mut home = Home::start().await;
    let channel = matrix(&home.url);
    channel.jobs.send(Job::Join(ROOM.to_owned())).await.unwrap();
    let account = home.was_asked("POST /_matrix/client/v3/register").await;
    assert_eq!(account["username"], "bank");
    home.was_asked(ASKED_MEMBERS).await;
    home.will(MEMBERS, 200, people(&[BOT, HER, OTHER]));
    channel.jobs.send(Job::Look(ROOM.to_owned())).await.unwrap();
    home.was_asked(LEFT).await;
    home.will(MEMBERS, 200, people(&[HER]));
    channel.jobs.send(Job::Join(ROOM.to_owned())).await.unwrap();
    home.was_asked(JOINED).await;
    channel.jobs.send(Job::Leave(ROOM.to_owned())).await.unwrap();
    home.was_asked(LEFT).await;
}

#[tokio::test]
async fn faults_become_what_the_courier_does() {
    let home = Home::start().await;
    let channel = matrix(&home.url);
    let mut limited = fault("M_LIMIT_EXCEEDED");
    limited["retry_after_ms"] = 1500.into();
    home.will("PUT /_matrix/client/v3/rooms/", 429, limited);
    let later = channel.send(&her(), &frame("x"), "k").await;
    let why = "429 M_LIMIT_EXCEEDED".to_owned();
    assert_eq!(later, Err(SendError::Later { after_millis: Some(1500), why }));
    home.will("PUT /_matrix/client/v3/rooms/", 403, fault("M_FORBIDDEN"));
    let gone = channel.send(&her(), &frame("x"), "k").await;
    assert!(matches!(gone, Err(SendError::Gone { .. })), "{gone:?}");
    assert!(channel.rooms.company(ROOM).is_none());
    home.will("PUT /_matrix/client/v3/rooms/", 200, json!({}));
    let refused = channel.send(&her(), &frame("x"), "k").await;
    assert!(matches!(refused, Err(SendError::Refused { .. })), "{refused:?}");
    for wrong in ["", ROOM, HER, "room her", "!room @her", "!room:x  @her:x", "!room:x @her:x "] {
        let refused = channel.send(&Contact::new(wrong), &frame("x"), "k").await;
        assert!(matches!(refused, Err(SendError::Refused { .. })), "{wrong}");
    }
    let nobody = matrix("http://127.0.0.1:1");
    let later = nobody.send(&her(), &frame("x"), "k").await;
    assert!(matches!(later, Err(SendError::Later { .. })), "{later:?}");
}

#[tokio::test]
async fn it_takes_back_shows_that_it_writes_and_knows_its_name() {
    let mut home = Home::start().await;
    let channel = matrix(&home.url);
    channel.retract(&her(), "$a/b").await.unwrap();
    let redact =
        "PUT /_matrix/client/v3/rooms/%21room%3Abank.example/redact/%24a%2Fb/redact-%24a%2Fb";
    home.was_asked(redact).await;
    channel.typing(&her()).await;
    let typing =
        "PUT /_matrix/client/v3/rooms/%21room%3Abank.example/typing/%40bank%3Abank.example";
    assert_eq!(home.was_asked(typing).await["typing"], true);
    let whoami = "GET /_matrix/client/v3/account/whoami";
    home.will(whoami, 200, json!({ "user_id": BOT }));
    assert!(channel.test().await.unwrap().contains(BOT));
    home.will(whoami, 200, json!({ "user_id": OTHER }));
    let refused = channel.test().await.unwrap_err();
    assert!(!refused.to_string().contains(OTHER));
    home.will(whoami, 401, fault("M_UNKNOWN_TOKEN"));
    let why = "401 M_UNKNOWN_TOKEN".to_owned();
    assert_eq!(channel.test().await, Err(SendError::Refused { why }));
}
