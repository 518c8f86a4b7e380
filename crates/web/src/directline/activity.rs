//! What a page posts: an activity of the Bot Framework, read for what it means here.
//!
//! INVARIANT: pure, and total over any bytes. What is not understood is refused with a reason that
//! repeats nothing of it. What an activity says of its sender is not believed: the token says who.

use serde_json::Value;

/// Longest type that is looked at, in bytes.
const MAX_TYPE: usize = 64;

/// An activity, as far as it matters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Posted {
    /// What it means.
    pub(crate) means: Means,
    /// The page's own id of it (`channelData.clientActivityID`), as it came.
    pub(crate) given: Option<String>,
}

/// What an activity means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Means {
    /// She said this: typed, or by a tap (`imBack`, `postBack`, `messageBack`).
    Says(String),
    /// She sent a picture or a file.
    Media,
    /// Nothing that the bank acts on: she types, or the page tells something of itself.
    Nothing,
    /// The page ends the conversation.
    End,
}

/// Why an activity is not understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misread {
    /// No JSON object.
    Json,
    /// No type, or no text for one.
    Type,
    /// A type that means nothing here.
    Unknown,
    /// A message without words.
    NoText,
}

impl Misread {
    /// In words, for whoever wrote the page.
    pub(crate) const fn why(self) -> &'static str {
        match self {
            Self::Json => "an activity is one JSON object",
            Self::Type => "an activity has a `type`",
            Self::Unknown => {
                "the types taken here are `message`, `typing`, `event` and `endOfConversation`"
            }
            Self::NoText => "a message has a `text`, or a `value` that is text",
        }
    }
}

/// Reads an activity.
///
/// # Errors
/// [`Misread`].
pub(crate) fn parse(bytes: &[u8]) -> Result<Posted, Misread> {
    let Ok(Value::Object(activity)) = serde_json::from_slice(bytes) else {
        return Err(Misread::Json);
    };
    let field = |name: &str| activity.get(name).unwrap_or(&Value::Null);
    let kind = field("type").as_str().filter(|kind| kind.len() <= MAX_TYPE).ok_or(Misread::Type)?;
    let means = match kind {
        "message" if has_attachments(field("attachments")) => Means::Media,
        "message" => Means::Says(words(field("text"), field("value")).ok_or(Misread::NoText)?),
        "typing" | "event" => Means::Nothing,
        "endOfConversation" => Means::End,
        _ => return Err(Misread::Unknown),
    };
    let given = field("channelData").get("clientActivityID").and_then(Value::as_str);
    Ok(Posted { means, given: given.map(str::to_owned) })
}

fn has_attachments(attachments: &Value) -> bool {
    attachments.as_array().is_some_and(|all| !all.is_empty())
}

/// A tap that is to stay unseen (`postBack`) has its words in `value`.
fn words(text: &Value, value: &Value) -> Option<String> {
    let mut said = [text, value].into_iter().filter_map(Value::as_str);
    said.find(|words| !words.trim().is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expected: Result<Means, Misread>) {
        assert_eq!(parse(json.as_bytes()).map(|posted| posted.means), expected, "{json}");
    }

    fn says(words: &str) -> Result<Means, Misread> {
        Ok(Means::Says(words.to_owned()))
    }

    #[test]
    fn each_way_to_answer_means_the_same() {
        check(r#"{"type":"message","text":"hello"}"#, says("hello"));
        check(
            r#"{"type":"message","text":"Help","channelData":{"imBack":true},"value":null}"#,
            says("Help"),
        );
        check(r#"{"type":"message","value":"Help","channelData":{"postBack":true}}"#, says("Help"));
        check(r#"{"type":"message","text":" ","value":"Help"}"#, says("Help"));
        check(
            r#"{"type":"message","text":"Help","value":{"a":1},"channelData":{"messageBack":{}}}"#,
            says("Help"),
        );
        check(r#"{"type":"message","text":"x","attachments":[]}"#, says("x"));
    }

    #[test]
    fn what_is_no_message_has_its_own_meaning() {
        check(r#"{"type":"typing"}"#, Ok(Means::Nothing));
        check(r#"{"type":"event","name":"webchat/join"}"#, Ok(Means::Nothing));
        check(r#"{"type":"endOfConversation"}"#, Ok(Means::End));
        check(r#"{"type":"message","text":"see","attachments":[{}]}"#, Ok(Means::Media));
    }

    #[test]
    fn what_is_not_understood_is_refused_with_a_reason() {
        check("", Err(Misread::Json));
        check("[]", Err(Misread::Json));
        check("{\"type\":\"message\"", Err(Misread::Json));
        check("{}", Err(Misread::Type));
        check(r#"{"type":7}"#, Err(Misread::Type));
        check(&format!(r#"{{"type":"{}"}}"#, "x".repeat(65)), Err(Misread::Type));
        check(r#"{"type":"Message","text":"x"}"#, Err(Misread::Unknown));
        check(r#"{"type":"conversationUpdate"}"#, Err(Misread::Unknown));
        check(r#"{"type":"message"}"#, Err(Misread::NoText));
        check(r#"{"type":"message","text":"  ","value":{"a":1}}"#, Err(Misread::NoText));
        check(&format!("{}{}", "[".repeat(9_999), "]".repeat(9_999)), Err(Misread::Json));
    }

    #[test]
    fn the_pages_own_id_comes_along() {
        let given = |json: &str| parse(json.as_bytes()).unwrap().given;
        let with = r#"{"type":"typing","channelData":{"clientActivityID":"k3.x"}}"#;
        assert_eq!(given(with).as_deref(), Some("k3.x"));
        assert_eq!(given(r#"{"type":"typing","channelData":"k3.x"}"#), None);
        assert_eq!(given(r#"{"type":"typing","channelData":{"clientActivityID":3}}"#), None);
    }
}
