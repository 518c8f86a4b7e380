//! What the homeserver tells.

use proptest::prelude::*;

use super::rooms::Company;
use super::*;

fn asked(
    (settings, rooms): (&Settings, &Rooms),
    (method, path, query): (&str, &str, &str),
    authorization: Option<&str>,
    body: &[u8],
) -> Result<(Taken, Vec<Job>), Distrust> {
    let header = |name: &str| (name == "authorization").then_some(authorization).flatten();
    let at = Timestamp::from_millis(0);
    take::take(settings, rooms, &Delivered { method, path, query, header: &header, body, at })
}

fn request(
    method: &str,
    path: &str,
    query: &str,
    authorization: Option<&str>,
    body: &[u8],
) -> Result<(Taken, Vec<Job>), Distrust> {
    let all = (&settings("http://127.0.0.1:1"), &Rooms::default());
    asked(all, (method, path, query), authorization, body)
}

fn bearer() -> String {
    format!("Bearer {HS}")
}

/// A transaction of those events, where that is known of the room.
fn pushed(rooms: &Rooms, body: &Value) -> (Taken, Vec<Job>) {
    let path = "_matrix/app/v1/transactions/7";
    let (settings, bearer) = (settings("http://127.0.0.1:1"), bearer());
    let body = body.to_string();
    let all = (&settings, rooms);
    asked(all, ("PUT", path, ""), Some(&bearer), body.as_bytes()).unwrap()
}

fn event(kind: &str, sender: &str, content: Value) -> Value {
    json!({
        "type": kind, "event_id": "$e1", "room_id": ROOM, "sender": sender,
        "origin_server_ts": 1_795_313_747_000_i64, "content": content,
    })
}

fn member(sender: &str, who: &str, membership: &str) -> Value {
    let mut event = event("m.room.member", sender, json!({ "membership": membership }));
    event["state_key"] = who.into();
    event
}

fn alone() -> Rooms {
    let rooms = Rooms::default();
    rooms.learn(ROOM, Company::Alone(HER.to_owned()), 0);
    rooms
}

fn message(text: &str) -> Event {
    Event::Message { text: Personal::from(text) }
}

#[test]
fn an_event_becomes_what_she_meant() {
    #[track_caller]
    fn check(kind: &str, content: Value, want: Option<Event>) {
        let (taken, jobs) = pushed(&alone(), &json!({ "events": [event(kind, HER, content)] }));
        let got: Vec<_> = taken.events.iter().map(|inbound| inbound.event.clone()).collect();
        assert_eq!(got, want.into_iter().collect::<Vec<_>>());
        for inbound in &taken.events {
            assert_eq!((inbound.id.as_str(), &inbound.from), ("$e1", &her()));
            assert_eq!(inbound.at, Some(Timestamp::from_millis(1_795_313_747_000)));
        }
        assert!(jobs.is_empty() && taken.strange.is_empty(), "{:?}", taken.strange);
        assert_eq!((taken.answer.status, taken.answer.media), (200, "application/json"));
        assert_eq!(taken.answer.body, "{}");
    }
    let text = |body: &str| json!({ "msgtype": "m.text", "body": body });
    check("m.room.message", text("balance"), Some(message("balance")));
    check("m.room.message", text("> <@bank:x> 1. yes\n\n1"), Some(message("1")));
    check("m.room.message", json!({ "msgtype": "m.emote", "body": "asks" }), Some(message("asks")));
    check("m.room.message", json!({ "msgtype": "m.notice", "body": "beep" }), None);
    check("m.room.message", json!({}), None);
    for kind in ["m.image", "m.file", "m.audio", "m.video", "m.location"] {
        let content = json!({ "msgtype": kind, "body": "a.png", "url": "mxc://x/y" });
        check("m.room.message", content, Some(Event::Media));
    }
    check("m.sticker", json!({ "body": "cat" }), Some(Event::Media));
    let relation = json!({ "rel_type": "m.annotation", "event_id": "$b", "key": "👍" });
    check("m.reaction", json!({ "m.relates_to": relation }), Some(Event::Reaction));
    let edit = json!({
        "msgtype": "m.text", "body": "* new", "m.new_content": text("new"),
        "m.relates_to": { "rel_type": "m.replace", "event_id": "$e0" },
    });
    let edited = Event::Edit { of: "$e0".to_owned(), text: Personal::from("new") };
    check("m.room.message", edit, Some(edited));
    let deleted = Some(Event::Deletion { of: "$e0".to_owned() });
    check("m.room.redaction", json!({ "redacts": "$e0" }), deleted);
}

#[test]
fn old_redactions_and_states_of_a_room_are_known() {
    let mut old = event("m.room.redaction", HER, json!({}));
    old["redacts"] = "$e0".into();
    let mut name = event("m.room.name", HER, json!({ "name": "x" }));
    name["state_key"] = "".into();
    let (taken, _) = pushed(&alone(), &json!({ "events": [old, name] }));
    assert_eq!(taken.events.len(), 1);
    assert_eq!(taken.events[0].event, Event::Deletion { of: "$e0".to_owned() });
    assert!(taken.strange.is_empty());
}

#[test]
fn what_is_not_understood_is_set_apart_and_the_rest_goes_on() {
    let good = event("m.room.message", HER, json!({ "msgtype": "m.text", "body": "hello" }));
    let without = |field: &str| {
        let mut event = good.clone();
        event.as_object_mut().unwrap().remove(field);
        event
    };
    let with = |field: &str, value: Value| {
        let mut event = good.clone();
        event[field] = value;
        event
    };
    let strange = [
        json!(7),
        json!(null),
        without("type"),
        without("event_id"),
        without("room_id"),
        without("sender"),
        with("sender", "@a b:x".into()),
        with("sender", "her".into()),
        with("room_id", "!a b".into()),
        with("event_id", "$".into()),
        with("event_id", format!("${}", "x".repeat(300)).into()),
        with("origin_server_ts", "now".into()),
        with("content", json!({ "msgtype": "m.text" })),
        with("content", json!({ "msgtype": "org.example.game", "body": "hello" })),
        with("content", json!("hello")),
        with("type", "m.call.invite".into()),
        event("m.room.encrypted", HER, json!({ "ciphertext": "x" })),
        event("m.room.encryption", HER, json!({ "algorithm": "m.megolm.v1.aes-sha2" })),
        event("m.room.redaction", HER, json!({})),
        event("m.room.message", OTHER, json!({ "msgtype": "m.text", "body": "hello" })),
        member(HER, HER, "dancing"),
    ];
    let count = strange.len();
    let events: Vec<_> = strange.into_iter().chain([good.clone()]).collect();
    let (taken, jobs) = pushed(&alone(), &json!({ "events": events }));
    assert_eq!((taken.events.len(), taken.strange.len(), jobs.len()), (1, count, 0));
    for why in &taken.strange {
        assert!(!why.contains("hello") && !why.contains('@') && !why.contains('!'), "{why}");
    }
}

#[test]
fn what_we_did_ourselves_is_no_event() {
    let events = [
        event("m.room.message", BOT, json!({ "msgtype": "m.text", "body": "hello" })),
        event("m.room.encrypted", BOT, json!({})),
        member(BOT, BOT, "join"),
        member(BOT, BOT, "leave"),
    ];
    let (taken, jobs) = pushed(&Rooms::default(), &json!({ "events": events }));
    assert!(taken.events.is_empty() && taken.strange.is_empty() && jobs.is_empty());
}

#[test]
fn a_room_is_for_two() {
    #[track_caller]
    fn check(
        rooms: Rooms,
        event: Value,
        who: Option<(&str, Event)>,
        strange: usize,
        job: Option<Job>,
    ) {
        let (taken, jobs) = pushed(&rooms, &json!({ "events": [event] }));
        let got = taken.events.first();
        let got = got.map(|inbound| (inbound.from.clone(), inbound.event.clone()));
        let want = who.map(|(who, event)| (address::contact(ROOM, who), event));
        assert!(got == want, "{:?}", got.map(|got| got.1));
        assert_eq!((taken.strange.len(), jobs), (strange, job.into_iter().collect()));
    }
    let room = || ROOM.to_owned();
    let (join, look, leave) = (Job::Join(room()), Job::Look(room()), Job::Leave(room()));
    let begins = Some((HER, Event::Begin { reference: None }));
    let leaves = Some((HER, Event::Leave));
    let unknown = Rooms::default;
    check(unknown(), member(HER, BOT, "invite"), begins, 0, Some(join));
    check(unknown(), member(HER, BOT, "leave"), leaves.clone(), 0, None);
    check(alone(), member(OTHER, BOT, "ban"), leaves.clone(), 0, None);
    check(alone(), member(HER, HER, "join"), None, 0, None);
    check(unknown(), member(HER, HER, "join"), None, 0, Some(look.clone()));
    check(alone(), member(HER, HER, "leave"), leaves.clone(), 0, Some(look.clone()));
    check(alone(), member(OTHER, HER, "ban"), leaves.clone(), 0, Some(look.clone()));
    check(alone(), member(HER, OTHER, "invite"), leaves.clone(), 1, Some(leave.clone()));
    check(alone(), member(OTHER, OTHER, "join"), leaves, 1, Some(leave));
    check(unknown(), member(OTHER, OTHER, "join"), None, 0, Some(look.clone()));
    check(alone(), member(HER, OTHER, "leave"), None, 0, Some(look));
    check(alone(), member(OTHER, OTHER, "knock"), None, 0, None);
}

#[test]
fn a_rule_that_changes_is_looked_at() {
    for kind in ["m.room.join_rules", "m.room.history_visibility"] {
        let mut rule = event(kind, HER, json!({}));
        rule["state_key"] = "".into();
        let rooms = alone();
        let (taken, jobs) = pushed(&rooms, &json!({ "events": [rule] }));
        assert!(taken.events.is_empty() && taken.strange.is_empty());
        assert!(jobs == [Job::Look(ROOM.to_owned())] && rooms.company(ROOM).is_none());
    }
}

#[test]
fn after_a_change_nobody_is_believed_to_be_alone() {
    let rooms = alone();
    let _ = pushed(&rooms, &json!({ "events": [member(HER, OTHER, "invite")] }));
    assert!(rooms.company(ROOM).is_none());
}

#[test]
fn receipts_tell_that_she_read() {
    let receipts = |name: &str| {
        json!({ name: [
            { "type": "m.receipt", "room_id": ROOM, "content": { "$b": {
                "m.read": { HER: { "ts": 1_436_451_550_453_i64 }, BOT: { "ts": 1 } },
            }, "nonsense": { "m.read": { HER: {} } } } },
            { "type": "m.typing", "room_id": ROOM, "content": { "user_ids": [HER] } },
            { "type": "m.presence", "sender": HER, "content": {} },
        ] })
    };
    for name in ["ephemeral", "de.sorunome.msc2409.ephemeral"] {
        let (taken, _) = pushed(&alone(), &receipts(name));
        assert_eq!((taken.events.len(), taken.strange.len()), (1, 0));
        let read = &taken.events[0];
        let of = Some("$b".to_owned());
        assert_eq!(read.event, Event::Status { of, until: None, status: Status::Read });
        assert_eq!((&read.from, read.id.as_str()), (&her(), "read/$b"));
    }
    let broken = json!({ "ephemeral": [{ "type": "m.receipt" }] });
    assert_eq!(pushed(&alone(), &broken).0.strange.len(), 1);
}

#[test]
fn a_repeated_transaction_has_the_same_events() {
    let rooms = alone();
    let text = json!({ "msgtype": "m.text", "body": "hello" });
    let mut second = event("m.room.message", HER, text.clone());
    second["event_id"] = "$e2".into();
    let body = json!({ "events": [event("m.room.message", HER, text), second] });
    let first = pushed(&rooms, &body);
    assert_eq!(first.0.events.len(), 2);
    assert!(first == pushed(&rooms, &body));
}

#[test]
fn only_the_homeserver_is_believed() {
    let path = "_matrix/app/v1/transactions/1";
    let text = json!({ "msgtype": "m.text", "body": "hello" });
    let body = json!({ "events": [event("m.room.message", HER, text)] }).to_string();
    let body = body.as_bytes();
    let not_proven = |authorization: Option<&str>, query: &str| {
        let got = request("PUT", path, query, authorization, body);
        assert!(matches!(got, Err(Distrust::NotProven(_))), "{authorization:?} {query}");
    };
    not_proven(None, "");
    not_proven(None, "access_token=");
    not_proven(None, &format!("access_token={AS}"));
    not_proven(Some(&format!("Bearer {AS}")), "");
    not_proven(Some(&format!("Basic {HS}")), "");
    not_proven(Some(HS), "");
    not_proven(Some("Bearer "), "");
    // A wrong header is not made good by the query.
    not_proven(Some("Bearer x"), &format!("access_token={HS}"));
    let right = bearer();
    let count = |path: &str, query: &str, authorization: Option<&str>| {
        request("PUT", path, query, authorization, body).unwrap().0.events.len()
    };
    assert_eq!(count(path, "", Some(&right)), 1);
    assert_eq!(count(path, "access_token=old", Some(&right)), 1);
    assert_eq!(count(path, &format!("access_token={HS}"), None), 1);
    assert_eq!(count("transactions/1", &format!("x=1&access_token={HS}"), None), 1);
}

#[test]
fn other_paths_are_answered_or_refused() {
    let right = bearer();
    let status = |method: &str, path: &str, body: &[u8]| {
        request(method, path, "", Some(&right), body).map(|(taken, _)| taken.answer.status).ok()
    };
    let v1 = |path: &str| format!("_matrix/app/v1/{path}");
    assert_eq!(status("POST", &v1("ping"), br#"{"transaction_id":"a"}"#), Some(200));
    assert_eq!(status("GET", &v1("users/@bank_x:bank.example"), b""), Some(404));
    assert_eq!(status("GET", "users/@bank_x:bank.example", b""), Some(404));
    assert_eq!(status("GET", &v1("rooms/%23x:bank.example"), b""), Some(404));
    assert_eq!(status("GET", &v1("thirdparty/user"), b""), Some(404));
    assert_eq!(status("PUT", &v1("transactions/1"), b"{}"), Some(200));
    assert_eq!(status("PUT", &v1("transactions/1"), br#"{"events":7}"#), Some(200));
    assert_eq!(status("PUT", &v1("transactions/"), b"{}"), None);
    assert_eq!(status("PUT", &v1("transactions/1/2"), b"{}"), None);
    assert_eq!(status("POST", &v1("transactions/1"), b"{}"), None);
    assert_eq!(status("GET", &v1("ping"), b""), None);
    assert_eq!(status("GET", "", b""), None);
    for broken in [&b"{\"events\":["[..], b"", b"[]", b"\xff", b"null"] {
        assert_eq!(status("PUT", &v1("transactions/1"), broken), None);
    }
    let long = vec![b' '; 16 * 1024 * 1024 + 1];
    assert_eq!(status("PUT", &v1("transactions/1"), &long), None);
    let query = format!("{}&access_token={HS}", "x".repeat(4096));
    assert!(request("PUT", "transactions/1", &query, None, b"{}").is_err());
}

#[tokio::test]
async fn a_full_queue_is_told_and_nothing_waits_for_it() {
    let (mut channel, (jobs, _waiting)) = (matrix("http://127.0.0.1:1"), mpsc::channel(1));
    channel.jobs = jobs;
    let right = bearer();
    let header = |name: &str| (name == "authorization").then_some(right.as_str());
    let events: Vec<_> = (0..3).map(|_| member(HER, BOT, "invite")).collect();
    let body = json!({ "events": events }).to_string();
    let request = Delivered {
        method: "PUT",
        path: "transactions/1",
        query: "",
        header: &header,
        body: body.as_bytes(),
        at: Timestamp::from_millis(0),
    };
    let taken = channel.take(&request).unwrap();
    assert_eq!((taken.events.len(), taken.strange.len()), (3, 2));
}

proptest! {
    #[test]
    fn no_request_makes_it_fall(
        method in "GET|PUT|POST",
        path in "(_matrix/app/v1/)?(transactions/1|ping|\\PC{0,12})",
        query in "\\PC{0,40}",
        body in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        prop_assert!(request(&method, &path, &query, None, &body).is_err());
        prop_assert!(request(&method, &path, &query, Some("Bearer forged"), &body).is_err());
        let _ = request(&method, &path, &query, Some(&bearer()), &body);
    }

    #[test]
    fn no_event_makes_it_fall(
        kind in "m.room.(message|member|redaction|encrypted)|m.reaction|\\PC{0,8}",
        key in proptest::option::of("\\PC{0,20}"),
        sender in "@her:home.example|\\PC{0,12}",
        field in "body|msgtype|membership|redacts|m.relates_to|m.new_content",
        value in "m.text|invite|join|leave|\\PC{0,12}",
    ) {
        let mut event = event(&kind, &sender, json!({ "msgtype": "m.text" }));
        event["content"][&field] = value.into();
        if let Some(key) = key {
            event["state_key"] = key.into();
        }
        let (taken, _) = pushed(&alone(), &json!({ "events": [event], "ephemeral": [event] }));
        prop_assert!(taken.events.len() <= 1);
    }
}
