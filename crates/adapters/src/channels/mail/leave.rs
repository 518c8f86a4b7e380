//! The link by which a mail program says, with one click, that she wants no more mail: RFC 8058.
//!
//! INVARIANT: only a POST with the words of the RFC counts. What follows links on its own, to look for
//! viruses or to show a preview, asks by GET and changes nothing.
//! INVARIANT: her address is not readable in the link: such links stand in logs of proxies.

use bankside_domain::channel::{Event, Inbound};
use bankside_service::ports::{Delivered, Distrust, Taken};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use sha2::{Digest as _, Sha256};

use super::address::Address;
use crate::channels::secret::Secret;

/// Octets of a nonce of XChaCha20-Poly1305.
const NONCE: usize = 24;
/// Characters of a sealed address.
const MAX_SEALED: usize = 512;
/// What a mail program posts, in either form of a form. RFC 8058, sections 3.1 and 3.2.
const POSTED: [&[u8]; 2] = [b"List-Unsubscribe", b"One-Click"];

/// Seals an address for links. The nonce follows from the address by HMAC, so that one address is one
/// link, and two never share a nonce.
pub(super) fn sealed(secret: &Secret, to: &Address) -> Option<String> {
    let text = to.to_string();
    let made = secret.tag(format!("bankside/mail/leave/nonce\0{text}").as_bytes());
    let nonce = made.first_chunk::<NONCE>()?;
    let words = cipher(secret)?.encrypt(&XNonce::from(*nonce), text.as_bytes()).ok()?;
    Some(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &words].concat()))
}

fn opened(secret: &Secret, text: &str) -> Option<Address> {
    let bytes = URL_SAFE_NO_PAD.decode(Some(text).filter(|text| text.len() <= MAX_SEALED)?).ok()?;
    let (nonce, words) = bytes.split_first_chunk::<NONCE>()?;
    let words = cipher(secret)?.decrypt(&XNonce::from(*nonce), words).ok()?;
    Address::parse(std::str::from_utf8(&words).ok()?)
}

fn cipher(secret: &Secret) -> Option<XChaCha20Poly1305> {
    XChaCha20Poly1305::new_from_slice(&secret.tag(b"bankside/mail/leave/key")).ok()
}

/// Reads a request to the webhook: `leave/` and a sealed address.
pub(super) fn take(secret: &Secret, request: &Delivered<'_>) -> Result<Taken, Distrust> {
    let Some(text) = request.path.strip_prefix("leave/") else {
        return Err(Distrust::Shape("no such path".to_owned()));
    };
    let posts = |words: &&[u8]| request.body.windows(words.len()).any(|part| part == *words);
    if request.method != "POST" || !POSTED.iter().all(posts) {
        return Err(Distrust::Shape("not the one click of RFC 8058".to_owned()));
    }
    let from = opened(secret, text).ok_or(Distrust::NotProven("not a link of ours"))?;
    // A click a second later is the same wish; one after she came back is another.
    let day = request.at.as_millis().div_euclid(86_400_000);
    let id = Sha256::digest(format!("{text}\0{day}"));
    let event = Inbound {
        id: format!("leave/{}", hex::encode(id)),
        from: from.contact(),
        at: None,
        language: None,
        event: Event::Leave,
    };
    Ok(Taken { events: vec![event], ..Taken::default() })
}
