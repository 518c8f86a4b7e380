//! Dynamic registration of a public client.
//!
//! Source: RFC 7591, sections 2 and 3. What a client asks for and is not given is replaced, as
//! section 3.2.1 allows: every client here is public. What it says of itself is not verified, and
//! its name is the only word of it that is kept.

use serde::{Deserialize, Serialize};

use crate::fault::{Code, Fault};
use crate::redirect::Redirect;

/// Redirect URIs of one client at most.
const MAX_REDIRECTS: usize = 5;
/// Longest name, in characters.
const MAX_NAME: usize = 60;
/// The name of one that gives none.
const NAMELESS: &str = "AI assistant";

/// What a client asks for. Everything else that it sends is ignored (RFC 7591, section 2).
#[derive(Deserialize)]
struct Wanted {
    #[serde(default)]
    redirect_uris: Vec<String>,
    client_name: Option<String>,
    grant_types: Option<Vec<String>>,
    response_types: Option<Vec<String>>,
}

/// A client that may be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The name that it gives itself: one line, no controls, not verified.
    pub name: String,
    /// At least one.
    pub redirects: Vec<Redirect>,
}

impl Registration {
    /// Reads client metadata.
    ///
    /// # Errors
    /// [`Code::InvalidRedirectUri`] or [`Code::InvalidClientMetadata`].
    pub fn parse(json: &[u8]) -> Result<Self, Fault> {
        let refuse = |because| Fault::new(Code::InvalidClientMetadata, because);
        let wanted: Wanted = serde_json::from_slice(json)
            .map_err(|_| refuse("the body is no JSON object of client metadata"))?;
        let lacks = |list: &Option<Vec<String>>, needed: &str| {
            list.as_ref().is_some_and(|list| !list.iter().any(|one| one == needed))
        };
        if lacks(&wanted.grant_types, "authorization_code") {
            return Err(refuse("grant_types must hold authorization_code"));
        }
        if lacks(&wanted.response_types, "code") {
            return Err(refuse("response_types must hold code"));
        }
        Ok(Self {
            redirects: redirects(&wanted.redirect_uris)?,
            name: name(wanted.client_name.as_deref().unwrap_or_default()),
        })
    }
}

fn redirects(uris: &[String]) -> Result<Vec<Redirect>, Fault> {
    let refuse = |because| Fault::new(Code::InvalidRedirectUri, because);
    if uris.is_empty() || uris.len() > MAX_REDIRECTS {
        return Err(refuse("give one to five redirect_uris"));
    }
    let because =
        "a redirect URI is https, or http on a loopback address, without user or fragment";
    uris.iter().map(|uri| Redirect::parse(uri).map_err(|_| refuse(because))).collect()
}

/// A name as it may be shown: nothing invisible, nothing that turns the text around it.
fn name(given: &str) -> String {
    let shown = |c: char| {
        let turns = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}');
        let hidden = matches!(c, '\u{ad}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}');
        !turns && !hidden
    };
    let spaced: String =
        given.chars().filter(|c| shown(*c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let name: String = words.join(" ").chars().take(MAX_NAME).collect();
    let name = name.trim_end();
    if name.is_empty() { NAMELESS.to_owned() } else { name.to_owned() }
}

/// What a client is told of its registration (RFC 7591, section 3.2.1).
#[derive(Clone, Debug, Serialize)]
pub struct Registered<'a> {
    /// Its id; no secret comes with it.
    pub client_id: &'a str,
    /// Seconds since the epoch.
    pub client_id_issued_at: i64,
    /// Its name, as it is kept.
    pub client_name: &'a str,
    /// Its redirect URIs.
    pub redirect_uris: Vec<&'a str>,
    /// Always `none`: a public client.
    pub token_endpoint_auth_method: &'static str,
    /// What it may ask at the token endpoint.
    pub grant_types: [&'static str; 2],
    /// What it may ask at the authorization endpoint.
    pub response_types: [&'static str; 1],
}

impl<'a> Registered<'a> {
    /// The answer to a registration, `issued_at` in seconds since the epoch.
    pub fn new(client_id: &'a str, of: &'a Registration, issued_at: i64) -> Self {
        Self {
            client_id,
            client_id_issued_at: issued_at,
            client_name: &of.name,
            redirect_uris: of.redirects.iter().map(Redirect::as_str).collect(),
            token_endpoint_auth_method: "none",
            grant_types: ["authorization_code", "refresh_token"],
            response_types: ["code"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expect: Result<&str, Code>) {
        let read = Registration::parse(json.as_bytes());
        let read = read.as_ref().map(|r| r.name.as_str()).map_err(|f| f.code);
        assert_eq!(read, expect, "{json}");
    }

    #[test]
    fn a_public_client_is_registered_whatever_else_it_asks_for() {
        let uri = r#""redirect_uris":["http://127.0.0.1/cb"]"#;
        check(&format!("{{{uri}}}"), Ok(NAMELESS));
        check(&format!(r#"{{{uri},"client_name":"Parrot"}}"#), Ok("Parrot"));
        check(
            &format!(r#"{{{uri},"token_endpoint_auth_method":"client_secret_post","logo_uri":7}}"#),
            Ok(NAMELESS),
        );
        check(
            &format!(r#"{{{uri},"grant_types":["implicit"]}}"#),
            Err(Code::InvalidClientMetadata),
        );
        check(
            &format!(r#"{{{uri},"response_types":["token"]}}"#),
            Err(Code::InvalidClientMetadata),
        );
        check("[]", Err(Code::InvalidClientMetadata));
        check("{}", Err(Code::InvalidRedirectUri));
        check(r#"{"redirect_uris":["http://evil.example"]}"#, Err(Code::InvalidRedirectUri));
        let many = ["\"https://a.example\""; MAX_REDIRECTS + 1].join(",");
        check(&format!(r#"{{"redirect_uris":[{many}]}}"#), Err(Code::InvalidRedirectUri));
    }

    #[test]
    fn a_name_is_one_short_line_that_turns_nothing_around() {
        let long = "x".repeat(500);
        for (given, expect) in [
            ("  Harbour\n\tBank ", "Harbour Bank"),
            ("Par\u{202e}rot\u{200b}", "Parrot"),
            ("\u{e0041}\u{feff}", NAMELESS),
            (long.as_str(), &long[..MAX_NAME]),
        ] {
            assert_eq!(name(given), expect);
        }
    }
}
