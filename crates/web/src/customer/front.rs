//! The front page of an origin that serves several banks: choose yours.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use bankside_domain::bank;
use bankside_language::{Catalogue, Msg};
use maud::{Render, html};

use crate::app::{App, accepted};
use crate::ui::accent::Accent;
use crate::ui::icon::{Icon, Mark};
use crate::ui::list::{self, Row};
use crate::ui::page::{Bank, Page, Theme, Title, Width, Words};

/// One bank is shown at once; of several, a list.
pub(crate) async fn front(State(app): State<App>, headers: HeaderMap) -> Response {
    let banks = &app.service().banks;
    if let [only] = &**banks {
        return Redirect::to(&format!("/{}/", only.id)).into_response();
    }
    let language = accepted(&headers);
    let catalogue = Catalogue::of(language);
    let (skip, navigation) = (catalogue.text(Msg::NavSkip), catalogue.text(Msg::NavMain));
    let theme = catalogue.text(Msg::NavTheme);
    let title = "Bankside";
    let lead = catalogue.text(Msg::PageFrontLead);
    let addresses: Vec<String> = banks.iter().map(|bank| format!("/{}/", bank.id)).collect();
    let rows: Vec<Row<'_>> =
        banks.iter().zip(&addresses).map(|(bank, href)| row(bank, href)).collect();
    let main = html! {
        (Title { over: None, text: title, lead: Some(&lead) })
        (list::rows(&rows))
    };
    let page = Page {
        lang: language.tag(),
        title,
        bank: Bank { name: title, mark: Mark::Arch, accent: Accent::Teal, home: "/" },
        theme: Theme::System,
        width: Width::Narrow,
        places: &[],
        scripts: &[],
        words: Words { skip: &skip, navigation: &navigation, theme: &theme },
        main,
        footer: html! {},
    };
    page.render().into_response()
}

fn row<'a>(bank: &'a bank::Bank, href: &'a str) -> Row<'a> {
    Row { title: &bank.name, text: "", icon: Some(Icon::Landmark), href: Some(href), aside: None }
}
