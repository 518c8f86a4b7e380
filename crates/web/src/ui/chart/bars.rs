//! Bars: upright by month, lying by category.

use maud::{Markup, Render, html};

use super::scaled;
use crate::ui::list::details;
use crate::ui::table::{Align, Table};
use crate::ui::text::{self, Direction};

/// One bar.
#[derive(Clone, Copy, Debug)]
pub struct Bar<'a> {
    /// Month or category.
    pub label: &'a str,
    /// The amount, formatted.
    pub amount: &'a str,
    /// Its length; in any unit that all bars share.
    pub magnitude: u64,
    /// Whether it is the one spoken of.
    pub marked: bool,
}

/// Words every chart needs.
#[derive(Clone, Copy, Debug)]
pub struct MonthBars<'a> {
    /// Unique on the page.
    pub id: &'a str,
    /// What is drawn.
    pub title: &'a str,
    /// What one sees in it, in a sentence.
    pub description: &'a str,
    /// Opens the table: "Show as a table".
    pub table: &'a str,
    /// Headings of the table: month, amount.
    pub columns: (&'a str, &'a str),
    /// Direction of the page: time runs with it.
    pub direction: Direction,
    /// Oldest first; at most [`MonthBars::MOST`] are drawn.
    pub bars: &'a [Bar<'a>],
}

const WIDTH: u32 = 336;
const TOP: u32 = 22;
const HEIGHT: u32 = 120;
const FOOT: u32 = 24;

impl MonthBars<'_> {
    /// Most bars in one chart: a year and the month before it.
    pub const MOST: usize = 13;

    fn bar(&self, place: u32, step: u32, bar: &Bar<'_>, whole: u64) -> Markup {
        let wide = (step * 5 / 8).min(44);
        let long = scaled(bar.magnitude, whole, HEIGHT);
        let centre = place * step + step / 2;
        let (x, y) = (centre.saturating_sub(wide / 2), TOP + HEIGHT - long);
        let class = if bar.marked { "bar bar-marked" } else { "bar" };
        html! {
            rect class=(class) x=(x) y=(y) width=(wide) height=(long) rx=(5.min(long / 2)) {}
            @if bar.marked {
                text.bar-amount x=(centre) y=(y.saturating_sub(8)) { (bar.amount) }
            }
            text.bar-label.bar-label-marked[bar.marked] x=(centre) y=(TOP + HEIGHT + 17) { (bar.label) }
        }
    }
}

impl Render for MonthBars<'_> {
    fn render(&self) -> Markup {
        let shown = self.bars.get(self.bars.len().saturating_sub(Self::MOST)..).unwrap_or_default();
        let count = u32::try_from(shown.len().max(1)).unwrap_or(1);
        let whole = shown.iter().map(|bar| bar.magnitude).max().unwrap_or(0);
        let place = |at: u32| if self.direction == Direction::Rtl { count - 1 - at } else { at };
        html! {
            figure.chart {
                svg.chart-months role="img" viewBox={ "0 0 " (WIDTH) " " (TOP + HEIGHT + FOOT) }
                    aria-labelledby={ (self.id) "-title " (self.id) "-desc" }
                {
                    title id={ (self.id) "-title" } { (self.title) }
                    desc id={ (self.id) "-desc" } { (self.description) }
                    line.chart-base x1="0" x2=(WIDTH) y1=(TOP + HEIGHT) y2=(TOP + HEIGHT) {}
                    @for (bar, at) in shown.iter().zip(0_u32..) {
                        (self.bar(place(at), WIDTH / count, bar, whole))
                    }
                }
                (details(self.table, &as_table(self.title, self.columns, self.bars).render()))
            }
        }
    }
}

/// Lying bars; the words and figures are the list itself, the bars only decorate it.
#[derive(Clone, Copy, Debug)]
pub struct CategoryBars<'a> {
    /// What is drawn.
    pub title: &'a str,
    /// Largest first.
    pub bars: &'a [Bar<'a>],
}

impl Render for CategoryBars<'_> {
    fn render(&self) -> Markup {
        let whole = self.bars.iter().map(|bar| bar.magnitude).max().unwrap_or(0);
        html! {
            figure.chart aria-label=(self.title) {
                dl.chart-categories {
                    @for bar in self.bars {
                        div.category.category-marked[bar.marked] {
                            dt { (text::name(bar.label)) }
                            dd {
                                (text::amount(bar.amount))
                                svg.category-bar aria-hidden="true" width="100%" height="6" {
                                    rect.category-track width="100%" height="6" rx="3" {}
                                    rect.bar width={ (scaled(bar.magnitude, whole, 100)) "%" }
                                        height="6" rx="3" {}
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn as_table<'a>(title: &'a str, columns: (&'a str, &'a str), bars: &[Bar<'_>]) -> Markup {
    let columns = [(columns.0, Align::Start), (columns.1, Align::Figure)];
    let rows = bars.iter().map(|bar| vec![text::name(bar.label), text::amount(bar.amount)]);
    Table { caption: title, columns: &columns, rows: rows.collect() }.render()
}
