//! What goes wrong, as a page that says what to do. The cause goes to the log alone.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use bankside_domain::Language;
use bankside_domain::bank::{self, BankId};
use bankside_language::{Catalogue, Msg};
use maud::{Render, html};

use super::App;
use super::cookies::LANGUAGE;
use super::frame::mark;
use super::here::accepted;
use crate::ui::accent::Accent;
use crate::ui::page::{Bank, Page, Theme, Title, Width, Words};

/// Why a page is not shown, or a form did nothing.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// Nothing here.
    #[error("there is nothing at this address")]
    NotFound,
    /// Nobody is signed in; a page sends her there and back.
    #[error("sign in first")]
    SignInFirst {
        /// At which bank.
        bank: BankId,
        /// Where to go on.
        next: String,
    },
    /// No operator is signed in; a page sends her there and back.
    #[error("sign in as an operator first")]
    OperatorFirst {
        /// Where to go on.
        next: String,
    },
    /// A form or script from another origin.
    #[error("the request came from another origin")]
    WrongOrigin,
    /// Too often.
    #[error("too many requests")]
    TooMany {
        /// Minutes to wait.
        minutes: usize,
    },
    /// The link does not open.
    #[error("the link does not open")]
    Link,
    /// An assistant's request that ran out or was answered.
    #[error("the assistant's request is over")]
    RequestOver,
    /// An assistant's request that cannot be answered.
    #[error("the assistant's request cannot be answered")]
    RequestBroken,
    /// Not hers.
    #[error("not hers")]
    NotYours,
    /// It was done before, or somebody was quicker.
    #[error("done already")]
    AlreadyDone,
    /// What was entered cannot be taken; names the field.
    #[error("bad input in `{0}`")]
    Bad(&'static str),
    /// More than a page takes.
    #[error("the request is too large")]
    TooLarge,
    /// A form or a request that no page of ours sends, or not any more.
    #[error("the request cannot be read")]
    Unreadable,
    /// Ours. The text goes to the log, never to the page.
    #[error("{0}")]
    Internal(String),
}

impl PageError {
    /// Something failed on our side.
    pub fn internal(error: impl std::fmt::Display) -> Self {
        Self::Internal(error.to_string())
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::SignInFirst { .. } | Self::OperatorFirst { .. } => StatusCode::UNAUTHORIZED,
            Self::WrongOrigin | Self::NotYours => StatusCode::FORBIDDEN,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Link | Self::RequestOver => StatusCode::GONE,
            Self::AlreadyDone => StatusCode::CONFLICT,
            Self::Bad(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable | Self::RequestBroken => StatusCode::BAD_REQUEST,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn words(&self, catalogue: Catalogue, bank: &str) -> String {
        catalogue.text(match self {
            Self::NotFound => Msg::ErrorNotFound,
            Self::SignInFirst { .. } | Self::OperatorFirst { .. } => Msg::ErrorSessionEnded,
            Self::WrongOrigin => Msg::ErrorWrongOrigin { bank },
            Self::TooMany { minutes } => Msg::ErrorTooMany { minutes: *minutes },
            Self::Link => Msg::ErrorLinkExpired,
            Self::RequestOver => Msg::PageAssistantOver,
            Self::RequestBroken => Msg::PageAssistantBroken,
            Self::NotYours => Msg::ErrorNotYours,
            Self::AlreadyDone => Msg::ErrorAlreadyDone,
            Self::Bad(field) => Msg::ErrorBadInput { field },
            Self::TooLarge => Msg::ErrorTooLarge,
            Self::Unreadable => Msg::ErrorFormStale,
            Self::Internal(_) => Msg::ErrorServer,
        })
    }
}

/// The words are put in by `in_words`, which knows the language and the bank.
impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let sign_in = match &self {
            Self::SignInFirst { bank, next } => Some((format!("/{bank}/sign-in"), next)),
            Self::OperatorFirst { next } => Some(("/console/sign-in".to_owned(), next)),
            _ => None,
        };
        if let Some((path, next)) = sign_in {
            let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
            return Redirect::to(&format!("{path}?next={next}")).into_response();
        }
        if let Self::Internal(cause) = &self {
            tracing::error!(%cause, "a request failed");
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}

/// Middleware that turns a [`PageError`] into a page in the reader's language.
pub(super) async fn in_words(State(app): State<App>, request: Request, next: Next) -> Response {
    let chosen = CookieJar::from_headers(request.headers());
    let chosen = chosen.get(LANGUAGE).and_then(|c| Language::from_tag(c.value()));
    let language = chosen.unwrap_or_else(|| accepted(request.headers()));
    let slug = request.uri().path().split('/').nth(1).unwrap_or_default().to_owned();
    let response = next.run(request).await;
    match response.extensions().get::<Arc<PageError>>().cloned().or_else(|| bare(&response)) {
        Some(error) => page(&error, language, &slug, app.service().bank(&slug)),
        None => response,
    }
}

/// A refusal that the framework made, in a programmer's words.
fn bare(response: &Response) -> Option<Arc<PageError>> {
    let kind = response.headers().get(CONTENT_TYPE).map(HeaderValue::as_bytes);
    if kind.is_some_and(|kind| !kind.starts_with(b"text/plain")) {
        return None;
    }
    let error = match response.status() {
        StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => PageError::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => PageError::TooLarge,
        StatusCode::BAD_REQUEST
        | StatusCode::UNSUPPORTED_MEDIA_TYPE
        | StatusCode::UNPROCESSABLE_ENTITY => PageError::Unreadable,
        _ => return None,
    };
    Some(Arc::new(error))
}

fn page(error: &PageError, language: Language, slug: &str, bank: Option<&bank::Bank>) -> Response {
    let catalogue = Catalogue::of(language);
    let name = bank.map_or("Bankside", |b| b.name.as_str());
    let accent = bank.and_then(|b| b.accent.parse().ok()).unwrap_or(Accent::Teal);
    let home = match bank {
        Some(bank) => format!("/{}/", bank.id),
        None if slug == "console" => "/console/".to_owned(),
        None => "/".to_owned(),
    };
    let (title, words) = (catalogue.text(Msg::ErrorTitle), error.words(catalogue, name));
    let (skip, to_home) = (catalogue.text(Msg::NavSkip), catalogue.text(Msg::NavHome));
    let (navigation, theme) = (catalogue.text(Msg::NavMain), catalogue.text(Msg::NavTheme));
    let main = html! {
        (Title { over: None, text: &title, lead: Some(&words) })
        p { a href=(home) { (to_home) } }
    };
    let page = Page {
        lang: language.tag(),
        title: &title,
        bank: Bank { name, mark: mark(accent.name()), accent, home: &home },
        theme: Theme::System,
        width: Width::Narrow,
        places: &[],
        scripts: &[],
        words: Words { skip: &skip, navigation: &navigation, theme: &theme },
        main,
        footer: html! {},
    };
    let mut answer = (error.status(), Html(page.render().into_string())).into_response();
    if let PageError::TooMany { minutes } = error {
        answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(minutes.saturating_mul(60)));
    }
    answer
}

/// Where no route is.
pub(super) async fn not_found() -> PageError {
    PageError::NotFound
}
