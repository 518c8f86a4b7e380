//! Commitments against known answers, and the 33 bytes of a leaf.

use super::*;

fn secret() -> StreamSecret {
    StreamSecret::from_bytes(std::array::from_fn(|i| i as u8))
}

/// Computed with Python's hmac and hashlib; see docs/src/disclosure-log.md.
#[test]
fn known_answers() {
    let blinding = secret().blinding(7);
    assert_eq!(
        hex::encode(blinding.0),
        "712d6e5a334b90e61394d59e37a4a91e3fafe2a2451b38f7b62736a9d386d36a"
    );
    let commitment = Commitment::to_record(&blinding, b"{}");
    assert_eq!(
        commitment.to_string(),
        "b1152893f767b96d8c049bbe3ffbeb58a4d20ddef61f073f7ae98a2c41a9345f"
    );
    let salt = secret().body_salt(7);
    assert_eq!(
        body_hash(&salt, b"body").to_string(),
        "90a60f4a979c9ec3609295a13db6db76d5efd504adef8b4cd1e1d6c7f6eefb1e"
    );
    assert_eq!(
        commitment.leaf().hash().to_string(),
        "03d27a385616b7200a2c83670983f09427160037679ff2ef31fe957b11476373"
    );
}

#[test]
fn leaves_have_33_bytes_and_come_back() {
    let hash = Hash256(std::array::from_fn(|i| 200 - i as u8));
    for (leaf, version) in [(Leaf::Commitment(Commitment(hash)), 1), (Leaf::Heads(hash), 2)] {
        let bytes = leaf.to_bytes();
        assert_eq!(bytes[0], version);
        assert_eq!(bytes[1..], hash.0);
        assert_eq!(Leaf::parse(&bytes), Some(leaf));
        assert_eq!(Leaf::parse(&bytes[..32]), None);
    }
    for bytes in [&[][..], &[1], &[0; 33], &[3; 33], &[1; 34]] {
        assert_eq!(Leaf::parse(bytes), None);
    }
}

#[test]
fn nothing_secret_is_shown() {
    let secret = secret();
    let shown = format!("{secret:?} {:?} {:?}", secret.blinding(1), secret.body_salt(1));
    assert_eq!(shown, "StreamSecret(redacted) Blinding(redacted) BodySalt(redacted)");
}

#[test]
fn hex_is_lower_case_and_exact() {
    let read = |text: &str| serde_json::from_str::<StreamId>(&format!("\"{text}\"")).is_ok();
    assert!(read("000102030405060708090a0b0c0d0e0f"));
    assert!(!read("000102030405060708090A0b0c0d0e0f"));
    assert!(!read("000102030405060708090a0b0c0d0e"));
    assert!(!read("000102030405060708090a0b0c0d0e0g"));
}
