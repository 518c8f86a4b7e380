//! An honest log in memory, with everything its operator and its customers hold.
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::path::Path;

use bankside_transparency::bundle;
use bankside_transparency::checkpoint::{Checkpoint, SignedCheckpoint};
use bankside_transparency::cosignature::cosign;
use bankside_transparency::export::{Export, ExportBody, ExportParts, OpenedEntry};
use bankside_transparency::hash::Hash256;
use bankside_transparency::heads::{Head, HeadsMap};
use bankside_transparency::key::{KeyKind, SigningKey};
use bankside_transparency::keyset::LogKeys;
use bankside_transparency::leaf::{Commitment, Leaf, StreamId, StreamSecret, body_hash};
use bankside_transparency::millis::Millis;
use bankside_transparency::path::{Bundle, LogPath};
use bankside_transparency::record::{
    ConsentRef, Decision, Kind, Level, Party, PartyKind, Record, Version,
};
use bankside_transparency::tree::{Frontier, TileSet};
use bankside_transparency::verify::Trust;
use bankside_transparency::witness::{Reply, read_reply};

pub(crate) const ORIGIN: &str = "meadow.example/log";

/// A log's files by path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// Splitmix64: the same tests on every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    pub(crate) fn bytes<const N: usize>(&mut self) -> [u8; N] {
        std::array::from_fn(|_| self.next() as u8)
    }
}

pub(crate) struct Entry {
    pub(crate) index: u64,
    pub(crate) record: Record,
    pub(crate) body: Vec<u8>,
}

pub(crate) struct Stream {
    pub(crate) id: StreamId,
    pub(crate) secret: StreamSecret,
    pub(crate) entries: Vec<Entry>,
    prev: Commitment,
}

pub(crate) struct Sealed {
    pub(crate) signed: SignedCheckpoint,
    pub(crate) heads: HeadsMap,
}

pub(crate) struct World {
    pub(crate) dice: Dice,
    pub(crate) streams: Vec<Stream>,
    pub(crate) leaves: Vec<Leaf>,
    pub(crate) heads: HeadsMap,
    /// One for each checkpoint, oldest first.
    pub(crate) sealed: Vec<Sealed>,
}

pub(crate) fn log_key(seed: u8) -> SigningKey {
    SigningKey::from_seed(ORIGIN, KeyKind::Note, &[seed; 32]).unwrap()
}

pub(crate) fn witness_key(seed: u8) -> SigningKey {
    SigningKey::from_seed("witness.example/w1", KeyKind::Cosignature, &[seed; 32]).unwrap()
}

/// Trust in the first key of the log and in one witness, which must have cosigned.
pub(crate) fn trust(known: Option<&SignedCheckpoint>) -> Trust {
    let keys = LogKeys::new(ORIGIN, log_key(1).verifier()).unwrap();
    Trust {
        witnesses: vec![witness_key(9).verifier()],
        quorum: 1,
        known: known.map(|known| known.checkpoint().clone()),
        ..Trust::in_keys(keys)
    }
}

pub(crate) fn sign(
    origin: &str,
    size: u64,
    root: Hash256,
    keys: &[&SigningKey],
) -> SignedCheckpoint {
    cosigned(Checkpoint::new(origin, size, root).unwrap().sign(keys).unwrap(), 1_795_286_994)
}

/// Adds the witness's line, through the protocol's own reader.
pub(crate) fn cosigned(signed: SignedCheckpoint, time: u64) -> SignedCheckpoint {
    let line = cosign(&signed, &witness_key(9), time).unwrap().to_string();
    let known = [witness_key(9).verifier()];
    match read_reply(200, line.as_bytes(), &signed, &known).unwrap() {
        Reply::Cosigned(cosigned, _) => cosigned,
        Reply::OtherSize(_) => signed,
    }
}

pub(crate) fn root_of(leaves: &[Leaf]) -> Hash256 {
    tree_of(leaves).root()
}

fn tree_of(leaves: &[Leaf]) -> Frontier {
    let mut tree = Frontier::new();
    tree.append(&leaves.iter().map(|leaf| leaf.hash()).collect::<Vec<_>>()).unwrap();
    tree
}

/// Tiles and bundles over the leaves, beside a checkpoint that need not be theirs.
pub(crate) fn files_of(leaves: &[Leaf], checkpoint: &SignedCheckpoint) -> Files {
    let mut files = Files::new();
    files.insert(LogPath::Checkpoint.to_string(), checkpoint.to_string().into_bytes());
    let hashes: Vec<_> = leaves.iter().map(|leaf| leaf.hash()).collect();
    for update in Frontier::new().append(&hashes).unwrap() {
        files.insert(update.tile.path().to_string(), update.bytes);
    }
    for (index, chunk) in leaves.chunks(256).enumerate() {
        let mut bytes = Vec::new();
        bundle::append(&mut bytes, chunk.iter().copied());
        let path = Bundle::new(index as u64, chunk.len() as u16).unwrap().path();
        files.insert(path.to_string(), bytes);
    }
    files
}

impl World {
    /// A log of `batches` checkpoints with 1 to 40 entries each.
    pub(crate) fn new(seed: u64, streams: usize, batches: usize) -> Self {
        let mut dice = Dice(seed);
        let streams = (0..streams).map(|_| Stream {
            id: StreamId(dice.bytes()),
            secret: StreamSecret::from_bytes(dice.bytes()),
            entries: Vec::new(),
            prev: Commitment::NONE,
        });
        let streams = streams.collect();
        let (leaves, sealed) = (Vec::new(), Vec::new());
        let mut world = Self { dice, streams, leaves, heads: HeadsMap::new(), sealed };
        for _ in 0..batches {
            for _ in 0..1 + world.dice.below(40) {
                let stream = world.dice.below(world.streams.len());
                world.disclose(stream);
            }
            world.seal();
        }
        world
    }

    pub(crate) fn disclose(&mut self, number: usize) {
        let index = self.leaves.len() as u64;
        let stream = &mut self.streams[number];
        let seq = stream.entries.len() as u64;
        let body = format!("{{\"balance\":\"{}.00\",\"é\":{seq}}}", self.dice.next() % 10_000);
        let salt = stream.secret.body_salt(seq);
        let record = Record {
            version: Version,
            stream: stream.id,
            seq,
            prev: stream.prev,
            time: Millis::from_unix(1_795_286_994_123 + index * 1000).unwrap(),
            kind: if seq == 0 { Kind::Grant } else { Kind::Disclose },
            bank: "meadow".into(),
            consent: Some(ConsentRef { id: format!("c-{number}"), version: 1 }),
            purpose: Some("account_information".into()),
            party: Some(Party { kind: PartyKind::Channel, id: "webchat".into() }),
            fields: vec!["balance".into(), "currency".into()],
            level: Some(Level::Masked),
            body: Some(body_hash(&salt, body.as_bytes())),
            about: None,
            decision: Decision::Allow,
            reason: None,
            policy: Some(Hash256([7; 32])),
            build: "0.1.0".into(),
        };
        let bytes = record.to_bytes().unwrap();
        let commitment = Commitment::to_record(&stream.secret.blinding(seq), &bytes);
        stream.prev = commitment;
        stream.entries.push(Entry { index, record, body: body.into_bytes() });
        self.leaves.push(commitment.leaf());
        self.heads.insert(stream.id, Head { seq, commitment });
    }

    pub(crate) fn seal(&mut self) {
        self.leaves.push(self.heads.leaf());
        let size = self.leaves.len() as u64;
        let signed = sign(ORIGIN, size, root_of(&self.leaves), &[&log_key(1)]);
        self.sealed.push(Sealed { signed, heads: self.heads.clone() });
    }

    pub(crate) fn newest(&self) -> &SignedCheckpoint {
        &self.sealed.last().unwrap().signed
    }

    /// The log as it was served at a checkpoint.
    pub(crate) fn files(&self, checkpoint: &SignedCheckpoint) -> Files {
        files_of(&self.leaves[..checkpoint.checkpoint().size() as usize], checkpoint)
    }

    /// A customer's export under a checkpoint.
    pub(crate) fn export(&self, number: usize, sealed: &Sealed) -> Export {
        let size = sealed.signed.checkpoint().size();
        let stream = &self.streams[number];
        let inside = stream.entries.iter().filter(|entry| entry.index < size);
        let entries = inside.map(|entry| OpenedEntry {
            index: entry.index,
            blinding: stream.secret.blinding(entry.record.seq),
            record: String::from_utf8(entry.record.to_bytes().unwrap()).unwrap(),
            body: Some(ExportBody {
                salt: stream.secret.body_salt(entry.record.seq),
                bytes: entry.body.clone(),
            }),
        });
        let parts = ExportParts {
            checkpoint: &sealed.signed,
            rotations: Vec::new(),
            stream: stream.id,
            heads: &sealed.heads,
            entries: entries.collect(),
        };
        let files = self.files(&sealed.signed);
        let mut tiles = TileSet::default();
        for tile in parts.tiles() {
            let bytes = files[&tile.path().to_string()].clone();
            tiles.insert(tile.level(), tile.index(), bytes);
        }
        parts.assemble(&tiles).unwrap()
    }
}

/// Writes files below a directory, and beside them what a verifier may trust.
pub(crate) fn write_case(directory: &Path, files: &Files, known: Option<&SignedCheckpoint>) {
    let mut files = files.clone();
    files.insert("trust/key".into(), format!("{}\n", log_key(1).verifier()).into_bytes());
    files.insert("trust/witness".into(), format!("{}\n", witness_key(9).verifier()).into_bytes());
    if let Some(known) = known {
        files.insert("trust/known".into(), known.to_string().into_bytes());
    }
    for (path, bytes) in files {
        let path = directory.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
}
