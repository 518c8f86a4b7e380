//! Tables of figures; on a phone the table scrolls within itself.

use maud::{Markup, Render, html};

/// How a column reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words.
    #[default]
    Start,
    /// Figures: tabular, at the end of the line.
    Figure,
}

/// A table with its caption.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    /// What it shows.
    pub caption: &'a str,
    /// Heading and alignment of each column.
    pub columns: &'a [(&'a str, Align)],
    /// Cells by row, as many as there are columns; the first heads its row.
    pub rows: Vec<Vec<Markup>>,
}

impl Render for Table<'_> {
    fn render(&self) -> Markup {
        html! {
            div.table-scroll tabindex="0" role="region" aria-label=(self.caption) {
                table.table {
                    caption { (self.caption) }
                    thead {
                        tr {
                            @for (heading, align) in self.columns {
                                th scope="col" class=[class(*align)] { (heading) }
                            }
                        }
                    }
                    tbody { @for row in &self.rows { tr { (self.cells(row)) } } }
                }
            }
        }
    }
}

impl Table<'_> {
    fn cells(&self, row: &[Markup]) -> Markup {
        html! {
            @for (number, (cell, (_, align))) in row.iter().zip(self.columns).enumerate() {
                @if number == 0 {
                    th scope="row" class=[class(*align)] { (cell) }
                } @else {
                    td class=[class(*align)] { (cell) }
                }
            }
        }
    }
}

const fn class(align: Align) -> Option<&'static str> {
    match align {
        Align::Start => None,
        Align::Figure => Some("figure"),
    }
}
