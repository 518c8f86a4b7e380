//! What is asked of the gateway, and what it answers. Kannel 1.4.5, User's Guide: "Using the HTTP
//! interface to send SMS messages", the table of `X-Kannel` headers and that of status codes.

use bankside_domain::channel::Alphabet;
use bankside_service::ports::SendError;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue, USER_AGENT};
use http::request::Builder;
use http::{Request, StatusCode};

use super::settings::Settings;
use crate::channels::sms::Number;

/// Reports of delivery (1), failure (2), waiting (4), the centre's taking (8) and refusing (16).
const DLR_MASK: u16 = 1 | 2 | 4 | 8 | 16;
/// Most bytes of an answer that are looked at.
const MAX_WORDS: usize = 64;

/// A message to one number.
pub(super) fn message(
    settings: &Settings,
    to: &Number,
    text: &str,
    key: &str,
) -> Result<Request<Bytes>, SendError> {
    let coding = match Alphabet::of(text) {
        Alphabet::Gsm7 => 0_u16,
        Alphabet::Ucs2 => 2,
    };
    let request = head(settings)?
        .header("x-kannel-to", personal(to.as_str())?)
        .header("x-kannel-coding", coding)
        .header("x-kannel-dlr-mask", DLR_MASK)
        .header("x-kannel-dlr-url", personal(&settings.dlr_url(key))?);
    request.body(Bytes::copy_from_slice(text.as_bytes())).map_err(|_| unbuilt())
}

/// A message that no number is named for: the gateway looks at the password first.
pub(super) fn to_nobody(settings: &Settings) -> Result<Request<Bytes>, SendError> {
    head(settings)?.body(Bytes::from_static(b"-")).map_err(|_| unbuilt())
}

fn head(settings: &Settings) -> Result<Builder, SendError> {
    Ok(Request::post(settings.endpoint.clone())
        .header(CONTENT_TYPE, "text/plain; charset=UTF-8")
        .header(USER_AGENT, concat!("bankside/", env!("CARGO_PKG_VERSION")))
        .header("x-kannel-username", &settings.username)
        .header("x-kannel-password", personal(settings.password.reveal())?)
        .header("x-kannel-from", &settings.sender))
}

/// A header that nothing shows.
fn personal(text: &str) -> Result<HeaderValue, SendError> {
    let mut value = HeaderValue::from_str(text).map_err(|_| unbuilt())?;
    value.set_sensitive(true);
    Ok(value)
}

fn unbuilt() -> SendError {
    SendError::Refused { why: "no request can be made of it".to_owned() }
}

/// What the gateway said. Its words may name her number: none of them goes further.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    status: StatusCode,
    means: Means,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Means {
    Accepted,
    WrongPassword,
    NumberDenied,
    NoReceiver,
    NotNow,
    Other,
}

impl Answer {
    pub(super) fn of(status: StatusCode, body: &[u8]) -> Self {
        let words = String::from_utf8_lossy(body.get(..MAX_WORDS).unwrap_or(body));
        let says = |beginning: &str| words.trim_start().starts_with(beginning);
        let means = if status.is_server_error()
            || matches!(status, StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS)
            || says("Temporal failure")
        {
            Means::NotNow
        } else if status.is_success() && (says("0:") || says("3:")) {
            Means::Accepted
        } else if says("Authorization failed") || status == StatusCode::UNAUTHORIZED {
            Means::WrongPassword
        } else if says("Number(s) has/have been denied") {
            Means::NumberDenied
        } else if says("Missing receiver") || says("Empty receiver") {
            Means::NoReceiver
        } else {
            Means::Other
        };
        Self { status, means }
    }

    /// What became of a message.
    pub(super) fn sent(self) -> Result<(), SendError> {
        match self.means {
            Means::Accepted => Ok(()),
            Means::NotNow => Err(SendError::Later { after_millis: None, why: self.code() }),
            Means::NumberDenied => Err(SendError::Gone { why: self.code() }),
            Means::WrongPassword | Means::NoReceiver | Means::Other => {
                Err(SendError::Refused { why: self.code() })
            }
        }
    }

    /// Whether a message to nobody failed for that alone.
    pub(super) fn knows_us(self) -> Result<(), SendError> {
        if self.means == Means::NoReceiver { Ok(()) } else { self.sent() }
    }

    fn code(self) -> String {
        let what = match self.means {
            Means::Accepted => "accepted",
            Means::WrongPassword => "authorization failed",
            Means::NumberDenied => "number denied by a list",
            Means::NoReceiver => "no receiver",
            Means::NotNow => "temporal failure",
            Means::Other => "rejected",
        };
        format!("{} {what}", self.status.as_u16())
    }
}
