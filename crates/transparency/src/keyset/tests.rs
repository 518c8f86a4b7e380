//! Which key may sign which checkpoint, rotations, and cosignatures.

use super::*;
use crate::checkpoint::Checkpoint;
use crate::cosignature::{Cosignature, CosignatureError, cosign, verify_cosignatures};
use crate::hash::Hash256;

const ORIGIN: &str = "meadow.example/log";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(ORIGIN, KeyKind::Note, &[seed; 32]).unwrap()
}

fn witness(name: &str, seed: u8) -> SigningKey {
    SigningKey::from_seed(name, KeyKind::Cosignature, &[seed; 32]).unwrap()
}

fn signed(size: u64, keys: &[&SigningKey]) -> SignedCheckpoint {
    Checkpoint::new(ORIGIN, size, Hash256([9; 32])).unwrap().sign(keys).unwrap()
}

fn rotated() -> LogKeys {
    let mut keys = LogKeys::new(ORIGIN, key(1).verifier()).unwrap();
    keys.follow(rotation(ORIGIN, 100, &key(1), &key(2)).unwrap().to_string().as_bytes()).unwrap();
    keys
}

#[test]
fn checkpoints_have_the_specified_form() {
    let text = signed(42, &[&key(1)]).to_string();
    let (body, lines) = text.split_once("\n\n").unwrap();
    assert_eq!(body, format!("{ORIGIN}\n42\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk="));
    assert!(lines.starts_with("\u{2014} meadow.example/log "));
    let check = |body: &str, want: CheckpointError| {
        assert_eq!(Checkpoint::parse(body), Err(want), "{body:?}");
    };
    let root = "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=";
    check(&format!("o\n1\n{root}"), CheckpointError::Lines);
    check("o\n1\n", CheckpointError::Lines);
    check(&format!("\n1\n{root}\n"), CheckpointError::Origin);
    check(&format!("o\n01\n{root}\n"), CheckpointError::Size);
    check(&format!("o\n+1\n{root}\n"), CheckpointError::Size);
    check(&format!("o\n18446744073709551616\n{root}\n"), CheckpointError::Size);
    check("o\n1\nCQkJ\n", CheckpointError::Root);
    check(&format!("o\n1\n{root}\n\n"), CheckpointError::Lines);
    check(&format!("o\n0\n{root}\n"), CheckpointError::EmptyRoot);
    let extended = format!("o\n1\n{root}\nmore\n");
    assert_eq!(Checkpoint::parse(&extended).unwrap().extensions(), ["more"]);
    assert_eq!(Checkpoint::parse(&extended).unwrap().to_string(), extended);
}

#[test]
fn keys_sign_in_their_range_only() {
    let check = |size: u64, signers: &[u8], want: &str| {
        let signers: Vec<_> = signers.iter().map(|seed| key(*seed)).collect();
        let text = signed(size, &signers.iter().collect::<Vec<_>>()).to_string();
        let got = match rotated().open(text.as_bytes()) {
            Ok(opened) => {
                assert_eq!(opened.to_string(), text);
                "ok"
            }
            Err(OpenError::Unsigned) => "unsigned",
            Err(OpenError::WrongKeyForSize { .. }) => "wrong key",
            Err(error) => panic!("{error}"),
        };
        assert_eq!(got, want, "{size}");
    };
    check(1, &[1], "ok");
    check(99, &[1], "ok");
    check(99, &[2], "wrong key");
    check(100, &[1], "ok");
    check(100, &[2], "ok");
    check(100, &[1, 2], "ok");
    check(101, &[1], "wrong key");
    check(101, &[2], "ok");
    check(101, &[2, 1], "ok");
    check(101, &[1, 2], "ok");
    check(101, &[3], "unsigned");
    check(101, &[3, 2], "ok");
}

#[test]
fn forgeries_and_other_logs_are_refused() {
    let keys = rotated();
    let text = signed(50, &[&key(1)]).to_string();
    let forged = text.replacen("\n50\n", "\n51\n", 1);
    assert_eq!(keys.open(forged.as_bytes()), Err(OpenError::Forged(key(1).verifier().to_string())));
    let other = Checkpoint::new("other", 50, Hash256([9; 32])).unwrap().sign(&[&key(1)]).unwrap();
    assert!(matches!(keys.open(other.to_string().as_bytes()), Err(OpenError::Origin { .. })));
    // A good line does not make up for a forged one.
    let mut mixed = signed(100, &[&key(2)]);
    mixed.note.add(key(1).sign(b"something else", &[]).unwrap());
    assert!(matches!(keys.open(mixed.to_string().as_bytes()), Err(OpenError::Forged(_))));
}

#[test]
fn rotations_are_signed_by_both_keys_and_go_forward() {
    let check = |note: Note, want: Result<(), RotationError>| {
        let mut keys = rotated();
        assert_eq!(keys.follow(note.to_string().as_bytes()), want);
        assert_eq!(keys == rotated(), want.is_err());
    };
    let good = || rotation(ORIGIN, 200, &key(2), &key(3)).unwrap();
    check(good(), Ok(()));
    check(rotation(ORIGIN, 100, &key(2), &key(3)).unwrap(), Err(RotationError::Size(100)));
    check(
        rotation("other", 200, &key(2), &key(3)).unwrap(),
        Err(RotationError::Origin("other".into())),
    );
    check(rotation(ORIGIN, 200, &key(1), &key(3)).unwrap(), Err(RotationError::OldKey));
    check(rotation(ORIGIN, 200, &key(2), &key(1)).unwrap(), Err(RotationError::Reused));
    check(signed(200, &[&key(2)]).note, Err(RotationError::Form));
    for (skipped, want) in [(0, RotationError::OldKey), (1, RotationError::NewKey)] {
        let mut note = Note::unsigned(good().text().to_owned()).unwrap();
        note.add(good().signatures()[1 - skipped].clone());
        check(note, Err(want));
    }
    let text = rotated().to_string();
    assert!(text.contains(" 0-100\n") && text.ends_with(" 100-\n"), "{text}");
}

#[test]
fn witnesses_are_counted_once_and_forgeries_noticed() {
    let checkpoint = signed(5, &[&key(1)]);
    let (one, two) = (witness("w.example/1", 11), witness("w.example/2", 12));
    let known = [one.verifier(), two.verifier()];
    let mut cosigned = checkpoint.clone();
    cosigned.note.add(cosign(&checkpoint, &one, 1000).unwrap());
    cosigned.note.add(cosign(&checkpoint, &one, 2000).unwrap());
    cosigned.note.add(cosign(&checkpoint, &witness("unknown", 13), 1).unwrap());
    let found = verify_cosignatures(&cosigned, &known, 1).unwrap();
    assert_eq!(found, [Cosignature { witness: "w.example/1".into(), time: 2000 }]);
    assert_eq!(
        verify_cosignatures(&cosigned, &known, 2),
        Err(CosignatureError::Quorum { found: 1, wanted: 2 })
    );
    // A cosignature of another checkpoint, and one whose time was changed.
    let other = cosign(&signed(6, &[&key(1)]), &two, 1000).unwrap();
    let mut late = cosign(&checkpoint, &two, 1000).unwrap().bytes().to_vec();
    late[7] ^= 1;
    let late = crate::note::Signature::new("w.example/2", two.verifier().id(), late).unwrap();
    for line in [other, late] {
        let mut forged = cosigned.clone();
        forged.note.add(line);
        assert_eq!(
            verify_cosignatures(&forged, &known, 0),
            Err(CosignatureError::Forged("w.example/2".into()))
        );
    }
    // A time that the format forbids, though signed.
    let time = 1u64 << 63;
    let text = format!("cosignature/v1\ntime {time}\n{}", checkpoint.note().text());
    let mut forbidden = checkpoint.clone();
    forbidden.note.add(two.sign(text.as_bytes(), &time.to_be_bytes()).unwrap());
    assert!(verify_cosignatures(&forbidden, &known, 0).is_err());
    // Two keys of one name are one witness.
    let renewed = witness("w.example/1", 14);
    cosigned.note.add(cosign(&checkpoint, &renewed, 3000).unwrap());
    let keys = [one.verifier(), renewed.verifier()];
    let found = verify_cosignatures(&cosigned, &keys, 1).unwrap();
    assert_eq!(found, [Cosignature { witness: "w.example/1".into(), time: 3000 }]);
    assert!(verify_cosignatures(&cosigned, &keys, 2).is_err());
    assert_eq!(cosign(&checkpoint, &key(1), 1), Err(CosignatureError::Unusable));
    assert_eq!(cosign(&checkpoint, &one, u64::MAX), Err(CosignatureError::Unusable));
    // The log's own verification is not disturbed by lines of others.
    LogKeys::new(ORIGIN, key(1).verifier()).unwrap().open(cosigned.to_string().as_bytes()).unwrap();
}
