//! Where a request is in the console, and who is on duty.

use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::cookie::CookieJar;
use bankside_domain::Timestamp;
use bankside_domain::customer::Language;
use bankside_domain::time::TimeZone;
use bankside_language::Formats;
use bankside_service::staff::{Operator, StaffError};
use maud::{Markup, Render, html};

use crate::app::{App, Jar, OPERATOR, PageError, THEME};
use crate::ui::accent::Accent;
use crate::ui::icon::{Icon, Mark};
use crate::ui::page::{Bank, Page, Place, Theme, Width, Words};
use crate::ui::text;

/// Where the console's cookies hold.
pub(super) const PATH: &str = "/console";
/// The name in the header.
const NAME: &str = "Bankside console";

/// A page of the console, for whoever it is.
#[derive(Clone, Debug)]
pub(crate) struct Console {
    pub(super) app: App,
    pub(super) jar: Jar,
    theme: Theme,
    /// Path and query, to come back to.
    path: String,
}

impl FromRequestParts<App> for Console {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let jar = Jar::new(CookieJar::from_headers(&parts.headers), app);
        let theme = Theme::from_cookie(jar.text(THEME).unwrap_or_default());
        let path = parts.uri.path_and_query().map_or("/console/", |path| path.as_str());
        Ok(Self { app: app.clone(), jar, theme, path: path.to_owned() })
    }
}

impl Console {
    /// The time.
    pub(super) fn now(&self) -> Timestamp {
        self.app.service().clock.now()
    }

    /// A page for somebody who is not signed in.
    pub(super) fn page(&self, title: &str, scripts: &[&str], main: Markup) -> Markup {
        self.framed(title, Width::Narrow, &[], scripts, main)
    }

    fn framed(
        &self,
        title: &str,
        width: Width,
        places: &[Place<'_>],
        scripts: &[&str],
        main: Markup,
    ) -> Markup {
        let bank = Bank { name: NAME, mark: Mark::Grid, accent: Accent::Indigo, home: "/console/" };
        let words = Words {
            skip: "Skip to content",
            navigation: "Console",
            theme: "Switch between light and dark",
        };
        let (theme, lang) = (self.theme, "en");
        let footer = html! { p { (self.app.settings().office.version) } };
        Page { lang, title, bank, theme, width, places, scripts, words, main, footer }.render()
    }
}

/// An operator who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct OnDuty {
    pub(super) console: Console,
    pub(super) operator: Operator,
}

impl FromRequestParts<App> for OnDuty {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let console = Console::from_request_parts(parts, app).await?;
        let reads = parts.method == Method::GET;
        let next = if reads { console.path.clone() } else { "/console/".to_owned() };
        let Some(token) = console.jar.token(OPERATOR) else {
            return Err(PageError::OperatorFirst { next });
        };
        match app.service().staff.who(&token).await {
            Ok(operator) => Ok(Self { console, operator }),
            Err(StaffError::Ended) => Err(PageError::OperatorFirst { next }),
            Err(error) => Err(PageError::internal(error)),
        }
    }
}

impl OnDuty {
    /// One more act.
    ///
    /// # Errors
    /// [`PageError::TooMany`].
    pub(super) fn limit(&self) -> Result<(), PageError> {
        self.console.app.limits().staff(self.operator.id)
    }

    /// A page of the console, with `current` marked in the navigation.
    pub(super) fn page(&self, current: &str, width: Width, title: &str, main: Markup) -> Markup {
        self.page_with(current, width, title, &[], main)
    }

    /// The same, with scripts beyond `app.js`.
    pub(super) fn page_with(
        &self,
        current: &str,
        width: Width,
        title: &str,
        scripts: &[&str],
        main: Markup,
    ) -> Markup {
        let place = |href, label, icon| Place { href, label, icon, current: href == current };
        let mut places = vec![
            place("/console/", "Overview", Icon::Monitor),
            place("/console/channels", "Channels", Icon::MessageCircle),
            place("/console/suspensions", "Suspensions", Icon::Pause),
            place("/console/operators", "Operators", Icon::User),
        ];
        if self.console.app.settings().office.sandbox.is_some() {
            places.push(place("/console/sandbox", "Sandbox", Icon::Zap));
        }
        self.console.framed(title, width, &places, scripts, main)
    }

    /// Unless she proved herself in the last minutes: the way to do so and come back to `next`.
    pub(super) fn must_confirm(&self, next: &str) -> Option<Response> {
        if self.operator.is_fresh(self.console.now()) {
            return None;
        }
        let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
        Some(Redirect::to(&format!("/console/confirm?next={next}")).into_response())
    }
}

/// A moment in UTC, which operators of several places read alike.
pub(super) fn moment(at: Timestamp) -> Markup {
    text::moment(&at.to_string(), &plain_moment(at))
}

/// The same as plain text.
pub(super) fn plain_moment(at: Timestamp) -> String {
    let formats = Formats::new(Language::En, "GB", TimeZone::UTC);
    format!("{} UTC", formats.moment(at))
}
