//! What all adapters of short messages share, whatever gateway or centre they speak with: the table,
//! telephone numbers, and words that people send to be left alone.

mod number;
pub(super) mod words;

use bankside_domain::channel::{Capabilities, Count, Event, Links, Retraction, Text};

pub(super) use number::Number;

/// Most characters of a name of letters as sender. 3GPP TS 23.040, section 9.1.2.5.
const MAX_NAME: usize = 11;
/// Most digits of a number as sender.
const MAX_DIGITS: usize = 15;
/// Parts of one long message: what a customer still reads, and pays for abroad.
const MAX_SEGMENTS: usize = 6;

/// The table of short messages.
pub(super) const CAN: Capabilities = Capabilities {
    text: Text { most: MAX_SEGMENTS, count: Count::Segments },
    messages: 1,
    buttons: None,
    list: None,
    links: Links::InText,
    rich: false,
    spoken: false,
    window: None,
    retraction: Retraction::Never,
    edits: false,
    delivered: true,
    read: false,
    typing: false,
};

/// What a message says; without a text it is binary, as a notification of a picture is.
pub(super) fn said(text: Option<&str>) -> Event {
    match text.map(str::trim) {
        None | Some("") => Event::Media,
        Some(text) => words::read(text),
    }
}

/// What a telephone shows as a sender: a number, or a short name.
pub(super) fn sender(sender: &str) -> Option<String> {
    let digits = sender.strip_prefix('+').unwrap_or(sender);
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_name = sender.bytes().all(|byte| byte.is_ascii_graphic()) && sender.len() <= MAX_NAME;
    let suits = !digits.is_empty() && ((is_number && digits.len() <= MAX_DIGITS) || is_name);
    suits.then(|| sender.to_owned())
}

/// A text of UCS-2 in network order, with the surrogate pairs that telephones send in it.
pub(super) fn of_utf16(bytes: &[u8]) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
    rest.is_empty().then(|| String::from_utf16(&units).ok()).flatten()
}
