//! Arbitrary bytes are refused or read, and what was read is within its bounds.
#![allow(clippy::unwrap_used, missing_docs)]

use bankside_fapi::{Asked, Redirect, Registration, Revocation, TokenRequest};
use proptest::prelude::*;

proptest! {
    #[test]
    fn whatever_is_sent_there_is_a_verdict(text in ".{0,300}", bytes: Vec<u8>) {
        let _verdict = Asked::parse(&text).and_then(|asked| asked.request("https://bank.example"));
        let _verdict = TokenRequest::parse(&text, "https://bank.example");
        let _verdict = Revocation::parse(&text);
        let _verdict = Registration::parse(&bytes);
    }

    #[test]
    fn a_name_is_always_short_and_visible(name in ".{0,300}") {
        let json = serde_json::json!({ "redirect_uris": ["https://a.example"], "client_name": name });
        let read = Registration::parse(json.to_string().as_bytes()).unwrap();
        prop_assert!((1..=60).contains(&read.name.chars().count()));
        prop_assert!(!read.name.chars().any(char::is_control));
    }

    #[test]
    fn what_is_taken_leads_nowhere_but_https_or_home(text in "[a-z]{1,10}:[/a-z0-9.@:\\[\\]?#]{0,40}") {
        if let Ok(redirect) = Redirect::parse(&text) {
            prop_assert!(redirect.as_str().starts_with("https:") || redirect.is_loopback());
            prop_assert!(redirect.is(&redirect) && !redirect.host().is_empty());
        }
    }
}
