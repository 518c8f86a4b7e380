//! What is a secret, and what only looks like one.

use proptest::prelude::*;

use super::*;

fn check(text: &str, expect: &[SecretKind]) {
    let scrubbed = scrub(text);
    assert_eq!(scrubbed.found, expect, "{text}");
    assert_eq!(scrubbed.text == text, expect.is_empty(), "{text} became {}", scrubbed.text);
}

#[test]
fn card_numbers_are_found_however_they_are_written() {
    for text in [
        "4111111111111111",
        "my card: 4111 1111 1111 1111, exp 12/27",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "4111\u{a0}1111\u{202f}1111\u{2009}1111",
        "4111 - 1111 - 1111 - 1111",
        "41\u{200b}11 11\u{200d}11 1111 1111",
        "٤١١١ ١١١١ ١١١١ ١١١١",
        "４１１１１１１１１１１１１１１１",
        "5555555555554444",
        "2223003122003222",
        "378282246310005",
        "6011111111111117",
        "3530111333300000",
        "30569309025904",
        "6200000000000005",
        "tarjeta 5105105105105100 por favor",
        "card4111111111111111",
    ] {
        check(text, &[SecretKind::CardNumber]);
    }
    check("4111111111111111 and 5555555555554444", &[SecretKind::CardNumber; 2]);
    assert_eq!(scrub("a 4111 1111 1111 1111 b").text, "a ••• b");
}

#[test]
fn what_only_looks_like_one_is_left_alone() {
    for text in [
        "LV80BANK0000435195001",
        "LV80 BANK 0000 4351 9500 1",
        "DE89370400440532013000",
        "DE89 3704 0044 0532 0130 00",
        "PL61109010140000071219812874",
        "ES9121000418450200051332",
        "GB29NWBK60161331926819",
        "order 4111111111111112",
        "+4915112345678901",
        "call +371 26 123 456",
        "1.234.567,89 € and $4,111.11",
        "on 21.11.2026 at 18:05",
        "2026-11-21 2026-11-22",
        "9999999999999999",
        "0000000000000000",
        "what is my pin?",
        "I forgot my PIN",
        "sort code 123456",
        "zip code 12345",
        "send 1234 to Anna",
        "last 4 payments",
        "balance of the account ending 5678",
        "€1234 for the code",
        "how do I change my PIN",
        "bic code 123456",
    ] {
        check(text, &[]);
    }
}

#[test]
fn codes_are_found_beside_their_name() {
    use SecretKind::{OneTimeCode, Pin};
    for text in [
        "my pin is 1234",
        "PIN: 1234",
        "cvv 123",
        "my card's cvc is 987",
        "1234 is my pin",
        "security code 4321",
        "mi clave es 1234",
        "minha senha é 123456",
        "mój pin to 1234",
        "mans pin kods ir 1234",
        "الرقم السري ١٢٣٤",
        "pin ١٢٣٤",
    ] {
        check(text, &[Pin]);
    }
    for text in [
        "code 123456",
        "the code is 482913",
        "OTP 998877",
        "código 123456",
        "o código é 123456",
        "kod 123456",
        "kod sms: 12345678",
        "kods ir 123456",
        "رمز التحقق 123456",
        "my verification code is 5566",
    ] {
        check(text, &[OneTimeCode]);
    }
}

fn luhn(mut digits: Vec<u8>) -> Vec<u8> {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, d)| {
            let v = u32::from(*d) << ((i + 1) % 2);
            if v > 9 { v - 9 } else { v }
        })
        .sum();
    digits.push(u8::try_from((10 - sum % 10) % 10).unwrap());
    digits
}

proptest! {
    #[test]
    fn every_card_number_is_found(
        head in prop::sample::select(vec!["4", "51", "55", "2221", "2720", "34", "37", "6011", "65", "3528", "36", "62"]),
        tail in prop::collection::vec(0u8..10, 20),
        zero in prop::sample::select(vec!['0', '٠', '۰', '०', '０', '𝟎']),
        gap in prop::sample::select(vec!["", " ", "-", ".", "\u{a0}", "\u{2003}", " - ", "\u{200b}", "/", "·"]),
        words in prop::sample::select(vec![("", ""), ("my card ", " ok"), ("بطاقتي ", ""), ("nr: ", "!")]),
    ) {
        let length = match head { "34" | "37" => 15, "36" => 14, _ => 16 };
        let mut digits: Vec<u8> = head.bytes().map(|b| b - b'0').collect();
        digits.extend(tail.iter().take(length - 1 - digits.len()));
        let digits = luhn(digits);
        let mut text = words.0.to_owned();
        for (at, digit) in digits.iter().enumerate() {
            if at > 0 && at % 4 == 0 {
                text.push_str(gap);
            }
            text.push(char::from_u32(u32::from(zero) + u32::from(*digit)).unwrap());
        }
        text.push_str(words.1);
        let scrubbed = scrub(&text);
        prop_assert_eq!(&scrubbed.found, &vec![SecretKind::CardNumber], "{}", text);
        prop_assert_eq!(scrubbed.text, format!("{}{MASK}{}", words.0, words.1));
    }

    #[test]
    fn scrubbing_is_total_and_once_is_enough(text in "(\\PC|[0-9 ]|pin |code |4111 1111 1111 1111){0,60}") {
        let once = scrub(&text);
        prop_assert_eq!(scrub(&once.text).text, once.text);
    }

    #[test]
    fn amounts_and_days_are_no_secrets(whole in 0u32..1_000_000, cents in 0u8..100, day in 1u8..29, month in 1u8..13) {
        for text in [format!("send {whole}.{cents:02} € on {day}.{month}.2026"), format!("more than {whole}")] {
            prop_assert!(scrub(&text).found.is_empty(), "{}", text);
        }
    }
}
