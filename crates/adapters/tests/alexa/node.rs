//! Programs that others wrote: Amazon's SDK for Node, and a virtual Alexa.

use bankside_adapters::channels::alexa::interaction_model;
use bankside_domain::channel::{Event, Wish};
use bankside_domain::customer::Language;
use serde_json::json;

use crate::amazon::{Amazon, Made, SKILL, URL, chain, root, signature};
use crate::launch;
use crate::run::says;

/// What Amazon's own verifier takes, we take, and the other way round.
#[tokio::test]
async fn amazons_sdk_and_we_believe_the_same() {
    let script = include_str!("verify.cjs");
    let body = launch();
    let usual = || Made::default();
    for (made, body, signed, url, expected) in [
        (usual(), body.as_str(), body.as_str(), URL, true),
        (usual(), body.as_str(), "another", URL, false),
        (Made { name: "api.amazon.com", ..usual() }, body.as_str(), body.as_str(), URL, false),
        (Made { to: (2026, 11, 1), ..usual() }, body.as_str(), body.as_str(), URL, false),
        (usual(), body.as_str(), body.as_str(), "https://s3.amazonaws.com/echo.API/c.pem", false),
        (
            usual(),
            body.as_str(),
            body.as_str(),
            "https://s3.amazonaws.com:8443/echo.api/c.pem",
            false,
        ),
    ] {
        let chain = chain(&made);
        let signature = signature(signed.as_bytes());
        let input = json!({
            "roots": [root().pem()], "chain": chain, "url": url, "signature": signature,
            "body": body, "now": crate::amazon::NOW,
        });
        let Some(theirs) = says(script, "ask-sdk-express-adapter", &input) else { return };
        let amazon = Amazon::with(chain).await;
        let ours = amazon.takes_of(url, &signature, body.as_bytes(), crate::amazon::NOW).await;
        assert_eq!((ours.is_ok(), &theirs["ok"]), (expected, &json!(expected)), "{theirs}");
    }
}

/// What somebody says to a virtual Alexa with our model comes to us as she said it.
#[tokio::test]
async fn a_virtual_alexa_hears_her_words_by_our_model() {
    let model = interaction_model(Language::En, "harbour bank").unwrap();
    let said = ["what is my balance", "how much did I spend in June", "123456789", "help", "yes"];
    let input = json!({ "model": model, "skill": SKILL, "said": said });
    let Some(requests) = says(include_str!("voice.cjs"), "virtual-alexa", &input) else { return };
    let amazon = Amazon::usual().await;
    let mut heard = Vec::new();
    for request in requests.as_array().unwrap() {
        let body = request.to_string();
        let at: jiff::Timestamp =
            request["request"]["timestamp"].as_str().unwrap().parse().unwrap();
        let signature = signature(body.as_bytes());
        let taken = amazon.takes_of(URL, &signature, body.as_bytes(), at.as_millisecond()).await;
        heard.push(taken.unwrap().events.pop().unwrap().event);
    }
    let says = |text: &str| Event::Message { text: text.to_owned().into() };
    let expected = [
        Event::Wish { wish: Wish::Hello },
        says(said[0]),
        says(said[1]),
        says(said[2]),
        Event::Wish { wish: Wish::Help },
        Event::Wish { wish: Wish::Yes },
    ];
    assert_eq!(heard, expected);
}
