//! What a customer holds in her hand: the short number in a message, and the proof behind it.
//!
//! Invariants: a receipt number follows from the commitment alone; its check character
//! notices every single wrong character and every swap of two characters. Absent on
//! purpose: a register of numbers. A number is looked up by the commitment it comes from.

mod proof;

pub use proof::{LogProof, LogProofError, MAX_PROOF_BYTES, MAX_PROOF_HASHES, Opening};

use std::fmt;

use crate::hash::Hash256;
use crate::leaf::Commitment;

/// Bits of the commitment's hash that a receipt number carries.
pub const RECEIPT_BITS: u32 = 55;

const DATA_CHARS: usize = 11;
/// Crockford's base 32: no I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The short number of an entry, as messages carry it: `7Q2K-9F3M-XR4T`, eleven characters
/// (55 bits) and a check character.
///
/// Within one stream of a million entries two share a number with a chance of one in
/// seventy thousand, and anyone who invents a number that fits some entry of such a stream
/// needs 2^35 tries: it finds an entry, it does not prove one. The proof is [`LogProof`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReceiptNumber(u64);

impl ReceiptNumber {
    /// The number of an entry: the first 55 bits of
    /// SHA-256(`bankside/receipt/v1\0` || commitment).
    #[must_use]
    pub fn of(commitment: Commitment) -> Self {
        let hash = Hash256::of(&[b"bankside/receipt/v1\0", commitment.0.as_bytes()]);
        let [a, b, c, d, e, f, g, h, ..] = hash.0;
        Self(u64::from_be_bytes([a, b, c, d, e, f, g, h]) >> (64 - RECEIPT_BITS))
    }

    /// The number as an integer below 2^55, for an index.
    #[must_use]
    pub fn as_u64(self) -> u64 {
        self.0
    }

    /// Reads a number as people type it: either case, with or without hyphens and spaces, O
    /// for zero, I or L for one. Nothing where the length or the check character is wrong.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let typed = text.chars().filter(|c| !matches!(c, '-' | ' ')).take(DATA_CHARS + 2);
        let values: Vec<u8> = typed.map(value_of).collect::<Option<_>>()?;
        let (check, data) = values.split_last()?;
        if data.len() != DATA_CHARS || *check != check_value(data) {
            return None;
        }
        Some(Self(data.iter().fold(0, |number, value| number << 5 | u64::from(*value))))
    }

    fn values(self) -> [u8; DATA_CHARS] {
        std::array::from_fn(|at| (self.0 >> (5 * (DATA_CHARS - 1 - at)) & 31) as u8)
    }
}

impl fmt::Display for ReceiptNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let data = self.values();
        let check = check_value(&data);
        for (at, value) in data.into_iter().chain([check]).enumerate() {
            if at > 0 && at % 4 == 0 {
                f.write_str("-")?;
            }
            let char = ALPHABET.get(usize::from(value)).copied().unwrap_or(b'0');
            write!(f, "{}", char::from(char))?;
        }
        Ok(())
    }
}

impl fmt::Debug for ReceiptNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReceiptNumber({self})")
    }
}

fn value_of(typed: char) -> Option<u8> {
    let char = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    ALPHABET.iter().position(|known| char::from(*known) == char).map(|at| at as u8)
}

/// A weighted sum in the field of 32 elements: the character at place i counts 2^(i+1)
/// times, modulo x^5 + x^2 + 1. All weights differ, the check character's 1 among them, so
/// no single change and no swap leaves the sum as it was.
fn check_value(data: &[u8]) -> u8 {
    // Horner's rule, from the last place to the first.
    data.iter().rev().fold(0, |sum, value| double(sum ^ value))
}

fn double(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 32 == 0 { doubled } else { doubled ^ 0b10_0101 }
}

#[cfg(test)]
mod tests;
