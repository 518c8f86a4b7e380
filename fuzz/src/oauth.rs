//! What assistants and apps send: total, and never more than was registered.

use bankside_fapi::{Asked, Challenge, Form, Redirect, Registration, Revocation, TokenRequest};

const RESOURCE: &str = "https://bank.example/harbour/mcp";
const REGISTERED: &str = "https://app.example/back";

/// Authorization requests, token requests, revocations.
pub fn oauth_form(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = TokenRequest::parse(text, RESOURCE);
    let _ = Revocation::parse(text);
    if let Ok(form) = Form::parse(text) {
        // Whatever is asked twice is one of two answers, and so none.
        for name in ["state", "resource", "scope"] {
            assert!(form.all(name).len() < 2 || form.one(name).is_err());
        }
    }
    let Ok(asked) = Asked::parse(text) else { return };
    let registered = Redirect::parse(REGISTERED).expect("a redirect URI");
    if let Ok(redirect) = asked.redirect(std::slice::from_ref(&registered)) {
        assert_eq!(redirect.host(), registered.host());
    }
    let _ = asked.state();
    if let Ok(request) = asked.request(RESOURCE) {
        assert_eq!(request.resource, RESOURCE);
        assert!(Challenge::parse(Some(request.challenge.as_str()), Some("S256")).is_ok());
    }
}

/// Dynamic client registration.
pub fn oauth_registration(data: &[u8]) {
    if let Ok(registration) = Registration::parse(data) {
        assert_eq!(Registration::parse(data), Ok(registration));
    }
}

/// Redirect URIs: what is read is written again, and is itself alone.
pub fn oauth_redirect(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let registered = Redirect::parse(REGISTERED).expect("a redirect URI");
    let Ok(redirect) = Redirect::parse(text) else { return };
    assert!(redirect.is(&redirect));
    assert_eq!(Redirect::parse(redirect.as_str()).as_ref(), Ok(&redirect));
    let answer = redirect.with(&[("code", "a&b=c#d"), ("state", "\r\n")]);
    assert!(!answer.contains(['\r', '\n', ' ']));
    if registered.is(&redirect) {
        assert!(redirect.as_str().starts_with(REGISTERED));
    }
}
