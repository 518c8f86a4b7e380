//! The witness protocol: the form of a request, and each kind of answer.

use super::*;
use crate::checkpoint::Checkpoint;
use crate::cosignature::cosign;
use crate::key::{KeyKind, SigningKey};

fn checkpoint(size: u64) -> SignedCheckpoint {
    let key = SigningKey::from_seed("meadow.example/log", KeyKind::Note, &[1; 32]).unwrap();
    Checkpoint::new("meadow.example/log", size, Hash256([9; 32])).unwrap().sign(&[&key]).unwrap()
}

fn witness(seed: u8) -> SigningKey {
    SigningKey::from_seed("witness.example/w", KeyKind::Cosignature, &[seed; 32]).unwrap()
}

#[test]
fn requests_have_the_specified_form() {
    let body = request(3, &[Hash256([1; 32]), Hash256([2; 32])], &checkpoint(5)).unwrap();
    let want = format!(
        "old 3\nAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\nAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=\n\n{}",
        checkpoint(5)
    );
    assert_eq!(body, want);
    assert!(
        request(0, &[], &checkpoint(5)).unwrap().starts_with("old 0\n\nmeadow.example/log\n5\n")
    );
    assert!(request(5, &[], &checkpoint(5)).is_ok());
    let one = [Hash256([1; 32])];
    for (old, proof) in [(6, &one[..]), (3, &[]), (0, &one), (5, &one), (3, &[one[0]; 64])] {
        assert!(matches!(request(old, proof, &checkpoint(5)), Err(WitnessError::Request { .. })));
    }
}

#[test]
fn answers_are_read_and_verified() {
    let check = |status: u16, body: &str, want: Result<Reply, WitnessError>| {
        let got = read_reply(status, body.as_bytes(), &checkpoint(5), &[witness(2).verifier()]);
        assert_eq!(got, want, "{status} {body}");
    };
    check(409, "17\n", Ok(Reply::OtherSize(17)));
    check(409, "17", Err(WitnessError::Malformed));
    check(409, "+17\n", Err(WitnessError::Malformed));
    check(403, "", Err(WitnessError::NotTrusted));
    check(404, "", Err(WitnessError::UnknownLog));
    check(422, "", Err(WitnessError::Inconsistent));
    check(500, "", Err(WitnessError::Status(500)));
    check(200, "", Err(WitnessError::Malformed));
    check(200, "nonsense\n", Err(WitnessError::Malformed));

    let good = cosign(&checkpoint(5), &witness(2), 77).unwrap();
    let unknown = cosign(&checkpoint(5), &witness(3), 78).unwrap();
    let elsewhere = cosign(&checkpoint(6), &witness(2), 79).unwrap();
    check(200, &unknown.to_string(), Err(WitnessError::NotCosigned));
    check(200, &elsewhere.to_string(), Err(WitnessError::Forged("witness.example/w".into())));
    let mut cosigned = checkpoint(5);
    cosigned.note.add(good.clone());
    let said = vec![Cosignature { witness: "witness.example/w".into(), time: 77 }];
    check(200, &format!("{unknown}{good}"), Ok(Reply::Cosigned(cosigned, said)));
    check(
        200,
        &format!("{good}{elsewhere}"),
        Err(WitnessError::Forged("witness.example/w".into())),
    );
}
