//! What an answer of the bank's mail server means. RFC 5321, section 4.2; RFC 3463 for the enhanced
//! codes.

use std::error::Error as _;

use bankside_service::ports::SendError;
use lettre::transport::smtp::Error;

pub(super) fn later(why: &str) -> SendError {
    SendError::Later { after_millis: None, why: why.to_owned() }
}

pub(super) fn refused(why: &str) -> SendError {
    SendError::Refused { why: why.to_owned() }
}

/// What became of a message. The server's words may name her: none of them goes further.
pub(super) fn of(error: &Error) -> SendError {
    let words = error.source().map(ToString::to_string).unwrap_or_default();
    match error.status() {
        Some(code) => of_answer(u16::from(code), enhanced(&words)),
        None if error.is_timeout() => later("the server is slow"),
        None if error.is_tls() => later("no TLS with the server"),
        None if error.is_client() => refused("the server lacks what this message needs"),
        None => later("no connection to the server"),
    }
}

/// A reply code with the enhanced code that follows it.
pub(super) fn of_answer(code: u16, enhanced: Option<[u16; 3]>) -> SendError {
    let why = match enhanced {
        Some([class, subject, detail]) => format!("{code} {class}.{subject}.{detail}"),
        None => code.to_string(),
    };
    match (code, enhanced) {
        (400..500, _) => SendError::Later { after_millis: None, why },
        (_, Some(enhanced)) if is_gone(enhanced) => SendError::Gone { why },
        // Without an enhanced code 550 is as well a verdict on the words: she does not count as gone.
        _ => SendError::Refused { why },
    }
}

/// Whether there is no such mailbox, or no mail is taken for it any more: RFC 3463, sections 3.2 and
/// 3.3; RFC 7505, section 4.1.
pub(super) const fn is_gone(enhanced: [u16; 3]) -> bool {
    matches!(enhanced, [5, 1, 1 | 2 | 3 | 6 | 10] | [5, 2, 1])
}

/// The first enhanced code in a text.
pub(super) fn enhanced(text: &str) -> Option<[u16; 3]> {
    text.split(|c: char| c.is_whitespace() || c == '#').find_map(|word| {
        let mut numbers = word.split('.').map(|number| match number.len() {
            1..=3 => number.parse::<u16>().ok(),
            _ => None,
        });
        let code = [numbers.next()??, numbers.next()??, numbers.next()??];
        (numbers.next().is_none() && matches!(code, [2 | 4 | 5, ..])).then_some(code)
    })
}
