//! What a client sends to the token and the revocation endpoint.
//!
//! Source: OAuth 2.1, sections 4.1.3 and 4.3.1; RFC 7009, section 2.1.

use crate::authorize::target;
use crate::fault::{Code, Fault};
use crate::form::Form;

/// A request for tokens, by a public client.
#[derive(Clone, PartialEq, Eq)]
pub enum TokenRequest {
    /// A code for the first tokens.
    Code {
        /// Who asks.
        client_id: String,
        /// The code.
        code: String,
        /// What meets the challenge.
        verifier: String,
        /// As it stood in the authorization request.
        redirect_uri: String,
    },
    /// A refresh token for the next ones.
    Refresh {
        /// Who asks.
        client_id: String,
        /// The refresh token.
        token: String,
    },
}

/// Shows no secret.
impl std::fmt::Debug for TokenRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Code { .. } => "TokenRequest::Code",
            Self::Refresh { .. } => "TokenRequest::Refresh",
        })
    }
}

impl TokenRequest {
    /// Reads a form, for the server that has `resource` alone.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn parse(form: &str, resource: &str) -> Result<Self, Fault> {
        let form = Form::parse(form)?;
        let text = |name, missing| form.must(name, missing).map(str::to_owned);
        let kind = form.must("grant_type", "grant_type is missing")?;
        let request = match kind {
            "authorization_code" => Self::Code {
                client_id: text("client_id", "client_id is missing")?,
                code: text("code", "code is missing")?,
                verifier: text("code_verifier", "code_verifier is missing")?,
                redirect_uri: text("redirect_uri", "redirect_uri is missing")?,
            },
            "refresh_token" => Self::Refresh {
                client_id: text("client_id", "client_id is missing")?,
                token: text("refresh_token", "refresh_token is missing")?,
            },
            _ => {
                let because = "grant_type is authorization_code or refresh_token";
                return Err(Fault::new(Code::UnsupportedGrantType, because));
            }
        };
        target(&form, resource)?;
        Ok(request)
    }
}

/// A request to end a token.
#[derive(Clone, PartialEq, Eq)]
pub struct Revocation {
    /// Who asks.
    pub client_id: String,
    /// Access or refresh token; the hint is not needed.
    pub token: String,
}

/// Shows no secret.
impl std::fmt::Debug for Revocation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Revocation")
    }
}

impl Revocation {
    /// Reads a form.
    ///
    /// # Errors
    /// [`Fault`].
    pub fn parse(form: &str) -> Result<Self, Fault> {
        let form = Form::parse(form)?;
        Ok(Self {
            client_id: form.must("client_id", "client_id is missing")?.to_owned(),
            token: form.must("token", "token is missing")?.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_for_tokens_is_whole_or_refused() {
        #[track_caller]
        fn check(form: &str, expect: Result<(), Code>) {
            let read = TokenRequest::parse(form, "https://bank.example/harbour/mcp");
            assert_eq!(read.map(drop).map_err(|f| f.code), expect, "{form}");
        }
        let code =
            "grant_type=authorization_code&client_id=c&code=x&code_verifier=v&redirect_uri=r";
        check(code, Ok(()));
        for name in ["grant_type", "client_id", "code", "code_verifier", "redirect_uri"] {
            let without = code.replace(&format!("{name}="), "other=");
            check(&without, Err(Code::InvalidRequest));
        }
        check(&format!("{code}&code=y"), Err(Code::InvalidRequest));
        check(&format!("{code}&resource=https://evil.example"), Err(Code::InvalidTarget));
        check("grant_type=refresh_token&client_id=c&refresh_token=t", Ok(()));
        check("grant_type=refresh_token&client_id=c", Err(Code::InvalidRequest));
        check("grant_type=password&username=u", Err(Code::UnsupportedGrantType));
        check("", Err(Code::InvalidRequest));
    }

    #[test]
    fn no_secret_is_shown() {
        let form = "grant_type=refresh_token&client_id=c&refresh_token=hunter2";
        let shown = format!("{:?}", TokenRequest::parse(form, "r").unwrap());
        let form = format!("{:?}", Form::parse("token=hunter2").unwrap());
        assert!(!shown.contains("hunter2") && !form.contains("hunter2"), "{shown} {form}");
    }
}
