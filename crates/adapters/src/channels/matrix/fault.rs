//! What the homeserver's refusals mean. Client-Server API, "Standard error response".

use bankside_service::ports::SendError;
use bytes::Bytes;
use http::header::RETRY_AFTER;
use http::{Response, StatusCode};
use serde_json::Value;

/// Most characters of a code.
const MAX_CODE: usize = 48;
/// The longest wait that is believed, in milliseconds: an hour.
const MAX_WAIT_MS: i64 = 3_600_000;

/// The answer's JSON, or why there is none.
pub(super) fn read(answer: &Response<Bytes>) -> Result<Value, SendError> {
    let body = serde_json::from_slice(answer.body()).unwrap_or(Value::Null);
    let status = answer.status();
    if status.is_success() && body.is_object() {
        return Ok(body);
    }
    let code = body.get("errcode").and_then(Value::as_str).filter(|code| is_code(code));
    let why = match code {
        Some(code) => format!("{} {code}", status.as_u16()),
        None => status.as_u16().to_string(),
    };
    Err(match code.unwrap_or_default() {
        "M_LIMIT_EXCEEDED" => later(&body, answer, why),
        _ if status == StatusCode::TOO_MANY_REQUESTS => later(&body, answer, why),
        // What is no JSON came from something before the homeserver, which may be back soon.
        _ if status.is_server_error() || status.is_success() => {
            SendError::Later { after_millis: None, why }
        }
        // The bank is not in that room: she put it out, or the room is no more.
        "M_FORBIDDEN" | "M_NOT_FOUND" => SendError::Gone { why },
        _ => SendError::Refused { why },
    })
}

fn later(body: &Value, answer: &Response<Bytes>, why: String) -> SendError {
    let told = body.get("retry_after_ms").and_then(Value::as_i64);
    let header = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
    let seconds = header.and_then(|value| value.parse::<i64>().ok());
    let after = seconds.map(|seconds| seconds.saturating_mul(1000)).or(told);
    SendError::Later { after_millis: after.map(|ms| ms.clamp(0, MAX_WAIT_MS)), why }
}

/// Codes are capitals; anything else could be words.
fn is_code(code: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    code.len() <= MAX_CODE && code.starts_with("M_") && code.bytes().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_homeserver_are_told_apart() {
        #[track_caller]
        fn check(status: u16, body: &str, want: &str) {
            let answer =
                Response::builder().status(status).body(Bytes::copy_from_slice(body.as_bytes()));
            let got = match read(&answer.unwrap()) {
                Ok(_) => "ok".to_owned(),
                Err(SendError::Later { after_millis: Some(ms), why }) => {
                    format!("later {ms} {why}")
                }
                Err(SendError::Later { after_millis: None, why }) => format!("later {why}"),
                Err(SendError::Gone { why }) => format!("gone {why}"),
                Err(SendError::Refused { why }) => format!("refused {why}"),
                Err(other) => panic!("{other}"),
            };
            assert_eq!(got, want, "{status} {body}");
        }
        let coded = |code: &str| format!(r#"{{"errcode":"{code}","error":"@her:x said hello"}}"#);
        check(200, "{}", "ok");
        check(200, "<html>", "later 200");
        check(
            429,
            r#"{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":2000}"#,
            "later 2000 429 M_LIMIT_EXCEEDED",
        );
        check(429, r#"{"retry_after_ms":99999999}"#, "later 3600000 429");
        check(429, r#"{"retry_after_ms":-5}"#, "later 0 429");
        check(429, "", "later 429");
        check(403, &coded("M_FORBIDDEN"), "gone 403 M_FORBIDDEN");
        check(404, &coded("M_NOT_FOUND"), "gone 404 M_NOT_FOUND");
        check(401, &coded("M_UNKNOWN_TOKEN"), "refused 401 M_UNKNOWN_TOKEN");
        check(401, &coded("M_MISSING_TOKEN"), "refused 401 M_MISSING_TOKEN");
        check(403, &coded("M_EXCLUSIVE"), "refused 403 M_EXCLUSIVE");
        check(413, &coded("M_TOO_LARGE"), "refused 413 M_TOO_LARGE");
        check(400, &coded("M_BAD_JSON"), "refused 400 M_BAD_JSON");
        check(404, &coded("M_UNRECOGNIZED"), "refused 404 M_UNRECOGNIZED");
        check(400, &coded("she said hello"), "refused 400");
        check(500, &coded("M_UNKNOWN"), "later 500 M_UNKNOWN");
        check(502, "<html>", "later 502");
        check(404, "", "refused 404");
    }
}
