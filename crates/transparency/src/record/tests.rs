//! The one encoding of a record, and what is refused.

use super::*;

fn record() -> Record {
    Record {
        version: Version,
        stream: StreamId([0xab; 16]),
        seq: 3,
        prev: Commitment(Hash256([0xcd; 32])),
        time: Millis::from_unix(1_795_286_994_123).unwrap(),
        kind: Kind::Disclose,
        bank: "meadow".into(),
        consent: Some(ConsentRef { id: "c-1".into(), version: 2 }),
        purpose: Some("account_information".into()),
        party: Some(Party { kind: PartyKind::Channel, id: "webchat".into() }),
        fields: vec!["balance".into(), "currency".into()],
        level: Some(Level::Masked),
        body: Some(Hash256([0xef; 32])),
        about: Some(1),
        decision: Decision::Narrow,
        reason: Some("ceiling".into()),
        policy: Some(Hash256([0x12; 32])),
        build: "0.1.0+abc".into(),
    }
}

#[test]
fn the_encoding_is_known() {
    let want = format!(
        concat!(
            r#"{{"about":1,"bank":"meadow","body":"{}","build":"0.1.0+abc","#,
            r#""consent":{{"id":"c-1","version":2}},"decision":"narrow","#,
            r#""fields":["balance","currency"],"kind":"disclose","level":"masked","#,
            r#""party":{{"id":"webchat","kind":"channel"}},"policy":"{}","prev":"{}","#,
            r#""purpose":"account_information","reason":"ceiling","seq":3,"stream":"{}","#,
            r#""time":"2026-11-21T18:49:54.123Z","v":1}}"#
        ),
        "ef".repeat(32),
        "12".repeat(32),
        "cd".repeat(32),
        "ab".repeat(16),
    );
    let bytes = record().to_bytes().unwrap();
    assert_eq!(String::from_utf8(bytes.clone()).unwrap(), want);
    assert_eq!(Record::parse(&bytes).unwrap(), record());
}

#[test]
fn only_the_canonical_encoding_is_read() {
    let text = String::from_utf8(record().to_bytes().unwrap()).unwrap();
    let check = |from: &str, to: &str, canonical_form: bool| {
        let edited = text.replacen(from, to, 1);
        assert_ne!(edited, text, "`{from}` does not occur");
        match Record::parse(edited.as_bytes()) {
            Err(RecordError::NotCanonical) => assert!(canonical_form, "{edited}"),
            Err(RecordError::Malformed(_)) => assert!(!canonical_form, "{edited}"),
            other => panic!("{edited}: {other:?}"),
        }
    };
    check("{\"about\"", "{ \"about\"", true);
    check("}", "}\n", true);
    check("meadow", "m\\u0065adow", true);
    check("\"seq\":3,", "", false);
    check("\"seq\":3", "\"seq\":3.0", false);
    check("\"seq\":3", "\"seq\":-3", false);
    check("\"seq\":3", "\"seq\":\"3\"", false);
    check("\"reason\":\"ceiling\"", "\"reason\":null", true);
    check("\"v\":1", "\"v\":2", false);
    check("\"v\":1", "\"v\":1,\"x\":1", false);
    check("\"v\":1", "\"v\":1,\"v\":1", false);
    check("\"kind\":\"disclose\"", "\"kind\":\"sell\"", false);
    check("abab", "ABab", false);
    check(".123Z", "Z", false);
    check("\"id\":\"webchat\"", "\"id\":\"webchat\",\"name\":\"x\"", false);
}

#[test]
fn limits_hold_in_both_directions() {
    let check = |member: &'static str, edit: fn(&mut Record)| {
        let mut edited = record();
        edit(&mut edited);
        assert_eq!(edited.to_bytes(), Err(RecordError::Member(member)));
        let bytes = serde_jcs::to_vec(&edited).unwrap();
        assert_eq!(Record::parse(&bytes), Err(RecordError::Member(member)));
    };
    check("bank", |r| r.bank.clear());
    check("bank", |r| r.bank = "x".repeat(MAX_NAME_BYTES + 1));
    check("build", |r| r.build = "a\nb".into());
    check("purpose", |r| r.purpose = Some(String::new()));
    check("fields", |r| r.fields.reverse());
    check("fields", |r| r.fields.push("currency".into()));
    check("fields", |r| r.fields = (1000..1129).map(|n| n.to_string()).collect());
    check("seq", |r| r.seq = 0);
    check("seq", |r| r.prev = Commitment::NONE);
    check("seq", |r| r.seq = MAX_SEQ + 1);
    check("about", |r| r.about = Some(3));

    let mut long = record();
    long.fields = (100..228).map(|n| format!("{n}{}", "x".repeat(200))).collect();
    assert!(matches!(long.to_bytes(), Err(RecordError::TooLong(_))));
    assert_eq!(Record::parse(&[b' '; 20_000]), Err(RecordError::TooLong(20_000)));
}

#[test]
fn every_optional_member_may_be_missing() {
    let bare = Record {
        seq: 0,
        prev: Commitment::NONE,
        consent: None,
        purpose: None,
        party: None,
        fields: Vec::new(),
        level: None,
        body: None,
        about: None,
        reason: None,
        policy: None,
        kind: Kind::ChannelWithdrawn,
        ..record()
    };
    let bytes = bare.to_bytes().unwrap();
    assert_eq!(Record::parse(&bytes).unwrap(), bare);
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("\"kind\":\"channel_withdrawn\"") && !text.contains("null"), "{text}");
}
