//! Error codes as the standards spell them.

use serde::Serialize;

/// An error code of the registries of OAuth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// RFC 6749, sections 4.1.2.1 and 5.2.
    InvalidRequest,
    /// RFC 6749, section 5.2.
    InvalidClient,
    /// RFC 6749, section 5.2.
    InvalidGrant,
    /// RFC 6749, section 5.2.
    UnsupportedGrantType,
    /// RFC 6749, section 4.1.2.1.
    UnsupportedResponseType,
    /// RFC 6749, sections 4.1.2.1 and 5.2.
    InvalidScope,
    /// RFC 6749, section 4.1.2.1: the customer said no.
    AccessDenied,
    /// RFC 6749, section 4.1.2.1: too much at once; later.
    TemporarilyUnavailable,
    /// RFC 6749, section 4.1.2.1: ours.
    ServerError,
    /// RFC 8707, section 2.
    InvalidTarget,
    /// RFC 7591, section 3.2.2.
    InvalidRedirectUri,
    /// RFC 7591, section 3.2.2.
    InvalidClientMetadata,
    /// RFC 7009, section 2.2.1.
    UnsupportedTokenType,
}

impl Code {
    /// As it stands on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::ServerError => "server_error",
            Self::InvalidTarget => "invalid_target",
            Self::InvalidRedirectUri => "invalid_redirect_uri",
            Self::InvalidClientMetadata => "invalid_client_metadata",
            Self::UnsupportedTokenType => "unsupported_token_type",
        }
    }
}

/// A refusal: the code, and words for whoever writes the client. Never anything of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("{}: {because}", .code.as_str())]
pub struct Fault {
    /// The code.
    #[serde(rename = "error")]
    pub code: Code,
    /// Why, in ASCII without quotes (RFC 6749, section 5.2).
    #[serde(rename = "error_description")]
    pub because: &'static str,
}

impl Fault {
    /// A refusal with its reason.
    pub const fn new(code: Code, because: &'static str) -> Self {
        Self { code, because }
    }
}
