//! What she newly wrote, of all the words that a mail program sends along: without what she answered,
//! and without what stands below each of her messages.
//!
//! Programs mark that in customary ways and by no standard; where a mark could as well be her own words,
//! it is taken for hers. What is cut off here was never said to the bank by this message.

use mail_parser::decoders::html::html_to_text;

/// Characters of a text that are looked at.
const MAX_LOOKED_AT: usize = 64 * 1024;
/// Lines over which an attribution is folded.
const MAX_ATTRIBUTION: usize = 4;
/// Lines of a head within which the second label follows the first.
const MAX_HEAD: usize = 4;

/// "On ... she wrote:", by its verb, in the languages of the product and a few that people write to
/// banks from.
const WROTE: [&str; 13] = [
    "wrote:",
    "writes:",
    "escribió:",
    "escribió lo siguiente:",
    "escreveu:",
    "napisał:",
    "napisała:",
    "napisał(a):",
    "pisze:",
    "rakstīja:",
    "كتب:",
    "schrieb:",
    "a écrit :",
];
/// The same where the writer's name follows the verb.
const WROTE_BY: [&str; 3] = ["تمت كتابة ما يلي بواسطة", "كتب", "schrieb"];
/// How such a line begins.
const ON: [&str; 12] = [
    "On ",
    "El ",
    "Em ",
    "W dniu ",
    "Dnia ",
    "dnia ",
    "Am ",
    "Le ",
    "في ",
    "بتاريخ ",
    "No ",
    "Plkst",
];
/// "From:", as the head of a quoted message names it, and "Sent:" or "Date:".
const FROM: [&str; 8] = ["From:", "De:", "Od:", "No:", "من:", "Von:", "De :", "Expéditeur :"];
const SENT: [&str; 18] = [
    "Sent:",
    "Date:",
    "Enviado:",
    "Enviado el:",
    "Fecha:",
    "Enviada em:",
    "Enviada:",
    "Data:",
    "Wysłano:",
    "Nosūtīts:",
    "Nosūtīšanas",
    "Datums:",
    "تم الإرسال:",
    "تاريخ الإرسال:",
    "التاريخ:",
    "Gesendet:",
    "Datum:",
    "Envoyé :",
];
/// What telephones write below.
const SENT_FROM: [&str; 12] = [
    "Sent from my ",
    "Sent from Outlook",
    "Sent from Yahoo",
    "Get Outlook for ",
    "Enviado desde mi ",
    "Enviado do meu ",
    "Enviado do iPhone",
    "Wysłane z ",
    "Nosūtīts no ",
    "أُرسلت من",
    "أرسلت من",
    "مرسل من",
];
/// Where a quotation begins in HTML.
const QUOTED: [&str; 7] = [
    "<blockquote",
    "<div class=\"gmail_quote",
    "<div class=\"gmail_attr",
    "<div id=\"divrplyfwdmsg",
    "<div id=\"appendonsend",
    "<div class=\"moz-cite-prefix",
    "<div class=\"yahoo_quoted",
];

/// Her new words of a plain text.
pub fn of_text(text: &str) -> String {
    let text = bounded(text).replace("\r\n", "\n").replace('\u{a0}', " ");
    let lines: Vec<_> = text.lines().collect();
    let mut kept = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let rest = lines.get(at..).unwrap_or_default();
        if ends_it(rest) {
            break;
        }
        match attribution(rest) {
            Some(length) => at += length,
            None => {
                if !line.trim_start().starts_with('>') {
                    kept.push(line.trim_end());
                }
                at += 1;
            }
        }
    }
    squeezed(&kept)
}

/// Her new words of an HTML text.
pub fn of_html(html: &str) -> String {
    let html = bounded(html);
    let lower = html.to_ascii_lowercase();
    let ends = QUOTED.iter().filter_map(|mark| lower.find(mark)).min();
    let above = ends.and_then(|end| html.get(..end)).map(|above| of_text(&html_to_text(above)));
    match above {
        Some(above) if !above.is_empty() => above,
        // She wrote below.
        _ => of_text(&html_to_text(&html.replace("</blockquote>", "<br>"))),
    }
}

fn bounded(text: &str) -> &str {
    let end = text.char_indices().nth(MAX_LOOKED_AT).map_or(text.len(), |(at, _)| at);
    text.get(..end).unwrap_or(text)
}

/// Whether nothing of hers follows.
fn ends_it(lines: &[&str]) -> bool {
    let Some(line) = lines.first() else { return true };
    // RFC 3676, section 4.3; many programs lose the space.
    if *line == "-- " || *line == "--" {
        return true;
    }
    let line = plain(line);
    let is_rule = line.chars().count() >= 10 && line.chars().all(|c| c == '_');
    // "-----Original Message-----", "---------- Forwarded message ---------"
    let is_banner = line.len() > 10
        && line.starts_with("-----")
        && line.ends_with("-----")
        && line.contains(char::is_alphabetic);
    let is_below = SENT_FROM.iter().any(|mark| line.starts_with(mark));
    is_rule || is_banner || is_below || is_head(lines)
}

/// The head of a quoted message, as Outlook writes it.
fn is_head(lines: &[&str]) -> bool {
    let is_label = |line: &str, labels: &[&str]| {
        let line = plain(line);
        let line = line.trim_matches('*');
        labels.iter().any(|label| line.starts_with(label))
    };
    let mut lines = lines.iter().take(MAX_HEAD);
    let is_from = lines.next().is_some_and(|line| is_label(line, &FROM));
    is_from && lines.any(|line| is_label(line, &SENT) || is_label(&line.replace('*', ""), &SENT))
}

/// How many lines an attribution takes: whoever it names and when, and, behind it, what she answers.
fn attribution(lines: &[&str]) -> Option<usize> {
    let mut joined = String::new();
    for (line, length) in lines.iter().zip(1..=MAX_ATTRIBUTION) {
        let line = plain(line);
        if line.is_empty() {
            return None;
        }
        joined = format!("{joined} {line}").trim_start().to_owned();
        if !joined.ends_with(':') {
            continue;
        }
        let follows = lines.iter().skip(length).find(|line| !line.trim().is_empty());
        let is_quoted = follows.is_some_and(|line| line.trim_start().starts_with('>'));
        let names = joined.contains('@') || is_quoted;
        let says = WROTE.iter().any(|verb| joined.ends_with(verb))
            || (names && WROTE_BY.iter().any(|verb| joined.contains(verb)));
        let is_dated = joined.contains(|c: char| c.is_numeric());
        let begins = ON.iter().any(|on| joined.starts_with(on));
        return (says && is_dated && (names || begins)).then_some(length);
    }
    None
}

/// Without marks of direction, which programs set around foreign names.
fn plain(line: &str) -> String {
    let is_mark = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    line.chars().filter(|c| !is_mark(*c)).collect::<String>().trim().to_owned()
}

/// At most one empty line between two others, none around them.
fn squeezed(lines: &[&str]) -> String {
    let mut text = String::new();
    let mut is_between = false;
    for line in lines {
        if line.trim().is_empty() {
            is_between = true;
            continue;
        }
        if !text.is_empty() {
            text.push_str(if is_between { "\n\n" } else { "\n" });
        }
        text.push_str(line);
        is_between = false;
    }
    text.trim().to_owned()
}
