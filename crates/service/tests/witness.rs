//! An outside witness follows the log, and refuses to follow a fork.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs
)]

mod house;

use std::sync::Mutex;

use async_trait::async_trait;
use bankside_service::log::{CosignError, Witness};
use bankside_transparency::checkpoint::{Checkpoint, SignedCheckpoint};
use bankside_transparency::cosignature::{cosign, verify_cosignatures};
use bankside_transparency::hash::Hash256;
use bankside_transparency::key::{KeyKind, SigningKey, VerifierKey};
use bankside_transparency::tree::verify_consistency;
use bankside_transparency::witness::WitnessError;
use house::House;

/// A witness as C2SP tlog-witness has it, for one log.
struct Honest {
    key: SigningKey,
    keys: Vec<VerifierKey>,
    known: Mutex<(u64, Hash256)>,
    asked: Mutex<u32>,
}

impl Honest {
    fn new(seed: u8) -> Self {
        let name = format!("witness{seed}.test");
        let key = SigningKey::from_seed(&name, KeyKind::Cosignature, &[seed; 32]).unwrap();
        let keys = vec![key.verifier()];
        let known = Mutex::new((0, Hash256::empty_root()));
        Self { key, keys, known, asked: Mutex::new(0) }
    }

    fn answer(&self, body: &str) -> (u16, String) {
        let (head, note) = body.split_once("\n\n").unwrap();
        let mut lines = head.lines();
        let old: u64 = lines.next().unwrap().strip_prefix("old ").unwrap().parse().unwrap();
        let proof: Vec<_> = lines.map(|line| Hash256::from_base64(line).unwrap()).collect();
        let signed = SignedCheckpoint::parse(note.as_bytes()).unwrap();
        let new: &Checkpoint = signed.checkpoint();
        let mut known = self.known.lock().unwrap();
        if old != known.0 {
            return (409, format!("{}\n", known.0));
        }
        if verify_consistency(known.0, known.1, new.size(), new.root(), &proof).is_err() {
            return (422, String::new());
        }
        *known = (new.size(), new.root());
        (200, cosign(&signed, &self.key, 1_800_000_000).unwrap().to_string())
    }
}

#[async_trait]
impl Witness for Honest {
    fn name(&self) -> &str {
        self.keys[0].name()
    }

    fn keys(&self) -> &[VerifierKey] {
        &self.keys
    }

    async fn add_checkpoint(&self, body: String) -> Result<(u16, Vec<u8>), String> {
        *self.asked.lock().unwrap() += 1;
        let (status, reply) = self.answer(&body);
        Ok((status, reply.into_bytes()))
    }
}

#[tokio::test]
async fn witnesses_cosign_each_checkpoint_and_no_fork() {
    let dir = tempfile::tempdir().unwrap();
    let house = House::on(house::files(dir.path()).await).await;
    let who = house.sign_in().await;
    let log = &house.service.log;
    let (one, two) = (Honest::new(1), Honest::new(2));
    assert!(matches!(log.cosign(&one).await, Err(CosignError::Log(_))), "nothing to cosign yet");

    let mut sizes = Vec::new();
    for round in 0..3 {
        house.allow(&who).await;
        sizes.push(log.publish().await.unwrap().unwrap());
        for witness in [&one, &two] {
            assert_eq!(log.cosign(witness).await.unwrap(), sizes[round]);
            assert_eq!(log.cosign(witness).await.unwrap(), sizes[round], "again asks nothing");
        }
        let served = log.checkpoint().await.unwrap().unwrap();
        let served = SignedCheckpoint::parse(served.as_bytes()).unwrap();
        let keys = [one.key.verifier(), two.key.verifier()];
        assert_eq!(verify_cosignatures(&served, &keys, 2).unwrap().len(), 2);
    }
    assert_eq!(*one.asked.lock().unwrap(), 3, "one request for each checkpoint");

    // The witness forgot the last checkpoints: it says so, and is shown the way from there.
    house.allow(&who).await;
    let size = log.publish().await.unwrap().unwrap();
    *one.known.lock().unwrap() = (0, Hash256::empty_root());
    assert_eq!(log.cosign(&one).await.unwrap(), size);

    // It knows another tree of that size: a fork.
    house.allow(&who).await;
    log.publish().await.unwrap().unwrap();
    one.known.lock().unwrap().1 = Hash256([7; 32]);
    let refused = log.cosign(&one).await;
    assert!(
        matches!(refused, Err(CosignError::Witness(WitnessError::Inconsistent))),
        "{refused:?}"
    );

    // It knows more entries than there are: restored from a backup.
    two.known.lock().unwrap().0 = 1_000;
    let refused = log.cosign(&two).await;
    assert!(matches!(refused, Err(CosignError::Ahead { seen: 1_000, .. })), "{refused:?}");
}
