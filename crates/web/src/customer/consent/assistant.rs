//! What an assistant's request adds to a decision: its name is its own word for itself, the answer
//! goes to a host that she can check, and so does she.

use axum::response::Response;
use bankside_domain::consent::{ConsentId, EndedBy};
use bankside_language::Msg;
use bankside_service::token::Token;
use maud::{Markup, Render, html};

use super::offer::{Offer, over};
use super::redirect;
use crate::app::{PageError, Signed};
use crate::ui::notice::{Banner, Tone};

/// That the bank does not know who asks, and where the answer goes.
pub(super) fn unverified(signed: &Signed, offer: &Offer) -> Markup {
    let Some(pending) = &offer.pending else { return html! {} };
    let title = signed.text(Msg::PageAssistantUnverified { party: &offer.party.name });
    let host = goes_to(signed, pending.redirect().host(), pending.redirect().is_loopback());
    let body = Some(html! { p { (host) } });
    Banner { tone: Tone::Warn, title: &title, body }.render()
}

/// Where she is sent back to, in a sentence.
pub(crate) fn goes_to(signed: &Signed, host: &str, is_loopback: bool) -> String {
    signed.text(if is_loopback { Msg::PageAssistantLocal } else { Msg::PageAssistantHost { host } })
}

/// She allowed it: on the way back. Where the request was over by then, nothing is left allowed.
pub(super) async fn allowed(
    signed: &Signed,
    asked: &str,
    consent: ConsentId,
) -> Result<Response, PageError> {
    let (service, owner) = (signed.here.app.service(), &signed.who.owner);
    let token = Token::parse(asked).ok_or(PageError::RequestOver)?;
    if let Err(error) = service.assistants.allowed(&token, owner, consent).await {
        let reason = "the request that asked for it was over";
        let ended = service.consents.revoke(owner, consent, EndedBy::Bank, reason).await;
        ended.map_err(PageError::internal)?;
        return Err(over(error));
    }
    Ok(back(signed, asked))
}

/// She refused it: on the way back all the same.
pub(super) async fn refused(signed: &Signed, asked: &str) -> Result<Response, PageError> {
    let token = Token::parse(asked).ok_or(PageError::RequestOver)?;
    let assistants = &signed.here.app.service().assistants;
    assistants.refused(&token, &signed.who.owner).await.map_err(over)?;
    Ok(back(signed, asked))
}

fn back(signed: &Signed, asked: &str) -> Response {
    redirect(&signed.here.at(&format!("/oauth/back?request={asked}")))
}
