//! The parts of a message as cards: figures, charts, links to the bank's origin.

use bankside_domain::conversation::{Bar, LinkTarget, Outgoing, Part, PartRow};
use bankside_domain::transaction::Category;
use bankside_language::{Catalogue, Msg, catalogue as names};
use maud::{Markup, Render, html};

use crate::app::Here;
use crate::ui::button::{Kind, LinkButton};
use crate::ui::chart::{self, CategoryBars};
use crate::ui::chat::{BalanceCard, Line, LinesCard, LinkCard, panel_card};
use crate::ui::icon::Icon;
use crate::ui::list::definitions;
use crate::ui::text;

/// A figure with more characters than this stands under its label: an account number.
const LONG_FIGURE: usize = 16;

/// The parts of a message, in order; nothing for words alone.
pub(in crate::customer) fn parts(
    here: &Here,
    catalogue: Catalogue,
    message: &Outgoing,
) -> Option<Markup> {
    let shown = message.parts.iter().filter(|part| !matches!(part, Part::Removed { .. }));
    let cards: Vec<Markup> =
        shown.map(|part| one(here, catalogue, part, message.text.reveal())).collect();
    (!cards.is_empty()).then(|| html! { @for card in cards { (card) } })
}

fn one(here: &Here, catalogue: Catalogue, part: &Part, words: &str) -> Markup {
    match part {
        Part::Rows { title, rows } => figures(catalogue, title.reveal(), rows),
        Part::Chart { title, bars } => drawn(title.reveal(), bars),
        Part::Link { label, link } => way(here, catalogue, label.reveal(), link, words),
        Part::Removed { .. } => html! {},
    }
}

fn figures(catalogue: Catalogue, title: &str, rows: &[PartRow]) -> Markup {
    if rows.iter().any(|row| row.value.reveal().chars().count() > LONG_FIGURE) {
        let rows: Vec<(&str, Markup)> = rows.iter().map(|r| (label(r), long(r))).collect();
        return panel_card(title, &definitions(&rows));
    }
    if let ([row], true) = (rows, title == catalogue.text(Msg::ChoiceBalance)) {
        return balance(row, title);
    }
    let lines: Vec<Line<'_>> = rows.iter().map(|row| line(catalogue, row)).collect();
    LinesCard { title, lines: &lines, total: None }.render()
}

fn label(row: &PartRow) -> &str {
    row.label.reveal()
}

fn hint(row: &PartRow) -> &str {
    row.hint.as_ref().map_or("", |hint| hint.reveal())
}

fn long(row: &PartRow) -> Markup {
    html! {
        (text::ident(row.value.reveal()))
        @if !hint(row).is_empty() { br; small { (text::ident(hint(row))) } }
    }
}

/// `Everyday ••34` in its two halves.
fn balance(row: &PartRow, title: &str) -> Markup {
    let label = label(row);
    let at = label.find("••").unwrap_or(label.len());
    let (name, masked) = label.split_at_checked(at).unwrap_or((label, ""));
    let as_of = if hint(row).is_empty() { title } else { hint(row) };
    BalanceCard { name: name.trim_end(), masked, balance: row.value.reveal(), as_of }.render()
}

fn line(catalogue: Catalogue, row: &PartRow) -> Line<'_> {
    Line {
        icon: icon(catalogue, row),
        title: label(row),
        more: hint(row),
        amount: row.value.reveal(),
        incoming: row.incoming,
    }
}

/// By the category that the row names, in the words of its language.
fn icon(catalogue: Catalogue, row: &PartRow) -> Icon {
    let mut segments = hint(row).split(" · ").chain([label(row)]);
    let named = segments.find_map(|segment| {
        let mut all = Category::ALL.iter().copied();
        all.find(|category| catalogue.text(names::category(*category)) == segment)
    });
    match named {
        Some(category) => of_category(category),
        None if row.incoming => Icon::Banknote,
        None if label(row).contains("••") => Icon::Wallet,
        None => Icon::Repeat,
    }
}

const fn of_category(category: Category) -> Icon {
    match category {
        Category::Salary | Category::Income | Category::Cash => Icon::Banknote,
        Category::Housing => Icon::House,
        Category::Utilities => Icon::Zap,
        Category::Groceries | Category::Shopping => Icon::ShoppingCart,
        Category::EatingOut => Icon::Utensils,
        Category::Transport => Icon::TrainFront,
        Category::Travel => Icon::Plane,
        Category::Subscriptions => Icon::Repeat,
        Category::Health => Icon::Plus,
        Category::Leisure => Icon::Play,
        Category::Education => Icon::ScrollText,
        Category::Insurance => Icon::Shield,
        Category::Transfer => Icon::ArrowRight,
        Category::Fees => Icon::ReceiptText,
        Category::Refund => Icon::RefreshCw,
        Category::Other => Icon::Tag,
    }
}

/// The figures are the list itself, so that nothing is in the picture alone.
fn drawn(title: &str, bars: &[Bar]) -> Markup {
    let bars: Vec<chart::Bar<'_>> = bars
        .iter()
        .map(|bar| chart::Bar {
            label: bar.label.reveal(),
            amount: bar.value.reveal(),
            magnitude: bar.permille.into(),
            marked: false,
        })
        .collect();
    panel_card(title, &CategoryBars { title, bars: &bars }.render())
}

/// A link that is good once says so, unless the words above it did.
fn way(here: &Here, catalogue: Catalogue, label: &str, link: &LinkTarget, words: &str) -> Markup {
    let token = match link {
        LinkTarget::Page { path } => {
            let href = here.at(path);
            let kind = Kind::Secondary;
            return LinkButton { href: &href, label, kind, icon: None }.render();
        }
        LinkTarget::Offered { token, .. } => token.reveal(),
    };
    let once = catalogue.text(Msg::ChatWithheldOnce);
    let host = here.app.settings().public_url.host_str().unwrap_or_default();
    LinkCard {
        href: &here.at(&format!("/l/{token}")),
        title: &here.bank.name,
        text: if words.contains(&once) { host } else { &once },
        action: label,
    }
    .render()
}
