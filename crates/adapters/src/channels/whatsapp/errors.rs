//! What WhatsApp's error codes mean. Source: Cloud API, "Error Codes".

use crate::channels::graph::{Code, Verdict};

/// What a code means for a message.
pub(super) fn verdict(code: Code) -> Verdict {
    match code.code {
        // Too many calls of the app or the account, too many messages, too many that were marked as
        // spam, too many to her; a service that is down or being worked on.
        4 | 80_007 | 130_429 | 131_048 | 131_056 => Verdict::Later,
        1 | 2 | 131_016 | 133_004 => Verdict::Later,
        // More than a day since she wrote.
        131_047 => Verdict::WindowOver,
        // Her number is not in WhatsApp, or has not accepted its terms.
        131_026 => Verdict::Gone,
        _ => Verdict::Refused,
    }
}
