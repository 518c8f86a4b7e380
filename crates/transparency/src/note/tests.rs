//! Signed notes against the example of Go's `note` package, and malformed ones.

use super::*;
use proptest::prelude::*;

const EXAMPLE: &str = "If you think cryptography is the answer to your problem,\n\
then you don't know what your problem is.\n\n\
\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

#[test]
fn the_example_of_gos_note_package_is_read() {
    let note = Note::parse(EXAMPLE.as_bytes()).unwrap();
    assert!(note.text().ends_with("problem is.\n"));
    assert_eq!(note.signatures().len(), 1);
    assert_eq!(note.signatures()[0].name(), "PeterNeumann");
    assert_eq!(note.signatures()[0].key_id(), 0xc74f_20a3);
    assert_eq!(note.signatures()[0].bytes().len(), 64);
    assert_eq!(note.to_string(), EXAMPLE);
}

#[test]
fn malformed_notes_are_refused() {
    let check = |note: &str, want: NoteError| {
        assert_eq!(Note::parse(note.as_bytes()), Err(want), "{note:?}");
    };
    let line = "\u{2014} a AAAAAAA=\n";
    check("", NoteError::NoSeparator);
    check("text\n", NoteError::NoSeparator);
    check(&format!("text\n{line}"), NoteError::NoSeparator);
    check(&format!("text\n\n{}", line.trim_end()), NoteError::NoSeparator);
    check("text\n\n\n", NoteError::NoSeparator);
    check(&format!("te\txt\n\n{line}"), NoteError::NotText);
    check(&format!("text\r\n\n{line}"), NoteError::NotText);
    check("text\n\n- a AAAAAAA=\n", NoteError::SignatureLine(1));
    check("text\n\n\u{2014} a\n", NoteError::SignatureLine(1));
    check("text\n\n\u{2014} a  AAAAAAA=\n", NoteError::SignatureLine(1));
    check("text\n\n\u{2014}  AAAAAAA=\n", NoteError::SignatureLine(1));
    check("text\n\n\u{2014} a+b AAAAAAA=\n", NoteError::SignatureLine(1));
    check("text\n\n\u{2014} a\u{a0}b AAAAAAA=\n", NoteError::SignatureLine(1));
    check("text\n\n\u{2014} a AAAAAA==\n", NoteError::SignatureLine(1));
    check("text\n\n\u{2014} a AAAAAAA\n", NoteError::SignatureLine(1));
    check("text\n\n\u{2014} a AAAAAAB=\n", NoteError::SignatureLine(1));
    check(&format!("text\n\n{line}x\n"), NoteError::SignatureLine(2));
    check(&format!("text\n\n{}", line.repeat(101)), NoteError::TooManySignatures(101));
    assert_eq!(Note::parse(&[0xff, b'\n']), Err(NoteError::NotText));
    assert_eq!(Note::parse(&vec![b'a'; MAX_NOTE_BYTES + 1]), Err(NoteError::TooLong(1_000_001)));
}

#[test]
fn texts_must_end_in_a_newline_and_be_plain() {
    assert!(Note::unsigned("a\n".into()).is_some());
    assert!(Note::unsigned("a".into()).is_none());
    assert!(Note::unsigned(String::new()).is_none());
    assert!(Note::unsigned("a\u{7}\n".into()).is_none());
    assert!(Signature::new("a", 1, Vec::new()).is_none());
    assert!(Signature::new("a b", 1, vec![1]).is_none());
}

proptest! {
    #[test]
    fn what_is_read_is_what_is_written(bytes in "(.|\n){0,20}\n\n(\u{2014} [a-z]{1,3} [A-Za-z0-9+/]{7}=\n){0,3}") {
        if let Ok(note) = Note::parse(bytes.as_bytes()) {
            prop_assert_eq!(note.to_string(), bytes);
        }
    }

    #[test]
    fn nothing_panics(bytes: Vec<u8>) {
        let _ = Note::parse(&bytes);
    }
}
