//! Parsers and verifiers of the disclosure log: total, and what they read they write again.

use bankside_transparency::checkpoint::{Checkpoint, SignedCheckpoint};
use bankside_transparency::export::Export;
use bankside_transparency::hash::Hash256;
use bankside_transparency::key::{KeyKind, SigningKey, VerifierKey};
use bankside_transparency::keyset::LogKeys;
use bankside_transparency::note::Note;
use bankside_transparency::path::LogPath;
use bankside_transparency::receipt::{LogProof, ReceiptNumber};
use bankside_transparency::record::Record;
use bankside_transparency::tree::{Frontier, root_from_inclusion, verify_consistency};
use bankside_transparency::verify::{Trust, verify_export, verify_log};
use bankside_transparency::{bundle, witness};

/// Paths of files of a log.
pub fn log_path(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Some(path) = LogPath::parse(text) {
        assert_eq!(path.to_string(), text);
    }
}

/// Entry bundles.
pub fn entry_bundle(data: &[u8]) {
    if let Ok(entries) = bundle::parse(data) {
        let length: usize = entries.iter().map(|entry| 2 + entry.len()).sum();
        assert_eq!(length, data.len());
    }
}

/// Signed notes, checkpoints, key rotations, answers of witnesses.
pub fn signed_note(data: &[u8]) {
    if let Ok(note) = Note::parse(data) {
        assert_eq!(note.to_string().as_bytes(), data);
        if let Ok(checkpoint) = Checkpoint::parse(note.text()) {
            assert_eq!(checkpoint.to_string(), note.text());
        }
    }
    let mut keys = keys();
    let _ = keys.open(data);
    let _ = keys.follow(data);
    if let Ok(checkpoint) = SignedCheckpoint::parse(data) {
        let _ = witness::request(0, &[], &checkpoint);
        let _ = witness::read_reply(200, data, &checkpoint, &[]);
        let _ = witness::read_reply(409, data, &checkpoint, &[]);
    }
}

/// Keys in their text forms, and receipt numbers.
pub fn key(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if let Ok(key) = VerifierKey::parse(text) {
        assert_eq!(key.to_string(), text);
    }
    if let Ok(key) = SigningKey::parse(text) {
        assert_eq!(*key.to_text(), text);
    }
    if let Some(number) = ReceiptNumber::parse(text) {
        assert_eq!(ReceiptNumber::parse(&number.to_string()), Some(number));
    }
}

/// Records.
pub fn record(data: &[u8]) {
    if let Ok(record) = Record::parse(data) {
        assert_eq!(record.to_bytes().as_deref(), Ok(data));
    }
}

/// Downloadable proofs.
pub fn log_proof(data: &[u8]) {
    if let Ok(proof) = LogProof::parse(data) {
        assert_eq!(proof.to_string().as_bytes(), data);
        let _ = proof.verify(data, &keys(), &[], 0);
        let _ = proof.verify_opening(&keys(), &[], 0);
    }
}

/// Customers' exports, with the whole verifier.
pub fn export(data: &[u8]) {
    if let Ok(export) = Export::parse(data) {
        let report = verify_export(&export, &Trust::in_keys(keys()));
        assert!(!report.holds() || report.checkpoint.is_some());
    }
}

/// Proofs of the tree, a stored frontier, and a log all of whose files are the same bytes.
pub fn tree(data: &[u8]) {
    if let Ok(frontier) = Frontier::from_bytes(data) {
        assert_eq!(frontier.to_bytes(), data);
        let _ = frontier.root();
    }
    if let Some((numbers, rest)) = data.split_first_chunk::<16>() {
        let (a, b) = numbers.split_at(8);
        let number = |bytes: &[u8]| bytes.iter().fold(0, |n, byte| n << 8 | u64::from(*byte));
        let (a, b) = (number(a), number(b));
        let proof: Vec<_> = rest.as_chunks().0.iter().copied().map(Hash256).collect();
        let hash = Hash256([0; 32]);
        let _ = root_from_inclusion(hash, a, b, &proof);
        let _ = verify_consistency(a, hash, b, hash, &proof);
    }
    // A signed size bounds the work, so the checkpoint is ours and says 300.
    let checkpoint = Checkpoint::new("meadow.example/log", 300, Hash256([0; 32]))
        .and_then(|checkpoint| checkpoint.sign(&[&signing_key()]))
        .expect("the origin and the key are fit for use");
    let read = |path: &str| match path {
        "checkpoint" => Ok::<_, String>(Some(checkpoint.to_string().into_bytes())),
        path if path.starts_with("rotation") => Ok(None),
        _ => Ok(Some(data.to_vec())),
    };
    assert!(!verify_log(&read, &Trust::in_keys(keys())).holds());
}

fn signing_key() -> SigningKey {
    SigningKey::from_seed("meadow.example/log", KeyKind::Note, &[1; 32]).expect("the name is valid")
}

fn keys() -> LogKeys {
    LogKeys::new("meadow.example/log", signing_key().verifier()).expect("the key is a log's")
}
