//! Refusals in Direct Line's form: `{"error": {"code": "TokenExpired", "message": "..."}}`.

use axum::Json;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use bankside_domain::conversation::MAX_MESSAGE_CHARS;
use bankside_service::conversation::ChatError;
use bankside_service::direct_line::LineError;
use serde_json::json;

use super::activity::Misread;
use crate::oauth::RETRY_SECONDS;

/// Why a request is refused. No variant carries what was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("there is nothing at this address")]
    NotFound,
    #[error("this origin is not one of the bank's sites")]
    Origin,
    #[error("a token is needed, or to get one, a page of one of the bank's sites")]
    NoToken,
    #[error("the token is not known, ran out, or belongs to another conversation or site")]
    Token,
    #[error("the secret belongs on a server of the bank's, never in a page")]
    SecretInPage,
    #[error("{0}")]
    Bad(&'static str),
    #[error("a message has at most {MAX_MESSAGE_CHARS} characters")]
    TooLong,
    #[error("the bank takes no pictures or files here")]
    Media,
    #[error("too many requests; try again in a minute")]
    TooMany,
    #[error("this is not possible just now; try again later")]
    Later,
    #[error("this failed; try again later")]
    Internal,
}

impl Fault {
    fn code(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "NotFound"),
            Self::Origin | Self::SecretInPage => (StatusCode::FORBIDDEN, "Forbidden"),
            Self::NoToken => (StatusCode::UNAUTHORIZED, "Unauthorized"),
            Self::Token => (StatusCode::FORBIDDEN, "TokenExpired"),
            Self::Bad(_) | Self::TooLong => (StatusCode::BAD_REQUEST, "BadArgument"),
            Self::Media => (StatusCode::UNSUPPORTED_MEDIA_TYPE, "UnsupportedMediaType"),
            Self::TooMany => (StatusCode::TOO_MANY_REQUESTS, "ThrottlingError"),
            Self::Later => (StatusCode::SERVICE_UNAVAILABLE, "ServiceUnavailable"),
            Self::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "ServiceError"),
        }
    }

    /// Ours: the cause is for the log, and holds no words of hers.
    fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(%cause, "a request by Direct Line failed");
        Self::Internal
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (status, code) = self.code();
        let body = json!({ "error": { "code": code, "message": self.to_string() } });
        let mut response = (status, Json(body)).into_response();
        if matches!(self, Self::TooMany | Self::Later) {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(RETRY_SECONDS));
        }
        response
    }
}

impl From<LineError> for Fault {
    fn from(error: LineError) -> Self {
        match error {
            LineError::Over => Self::Token,
            LineError::Chat(ChatError::Empty) => Self::Bad("write something first"),
            LineError::Chat(ChatError::TooLong) => Self::TooLong,
            LineError::Busy(_) => Self::Later,
            LineError::Chat(other) => Self::internal(&other),
            LineError::Code(other) => Self::internal(&other),
        }
    }
}

impl From<Misread> for Fault {
    fn from(misread: Misread) -> Self {
        Self::Bad(misread.why())
    }
}

/// Where no route is.
pub(super) async fn nothing() -> Fault {
    Fault::NotFound
}
