//! Contrast of the token values, as WCAG 2.2 (1.4.3, 1.4.11) defines it.
#![expect(clippy::float_arithmetic, reason = "the definition of contrast is in reals")]

use std::collections::BTreeMap;

use super::*;

const TOKENS: &str = include_str!("../../../assets/css/tokens.css");
const TEXT: f64 = 4.5;
const BOUNDARY: f64 = 3.0;

type Pair = [String; 2];
type Tokens = BTreeMap<String, Pair>;

/// `--name: light-dark(#light, #dark);` of one rule.
fn tokens(selector: &str) -> Tokens {
    let start = TOKENS.find(&format!("{selector} {{")).unwrap_or_else(|| panic!("no {selector}"));
    let rule = TOKENS[start..].split('}').next().unwrap();
    rule.lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
            let (light, dark) = value.strip_suffix(");")?.split_once(", ")?;
            Some((name.to_owned(), [light.to_owned(), dark.to_owned()]))
        })
        .collect()
}

fn luminance(hex: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The pairs of a palette that fall below their floor.
fn failures(palette: &Tokens, pairs: &[(&str, &str, f64)]) -> Vec<String> {
    let mut failed = Vec::new();
    for (front, back, floor) in pairs {
        for (scheme, name) in ["light", "dark"].into_iter().enumerate() {
            let ratio = contrast(&palette[*front][scheme], &palette[*back][scheme]);
            if ratio < *floor {
                failed.push(format!("{front} on {back}, {name}: {ratio:.2} < {floor}"));
            }
        }
    }
    failed
}

const ACCENT_PAIRS: [(&str, &str, f64); 13] = [
    ("accent-on", "accent", TEXT),
    ("accent-on", "accent-hover", TEXT),
    ("accent-text", "page", TEXT),
    ("accent-text", "surface", TEXT),
    ("accent-text", "sunken", TEXT),
    ("accent-text", "raised", TEXT),
    ("accent-text", "accent-tint", TEXT),
    ("accent-text", "accent-tint-strong", TEXT),
    ("accent-deep", "accent-tint", TEXT),
    ("accent-deep", "accent-tint-strong", TEXT),
    ("ink", "accent-tint", TEXT),
    ("accent", "surface", BOUNDARY),
    ("accent", "page", BOUNDARY),
];

fn palette(accent: &str) -> Tokens {
    let mut palette = tokens(":root");
    palette.extend(tokens(&format!(".accent-{accent}")));
    palette
}

#[test]
fn every_accent_meets_aa() {
    for accent in Accent::ALL {
        let failed = failures(&palette(accent.name()), &ACCENT_PAIRS);
        assert!(failed.is_empty(), "{}: {failed:#?}", accent.name());
        assert_eq!(accent.name().parse(), Ok(accent));
        assert_eq!(accent.class(), format!("accent-{}", accent.name()));
    }
}

#[test]
fn an_accent_below_aa_is_refused() {
    let mut amber = palette("teal");
    amber.insert("accent".into(), ["#ffc53d".into(), "#ffc53d".into()]);
    let failed = failures(&amber, &ACCENT_PAIRS);
    assert!(failed.iter().any(|pair| pair.starts_with("accent-on on accent, light")), "{failed:?}");
    assert!("amber".parse::<Accent>().is_err());
}

#[test]
fn neutral_and_status_colours_meet_aa() {
    let palette = palette("teal");
    let mut pairs = vec![("danger-on", "danger", TEXT), ("danger-on", "danger-hover", TEXT)];
    for back in ["page", "surface", "sunken", "raised"] {
        pairs.extend([("ink", back, TEXT), ("ink-soft", back, TEXT)]);
        pairs.extend([("line-strong", back, BOUNDARY), ("focus", back, BOUNDARY)]);
        pairs.extend(["ok-text", "warn-text", "danger-text", "info-text"].map(|f| (f, back, TEXT)));
    }
    for (text, deep, tint) in [
        ("ok-text", "ok-deep", "ok-tint"),
        ("warn-text", "warn-deep", "warn-tint"),
        ("danger-text", "danger-deep", "danger-tint"),
        ("info-text", "info-deep", "info-tint"),
    ] {
        pairs.extend([(text, tint, TEXT), (deep, tint, TEXT)]);
    }
    let failed = failures(&palette, &pairs);
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn contrast_is_the_known_one() {
    assert!((contrast("#ffffff", "#000000") - 21.0).abs() < 0.001);
    assert!((contrast("#767676", "#ffffff") - 4.54).abs() < 0.01);
}
