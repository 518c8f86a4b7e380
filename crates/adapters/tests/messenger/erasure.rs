//! The data deletion callback.

use bankside_domain::channel::Event;
use bankside_service::ports::{Distrust, Taken};
use base64::Engine as _;
use base64::engine::general_purpose::{URL_SAFE, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::graph::{self, APP_SECRET, Asked, NOW};
use super::offline;

fn request(said: &Value, key: &str) -> String {
    let payload = URL_SAFE_NO_PAD.encode(said.to_string());
    let signature = URL_SAFE_NO_PAD.encode(graph::hmac(key, payload.as_bytes()));
    format!("{signature}.{payload}")
}

fn ask(body: &str) -> Result<Taken, Distrust> {
    Asked { path: "deletion", body: body.as_bytes(), ..Asked::default() }.of(&offline())
}

fn said(issued_at: i64) -> Value {
    json!({ "algorithm": "HMAC-SHA256", "issued_at": issued_at, "user_id": "218471" })
}

const ISSUED: i64 = NOW.as_millis() / 1000 - 60;

#[test]
fn an_erasure_is_confirmed_by_a_code() {
    let form = format!("signed_request={}", request(&said(ISSUED), APP_SECRET));
    let taken = ask(&form).unwrap();
    let [inbound] = taken.events.as_slice() else { panic!("{:?}", taken.events) };
    let Event::Erasure { code } = &inbound.event else { panic!("{:?}", inbound.event) };
    assert_eq!(inbound.from.address(), "218471");
    assert_eq!((code.len(), &inbound.id), (32, &format!("erasure:{code}")));
    assert_eq!((taken.answer.status, taken.answer.media), (200, "application/json"));
    let answer: Value = serde_json::from_str(&taken.answer.body).unwrap();
    let url = format!("https://bank.example/erasure?code={code}");
    assert_eq!(answer, json!({ "url": url, "confirmation_code": code }));
    // The same request again is the same event; another one is another.
    assert_eq!(ask(&form), Ok(taken.clone()));
    let other = format!("signed_request={}", request(&said(ISSUED + 1), APP_SECRET));
    assert_ne!(ask(&other).unwrap().events[0].id, taken.events[0].id);
}

#[test]
fn a_signature_may_be_padded() {
    let payload = URL_SAFE_NO_PAD.encode(said(ISSUED).to_string());
    let signature = URL_SAFE.encode(graph::hmac(APP_SECRET, payload.as_bytes()));
    let form = format!("signed_request={}.{payload}", signature.replace('=', "%3D"));
    assert_eq!(ask(&form).unwrap().events.len(), 1);
}

#[test]
fn a_forged_erasure_is_none() {
    #[track_caller]
    fn check(form: &str, want: fn(&Distrust) -> bool) {
        let got = ask(form).unwrap_err();
        assert!(want(&got), "{form}: {got:?}");
    }
    let not_proven = |got: &Distrust| matches!(got, Distrust::NotProven(_));
    let shape = |got: &Distrust| matches!(got, Distrust::Shape(_));
    let not_now = |got: &Distrust| matches!(got, Distrust::NotNow);
    let right = request(&said(ISSUED), APP_SECRET);
    let (signature, payload) = right.split_once('.').unwrap();
    let other = URL_SAFE_NO_PAD.encode(said(ISSUED + 1).to_string());
    check("", not_proven);
    check("signed_request=", not_proven);
    check(&format!("signed_request={payload}"), not_proven);
    check(&format!("signed_request=.{payload}"), not_proven);
    check(&format!("signed_request=***.{payload}"), not_proven);
    check(&format!("signed_request={signature}.{other}"), not_proven);
    check(&format!("signed_request={}", request(&said(ISSUED), "another")), not_proven);
    let mut none = said(ISSUED);
    none["algorithm"] = "none".into();
    check(&format!("signed_request={}", request(&none, APP_SECRET)), shape);
    let nobody = json!({ "algorithm": "HMAC-SHA256", "issued_at": ISSUED });
    check(&format!("signed_request={}", request(&nobody, APP_SECRET)), shape);
    check(&format!("signed_request={}", request(&json!(7), APP_SECRET)), shape);
    let old = request(&said(ISSUED - 86_400), APP_SECRET);
    check(&format!("signed_request={old}"), not_now);
    let ahead = request(&said(ISSUED + 600), APP_SECRET);
    check(&format!("signed_request={ahead}"), not_now);
    let long = format!("signed_request={right}&pad={}", "x".repeat(16 * 1024));
    check(&long, shape);
}
