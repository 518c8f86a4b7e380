//! Tokens: for a page of one of the bank's sites, or for a server of the bank's that has its secret.

use axum::Json;
use axum::body::Bytes;
use bankside_service::direct_line::Held;
use bankside_service::token::Token;
use serde::Deserialize;
use serde_json::{Value, json};

use super::caller::Caller;
use super::fault::Fault;

/// What a server may ask; a page's own body is not looked at.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wishes {
    #[serde(default)]
    trusted_origins: Vec<String>,
}

/// A new conversation, and a token of it.
pub(super) async fn generate(caller: Caller, body: Bytes) -> Result<Json<Value>, Fault> {
    let limits = caller.app.limits();
    let origin = match (caller.bearer(), caller.origin()) {
        (Some(_), Some(_)) => return Err(Fault::SecretInPage),
        (Some(secret), None) if caller.line.is_secret(secret) => trusted(&caller, &body)?,
        (Some(_), None) => {
            caller.within(|address| limits.attempt(address))?;
            return Err(Fault::Token);
        }
        (None, Some(origin)) => {
            caller.within(|address| limits.chat(address))?;
            Some(origin.to_owned())
        }
        (None, None) => return Err(Fault::NoToken),
    };
    let line = caller.line();
    let opened = caller.talks().open(line, caller.language, origin.as_deref()).await;
    let (token, held) = opened?;
    Ok(Json(told(&caller, &token, &held)))
}

/// The one site that a server asks a token for; nothing is any of the bank's.
fn trusted(caller: &Caller, body: &[u8]) -> Result<Option<String>, Fault> {
    let wishes = match body {
        [] => Wishes::default(),
        body => {
            serde_json::from_slice(body).map_err(|_| Fault::Bad("the body is a JSON object"))?
        }
    };
    let [origin] = wishes.trusted_origins.as_slice() else {
        return match wishes.trusted_origins.len() {
            0 => Ok(None),
            _ => Err(Fault::Bad("a token is for one site: name one in `trustedOrigins`")),
        };
    };
    let sites = caller.app.settings().sites.of(&caller.bank.id);
    if sites.iter().any(|site| site.origin() == origin) {
        Ok(Some(origin.clone()))
    } else {
        Err(Fault::Bad("`trustedOrigins` names no site of the bank's"))
    }
}

/// The next token of the same conversation.
pub(super) async fn refresh(caller: Caller) -> Result<Json<Value>, Fault> {
    let limits = caller.app.limits();
    caller.within(|address| limits.token(address))?;
    let (_, mut held) = caller.held().await?;
    let token = caller.talks().renew(&mut held).await?;
    Ok(Json(told(&caller, &token, &held)))
}

/// A token, its conversation, and for how many seconds it holds.
pub(super) fn told(caller: &Caller, token: &Token, held: &Held) -> Value {
    let now = caller.app.service().clock.now().as_millis();
    json!({
        "conversationId": held.chat.id.to_string(),
        "token": token.expose(),
        "expires_in": held.until.as_millis().saturating_sub(now).max(0) / 1000,
    })
}
