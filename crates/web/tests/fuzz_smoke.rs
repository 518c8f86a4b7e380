//! The fuzz target of Direct Line on stable Rust: over its seeds, and over every small change of them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

#[allow(unreachable_pub)]
#[path = "../../../fuzz/src/direct_line.rs"]
mod target;

use std::path::Path;

/// What a byte becomes.
const BYTES: &[u8] = b"\"{}[],:\\0e\x00\x80\xff";

#[test]
fn seeds_and_their_neighbours() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/direct_line");
    let files = std::fs::read_dir(folder).unwrap();
    let seeds: Vec<_> = files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect();
    assert!(seeds.len() >= 4);
    for seed in &seeds {
        target::direct_line(seed);
        for at in 0..seed.len() {
            target::direct_line(&seed[..at]);
            target::direct_line(&seed[at..]);
            for byte in BYTES {
                let mut changed = seed.clone();
                changed[at] = *byte;
                target::direct_line(&changed);
            }
        }
    }
}
