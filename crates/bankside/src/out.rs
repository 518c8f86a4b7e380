//! What a command prints for whoever called it. What a service tells its operator goes to the log.

use std::io::Write as _;

/// Prints a line. A reader that went away is no error.
pub(crate) fn line(text: impl std::fmt::Display) {
    let _gone = writeln!(std::io::stdout().lock(), "{text}");
}

/// Prints a line to standard error.
pub(crate) fn complain(text: impl std::fmt::Display) {
    let _gone = writeln!(std::io::stderr().lock(), "{text}");
}
