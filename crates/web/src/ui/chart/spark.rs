//! A line without axes: how a figure went.

use maud::{Markup, Render, html};

use super::scaled;
use crate::ui::text::Direction;

/// A spark line; the sentence beside it says what matters.
#[derive(Clone, Copy, Debug)]
pub struct Spark<'a> {
    /// The same in words, for a screen reader.
    pub description: &'a str,
    /// Direction of the page: time runs with it.
    pub direction: Direction,
    /// Oldest first; heights over a common floor.
    pub points: &'a [u64],
}

const WIDTH: u32 = 120;
const HEIGHT: u32 = 28;
const MARGIN: u32 = 3;

impl Spark<'_> {
    fn places(&self) -> Vec<(u32, u32)> {
        let whole = self.points.iter().copied().max().unwrap_or(0);
        let gaps = u32::try_from(self.points.len().saturating_sub(1)).unwrap_or(1).max(1);
        let place = |(value, at): (&u64, u32)| {
            let along = at * (WIDTH - 2 * MARGIN) / gaps;
            let x = if self.direction == Direction::Rtl {
                WIDTH - MARGIN - along
            } else {
                MARGIN + along
            };
            (x, HEIGHT - MARGIN - scaled(*value, whole, HEIGHT - 2 * MARGIN))
        };
        self.points.iter().zip(0..).map(place).collect()
    }
}

impl Render for Spark<'_> {
    fn render(&self) -> Markup {
        let places = self.places();
        let line: Vec<String> = places.iter().map(|(x, y)| format!("{x},{y}")).collect();
        html! {
            svg.spark role="img" aria-label=(self.description)
                viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } width=(WIDTH) height=(HEIGHT)
            {
                polyline points=(line.join(" ")) {}
                @if let Some((x, y)) = places.last() { circle cx=(x) cy=(y) r="2.5" {} }
            }
        }
    }
}
