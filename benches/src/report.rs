//! How figures are printed: one table, each figure beside its reference of the same run, with the
//! ratio of the two and the aim.

use std::time::Duration;

/// One line of the table.
#[derive(Default)]
pub(crate) struct Row {
    /// What was measured.
    pub(crate) what: String,
    /// The figure.
    pub(crate) figure: String,
    /// What it is beside, measured in the same run.
    pub(crate) beside: String,
    /// One as a multiple or share of the other.
    pub(crate) ratio: String,
    /// What was aimed at, and whether it was met.
    pub(crate) aim: Option<(String, bool)>,
}

impl Row {
    /// A figure without anything beside it.
    pub(crate) fn new(what: impl Into<String>, figure: impl Into<String>) -> Self {
        Self { what: what.into(), figure: figure.into(), ..Self::default() }
    }

    /// Beside a reference of the same run.
    pub(crate) fn beside(self, reference: impl Into<String>, ratio: impl Into<String>) -> Self {
        Self { beside: reference.into(), ratio: ratio.into(), ..self }
    }

    /// Against an aim.
    pub(crate) fn aim(self, aim: impl Into<String>, met: bool) -> Self {
        Self { aim: Some((aim.into(), met)), ..self }
    }
}

/// The table. A line is printed as soon as it is known.
#[derive(Default)]
pub(crate) struct Table {
    aims: usize,
    missed: Vec<String>,
    group: String,
}

impl Table {
    /// Names the columns.
    pub(crate) fn begin() -> Self {
        print("", "measured", "beside it, in the same run", "ratio", "aim");
        Self::default()
    }

    /// A group of lines, with what they have in common.
    pub(crate) fn group(&mut self, name: &str, common: &str) {
        name.clone_into(&mut self.group);
        println!("\n{name}{}{common}", if common.is_empty() { "" } else { ": " });
    }

    /// One line.
    pub(crate) fn row(&mut self, row: &Row) {
        let aim = row.aim.as_ref().map(|(aim, met)| {
            self.aims += 1;
            if !met {
                self.missed.push(format!("{}, {}", self.group, row.what));
            }
            format!("{aim}: {}", if *met { "met" } else { "MISSED" })
        });
        print(
            &format!("  {}", row.what),
            &row.figure,
            &row.beside,
            &row.ratio,
            aim.as_deref().unwrap_or(""),
        );
    }

    /// What could not be measured here, and why.
    pub(crate) fn skipped(&self, why: &str) {
        println!("  SKIPPED {why}");
    }

    /// How many aims were met.
    pub(crate) fn end(self) {
        let met = self.aims - self.missed.len();
        println!("\n{met} of {} aims met.", self.aims);
        for missed in self.missed {
            println!("  missed: {missed}");
        }
    }
}

fn print(what: &str, figure: &str, beside: &str, ratio: &str, aim: &str) {
    let line = format!("{what:<38} {figure:>16}   {beside:<40} {ratio:>8}   {aim}");
    println!("{}", line.trim_end());
}

/// Microseconds of one of `count`.
pub(crate) fn micros_each(took: Duration, count: usize) -> f64 {
    took.as_secs_f64() * 1e6 / count.max(1) as f64
}

/// How many a second.
pub(crate) fn per_second(count: usize, took: Duration) -> f64 {
    count as f64 / took.as_secs_f64().max(1e-9)
}

/// Milliseconds, to two places.
pub(crate) fn ms(took: Duration) -> String {
    format!("{:.2} ms", took.as_secs_f64() * 1e3)
}
