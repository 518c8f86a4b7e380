//! PINs, security codes and one-time codes: short digits beside a word that names them.
//!
//! A name and digits alone ("pin 1234") are enough; with other words between them the digits must
//! follow closely. A question about a PIN without digits is no secret.

use super::{Found, Run, SecretKind};
use crate::understand::fold;

/// Words between a name and its digits.
const MAX_BETWEEN: usize = 4;

/// Names of PINs and security codes, folded.
const PINS: &[&str] = &[
    "pin",
    "pincode",
    "pins",
    "cvv",
    "cvc",
    "cvv2",
    "cvc2",
    "cvn",
    "csc",
    "security code",
    "codigo de seguridad",
    "codigo de seguranca",
    "clave",
    "senha",
    "contrasena",
    "haslo",
    "kod pin",
    "kod cvv",
    "kod zabezpieczajacy",
    "parole",
    "paroli",
    "drosibas kods",
    "pin kods",
    "pinkods",
    "الرقم السري",
    "رقم سري",
    "رمز الامان",
    "الرمز السري",
    "رمز سري",
    "passcode",
    "password",
];
/// Names of codes for one use, folded.
const CODES: &[&str] = &[
    "otp",
    "one time code",
    "onetime code",
    "one time password",
    "verification code",
    "sms code",
    "access code",
    "login code",
    "confirmation code",
    "auth code",
    "tan",
    "the code",
    "my code",
    "code is",
    "code",
    "passcode is",
    "codigo",
    "codigo de verificacion",
    "codigo de un solo uso",
    "codigo sms",
    "codigo de verificacao",
    "token",
    "kod",
    "kod sms",
    "kod jednorazowy",
    "kod weryfikacyjny",
    "haslo jednorazowe",
    "kods",
    "sms kods",
    "apstiprinajuma kods",
    "vienreizejais kods",
    "رمز التحقق",
    "كود",
    "الكود",
    "رمز",
    "الرمز",
    "كود التحقق",
];
/// Words after which digits are none of these, though a name stands near.
const HARMLESS: &[&str] = &[
    "sort code",
    "zip code",
    "post code",
    "postal code",
    "country code",
    "area code",
    "promo code",
    "discount code",
    "bar code",
    "codigo postal",
    "kod pocztowy",
    "pasta indekss",
    "booking code",
    "swift code",
    "bic code",
    "order",
    "reference",
    "invoice",
    "kod swift",
    "code of conduct",
    "الرمز البريدي",
];

/// Codes in a text.
pub(super) fn find(text: &str, runs: &[Run]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut begin = 0;
    for run in runs {
        let (Some(first), Some(last)) = (run.digits.first(), run.digits.last()) else { continue };
        let before = text.get(begin..first.start).unwrap_or_default();
        let after = text.get(last.end..).unwrap_or_default();
        let after = after.split(ends_name).next().unwrap_or_default();
        let before = before.rsplit(ends_name).next().unwrap_or_default();
        begin = last.end;
        if run.after_letter || touches_letter(after) || is_amount(before, after) {
            continue;
        }
        let kind =
            named_before(before, run.digits.len()).or_else(|| named_after(after, run.digits.len()));
        if let Some(kind) = kind {
            found.push(Found { kind, span: first.start..last.end });
        }
    }
    found
}

/// A name belongs to the digits next to it, and not to those beyond others or beyond a mask.
fn ends_name(c: char) -> bool {
    c == '•' || crate::digit::value(c).is_some()
}

fn touches_letter(after: &str) -> bool {
    after.chars().next().is_some_and(|c| c.is_alphabetic())
}

fn is_amount(before: &str, after: &str) -> bool {
    const SIGNS: &str = "$€£¥";
    let money = |c: Option<char>| c.is_some_and(|c| SIGNS.contains(c));
    money(before.trim_end().chars().next_back()) || money(after.trim_start().chars().next())
}

/// The last words before the digits, within one sentence.
fn named_before(before: &str, digits: usize) -> Option<SecretKind> {
    let start = before.char_indices().rev().nth(79).map_or(0, |(at, _)| at);
    let folded = fold(before.get(start..).unwrap_or_default());
    let words: Vec<&str> = folded.split(' ').collect();
    let from = words.len().saturating_sub(MAX_BETWEEN + 3);
    let near = format!(" {} ", words.get(from..).unwrap_or_default().join(" "));
    kind(&near, digits, false)
}

/// "1234 is my pin".
fn named_after(after: &str, digits: usize) -> Option<SecretKind> {
    let folded: String = after.chars().take(40).collect();
    let folded = fold(&folded);
    let words: Vec<&str> = folded.split(' ').take(4).collect();
    kind(&format!(" {} ", words.join(" ")), digits, true)
}

fn kind(near: &str, digits: usize, after: bool) -> Option<SecretKind> {
    let has = |names: &[&str]| names.iter().any(|n| near.contains(&format!(" {n} ")));
    if has(HARMLESS) {
        return None;
    }
    if (3..=6).contains(&digits) && has(PINS) {
        return Some(SecretKind::Pin);
    }
    let codes = if after { CODES.get(..9).unwrap_or_default() } else { CODES };
    ((4..=10).contains(&digits) && has(codes)).then_some(SecretKind::OneTimeCode)
}
