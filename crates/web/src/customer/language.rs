//! Choosing a language: kept in a cookie, and back to the same page.

use axum::Form;
use axum::response::{IntoResponse, Redirect, Response};
use bankside_domain::Language;
use serde::Deserialize;

use crate::app::{Here, LANGUAGE, PageError, safe_next};

#[derive(Deserialize)]
pub(super) struct Choice {
    to: String,
    #[serde(default)]
    next: String,
}

pub(super) async fn choose(here: Here, Form(choice): Form<Choice>) -> Result<Response, PageError> {
    let language = Language::from_tag(&choice.to).ok_or(PageError::Bad("language"))?;
    let next = safe_next(&here.bank.id, &choice.next);
    let jar = here.jar.keep(LANGUAGE, language.tag(), &here.bank.id);
    Ok((jar, Redirect::to(&next)).into_response())
}
