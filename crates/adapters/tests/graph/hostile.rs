//! Requests that are not the operator's, or not as they should be: the same for each channel.

use bankside_service::ports::{Channel, Distrust};
use proptest::prelude::*;
use serde_json::Value;

use super::{APP_SECRET, Asked, NOW, VERIFY_TOKEN, hmac, sign, signed_at};

/// A channel with one body that holds exactly one event.
pub struct Target<'a> {
    pub channel: &'a dyn Channel,
    pub body: Value,
}

impl Target<'_> {
    pub fn handshake(&self) {
        let ask = |query: &str| {
            let asked = Asked { method: "GET", query, ..Asked::default() };
            asked.of(self.channel).map(|taken| (taken.answer.body, taken.events.len()))
        };
        let good =
            format!("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={VERIFY_TOKEN}");
        assert_eq!(ask(&good), Ok(("1158201444".to_owned(), 0)));
        for query in [
            "",
            "hub.mode=subscribe&hub.challenge=1",
            "hub.mode=subscribe&hub.challenge=1&hub.verify_token=",
            "hub.mode=subscribe&hub.challenge=1&hub.verify_token=meatyhamhoc",
            "hub.mode=subscribe&hub.challenge=1&hub.verify_token=meatyhamhockk",
        ] {
            assert!(matches!(ask(query), Err(Distrust::NotProven(_))), "{query}");
        }
        let long = "1".repeat(257);
        for rest in [
            "hub.mode=subscribe".to_owned(),
            "hub.mode=unsubscribe&hub.challenge=1".to_owned(),
            "hub.mode=subscribe&hub.challenge=a%20b".to_owned(),
            format!("hub.mode=subscribe&hub.challenge={long}"),
        ] {
            let query = format!("{rest}&hub.verify_token={VERIFY_TOKEN}");
            assert!(matches!(ask(&query), Err(Distrust::Shape(_))), "{query}");
        }
    }

    pub fn forged(&self) {
        let body = self.body.to_string().into_bytes();
        let right = sign(&body);
        let cut = &body[..body.len() - 1];
        let mut other = body.clone();
        other.push(b' ');
        let upper = right.replace("sha256=", "SHA256=");
        let sha1 = right.replace("sha256=", "sha1=");
        let wrong = format!("sha256={}", hex::encode(hmac("another secret", &body)));
        let short = &right[..right.len() - 2];
        let ask = |signature: Option<&str>, body: &[u8]| {
            Asked { signature, body, ..Asked::default() }.of(self.channel)
        };
        assert_eq!(ask(Some(&right), &body).unwrap().events.len(), 1);
        let forged: [(&str, Option<&str>, &[u8]); 10] = [
            ("no signature", None, &body),
            ("an empty one", Some(""), &body),
            ("of another secret", Some(&wrong), &body),
            ("a shorter one", Some(short), &body),
            ("no tag at all", Some("sha256="), &body),
            ("not in hexadecimal", Some("sha256=zz"), &body),
            ("by another algorithm", Some(&sha1), &body),
            ("by another name", Some(&upper), &body),
            ("of a truncated body", Some(&right), cut),
            ("of a longer body", Some(&right), &other),
        ];
        for (what, signature, body) in forged {
            let got = ask(signature, body);
            assert!(matches!(got, Err(Distrust::NotProven(_))), "{what}: {got:?}");
        }
    }

    /// Rightly signed, and yet not what the operator sends.
    pub fn misshapen(&self) {
        for body in [&b""[..], b"{", b"\xff\xfe", b"[1,2"] {
            let signature = sign(body);
            let asked = Asked { signature: Some(&signature), body, ..Asked::default() };
            assert!(matches!(asked.of(self.channel), Err(Distrust::Shape(_))), "{body:?}");
        }
        for body in ["null", "[]", "{}", r#"{"object":"user","entry":[]}"#, r#"{"entry":7}"#] {
            let signature = sign(body.as_bytes());
            let body = body.as_bytes();
            let asked = Asked { signature: Some(&signature), body, ..Asked::default() };
            let taken = asked.of(self.channel).unwrap();
            assert_eq!((taken.events.len(), taken.strange.len()), (0, 1), "{body:?}");
        }
        for (method, path) in [("PUT", ""), ("DELETE", ""), ("POST", "other"), ("GET", "other")] {
            let asked = Asked { method, path, ..Asked::default() };
            assert!(matches!(asked.of(self.channel), Err(Distrust::Shape(_))), "{method} {path}");
        }
    }

    pub fn oversized(&self) {
        let mut body = self.body.to_string().into_bytes();
        body.resize(3 * 1024 * 1024, b' ');
        let signature = sign(&body);
        let asked = Asked { signature: Some(&signature), body: &body, ..Asked::default() };
        assert_eq!(asked.of(self.channel).unwrap().events.len(), 1);
        body.push(b' ');
        let signature = sign(&body);
        let asked = Asked { signature: Some(&signature), body: &body, ..Asked::default() };
        assert!(matches!(asked.of(self.channel), Err(Distrust::Shape(_))));
    }

    /// The same again has the same ids, by which it is one event; what is too old is none.
    pub fn replayed(&self) {
        let days = |days| signed_at(self.channel, &self.body, NOW.plus_days(days));
        let first = days(0);
        assert_eq!(first, days(0));
        assert_eq!(first, days(7));
        let old = days(9);
        assert_eq!((old.events.len(), old.strange.len()), (0, 1));
    }

    /// Whatever comes, nothing breaks; without the right signature nothing happens.
    pub fn arbitrary(&self) {
        let bytes = proptest::collection::vec(any::<u8>(), 0..600);
        let method = prop_oneof!["GET", "POST", "PUT"];
        let path = prop_oneof!["", "deletion", "[a-z]{0,5}"];
        let signature = proptest::option::of("(sha256=)?[0-9a-f]{0,70}");
        let query = "(hub.(mode|challenge|verify_token)=[a-z%0-9]{0,8}&?){0,4}";
        let strategy = (method, path, query, signature, bytes);
        proptest!(|((method, path, query, signature, body) in strategy)| {
            let signature = signature.as_deref();
            let asked = Asked {
                method: &method, path: &path, query: &query, signature, body: &body, at: NOW,
            };
            prop_assert!(asked.of(self.channel).is_err());
        });
        // Signed, with bytes of a good body changed: whatever is read of it, nothing breaks.
        let good = self.body.to_string().into_bytes();
        let edits = proptest::collection::vec((0..good.len(), any::<u8>()), 1..6);
        proptest!(|(edits in edits, at in any::<i64>())| {
            let mut body = good.clone();
            edits.into_iter().for_each(|(index, byte)| body[index] = byte);
            let signature = sign(&body);
            let at = bankside_domain::Timestamp::from_millis(at);
            let asked = Asked { signature: Some(&signature), body: &body, at, ..Asked::default() };
            let _ = asked.of(self.channel);
        });
    }

    /// Signed JSON of any shape below the right envelope: each part is an event or is named strange.
    pub fn any_json(&self, wrap: impl Fn(Value) -> Value) {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".{0,8}".prop_map(Value::from),
        ];
        let keys = prop_oneof![
            "id",
            "from",
            "sender",
            "recipient",
            "timestamp",
            "message",
            "mid",
            "text",
            "type",
            "body",
            "postback",
            "payload",
            "read",
            "watermark",
            "delivery",
            "mids",
            "reaction",
            "message_edit",
            "optin",
            "referral",
            "account_linking",
            "status",
            "interactive",
            "button_reply",
            "system",
            "wa_id",
            "recipient_id",
            "[a-z]{1,6}",
        ];
        let json = leaf.prop_recursive(4, 32, 5, move |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::btree_map(keys.clone(), inner, 0..5)
                    .prop_map(Value::from_iter),
            ]
        });
        proptest!(|(part in json)| {
            let taken = signed_at(self.channel, &wrap(part), NOW);
            for strange in taken.strange {
                prop_assert!(strange.is_ascii() && strange.len() < 120);
            }
        });
    }
}

/// The app's secret never shows itself.
pub fn keeps_secrets(shown: &str) {
    for secret in [APP_SECRET, VERIFY_TOKEN, super::TOKEN] {
        assert!(!shown.contains(secret));
    }
}
