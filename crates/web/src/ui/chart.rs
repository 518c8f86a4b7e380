//! Charts drawn on the server, in whole numbers: the figures inside are text, and each chart has
//! its table.
//!
//! Invariant: geometry is integer (the SVG's user units); amounts arrive formatted, beside a
//! magnitude that only sets a length.

mod bars;
mod spark;

pub use bars::{Bar, CategoryBars, MonthBars};
pub use spark::Spark;

/// `value` of `whole`, scaled to `length`; nothing for nothing, at least 2 for something.
fn scaled(value: u64, whole: u64, length: u32) -> u32 {
    if value == 0 || whole == 0 {
        return 0;
    }
    let share = u128::from(value.min(whole)) * u128::from(length) / u128::from(whole);
    u32::try_from(share).unwrap_or(length).clamp(2.min(length), length)
}

#[cfg(test)]
mod tests {
    use super::scaled;

    #[test]
    fn lengths_stay_within_the_chart() {
        for (value, whole, length) in [
            (0, 10, 0),
            (10, 10, 100),
            (5, 10, 50),
            (1, u64::MAX, 2),
            (u64::MAX, u64::MAX, 100),
            (5, 0, 0),
        ] {
            assert_eq!(scaled(value, whole, 100), length, "{value} of {whole}");
        }
    }
}
