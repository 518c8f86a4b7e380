//! Reading an operator's JSON leniently: one part that is not understood must not spoil a batch.

use bankside_domain::Timestamp;
use bankside_domain::time::DAY_MS;
use serde_json::Value;

/// Age of an event, in milliseconds, beyond which no operator sends it again: WhatsApp tries for
/// seven days, Messenger for a day and a half.
const MAX_AGE_MS: i64 = 8 * DAY_MS;
/// Characters of an operator's own word that are shown.
const MAX_PLAIN: usize = 40;

/// The elements of a list; none where it is missing.
pub(in crate::channels) fn items<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// A text that is not empty, by its JSON Pointer (RFC 6901).
pub(in crate::channels) fn text<'v>(value: &'v Value, pointer: &str) -> Option<&'v str> {
    value.pointer(pointer).and_then(Value::as_str).filter(|text| !text.is_empty())
}

/// A whole number, or one in a text, by its JSON Pointer.
pub(in crate::channels) fn whole(value: &Value, pointer: &str) -> Option<i64> {
    let value = value.pointer(pointer)?;
    value.as_i64().or_else(|| value.as_str()?.parse().ok())
}

/// An operator's word that is safe to show: letters and digits of ASCII, bounded.
pub(in crate::channels) fn plain(word: &str) -> String {
    let is_plain = |c: &char| c.is_ascii_alphanumeric() || *c == '_';
    word.chars().filter(is_plain).take(MAX_PLAIN).collect()
}

/// Whether it happened so long ago that the operator would not send it any more.
pub(in crate::channels) fn is_old(at: Option<Timestamp>, now: Timestamp) -> bool {
    at.is_some_and(|at| now.millis_since(at) > MAX_AGE_MS)
}
