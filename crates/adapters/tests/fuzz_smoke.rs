//! The fuzz targets of the adapters on stable Rust: over seeds that are valid, and over thousands of
//! small mutations of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

#[allow(unreachable_pub)]
#[path = "../../../fuzz/src/smpp.rs"]
mod targets;

use std::path::Path;

use proptest::prelude::*;

type Target = fn(&[u8]);

const TARGETS: [(&str, Target); 2] =
    [("smpp_frame", targets::smpp_frame), ("smpp_receipt", targets::smpp_receipt)];

/// Seeds of the fuzzer, and inputs that once broke something.
fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(name);
    let files = std::fs::read_dir(folder).unwrap();
    files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).collect()
}

/// An octet that becomes another, a cut, or a piece that is repeated.
fn mutate(bytes: &mut Vec<u8>, (kind, at, other): (u8, usize, u8)) {
    if bytes.is_empty() {
        return;
    }
    let at = at % bytes.len();
    match kind % 4 {
        0 => bytes[at] ^= 1 << (other % 8),
        1 => bytes[at] = other,
        2 => bytes.truncate(at),
        _ => {
            let end = (at + 1 + usize::from(other % 64)).min(bytes.len());
            let piece = bytes[at..end].to_vec();
            bytes.splice(at..at, piece);
        }
    }
}

#[test]
fn committed_seeds() {
    for (name, target) in TARGETS {
        target(&[]);
        let seeds = seeds(name);
        assert!(!seeds.is_empty(), "{name}");
        seeds.iter().for_each(|seed| target(seed));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn mutations(edits in proptest::collection::vec(any::<(u8, usize, u8)>(), 1..4)) {
        for (name, target) in TARGETS {
            for mut seed in seeds(name) {
                edits.iter().for_each(|edit| mutate(&mut seed, *edit));
                target(&seed);
            }
        }
    }
}
