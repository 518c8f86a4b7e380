//! An authorization request: first whom to answer, then what is asked.
//!
//! Source: OAuth 2.1, section 4.1.1; RFC 8707, section 2. INVARIANT: until client and redirect URI
//! are known to belong together nothing is sent to that URI (RFC 6749, section 4.1.2.1), and so
//! [`Asked`] cannot say what else was wrong.

use crate::challenge::Challenge;
use crate::fault::{Code, Fault};
use crate::form::Form;
use crate::redirect::Redirect;

/// Longest `state`, in bytes.
const MAX_STATE: usize = 1_024;
/// Longest `scope`, in bytes.
const MAX_SCOPE: usize = 256;

/// A request of which only the sender is known.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Who says that it asks.
    pub client_id: String,
    redirect: Redirect,
    form: Form,
}

/// A request that may be put to the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// Where the answer goes.
    pub redirect: Redirect,
    /// Comes back as it is.
    pub state: Option<String>,
    /// What the code will be exchanged against.
    pub challenge: Challenge,
    /// Words of the scope; nothing is whatever is usual.
    pub scope: Vec<String>,
    /// For which resource.
    pub resource: String,
}

impl Asked {
    /// Reads who asks.
    ///
    /// # Errors
    /// [`Fault`], to be shown to the customer and sent to nobody.
    pub fn parse(query: &str) -> Result<Self, Fault> {
        let form = Form::parse(query)?;
        let client_id = form.must("client_id", "client_id is missing")?.to_owned();
        let redirect = form.must("redirect_uri", "redirect_uri is missing")?;
        let redirect = Redirect::parse(redirect)
            .map_err(|_| Fault::new(Code::InvalidRequest, "redirect_uri cannot be one"))?;
        Ok(Self { client_id, redirect, form })
    }

    /// Where the answer goes, if it is one of `registered`; all else may be told there.
    ///
    /// # Errors
    /// [`Fault`], to be shown to the customer and sent to nobody.
    pub fn redirect(&self, registered: &[Redirect]) -> Result<&Redirect, Fault> {
        let known = registered.iter().any(|one| one.is(&self.redirect));
        let unknown = Fault::new(Code::InvalidRequest, "redirect_uri is not registered");
        if known { Ok(&self.redirect) } else { Err(unknown) }
    }

    /// The client's `state`, as far as it can be read, for an error that goes back to it.
    pub fn state(&self) -> Option<&str> {
        self.form.one("state").ok().flatten().filter(|state| state.len() <= MAX_STATE)
    }

    /// What is asked, of the server that has `resource` alone.
    ///
    /// # Errors
    /// [`Fault`], to be sent back to the client.
    pub fn request(&self, resource: &str) -> Result<AuthorizationRequest, Fault> {
        let form = &self.form;
        if form.must("response_type", "response_type is missing")? != "code" {
            let because = "response_type must be code";
            return Err(Fault::new(Code::UnsupportedResponseType, because));
        }
        let challenge =
            Challenge::parse(form.one("code_challenge")?, form.one("code_challenge_method")?)?;
        let state = form.one("state")?;
        if state.is_some_and(|state| state.len() > MAX_STATE) {
            return Err(Fault::new(Code::InvalidRequest, "state is too long"));
        }
        Ok(AuthorizationRequest {
            redirect: self.redirect.clone(),
            state: state.map(str::to_owned),
            challenge,
            scope: scope(form.one("scope")?.unwrap_or_default())?,
            resource: target(form, resource)?.to_owned(),
        })
    }
}

/// Words of a scope (RFC 6749, section 3.3).
pub(crate) fn scope(text: &str) -> Result<Vec<String>, Fault> {
    let word = |b: u8| b.is_ascii_graphic() && b != b'"' && b != b'\\';
    if text.len() > MAX_SCOPE || !text.bytes().all(|b| b == b' ' || word(b)) {
        return Err(Fault::new(Code::InvalidScope, "scope cannot be read"));
    }
    Ok(text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect())
}

/// The one resource that tokens are for: named, or not named at all.
pub(crate) fn target<'a>(form: &Form, ours: &'a str) -> Result<&'a str, Fault> {
    let same = |asked: &String| asked.strip_suffix('/').unwrap_or(asked) == ours;
    if form.all("resource").iter().all(same) {
        Ok(ours)
    } else {
        Err(Fault::new(Code::InvalidTarget, "resource is none of this server"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://bank.example/harbour/mcp";
    const GOOD: &str = "client_id=c&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&response_type=code\
        &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";

    #[track_caller]
    fn check(change: &str, expect: Result<(), Code>) {
        let query = match change.split_once("->") {
            Some((from, to)) => GOOD.replace(from, to),
            None => format!("{GOOD}&{change}"),
        };
        let read = Asked::parse(&query).and_then(|asked| asked.request(OURS));
        assert_eq!(read.map(drop).map_err(|f| f.code), expect, "{query}");
    }

    #[test]
    fn what_is_asked_is_read_strictly() {
        check("state=s", Ok(()));
        check("resource=https://bank.example/harbour/mcp", Ok(()));
        check("resource=https://bank.example/harbour/mcp/", Ok(()));
        check("resource=https://bank.example/other/mcp", Err(Code::InvalidTarget));
        check("scope=accounts balances", Ok(()));
        check("scope=a\"b", Err(Code::InvalidScope));
        check("=code&->=token&", Err(Code::UnsupportedResponseType));
        check("S256->plain", Err(Code::InvalidRequest));
        check("&code_challenge_method=S256->", Err(Code::InvalidRequest));
        check("client_id=d", Err(Code::InvalidRequest));
        check("state=1&state=2", Err(Code::InvalidRequest));
        check(&format!("state={}", "s".repeat(MAX_STATE + 1)), Err(Code::InvalidRequest));
    }

    #[test]
    fn an_answer_goes_to_a_registered_place_only() {
        let asked = Asked::parse(GOOD).unwrap();
        let known = Redirect::parse("https://app.example/cb").unwrap();
        let other = Redirect::parse("https://evil.example/cb").unwrap();
        assert!(asked.redirect(&[other.clone(), known]).is_ok());
        assert!(asked.redirect(&[other]).is_err());
        assert!(asked.redirect(&[]).is_err());
    }
}
