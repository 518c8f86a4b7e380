//! What a page of a bank's site posts by Direct Line.

#[path = "../../crates/web/src/directline/activity.rs"]
mod activity;

use activity::{Means, parse};

/// Activities: whoever says something says words, and a refusal repeats nothing of what came.
pub fn direct_line(data: &[u8]) {
    match parse(data) {
        Ok(posted) => {
            if let Means::Says(words) = &posted.means {
                assert!(!words.trim().is_empty());
                assert!(words.len() <= data.len());
            }
            assert!(posted.given.is_none_or(|given| given.len() <= data.len()));
        }
        Err(misread) => assert!(!misread.why().is_empty()),
    }
}
