//! What the bank's own mail server found: `Authentication-Results`, RFC 8601, section 2.2.
//!
//! INVARIANT: only headers with the name that the operator gave count (section 5); all others are a
//! stranger's words. The mail server takes away those that pretend to be its own; where two say something
//! of DMARC, it did not, and none of them is believed.

/// Whether a mail server of that name found that DMARC passes for that domain.
pub(super) fn pass<'a>(
    headers: impl Iterator<Item = &'a str>,
    authserv: &str,
    domain: &str,
) -> bool {
    let mut found =
        headers.filter_map(|header| Results::parse(header, authserv)).flat_map(|it| it.0);
    match (found.next(), found.next()) {
        (Some(one), None) => one.is_pass && one.domain.eq_ignore_ascii_case(domain),
        _ => false,
    }
}

/// What one header says of DMARC.
struct Results(Vec<Dmarc>);

struct Dmarc {
    is_pass: bool,
    domain: String,
}

impl Results {
    fn parse(header: &str, authserv: &str) -> Option<Self> {
        let plain = without_comments(header)?;
        let mut parts = plain.split(';');
        let mut head = parts.next()?.split_whitespace();
        let is_theirs = head.next()?.eq_ignore_ascii_case(authserv);
        // A version may follow, and 1 is the only one.
        let is_known = matches!(head.next(), None | Some("1")) && head.next().is_none();
        (is_theirs && is_known).then(|| Self(parts.filter_map(Dmarc::parse).collect()))
    }
}

impl Dmarc {
    fn parse(part: &str) -> Option<Self> {
        let mut words =
            part.split_whitespace().map(|word| word.split_once('=').unwrap_or((word, "")));
        let (method, result) = words.next()?;
        let method = method.split('/').next().unwrap_or_default();
        if !method.eq_ignore_ascii_case("dmarc") {
            return None;
        }
        let from = words.find(|(name, _)| name.eq_ignore_ascii_case("header.from"));
        let domain = from.map(|(_, value)| value.trim_matches('"').to_owned()).unwrap_or_default();
        Some(Self { is_pass: result.eq_ignore_ascii_case("pass"), domain })
    }
}

/// Without comments, which nest, and with `=` next to its words; nothing where a comment or a quotation
/// does not end.
fn without_comments(text: &str) -> Option<String> {
    let (mut plain, mut depth, mut quoted, mut escaped) = (String::new(), 0_usize, false, false);
    for c in text.chars() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match c {
            '\\' if quoted || depth > 0 => escaped = true,
            '"' if depth == 0 => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.checked_sub(1)?,
            // What is in quotation marks separates nothing.
            ';' | '=' if quoted => plain.push('_'),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let words = plain.replace(" =", "=").replace("= ", "=");
    (depth == 0 && !quoted).then_some(words)
}
