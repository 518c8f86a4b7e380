//! Exit codes, as `sysexits.h` numbers them where it has one.

use std::process::ExitCode;

use crate::config::ConfigError;
use crate::data::DataError;

/// Something was found, or something failed.
pub(crate) const FAILED: u8 = 1;
/// The arguments, or the file that they name, cannot be used.
pub(crate) const USAGE: u8 = 2;
/// The program has a defect (`EX_SOFTWARE`); what was acknowledged is safe.
pub(crate) const DEFECT: u8 = 70;
/// The disk failed (`EX_IOERR`). Look at it before the next start.
pub(crate) const DISK: u8 = 74;
/// Another process works in the data directory (`EX_TEMPFAIL`).
pub(crate) const BUSY: u8 = 75;
/// The configuration cannot be used (`EX_CONFIG`).
pub(crate) const CONFIG: u8 = 78;

/// Arguments that clap took and the use case did not.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Misused(pub(crate) String);

/// Whether a check was passed.
pub(crate) fn verdict(is_fine: bool) -> ExitCode {
    ExitCode::from(if is_fine { 0 } else { FAILED })
}

/// For `--help` of the program.
pub(crate) const HELP: &str = "Exit codes: 0 fine; 1 something was found or failed; \
2 arguments cannot be used; 70 a defect of the program; 74 the disk failed, look at it before the next start; \
75 another process works in the data directory; 78 the configuration cannot be used.";

/// The code for an error that ended a command.
pub(crate) fn code(error: &anyhow::Error) -> ExitCode {
    ExitCode::from(match error.downcast_ref::<DataError>() {
        Some(DataError::Busy(..)) => BUSY,
        _ if error.downcast_ref::<ConfigError>().is_some() => CONFIG,
        _ if error.downcast_ref::<Misused>().is_some() => USAGE,
        _ => FAILED,
    })
}
