//! How fast a log is verified, against hashing its leaves and nothing else.

use std::collections::BTreeMap;
use std::time::Instant;

use bankside_transparency::bundle;
use bankside_transparency::checkpoint::Checkpoint;
use bankside_transparency::hash::Hash256;
use bankside_transparency::heads::HeadsMap;
use bankside_transparency::key::{KeyKind, SigningKey};
use bankside_transparency::keyset::LogKeys;
use bankside_transparency::leaf::{Commitment, Leaf};
use bankside_transparency::path::Bundle;
use bankside_transparency::tree::Frontier;
use bankside_transparency::verify::{LogDirectory, Trust, verify_log};

use crate::report::{Row, Table, per_second};

const LEAVES: usize = 500_000;
const ORIGIN: &str = "bank.example/bench";

struct Files(BTreeMap<String, Vec<u8>>);

impl LogDirectory for Files {
    type Error = std::convert::Infallible;

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Self::Error> {
        Ok(self.0.get(path).cloned())
    }
}

pub(crate) fn run(table: &mut Table) {
    let key = SigningKey::from_seed(ORIGIN, KeyKind::Note, &[7; 32]).unwrap();
    let leaves = leaves();
    let files = directory(&leaves, &key);
    let trust = Trust::in_keys(LogKeys::new(ORIGIN, key.verifier()).unwrap());

    let began = Instant::now();
    let hashes: Vec<Hash256> = leaves.iter().map(|leaf| leaf.hash()).collect();
    let hashing = per_second(hashes.len(), began.elapsed());

    let began = Instant::now();
    let report = verify_log(&files, &trust);
    let verifying = per_second(leaves.len(), began.elapsed());
    assert!(report.holds());

    table.group("verify-log", &format!("{LEAVES} leaves in memory, one thread"));
    table.row(&Row::new("leaves verified", format!("{verifying:.0} /s")).beside(
        format!("hashing them and no more: {hashing:.0} /s"),
        format!("{:.2} ×", verifying / hashing),
    ));
}

fn leaves() -> Vec<Leaf> {
    let commitment = |n: u32| {
        let mut bytes = [0; 32];
        bytes[..4].copy_from_slice(&n.to_be_bytes());
        Commitment(Hash256(bytes)).leaf()
    };
    let last = HeadsMap::new().leaf();
    (1..u32::try_from(LEAVES).unwrap()).map(commitment).chain([last]).collect()
}

fn directory(leaves: &[Leaf], key: &SigningKey) -> Files {
    let mut files = BTreeMap::new();
    let mut frontier = Frontier::new();
    for (index, chunk) in leaves.chunks(256).enumerate() {
        let hashes: Vec<_> = chunk.iter().map(|leaf| leaf.hash()).collect();
        for update in frontier.append(&hashes).unwrap() {
            files.insert(update.tile.path().to_string(), update.bytes);
        }
        let mut bytes = Vec::new();
        bundle::append(&mut bytes, chunk.iter().copied());
        let width = u16::try_from(chunk.len()).unwrap();
        let path = Bundle::new(index as u64, width).unwrap().path().to_string();
        files.insert(path, bytes);
    }
    let checkpoint = Checkpoint::new(ORIGIN, frontier.size(), frontier.root()).unwrap();
    let note = checkpoint.sign(&[key]).unwrap().note().to_string();
    files.insert("checkpoint".to_owned(), note.into_bytes());
    Files(files)
}
