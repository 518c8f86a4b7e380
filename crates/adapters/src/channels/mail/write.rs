//! A message as it goes out: RFC 5322, with a plain and an HTML form of the same words (RFC 2046,
//! section 5.1.4).
//!
//! INVARIANT: nothing in it is fetched from anywhere: no picture, no style sheet, no script. Nobody
//! learns whether or when it was read.
//! INVARIANT: the same key makes the same words under the same name, so that who gets it twice sees it
//! once.

use std::time::{Duration, SystemTime};

use bankside_domain::id::MessageId;
use bankside_service::channels::Frame;
use bankside_service::ports::SendError;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MessageBuilder, MultiPart, SinglePart};

use super::address::Address;
use super::fault::refused;
use super::ids::Use;
use super::settings::Settings;
use super::{html, leave, sign};

const AUTO_SUBMITTED: HeaderName = HeaderName::new_from_ascii_str("Auto-Submitted");
const LANGUAGE: HeaderName = HeaderName::new_from_ascii_str("Content-Language");
const LEAVE: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe");
const LEAVE_POST: HeaderName = HeaderName::new_from_ascii_str("List-Unsubscribe-Post");
/// Exchange answers by notes of absence to whatever does not say this.
const SUPPRESS: HeaderName = HeaderName::new_from_ascii_str("X-Auto-Response-Suppress");

/// What a message is made of.
pub(super) struct Draft<'a> {
    pub(super) to: &'a Address,
    pub(super) frame: &'a Frame,
    pub(super) key: &'a str,
    /// The id of her message that it answers, with brackets.
    pub(super) answers: Option<String>,
}

/// The bytes, signed where that is us.
pub(super) fn message(settings: &Settings, it: &Draft<'_>) -> Result<Vec<u8>, SendError> {
    let ids = &settings.ids;
    let text = it.frame.text.as_str();
    let name = ids.message(it.key);
    let page = html::page(&settings.name, text, it.frame.language);
    let alternative = MultiPart::alternative()
        .boundary(name.replace('@', "."))
        .singlepart(part(ContentType::TEXT_PLAIN, text))
        .singlepart(part(ContentType::TEXT_HTML, &page));
    let message = lettre::Message::builder()
        .from(mailbox(Some(&settings.name), &ids.own)?)
        .to(mailbox(None, it.to)?)
        // The bank's name and no more: a subject is what a locked screen shows.
        .subject(settings.name.as_str())
        .message_id(Some(format!("<{name}>")));
    let message = leaving(threaded(dated(message, it.key), settings, it), settings, it);
    let bytes = message.multipart(alternative);
    let bytes = bytes.map_err(|_| refused("no message can be made of it"))?.formatted();
    let Some(dkim) = &settings.dkim else { return Ok(bytes) };
    let header = sign::header(dkim, &ids.own.domain, &bytes);
    let header = header.ok_or_else(|| refused("it cannot be signed"))?;
    Ok([header.as_bytes(), &bytes].concat())
}

fn mailbox(name: Option<&str>, address: &Address) -> Result<Mailbox, SendError> {
    let email = lettre::Address::new(&address.local, &address.domain);
    let email = email.map_err(|_| refused("not an address of mail"))?;
    Ok(Mailbox::new(name.map(str::to_owned), email))
}

/// Characters beyond ASCII are encoded, lines are short: servers without 8BITMIME take it.
fn part(kind: ContentType, text: &str) -> SinglePart {
    SinglePart::builder().content_type(kind).body(text.to_owned())
}

/// The time at which the bank said it, which is in the message's own id.
fn dated(message: MessageBuilder, key: &str) -> MessageBuilder {
    let id: Option<MessageId> = key.split('/').next().and_then(|id| id.parse().ok());
    let millis = id.and_then(|id| u64::try_from(id.made().as_millis()).ok());
    match millis {
        Some(millis) => message.date(SystemTime::UNIX_EPOCH + Duration::from_millis(millis)),
        None => message,
    }
}

/// What it answers and belongs to, and that a machine wrote it: RFC 3834, section 5.
fn threaded(message: MessageBuilder, settings: &Settings, it: &Draft<'_>) -> MessageBuilder {
    let thread = format!("<{}>", settings.ids.thread(it.to));
    let (message, kind) = match &it.answers {
        Some(id) => {
            let message = message.in_reply_to(id.clone()).references(format!("{thread} {id}"));
            (message, "auto-replied")
        }
        None => (message.references(thread), "auto-generated"),
    };
    let message = message
        .raw_header(HeaderValue::new(AUTO_SUBMITTED, kind.to_owned()))
        .raw_header(HeaderValue::new(SUPPRESS, "All".to_owned()));
    match it.frame.language {
        Some(language) => message.raw_header(HeaderValue::new(LANGUAGE, language.tag().to_owned())),
        None => message,
    }
}

/// The ways to be left alone: RFC 2369, section 3.2, and RFC 8058.
fn leaving(message: MessageBuilder, settings: &Settings, it: &Draft<'_>) -> MessageBuilder {
    let ids = &settings.ids;
    let address = ids.address(Use::Leave, it.key, it.to);
    let mut ways = format!("<mailto:{address}?subject=unsubscribe>");
    let sealed = settings.hook.as_ref().zip(leave::sealed(&ids.secret, it.to));
    let one_click = sealed.is_some();
    if let Some((hook, sealed)) = sealed {
        ways = format!("<{hook}/leave/{sealed}>,\r\n {ways}");
    }
    // ASCII without a space, and folded already.
    let raw = ways.replace("\r\n", "");
    let message = message.raw_header(HeaderValue::dangerous_new_pre_encoded(LEAVE, raw, ways));
    if !one_click {
        return message;
    }
    let posted = "List-Unsubscribe=One-Click".to_owned();
    message.raw_header(HeaderValue::new(LEAVE_POST, posted))
}
