//! Receipt numbers and their check character; proofs of the log and what spoils them.

use super::*;
use crate::checkpoint::Checkpoint;
use crate::key::{KeyKind, SigningKey};
use crate::keyset::{LogKeys, OpenError};
use crate::leaf::{Leaf, StreamSecret};
use crate::tree::{Frontier, ProofError, prove_inclusion};
use proptest::prelude::*;

fn number(seed: u8) -> ReceiptNumber {
    ReceiptNumber::of(Commitment(Hash256([seed; 32])))
}

/// Computed with Python, the check character by multiplying in the field one by one.
#[test]
fn known_answers() {
    for (seed, text) in [(0, "22Z9-NVQR-V57B"), (1, "1779-6P5C-WSCD"), (255, "WRFW-02VM-NDWE")] {
        assert_eq!(number(seed).to_string(), text);
        assert_eq!(ReceiptNumber::parse(text), Some(number(seed)));
    }
}

#[test]
fn people_may_type_it_their_way() {
    let text = number(1).to_string();
    let spoken = text.replace('-', " ").to_lowercase().replace('0', "o").replace('1', "l");
    assert_eq!(ReceiptNumber::parse(&spoken), Some(number(1)));
    for wrong in ["", "0", "0000-0000-000", "0000-0000-0000-0", "U000-0000-0000", "0000_0000_0000"]
    {
        assert_eq!(ReceiptNumber::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn every_slip_of_one_character_and_every_swap_is_noticed() {
    for seed in 0..20 {
        let text: Vec<char> = number(seed).to_string().replace('-', "").chars().collect();
        let read = |chars: &[char]| ReceiptNumber::parse(&chars.iter().collect::<String>());
        for at in 0..12 {
            for other in ALPHABET.map(char::from).into_iter().filter(|c| *c != text[at]) {
                let mut slip = text.clone();
                slip[at] = other;
                assert_eq!(read(&slip), None);
            }
            for with in (at + 1..12).filter(|with| text[*with] != text[at]) {
                let mut swapped = text.clone();
                swapped.swap(at, with);
                assert_eq!(read(&swapped), None);
            }
        }
    }
}

struct Fixture {
    proof: LogProof,
    keys: LogKeys,
    leaf: Leaf,
}

fn fixture() -> Fixture {
    let secret = StreamSecret::from_bytes([3; 32]);
    let record = concat!(
        r#"{"bank":"meadow","build":"b","decision":"allow","kind":"grant","#,
        r#""prev":"0000000000000000000000000000000000000000000000000000000000000000","#,
        r#""seq":0,"stream":"07070707070707070707070707070707","#,
        r#""time":"2026-11-21T18:49:54.123Z","v":1}"#
    );
    let opening =
        Opening { blinding: secret.blinding(0), record: record.into(), rotations: Vec::new() };
    let leaf = opening.commitment().leaf();
    let mut hashes: Vec<_> = (0..9u8).map(|n| Hash256([n; 32])).collect();
    hashes[4] = leaf.hash();
    let mut tree = Frontier::new();
    let updates = tree.append(&hashes).unwrap();
    let read = |_| Ok::<_, ()>(updates[0].bytes.clone());
    let key = SigningKey::from_seed("meadow.example", KeyKind::Note, &[4; 32]).unwrap();
    let checkpoint = Checkpoint::new("meadow.example", 9, tree.root()).unwrap();
    let proof = LogProof {
        extra: Some(opening.to_bytes()),
        index: 4,
        hashes: prove_inclusion(4, 9, &read).unwrap(),
        checkpoint: checkpoint.sign(&[&key]).unwrap(),
    };
    let keys = LogKeys::new("meadow.example", key.verifier()).unwrap();
    Fixture { proof, keys, leaf }
}

#[test]
fn a_proof_is_read_and_holds() {
    let Fixture { proof, keys, leaf } = fixture();
    let text = proof.to_string();
    assert!(text.starts_with("c2sp.org/tlog-proof@v1\nextra "), "{text}");
    assert!(text.contains("\nindex 4\n") && text.contains("\n\nmeadow.example\n9\n"), "{text}");
    assert_eq!(LogProof::parse(text.as_bytes()).unwrap(), proof);
    assert_eq!(proof.verify(&leaf.to_bytes(), &keys, &[], 0), Ok(()));
    assert_eq!(proof.verify_opening(&keys, &[], 0).unwrap().bank, "meadow");
    let bare = LogProof { extra: None, ..proof };
    assert_eq!(LogProof::parse(bare.to_string().as_bytes()).unwrap(), bare);
    assert_eq!(bare.verify_opening(&keys, &[], 0), Err(LogProofError::NoOpening));
}

#[test]
fn a_changed_proof_does_not_hold() {
    let Fixture { proof, keys, leaf } = fixture();
    let verify = |proof: &LogProof| proof.verify(&leaf.to_bytes(), &keys, &[], 0);
    let mut moved = proof.clone();
    moved.index = 5;
    assert!(matches!(verify(&moved), Err(LogProofError::Inclusion { index: 5, .. })));
    let mut outside = proof.clone();
    outside.index = 9;
    let why = ProofError::OutOfTree { position: 9, size: 9 };
    assert_eq!(verify(&outside), Err(LogProofError::Inclusion { index: 9, why }));
    let mut changed = proof.clone();
    changed.hashes[0].0[0] ^= 1;
    assert!(matches!(verify(&changed), Err(LogProofError::Inclusion { .. })));
    let forged = proof.to_string().replace("\n9\n", "\n8\n");
    let forged = LogProof::parse(forged.as_bytes()).unwrap();
    assert!(matches!(verify(&forged), Err(LogProofError::Open(OpenError::Forged(_)))));
    let wanted = proof.verify(&leaf.to_bytes(), &keys, &[], 1);
    assert!(matches!(wanted, Err(LogProofError::Cosignatures(_))));
    let mut other = proof.clone();
    let extra = String::from_utf8(proof.extra.unwrap()).unwrap().replace("meadow", "harbor");
    other.extra = Some(extra.into_bytes());
    let opened = other.verify_opening(&keys, &[], 0);
    assert!(matches!(opened, Err(LogProofError::Inclusion { .. })));
}

#[test]
fn malformed_proofs_are_refused() {
    let text = fixture().proof.to_string();
    let check = |from: &str, to: &str, line: usize| {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        assert_eq!(
            LogProof::parse(changed.as_bytes()),
            Err(LogProofError::Line(line)),
            "{changed}"
        );
    };
    check("@v1", "@v2", 1);
    check("extra ", "extra  ", 2);
    check("extra ", "exrta ", 2);
    check("index 4", "index 04", 3);
    check("index 4", "index", 3);
    check("index 4\n", "index 4\nindex 4\n", 4);
    check(
        "index 4\n",
        &format!("index 4\n{}", format!("{}\n", "A".repeat(43) + "=").repeat(63)),
        67,
    );
    assert_eq!(LogProof::parse(b""), Err(LogProofError::Line(1)));
    assert_eq!(LogProof::parse(&[0xff]), Err(LogProofError::NotText));
    let unsigned = text.split('\u{2014}').next().unwrap();
    assert!(matches!(LogProof::parse(unsigned.as_bytes()), Err(LogProofError::Checkpoint(_))));
}

proptest! {
    #[test]
    fn nothing_panics(bytes: Vec<u8>, text in "c2sp.org/tlog-proof@v1\n(extra [A-Za-z=]{0,8}\n)?index [0-9]{0,3}\n[A-Z=\n]{0,60}") {
        let _ = LogProof::parse(&bytes);
        let _ = LogProof::parse(text.as_bytes());
        let _ = ReceiptNumber::parse(&text);
    }

    #[test]
    fn numbers_come_back(seed: [u8; 32]) {
        let number = ReceiptNumber::of(Commitment(Hash256(seed)));
        prop_assert!(number.as_u64() >> 55 == 0);
        prop_assert_eq!(ReceiptNumber::parse(&number.to_string()), Some(number));
    }
}
