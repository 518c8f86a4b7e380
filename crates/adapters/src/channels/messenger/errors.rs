//! What Messenger's error codes mean. Sources: Messenger Platform, "Error Codes"; Graph API,
//! "Handle Errors" and "Rate Limits".

use crate::channels::graph::{Code, Verdict};

/// What a code means for a message.
pub(super) fn verdict(code: Code) -> Verdict {
    match (code.code, code.subcode) {
        // Calls of the app, of the user, of the page, of this edge; an unknown error and a service
        // that is down, which the Graph API asks to try again.
        (1 | 2 | 4 | 17 | 32 | 613, _) => Verdict::Later,
        (10, Some(2_018_278 | 2_534_022)) => Verdict::WindowOver,
        // She is not available, or does not want messages of this page.
        (551, _) | (200, Some(1_545_041)) => Verdict::Gone,
        _ => Verdict::Refused,
    }
}
