//! Proof Key for Code Exchange, S256 alone: `plain` proves nothing to who can read the request.
//!
//! Source: RFC 7636, sections 4.1 to 4.6; BCP 9700, section 2.1.1.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;

use crate::fault::{Code, Fault};

/// Length of a verifier, in characters (RFC 7636, section 4.1).
const VERIFIER: std::ops::RangeInclusive<usize> = 43..=128;
/// Length of a challenge: 32 bytes in base64url.
const CHALLENGE: usize = 43;

/// `BASE64URL(SHA256(verifier))`, as a client sent it ahead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge(String);

/// The verifier is not that of the challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the verifier does not meet the challenge")]
pub struct Unmet;

impl Challenge {
    /// Reads a challenge with its method.
    ///
    /// # Errors
    /// [`Code::InvalidRequest`] where there is none, the method is not `S256`, or it is no SHA-256.
    pub fn parse(challenge: Option<&str>, method: Option<&str>) -> Result<Self, Fault> {
        let refuse = |because| Err(Fault::new(Code::InvalidRequest, because));
        let Some(challenge) = challenge else { return refuse("code_challenge is missing") };
        if method != Some("S256") {
            return refuse("code_challenge_method must be S256");
        }
        let bytes = URL_SAFE_NO_PAD.decode(challenge).unwrap_or_default();
        if challenge.len() != CHALLENGE || bytes.len() != 32 {
            return refuse("code_challenge is no SHA-256 in base64url");
        }
        Ok(Self(challenge.to_owned()))
    }

    /// As it was sent, to be stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Holds a verifier against it, in constant time.
    ///
    /// # Errors
    /// [`Unmet`].
    pub fn met_by(&self, verifier: &str) -> Result<(), Unmet> {
        let unreserved = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
        if !VERIFIER.contains(&verifier.len()) || !verifier.bytes().all(unreserved) {
            return Err(Unmet);
        }
        let made = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        if bool::from(made.as_bytes().ct_eq(self.0.as_bytes())) { Ok(()) } else { Err(Unmet) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 7636, appendix B.
    const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    #[test]
    fn the_example_of_the_standard_holds_and_nothing_near_it_does() {
        let challenge = Challenge::parse(Some(CHALLENGE), Some("S256")).unwrap();
        assert_eq!(challenge.met_by(VERIFIER), Ok(()));
        for wrong in ["", "short", CHALLENGE, &VERIFIER.to_lowercase(), &format!("{VERIFIER} ")] {
            assert_eq!(challenge.met_by(wrong), Err(Unmet), "{wrong}");
        }
    }

    #[test]
    fn only_s256_is_taken() {
        for method in [None, Some("plain"), Some("s256"), Some("S512")] {
            assert!(Challenge::parse(Some(CHALLENGE), method).is_err(), "{method:?}");
        }
        for challenge in [None, Some(""), Some("x"), Some(&CHALLENGE[1..])] {
            assert!(Challenge::parse(challenge, Some("S256")).is_err(), "{challenge:?}");
        }
    }
}
