//! Keys against those that Go's `note` package documents, and malformed ones.

use super::*;
use crate::note::Note;

const SECRET: &str =
    "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const PUBLIC: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

/// Keys, text and signature of the example in Go's `note` package.
#[test]
fn keys_of_gos_note_package_are_read_and_sign_the_same() {
    let secret = SigningKey::parse(SECRET).unwrap();
    assert_eq!(*secret.to_text(), SECRET);
    assert_eq!(secret.verifier().to_string(), PUBLIC);
    let public = VerifierKey::parse(PUBLIC).unwrap();
    assert_eq!(public, secret.verifier());
    assert_eq!(public.id(), 0xc74f_20a3);
    let text = "If you think cryptography is the answer to your problem,\n\
                then you don't know what your problem is.\n";
    let mut note = Note::unsigned(text.into()).unwrap();
    let line = secret.sign(text.as_bytes(), &[]).unwrap();
    assert!(public.made(&line) && public.holds(text.as_bytes(), line.bytes()));
    assert!(!public.holds(b"another text\n", line.bytes()));
    note.add(line);
    assert!(note.to_string().ends_with(
        "\n\n\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    ));
}

#[test]
fn malformed_keys_are_refused() {
    let check = |text: &str, want: KeyError| {
        assert_eq!(VerifierKey::parse(text), Err(want.clone()), "{text}");
        let secret = SigningKey::parse(&format!("{SECRET_PREFIX}{text}")).map(|_| ());
        assert!(secret.is_err(), "{text}");
    };
    check("", KeyError::Form);
    check("PeterNeumann", KeyError::Form);
    check("PeterNeumann+c74f20a3", KeyError::Form);
    check("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", KeyError::Form);
    check(
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        KeyError::Identifier,
    );
    check(
        "Peterneumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        KeyError::Identifier,
    );
    check("PeterNeumann+c74f20a3+AhpcXQcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", KeyError::Kind);
    check("PeterNeumann+c74f20a3+AQ==", KeyError::Form);
    check(
        "a b+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        KeyError::Name("a b".into()),
    );
    assert_eq!(SigningKey::parse(PUBLIC).map(|_| ()), Err(KeyError::Form));
}

#[test]
fn kinds_have_different_identifiers_and_secrets_stay_hidden() {
    let seed = [7; 32];
    let log = SigningKey::from_seed("w", KeyKind::Note, &seed).unwrap();
    let witness = SigningKey::from_seed("w", KeyKind::Cosignature, &seed).unwrap();
    assert_ne!(log.verifier().id(), witness.verifier().id());
    assert_eq!(VerifierKey::parse(&witness.verifier().to_string()).unwrap(), witness.verifier());
    assert_eq!(format!("{log:?}"), "SigningKey(w, redacted)");
}
