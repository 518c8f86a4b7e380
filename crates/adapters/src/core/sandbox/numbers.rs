//! Account numbers with correct check digits at banks that do not exist.
//!
//! IBAN: ISO 13616, check digits by ISO 7064 MOD 97-10, and the national ones of Spain, Portugal
//! and Poland. ABA routing numbers: weights 3, 7, 1. The institutions are made up: the BIC's eighth
//! character `0` marks a test institution (ISO 9362), routing numbers begin with `99` and sort
//! codes with `00`, which nobody was given.

use super::random::Stream;

/// The IBAN of an account in `country` at the made-up bank whose four letters are `letters`.
/// `None` where the country has no IBAN, or is not served.
pub(super) fn iban(country: &str, letters: &str, stream: &mut Stream) -> Option<String> {
    let bban = match country {
        "GB" | "IE" => format!("{letters}00{}{}", stream.digits(4), stream.digits(8)),
        "LV" => format!("{letters}{}", stream.digits(13)),
        "AE" => format!("999{}", stream.digits(16)),
        "ES" => spanish(&stream.digits(10)),
        "PT" => portuguese(&stream.digits(11)),
        "PL" => polish(&stream.digits(4), &stream.digits(16)),
        "BR" => format!("99999999{}{}C1", stream.digits(5), stream.digits(10)),
        _ => return None,
    };
    let check = 98 - mod97(&format!("{bban}{country}00"));
    Some(format!("{country}{check:02}{bban}"))
}

/// A routing number with its check digit.
pub(super) fn routing(stream: &mut Stream) -> String {
    let body = format!("99{}", stream.digits(6));
    let check = (10 - weighted(&body, &[3, 7, 1]) % 10) % 10;
    format!("{body}{check}")
}

/// The remainder of the letters (A is 10) and digits by 97.
fn mod97(text: &str) -> u32 {
    text.chars().fold(0, |rest, letter| match letter.to_digit(36) {
        Some(value) if value > 9 => (rest * 100 + value) % 97,
        Some(value) => (rest * 10 + value) % 97,
        None => rest,
    })
}

/// Digits times weights, which repeat.
fn weighted(digits: &str, weights: &[u32]) -> u32 {
    let digits = digits.chars().filter_map(|d| d.to_digit(10));
    digits.zip(weights.iter().cycle()).map(|(digit, weight)| digit * weight).sum()
}

/// Entity 9998, office 0001, and a check digit for both and for the account (CCC).
fn spanish(account: &str) -> String {
    let digit = |text: &str| match 11 - weighted(text, &[1, 2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 {
        11 => 0,
        10 => 1,
        digit => digit,
    };
    let office = "99980001";
    format!("{office}{}{}{account}", digit(&format!("00{office}")), digit(account))
}

/// Bank 9998, branch 0001, and two check digits (NIB).
fn portuguese(account: &str) -> String {
    let body = format!("99980001{account}");
    let check = 98 - mod97(&format!("{body}00"));
    format!("{body}{check:02}")
}

/// Bank 999 with the branch's check digit (NRB).
fn polish(branch: &str, account: &str) -> String {
    let body = format!("999{branch}");
    let check = (10 - weighted(&body, &[3, 9, 7, 1]) % 10) % 10;
    format!("{body}{check}{account}")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ISO 7064 by long division over the whole number, another way than `mod97` goes.
    fn is_iban(iban: &str) -> bool {
        let moved = format!("{}{}", &iban[4..], &iban[..4]);
        let digits: String = moved.chars().map(|c| c.to_digit(36).unwrap().to_string()).collect();
        let mut rest = digits;
        while rest.len() > 9 {
            let (head, tail) = rest.split_at(9);
            rest = format!("{}{tail}", head.parse::<u64>().unwrap() % 97);
        }
        rest.parse::<u64>().unwrap() % 97 == 1
    }

    #[test]
    fn published_examples_hold() {
        for iban in
            ["GB29NWBK60161331926819", "LV80BANK0000435195001", "PL61109010140000071219812874"]
        {
            assert!(is_iban(iban), "{iban}");
        }
        assert_eq!(spanish_of("2100", "0418", "0200051332"), "45");
        assert_eq!(weighted("10901014", &[3, 9, 7, 1]) % 10, 0, "a Polish branch");
        assert_eq!(mod97("000201231234567890154"), 1, "a Portuguese NIB");
        assert_eq!(weighted("111000025", &[3, 7, 1]) % 10, 0, "a routing number");
    }

    fn spanish_of(bank: &str, office: &str, account: &str) -> String {
        let digit = |text: &str| match 11 - weighted(text, &[1, 2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 {
            11 => 0,
            10 => 1,
            digit => digit,
        };
        format!("{}{}", digit(&format!("00{bank}{office}")), digit(account))
    }

    #[test]
    fn every_number_checks_and_has_its_length() {
        let lengths = [
            ("GB", 22),
            ("IE", 22),
            ("LV", 21),
            ("AE", 23),
            ("ES", 24),
            ("PT", 25),
            ("PL", 28),
            ("BR", 29),
        ];
        for seed in 0..200 {
            let mut stream = Stream::of(&[seed]);
            for (country, length) in lengths {
                let iban = iban(country, "ALDF", &mut stream).unwrap();
                assert!(is_iban(&iban) && iban.len() == length, "{iban}");
            }
            let routing = routing(&mut stream);
            assert_eq!(routing.len(), 9);
            assert!(weighted(&routing, &[3, 7, 1]).is_multiple_of(10), "{routing}");
        }
        assert_eq!(iban("US", "ALDF", &mut Stream::of(&[1])), None);
    }
}
