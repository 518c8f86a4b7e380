//! Targets over their committed seeds and thousands of small mutations of them, on stable Rust.

use std::path::Path;

/// A target, by its name.
pub type Target = (&'static str, fn(&[u8]));

/// Runs each over all of its seeds, and over so many mutations of them.
///
/// # Panics
/// Where a target does, or has no seed.
pub fn run(seeds: &Path, targets: &[Target], mutations: usize) {
    for (name, target) in targets {
        let files = std::fs::read_dir(seeds.join(name)).expect("a folder of seeds");
        let path = |file: std::io::Result<std::fs::DirEntry>| file.expect("a seed").path();
        let read = files.map(|file| std::fs::read(path(file)).expect("a seed"));
        let mut all: Vec<_> = read.collect();
        all.sort();
        assert!(!all.is_empty(), "{name} has no seeds");
        let mut state = 0x9E37_79B9_7F4A_7C15;
        target(&[]);
        for seed in &all {
            target(seed);
            for _ in 0..mutations / all.len() {
                target(&mutated(seed, &mut state));
            }
        }
    }
}

/// One to three edits: a bit, a byte of the seed's own, a cut, a byte left out, a repetition.
fn mutated(seed: &[u8], state: &mut u64) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=below(state, 3) {
        if bytes.is_empty() {
            return bytes;
        }
        let at = below(state, bytes.len());
        match below(state, 5) {
            0 => bytes[at] ^= 1 << below(state, 8),
            1 => bytes[at] = seed[below(state, seed.len())],
            2 => bytes.truncate(at),
            3 => drop(bytes.remove(at)),
            _ => {
                let end = (at + 1 + below(state, 64)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece);
            }
        }
    }
    bytes
}

/// The next number of a fixed sequence (xorshift64; Marsaglia 2003), below that.
fn below(state: &mut u64, bound: usize) -> usize {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    usize::try_from(*state >> 33).expect("31 bits") % bound
}
