//! A raw query's parameters, as bytes: a text may come in UTF-16, so that what the percent signs
//! stand for need not be UTF-8.

/// Most bytes of a query: a text of 255 parts in UCS-2, each octet behind a percent sign, would be
/// 100 KB; nobody writes so much by hand.
pub(super) const MAX_BYTES: usize = 32 * 1024;
/// Most parameters.
const MAX_PAIRS: usize = 32;

/// Parameters of one request.
pub(super) struct Query<'a>(Vec<(&'a str, Vec<u8>)>);

impl<'a> Query<'a> {
    /// Reads them; nothing where there are too many, or two of one name.
    pub(super) fn parse(raw: &'a str) -> Option<Self> {
        let mut pairs: Vec<(&str, Vec<u8>)> = Vec::new();
        for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if pairs.len() == MAX_PAIRS || pairs.iter().any(|(known, _)| *known == name) {
                return None;
            }
            pairs.push((name, decoded(value)));
        }
        Some(Self(pairs))
    }

    /// A parameter's bytes.
    pub(super) fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_slice())
    }

    /// A parameter that is text.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.bytes(name)?).ok()
    }
}

/// WHATWG URL, section 5.1 ("application/x-www-form-urlencoded parsing"), without its last step.
fn decoded(value: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::with_capacity(value.len()), value.as_bytes());
    while let Some((&first, after)) = rest.split_first() {
        rest = after;
        let pair = after.split_at_checked(2).filter(|_| first == b'%');
        match pair.and_then(|(two, after)| Some((octet(two)?, after))) {
            Some((octet, after)) => {
                bytes.push(octet);
                rest = after;
            }
            None => bytes.push(if first == b'+' { b' ' } else { first }),
        }
    }
    bytes
}

fn octet(digits: &[u8]) -> Option<u8> {
    let value = |digit: &u8| char::from(*digit).to_digit(16);
    let whole = digits.iter().try_fold(0, |whole, digit| Some(whole * 16 + value(digit)?))?;
    u8::try_from(whole).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_decoded_once() {
        #[track_caller]
        fn check(value: &str, want: &[u8]) {
            assert_eq!(decoded(value), want, "{value}");
        }
        check("a+b%20c", b"a b c");
        check("%2B34", b"+34");
        check("%252B", b"%2B");
        check("%C5%BC", "ż".as_bytes());
        check("%01%7C", &[0x01, 0x7c]);
        check("%", b"%");
        check("%4", b"%4");
        check("%zz%41", b"%zzA");
        check("%+1", b"% 1");
        check("", b"");
    }

    #[test]
    fn a_name_stands_once() {
        let query = Query::parse("a=1&&b=&c").unwrap();
        assert_eq!(
            (query.text("a"), query.text("b"), query.text("c")),
            (Some("1"), Some(""), Some(""))
        );
        assert_eq!(query.text("d"), None);
        assert!(Query::parse("a=1&a=2").is_none());
        let many: Vec<_> = (0..=MAX_PAIRS).map(|n| format!("p{n}=1")).collect();
        assert!(Query::parse(&many.join("&")).is_none());
    }
}
