//! Our Merkle arithmetic and notes against those of crates that others wrote.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use bankside_transparency::checkpoint::Checkpoint;
use bankside_transparency::hash::Hash256;
use bankside_transparency::key::{KeyKind, SigningKey};
use bankside_transparency::path::{LogPath, Tile};
use bankside_transparency::tree::{Frontier, prove_consistency, prove_inclusion};
use signed_note::{StandardVerifier, Verifier as _};
use tlog_tiles::tlog::{
    Error, Hash, HashReader, check_record, check_tree, prove_record, prove_tree, record_hash,
    stored_hashes, tree_hash,
};

const SIZE: u64 = 600;

/// Their storage: every hash by its number.
struct Stored(Vec<Hash>);

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
        Ok(indexes.iter().map(|index| self.0[*index as usize]).collect())
    }
}

fn ours(hashes: &[Hash]) -> Vec<Hash256> {
    hashes.iter().map(|hash| Hash256(hash.0)).collect()
}

fn theirs(hashes: &[Hash256]) -> Vec<Hash> {
    hashes.iter().map(|hash| Hash(hash.0)).collect()
}

#[test]
fn roots_tiles_and_proofs_agree_with_tlog_tiles() {
    let mut stored = Stored(Vec::new());
    let mut frontier = Frontier::new();
    let mut tiles = std::collections::BTreeMap::new();
    let mut roots = vec![Hash256::empty_root()];
    for index in 0..SIZE {
        let entry = index.to_be_bytes();
        let new = stored_hashes(index, &entry, &stored).unwrap();
        stored.0.extend(new);
        for update in frontier.append(&[Hash256(record_hash(&entry).0)]).unwrap() {
            let tile = update.tile;
            let (level, width) = (tile.level(), u32::from(tile.width()));
            let same = tlog_tiles::tile::Tile::new(8, level, tile.index(), width, false);
            assert_eq!(same.read_data(&stored).unwrap(), update.bytes, "{}", tile.path());
            tiles.insert((level, tile.index()), update.bytes);
        }
        let root = tree_hash(index + 1, &stored).unwrap();
        assert_eq!(frontier.root().0, root.0);
        roots.push(frontier.root());
    }
    let read = |tile: Tile| tiles.get(&(tile.level(), tile.index())).cloned().ok_or(());
    let mut checked = 0;
    for size in (1..=SIZE).step_by(7).chain([255, 256, 257, 511, 512, 513]) {
        let root = Hash(roots[size as usize].0);
        for other in (0..size).step_by(5).chain([size - 1]) {
            let proof = prove_inclusion(other, size, &read).unwrap();
            assert_eq!(proof, ours(&prove_record(size, other, &stored).unwrap()));
            let leaf = record_hash(&other.to_be_bytes());
            check_record(&theirs(&proof), size, root, other, leaf).unwrap();
            let old = other + 1;
            let proof = prove_consistency(old, size, &read).unwrap();
            assert_eq!(proof, ours(&prove_tree(size, old, &stored).unwrap()));
            let old_root = Hash(roots[old as usize].0);
            check_tree(&theirs(&proof), size, root, old, old_root).unwrap();
            checked += 2;
        }
    }
    assert!(checked > 5000, "{checked}");
}

#[test]
fn signed_note_reads_our_checkpoints_and_keys() {
    let key = SigningKey::from_seed("meadow.example/log", KeyKind::Note, &[5; 32]).unwrap();
    let root = Hash256([1; 32]);
    let signed = Checkpoint::new("meadow.example/log", 9, root).unwrap().sign(&[&key]).unwrap();
    let verifier = StandardVerifier::new(&key.verifier().to_string()).unwrap();
    assert_eq!(verifier.key_id(), key.verifier().id());
    let note = signed_note::Note::from_bytes(signed.to_string().as_bytes()).unwrap();
    let known = signed_note::VerifierList::new(vec![Box::new(verifier)]);
    let (held, unknown) = note.verify(&known).unwrap();
    assert_eq!((held.len(), unknown.len()), (1, 0));
    let body = tlog_tiles::checkpoint::Checkpoint::from_bytes(note.text()).unwrap();
    assert_eq!((body.size(), body.hash().0), (9, root.0));
}

#[test]
fn tile_numbers_are_spelled_as_theirs_where_their_layout_allows() {
    for index in [0, 7, 999, 1000, 1_234_067, 999_999_999] {
        for width in [1, 112, 256] {
            let our_path = Tile::new(0, index, width).unwrap().path().to_string();
            let their_path =
                tlog_tiles::tile::Tile::new(8, 0, index, u32::from(width), false).path();
            assert_eq!(our_path.strip_prefix("tile/"), their_path.strip_prefix("tile/8/"));
            assert!(LogPath::parse(&our_path).is_some());
        }
    }
}
