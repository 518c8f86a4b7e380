//! What an answer of the Graph API means for a message.

use std::fmt;

use bankside_service::ports::SendError;
use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{Response, StatusCode};
use serde_json::Value;

use super::{text, whole};
use crate::http::HttpError;

/// Longest wait that an answer may ask for, in seconds: a day.
const MAX_RETRY_AFTER_S: i64 = 86_400;

/// An error of the Graph API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::channels) struct Code {
    pub(in crate::channels) code: i64,
    pub(in crate::channels) subcode: Option<i64>,
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "code {}", self.code)?;
        self.subcode.map_or(Ok(()), |subcode| write!(f, ", subcode {subcode}"))
    }
}

/// What a channel's own table says of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::channels) enum Verdict {
    Later,
    WindowOver,
    Gone,
    Refused,
}

/// Why a call was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::channels) enum Failure {
    /// It cannot be put in a request: the token is not one.
    Unsendable,
    /// There was no answer.
    Silent(&'static str),
    /// The answer is an error.
    Answered { status: u16, code: Option<Code>, transient: bool, after_millis: Option<i64> },
}

impl From<HttpError> for Failure {
    /// Only the kind: the words of the network hold addresses.
    fn from(error: HttpError) -> Self {
        Self::Silent(match error {
            HttpError::Late(_) => "no answer in time",
            HttpError::Connect(_) => "no connection",
            HttpError::Broken(_) => "the connection broke",
            HttpError::Tls(_) => "no TLS",
        })
    }
}

impl Failure {
    /// The answer's body, or what went wrong. An answer of success that cannot be read is a success:
    /// the message has left.
    pub(super) fn read(answer: &Response<Bytes>) -> Result<Value, Self> {
        let body: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
        let code = whole(&body, "/error/code");
        if answer.status().is_success() && code.is_none() {
            return Ok(body);
        }
        let subcode = whole(&body, "/error/error_subcode");
        let transient = body.pointer("/error/is_transient").and_then(Value::as_bool);
        Err(Self::Answered {
            status: answer.status().as_u16(),
            code: code.map(|code| Code { code, subcode }),
            transient: transient.unwrap_or(false),
            after_millis: retry_after(answer),
        })
    }

    /// As the port tells it, by a channel's own table.
    pub(in crate::channels) fn judged(self, table: fn(Code) -> Verdict) -> SendError {
        let (status, code, transient, after_millis) = match self {
            Self::Unsendable => return refused("the token cannot be put in a header"),
            Self::Silent(why) => {
                return SendError::Later { after_millis: None, why: why.to_owned() };
            }
            Self::Answered { status, code, transient, after_millis } => {
                (status, code, transient, after_millis)
            }
        };
        let why = code.map_or_else(|| format!("status {status}"), |code| code.to_string());
        let passes = transient || status >= 500 || status == StatusCode::TOO_MANY_REQUESTS.as_u16();
        match code.map_or(Verdict::Refused, table) {
            Verdict::WindowOver => SendError::WindowOver,
            Verdict::Gone => SendError::Gone { why },
            Verdict::Refused if !passes => SendError::Refused { why },
            Verdict::Later | Verdict::Refused => SendError::Later { after_millis, why },
        }
    }
}

fn refused(why: &str) -> SendError {
    SendError::Refused { why: why.to_owned() }
}

/// In seconds only (RFC 9110, section 10.2.3); a date would need a clock.
fn retry_after(answer: &Response<Bytes>) -> Option<i64> {
    let header = answer.headers().get(RETRY_AFTER)?.to_str().ok()?;
    let seconds: i64 = header.trim().parse().ok()?;
    Some(seconds.clamp(0, MAX_RETRY_AFTER_S) * 1000)
}

/// The name that an answer gives to what was asked about, bounded.
pub(in crate::channels) fn named(body: &Value, pointer: &str) -> String {
    const MOST: usize = 100;
    text(body, pointer).unwrap_or_default().chars().take(MOST).collect()
}
