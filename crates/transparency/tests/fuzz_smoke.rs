//! The fuzz targets on stable Rust: over seeds that are valid, and over thousands of small
//! mutations of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[allow(unreachable_pub)]
#[path = "../../../fuzz/src/transparency.rs"]
mod targets;
mod world;

use std::path::Path;

use bankside_transparency::path::LogPath;
use bankside_transparency::receipt::{LogProof, Opening, ReceiptNumber};
use bankside_transparency::tree::Frontier;
use world::{Dice, ORIGIN, World, log_key, witness_key};

const MUTATIONS: usize = 1500;

/// One to three edits: a bit, a byte of the seed's own, a cut, a repetition.
fn mutate(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..1 + dice.below(3) {
        if bytes.is_empty() {
            return bytes;
        }
        let at = dice.below(bytes.len());
        match dice.below(5) {
            0 => bytes[at] ^= 1 << dice.below(8),
            1 => bytes[at] = seed[dice.below(seed.len())],
            2 => bytes.truncate(at),
            3 => drop(bytes.remove(at)),
            _ => {
                let end = (at + 1 + dice.below(64)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}

fn check(target: Target, seeds: &[Vec<u8>], mutations: usize) {
    let mut dice = Dice(11);
    target(&[]);
    for seed in seeds {
        target(seed);
        for _ in 0..mutations / seeds.len() {
            target(&mutate(seed, &mut dice));
        }
    }
}

type Target = fn(&[u8]);

const TARGETS: [(&str, Target); 8] = [
    ("entry_bundle", targets::entry_bundle),
    ("export", targets::export),
    ("key", targets::key),
    ("log_path", targets::log_path),
    ("log_proof", targets::log_proof),
    ("record", targets::record),
    ("signed_note", targets::signed_note),
    ("tree", targets::tree),
];

/// Seeds of the fuzzer, and inputs that once broke something.
#[test]
fn committed_seeds() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    for (name, target) in TARGETS {
        let files = std::fs::read_dir(seeds.join(name)).unwrap();
        let read: Vec<_> = files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
        assert!(!read.is_empty(), "{name}");
        read.iter().for_each(|seed| target(seed));
    }
}

#[test]
fn texts() {
    let world = World::new(1, 2, 3);
    let paths = ["checkpoint", "tile/63/x001/x234/067.p/255", "tile/entries/x001/000"];
    assert!(paths.iter().all(|path| LogPath::parse(path).is_some()));
    check(targets::log_path, &paths.map(|path| path.as_bytes().to_vec()), MUTATIONS);
    let note = world.newest().to_string().into_bytes();
    check(targets::signed_note, &[note], MUTATIONS / 4);
    let number =
        ReceiptNumber::of(world.sealed[0].heads.get(world.streams[0].id).unwrap().commitment);
    let keys = [
        log_key(1).verifier().to_string(),
        witness_key(9).verifier().to_string(),
        log_key(1).to_text().to_string(),
        number.to_string(),
    ];
    check(targets::key, &keys.map(String::into_bytes), MUTATIONS);
}

#[test]
fn entries_and_records() {
    let world = World::new(1, 2, 3);
    let files = world.files(world.newest());
    let bundles: Vec<_> =
        files.iter().filter(|(path, _)| path.contains("entries")).map(|f| f.1.clone()).collect();
    check(targets::entry_bundle, &bundles, MUTATIONS);
    let records: Vec<_> =
        world.streams[0].entries.iter().map(|e| e.record.to_bytes().unwrap()).take(3).collect();
    check(targets::record, &records, MUTATIONS);
}

#[test]
fn proofs_and_exports() {
    let world = World::new(1, 12, 1);
    let export = world.export(0, &world.sealed[0]);
    let entry = &export.entries[0];
    let opening = Opening {
        blinding: entry.blinding.clone(),
        record: entry.record.clone(),
        rotations: Vec::new(),
    };
    let proof = LogProof {
        extra: Some(opening.to_bytes()),
        index: entry.index,
        hashes: entry.proof.clone(),
        checkpoint: world.newest().clone(),
    };
    let keys = world::trust(None).keys;
    assert_eq!(keys.origin(), ORIGIN);
    proof.verify_opening(&keys, &[witness_key(9).verifier()], 1).unwrap();
    check(targets::log_proof, &[proof.to_string().into_bytes()], MUTATIONS / 4);
    check(targets::export, &[export.to_bytes().unwrap()], MUTATIONS / 8);
}

#[test]
fn trees() {
    let world = World::new(1, 2, 3);
    let mut frontier = Frontier::new();
    frontier.append(&world.leaves.iter().map(|leaf| leaf.hash()).collect::<Vec<_>>()).unwrap();
    check(targets::tree, &[frontier.to_bytes(), vec![0; 33 * 32]], MUTATIONS / 8);
}
