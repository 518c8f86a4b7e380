//! Alexa: what is believed, what it means, and what is answered. Crossed with Amazon's own SDK
//! (`ask-sdk-express-adapter`) and with `virtual-alexa`, from npm, where `NODE_PATH` has them; skipped
//! by name where it has not.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub
)]

mod amazon;
mod node;
#[path = "../node/mod.rs"]
mod run;

use std::sync::atomic::Ordering;

use bankside_adapters::channels::alexa::{Settings, interaction_model};
use bankside_domain::channel::{Event, Wish};
use bankside_domain::customer::Language;
use bankside_service::channels::Frame;
use bankside_service::ports::{Aside, Channel as _, Distrust, Reply, Taken};
use proptest::prelude::*;
use rcgen::ExtendedKeyUsagePurpose;
use serde_json::{Value, json};

use amazon::{Amazon, Made, NOW, SKILL, URL, bare, chain, signature};

/// A request of that type, with more.
fn body_of(kind: &str, more: &Value) -> String {
    let mut request = json!({
        "type": kind, "requestId": "amzn1.echo-api.request.1",
        "timestamp": "2026-11-22T12:00:00Z", "locale": "en-GB",
    });
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let (application, user) = (json!({ "applicationId": SKILL }), json!({ "userId": "U1" }));
    json!({
        "version": "1.0",
        "session": { "new": true, "sessionId": "S", "application": application, "user": user },
        "context": { "System": { "application": application, "user": user } },
        "request": request,
    })
    .to_string()
}

fn intent(name: &str, slot: &str, value: &str) -> String {
    let slots = json!({ slot: { "name": slot, "value": value } });
    body_of("IntentRequest", &json!({ "intent": { "name": name, "slots": slots } }))
}

fn launch() -> String {
    body_of("LaunchRequest", &json!({}))
}

fn is_unproven(taken: &Result<Taken, Distrust>) -> bool {
    matches!(taken, Err(Distrust::NotProven(_)))
}

#[tokio::test]
async fn a_signed_request_is_one_event_and_its_chain_is_fetched_once() {
    let amazon = Amazon::usual().await;
    for _ in 0..3 {
        let taken = amazon.takes(&launch()).await.unwrap();
        let event = &taken.events[0];
        assert_eq!((event.id.as_str(), event.from.address()), ("amzn1.echo-api.request.1", "U1"));
        assert_eq!(event.language, Some(Language::En));
        assert_eq!(event.event, Event::Wish { wish: Wish::Hello });
    }
    assert_eq!(amazon.fetched.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn each_request_means_something() {
    let amazon = Amazon::usual().await;
    let check = async |body: String, expected: Event| {
        let taken = amazon.takes(&body).await.unwrap();
        assert_eq!(taken.events.first().map(|event| &event.event), Some(&expected), "{body}");
    };
    let says = |text: &str| Event::Message { text: text.to_owned().into() };
    let wish = |wish| Event::Wish { wish };
    check(intent("WordsIntent", "after_ab", "my balance"), says("what is my balance")).await;
    check(intent("WordsIntent", "query", "last payments"), says("last payments")).await;
    check(intent("WordsIntent", "after_zz", "x"), wish(Wish::Help)).await;
    check(intent("NumberIntent", "number", "123456789"), says("123456789")).await;
    check(intent("NumberIntent", "number", "?"), wish(Wish::Help)).await;
    check(intent("AMAZON.YesIntent", "x", ""), wish(Wish::Yes)).await;
    check(intent("AMAZON.NoIntent", "x", ""), wish(Wish::No)).await;
    check(intent("AMAZON.HelpIntent", "x", ""), wish(Wish::Help)).await;
    check(intent("AMAZON.FallbackIntent", "x", ""), wish(Wish::Help)).await;
    check(intent("AMAZON.StopIntent", "x", ""), Event::End).await;
    check(intent("AMAZON.CancelIntent", "x", ""), Event::End).await;
    check(body_of("SessionEndedRequest", &json!({ "reason": "USER_INITIATED" })), Event::End).await;
    check(body_of("AlexaSkillEvent.SkillDisabled", &json!({})), Event::Leave).await;
    let error = json!({ "error": { "type": "INVALID_RESPONSE", "message": "words of hers" } });
    let fault = amazon.takes(&body_of("System.ExceptionEncountered", &error)).await.unwrap();
    assert_eq!(fault.strange, ["Alexa did not take an answer: INVALID_RESPONSE"]);
    let enabled = amazon.takes(&body_of("AlexaSkillEvent.SkillEnabled", &json!({}))).await;
    assert_eq!(enabled.unwrap().events, []);
    for odd in ["{}", "[]", "", &body_of("Display.ElementSelected", &json!({}))] {
        if let Ok(taken) = amazon.takes(odd).await {
            assert_eq!((taken.events.len(), taken.strange.len()), (0, 1), "{odd}");
        }
    }
}

#[tokio::test]
async fn what_amazon_did_not_sign_is_not_believed() {
    let amazon = Amazon::usual().await;
    let body = launch();
    let right = signature(body.as_bytes());
    let check = async |url: &str, signature: &str, body: &[u8], why: &str| {
        let taken = amazon.takes_of(url, signature, body, NOW).await;
        assert!(is_unproven(&taken), "{why}: {taken:?}");
    };
    check(URL, "", body.as_bytes(), "no signature").await;
    check("", &right, body.as_bytes(), "no chain").await;
    check(URL, &right, &body.as_bytes()[1..], "truncated").await;
    check(URL, &right, format!("{body} ").as_bytes(), "a byte more").await;
    check(URL, &right, body.replace("U1", "U2").as_bytes(), "somebody else").await;
    check(URL, &signature(b"other"), body.as_bytes(), "another body's").await;
    check(URL, "not base64!", body.as_bytes(), "no base64").await;
    check(URL, &"A".repeat(4_000), body.as_bytes(), "too long").await;
    check(URL, &right[..right.len() - 4], body.as_bytes(), "cut").await;
    assert!(amazon.takes(&body).await.is_ok());
    let other = body.replace("000000000001", "000000000002");
    assert!(is_unproven(&amazon.takes(&other).await), "another skill's");
    let mixed = body.replacen("000000000001", "000000000002", 1);
    assert!(is_unproven(&amazon.takes(&mixed).await), "two skills'");
}

#[tokio::test]
async fn an_address_that_is_not_amazons_is_not_even_fetched() {
    let amazon = Amazon::usual().await;
    let body = launch();
    let check = async |url: &str| {
        let taken = amazon.takes_of(url, &signature(body.as_bytes()), body.as_bytes(), NOW).await;
        assert!(is_unproven(&taken), "{url}: {taken:?}");
    };
    for url in [
        "http://s3.amazonaws.com/echo.api/echo-api-cert.pem",
        "https://notamazon.com/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com.evil.example/echo.api/c.pem",
        "https://s3.amazonaws.com./echo.api/c.pem",
        "https://s3.amazonaws.com@evil.example/echo.api/c.pem",
        "https://user@s3.amazonaws.com/echo.api/c.pem",
        "https://evil.example\\@s3.amazonaws.com/echo.api/c.pem",
        "https://s3.amazonaws.com/EcHo.aPi/echo-api-cert.pem",
        "https://s3.amazonaws.com/invalid.path/echo-api-cert.pem",
        "https://s3.amazonaws.com/echo.api/../other/c.pem",
        "https://s3.amazonaws.com/echo.api/%2e%2e/other/c.pem",
        "https://s3.amazonaws.com/echo.api/..%2fother/c.pem",
        "https://s3.amazonaws.com/echo.api/..\\other\\c.pem",
        "https://s3.amazonaws.com/echo.api",
        "https://s3.amazonaws.com:563/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com/echo.api/c.pem?x=https://evil.example",
        "https://s3.amazonaws.com/echo.api/c.pem#x",
        "//s3.amazonaws.com/echo.api/c.pem",
        "https:///echo.api/c.pem",
        "ftp://s3.amazonaws.com/echo.api/c.pem",
        &format!("https://s3.amazonaws.com/echo.api/{}", "x".repeat(600)),
    ] {
        check(url).await;
    }
    assert_eq!(amazon.fetched.load(Ordering::SeqCst), 0);
    for url in [
        "https://s3.amazonaws.com:443/echo.api/echo-api-cert.pem",
        "HTTPS://S3.AmazonAWS.com/echo.api/../echo.api/echo-api-cert.pem",
    ] {
        let taken = amazon.takes_of(url, &signature(body.as_bytes()), body.as_bytes(), NOW).await;
        assert!(taken.is_ok(), "{url}: {taken:?}");
    }
    assert_eq!(amazon.fetched.load(Ordering::SeqCst), 1, "both are one address");
}

#[tokio::test]
async fn a_chain_that_does_not_lead_from_alexa_to_the_authority_proves_nothing() {
    let check = async |made: Made, why: &str| {
        let amazon = Amazon::with(chain(&made)).await;
        assert!(is_unproven(&amazon.takes(&launch()).await), "{why}");
    };
    let usual = Made::default;
    check(Made { name: "api.amazon.com", ..usual() }, "another name").await;
    check(Made { name: "*.amazon.com", ..usual() }, "a wildcard").await;
    check(Made { name: "echo-api.amazon.com.evil.example", ..usual() }, "a longer name").await;
    check(Made { to: (2026, 11, 1), ..usual() }, "expired").await;
    check(Made { from: (2026, 12, 1), ..usual() }, "not yet").await;
    check(Made { usage: ExtendedKeyUsagePurpose::EmailProtection, ..usual() }, "for e-mail").await;
    check(Made { may_sign: false, ..usual() }, "signed by no authority").await;
    check(Made { whole: false, ..usual() }, "with a gap").await;
    for odd in ["", "no PEM", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let amazon = Amazon::with(odd.to_owned()).await;
        assert!(is_unproven(&amazon.takes(&launch()).await), "{odd:?}");
    }
}

#[tokio::test]
async fn a_request_that_is_old_or_from_the_future_is_refused() {
    let amazon = Amazon::usual().await;
    let check = async |body: String, after: i64, is_taken: bool| {
        let signed = signature(body.as_bytes());
        let taken = amazon.takes_of(URL, &signed, body.as_bytes(), NOW + after * 1000).await;
        assert_eq!(taken.is_ok(), is_taken, "{after}: {taken:?}");
    };
    for (after, is_taken) in [(0, true), (150, true), (-150, true), (151, false), (-151, false)] {
        check(launch(), after, is_taken).await;
    }
    let event = || body_of("AlexaSkillEvent.SkillDisabled", &json!({}));
    check(event(), 3_600, true).await;
    check(event(), 3_601, false).await;
    let timeless = launch().replace("2026-11-22T12:00:00Z", "yesterday");
    check(timeless, 0, false).await;
}

#[tokio::test]
async fn an_answer_is_plain_words_and_a_card_says_nothing_of_hers() {
    let amazon = Amazon::usual().await;
    let answer = |body: &str, reply: &Reply| -> Value {
        let answer = amazon.alexa.respond(&bare(body), reply);
        assert!(answer.media.starts_with("application/json"));
        serde_json::from_str(&answer.body).unwrap()
    };
    let words = "You have <break time=\"9s\"/> & about $5.";
    let reply = Reply {
        language: Language::En,
        frames: vec![Frame { text: words.to_owned(), ..Frame::default() }],
        again: Some("What else?".to_owned()),
        aside: Some(Aside { title: "Harbour".to_owned(), text: "There is more.".to_owned() }),
    };
    let plain = |text: &str| json!({ "type": "PlainText", "text": text });
    assert_eq!(
        answer(&launch(), &reply),
        json!({ "version": "1.0", "sessionAttributes": {}, "response": {
            "outputSpeech": plain(words),
            "reprompt": { "outputSpeech": plain("What else?") },
            "card": { "type": "Simple", "title": "Harbour", "content": "There is more." },
            "shouldEndSession": false,
        }})
    );
    let over = answer(&intent("AMAZON.StopIntent", "x", ""), &Reply::default());
    assert_eq!(over["response"], json!({ "shouldEndSession": true }));
    let ended = answer(&body_of("SessionEndedRequest", &json!({})), &reply);
    assert_eq!(ended["response"], json!({}), "nothing may be said any more");
}

#[tokio::test]
async fn who_waits_is_told_so_at_amazons_own_place_only() {
    let amazon = Amazon::usual().await;
    let with = |endpoint: &str| {
        let mut body: Value = serde_json::from_str(&launch()).unwrap();
        body["context"]["System"]["apiEndpoint"] = endpoint.into();
        body["context"]["System"]["apiAccessToken"] = "TOKEN".into();
        body.to_string()
    };
    for endpoint in
        ["http://127.0.0.1:1", "https://evil.example", "https://amazonalexa.com.evil.example"]
    {
        let body = with(endpoint);
        amazon.alexa.hold_on(&bare(&body), "One moment.").await;
    }
    assert_eq!(amazon.posted.lock().unwrap().len(), 0);
    let body = with(&amazon.at);
    amazon.alexa.hold_on(&bare(&body), "One moment.").await;
    let posted = amazon.posted.lock().unwrap().pop().unwrap();
    assert!(posted.0.starts_with("POST /v1/directives HTTP/1.1"), "{}", posted.0);
    assert!(posted.0.to_lowercase().contains("authorization: bearer token"), "{}", posted.0);
    let said: Value = serde_json::from_str(&posted.1).unwrap();
    assert_eq!(said["header"]["requestId"], "amzn1.echo-api.request.1");
    assert_eq!(said["directive"], json!({ "type": "VoicePlayer.Speak", "speech": "One moment." }));
}

#[test]
fn a_skill_has_an_id_and_a_model_only_slots_that_alexa_takes() {
    for wrong in ["", "amzn1.ask.skill.", "skill", "amzn1.ask.skill.a b", "amzn1.ask.account.A"] {
        assert!(Settings::parse(wrong).is_err(), "{wrong}");
    }
    for language in Language::ALL {
        let Some(model) = interaction_model(language, "harbour bank") else { continue };
        let intents = &model["interactionModel"]["languageModel"]["intents"];
        let words =
            intents.as_array().unwrap().iter().find(|i| i["name"] == "WordsIntent").unwrap();
        let slots: Vec<_> = words["slots"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| s["name"].as_str().unwrap())
            .collect();
        for slot in &slots {
            assert!(slot.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{slot}");
            let sample = format!("{{{slot}}}");
            let samples = words["samples"].as_array().unwrap();
            let with = samples.iter().filter(|s| s.as_str().unwrap().ends_with(&sample));
            assert_eq!(with.count(), 1, "{slot}");
        }
        let names: std::collections::BTreeSet<_> = slots.iter().collect();
        assert_eq!(names.len(), slots.len());
    }
    assert!(interaction_model(Language::Lv, "x").is_none(), "Alexa speaks no Latvian");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn arbitrary_bytes_are_never_believed(url in ".{0,60}", signature in ".{0,60}", body: Vec<u8>) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let amazon = Amazon::usual().await;
            let taken = amazon.takes_of(&url, &signature, &body, NOW).await;
            assert!(is_unproven(&taken), "{taken:?}");
            let taken = amazon.takes_of(URL, &signature, &body, NOW).await;
            assert!(is_unproven(&taken), "{taken:?}");
        });
    }
}
