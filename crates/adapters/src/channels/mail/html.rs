//! The HTML form of a message: paragraphs, links to the bank's own pages, nothing else.

use std::fmt::Write as _;

use bankside_domain::customer::Language;

/// A page of those words. It needs no style: a mail program shows it in her own size and colours.
pub(super) fn page(title: &str, text: &str, language: Option<Language>) -> String {
    let lang = language.map(|l| format!(" lang=\"{}\"", l.tag())).unwrap_or_default();
    let dir = match language {
        Some(language) if language.is_rtl() => "rtl",
        Some(_) => "ltr",
        None => "auto",
    };
    let mut page = format!(
        "<!doctype html>\n<html{lang} dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n</head>\n<body>\n",
        escaped(title)
    );
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        let lines: Vec<_> = paragraph.trim().lines().map(line).collect();
        // Each in its own direction: a name or an address may run the other way.
        writeln!(page, "<p dir=\"auto\">{}</p>", lines.join("<br>\n")).ok();
    }
    page.push_str("</body>\n</html>\n");
    page
}

fn line(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let shown = escaped(word);
        match word.starts_with("https://") || word.starts_with("http://") {
            true => format!("<a href=\"{shown}\">{shown}</a>"),
            false => shown,
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
