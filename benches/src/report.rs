//! How figures are printed.

use std::time::Duration;

/// A heading, with what the figures below are measured against.
pub(crate) fn heading(text: &str) {
    println!("\n{text}");
}

/// One figure beside its reference.
pub(crate) fn line(what: &str, figure: &str, reference: &str) {
    println!("  {what:<44} {figure:>22}   {reference}");
}

/// Microseconds of one of `count`.
pub(crate) fn micros_each(took: Duration, count: usize) -> f64 {
    took.as_secs_f64() * 1e6 / f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX))
}

/// How many a second.
pub(crate) fn per_second(count: usize, took: Duration) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)) / took.as_secs_f64().max(1e-9)
}
