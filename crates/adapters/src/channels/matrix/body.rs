//! The content of a message: words, and the same with links that can be tapped. Client-Server API,
//! "m.text" and `org.matrix.custom.html`.

use serde_json::{Value, json};

/// Most bytes of words and markup together: an event has 64 KiB, keys and signatures among them.
const MAX_BOTH: usize = 48 * 1024;

/// Content of `m.room.message`. Nobody is mentioned, so that no word of it rings as if somebody were.
pub(super) fn content(text: &str) -> Value {
    let mut content = json!({ "msgtype": "m.text", "body": text, "m.mentions": {} });
    if let (Some(html), Some(fields)) = (html(text), content.as_object_mut()) {
        fields.insert("format".to_owned(), "org.matrix.custom.html".into());
        fields.insert("formatted_body".to_owned(), html.into());
    }
    content
}

/// The words as HTML; nothing where there is no link, or no room for it.
fn html(text: &str) -> Option<String> {
    let (mut html, mut links) = (String::with_capacity(text.len() * 2), false);
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            html.push_str("<br>");
        }
        for piece in line.split_inclusive(' ') {
            let word = piece.trim_end_matches(' ');
            if let Some(url) = url(word) {
                links = true;
                let escaped = escaped(url);
                html.push_str(&format!("<a href=\"{escaped}\">{escaped}</a>"));
                html.push_str(&self::escaped(piece.get(url.len()..).unwrap_or_default()));
            } else {
                html.push_str(&escaped(piece));
            }
        }
    }
    (links && html.len() + text.len() <= MAX_BOTH).then_some(html)
}

/// The address that a word is, without what ends a sentence.
fn url(word: &str) -> Option<&str> {
    let is_link = word.starts_with("https://") || word.starts_with("http://");
    is_link.then(|| word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'', '»', '”']))
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            c => safe.push(c),
        }
    }
    safe
}

/// What she wrote herself, without the quotation that older clients put above an answer. Client-Server
/// API 1.12, "Fallbacks for rich replies"; gone from the specification since 1.13.
pub(super) fn without_quotation(text: &str) -> &str {
    let mut rest = text;
    while rest.starts_with('>') {
        let Some((_, after)) = rest.split_once('\n') else { return text };
        rest = after;
    }
    if rest.len() == text.len() { text } else { rest.strip_prefix('\n').unwrap_or(rest) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_can_be_tapped_and_nothing_else_is_markup() {
        #[track_caller]
        fn check(text: &str, want: Option<&str>) {
            let content = content(text);
            assert_eq!(content["body"], text);
            assert_eq!(content["formatted_body"].as_str(), want, "{text}");
        }
        check("5 < 6 & <b>bold</b>", None);
        check(
            "See:\nhttps://bank.example/l/a?x=1&y=\"2.",
            Some(
                "See:<br><a href=\"https://bank.example/l/a?x=1&amp;y=&quot;2\">\
                 https://bank.example/l/a?x=1&amp;y=&quot;2</a>.",
            ),
        );
        check("<i> http://a", Some("&lt;i&gt; <a href=\"http://a\">http://a</a>"));
        check(
            "https://a  https://b",
            Some("<a href=\"https://a\">https://a</a>  <a href=\"https://b\">https://b</a>"),
        );
        check("javascript:alert(1)", None);
        check(&format!("https://a {}", "\"".repeat(10_000)), None);
        check("", None);
    }

    #[test]
    fn a_quotation_above_an_answer_is_not_hers() {
        #[track_caller]
        fn check(text: &str, want: &str) {
            assert_eq!(without_quotation(text), want);
        }
        check("> <@b:x> 1. yes\n> 2. no\n\n2", "2");
        check("> a\nb", "b");
        check("> only a quotation", "> only a quotation");
        check("plain\n> quoted", "plain\n> quoted");
        check("", "");
    }
}
