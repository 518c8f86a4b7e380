//! The tree against RFC 6962 to the letter, published roots, and changed proofs.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::*;
use proptest::prelude::*;

fn leaf(number: u64) -> Hash256 {
    Hash256::of_leaf(&number.to_be_bytes())
}

/// RFC 6962, section 2.1, to the letter.
fn tree_hash(leaves: &[Hash256]) -> Hash256 {
    match leaves {
        [] => Hash256::empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(1 << (leaves.len() - 1).ilog2());
            Hash256::of_node(&tree_hash(left), &tree_hash(right))
        }
    }
}

/// A store that keeps one row for each tile, as ours does.
#[derive(Default)]
struct Rows(BTreeMap<(u8, u64), Vec<u8>>);

impl Rows {
    fn apply(&mut self, updates: Vec<TileUpdate>) {
        for TileUpdate { tile, bytes } in updates {
            assert_eq!(bytes.len(), 32 * usize::from(tile.width()));
            let old = self.0.insert((tile.level(), tile.index()), bytes.clone());
            let old = old.unwrap_or_default();
            assert!(old.len() < bytes.len() && bytes.starts_with(&old), "tiles only grow");
        }
    }

    fn read(&self, tile: Tile) -> Result<Vec<u8>, String> {
        self.0.get(&(tile.level(), tile.index())).cloned().ok_or(tile.path().to_string())
    }
}

fn grown(size: u64) -> (Frontier, Rows, Vec<Hash256>) {
    let leaves: Vec<_> = (0..size).map(leaf).collect();
    let mut frontier = Frontier::new();
    let mut rows = Rows::default();
    rows.apply(frontier.append(&leaves).unwrap());
    (frontier, rows, leaves)
}

/// The eight leaves and roots of the test data that Certificate Transparency publishes.
#[test]
fn known_roots() {
    let leaves = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    let mut frontier = Frontier::new();
    assert_eq!(
        frontier.root().to_string(),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
    for (leaf, root) in leaves.iter().zip(roots) {
        frontier.append(&[Hash256::of_leaf(&hex::decode(leaf).unwrap())]).unwrap();
        assert_eq!(frontier.root().to_string(), root);
    }
}

/// The example of C2SP tlog-tiles.
#[test]
fn a_tree_of_70000_has_the_specified_tiles() {
    let leaves: Vec<_> = (0..70_000).map(leaf).collect();
    let updates = Frontier::new().append(&leaves).unwrap();
    let count = |level: u8, width: u16| {
        updates.iter().filter(|u| u.tile.level() == level && u.tile.width() == width).count()
    };
    assert_eq!(
        (count(0, 256), count(0, 112), count(1, 256), count(1, 17), count(2, 1)),
        (273, 1, 1, 1, 1)
    );
    assert_eq!(updates.len(), 277);
    let paths: Vec<_> = tiles_at(70_000).iter().map(|t| t.path().to_string()).collect();
    assert_eq!(paths, ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]);
    let paths: Vec<_> = tiles_at(256).iter().map(|t| t.path().to_string()).collect();
    assert_eq!(paths, ["tile/1/000.p/1"]);
}

#[test]
fn every_proof_of_small_trees_holds_and_is_the_one_of_the_standard() {
    let (_, rows, leaves) = grown(70);
    for size in 1..=70usize {
        let root = tree_hash(&leaves[..size]);
        for index in 0..size {
            let proof = prove_inclusion(index as u64, size as u64, &|t| rows.read(t)).unwrap();
            assert_eq!(proof, path(index, &leaves[..size]));
            verify_inclusion(leaves[index], index as u64, size as u64, &proof, root).unwrap();
        }
        for old in 0..=size {
            let proof = prove_consistency(old as u64, size as u64, &|t| rows.read(t)).unwrap();
            let old_root = tree_hash(&leaves[..old]);
            verify_consistency(old as u64, old_root, size as u64, root, &proof).unwrap();
        }
    }
}

/// PATH(m, D[n]) of RFC 6962, section 2.1.1.
fn path(index: usize, leaves: &[Hash256]) -> Vec<Hash256> {
    if leaves.len() == 1 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(1 << (leaves.len() - 1).ilog2());
    let (mut below, sibling) = if index < left.len() {
        (path(index, left), tree_hash(right))
    } else {
        (path(index - left.len(), right), tree_hash(left))
    };
    below.push(sibling);
    below
}

#[test]
fn the_fetch_list_is_what_a_proof_reads() {
    let (_, rows, _) = grown(70_000);
    let seen = RefCell::new(Vec::new());
    let reader = |tile: Tile| {
        seen.borrow_mut().push(tile);
        rows.read(tile)
    };
    let sorted = || {
        let mut tiles = seen.take();
        tiles.sort();
        tiles
    };
    for (index, size) in [(0, 1), (0, 2), (5, 300), (65_535, 65_536), (69_999, 70_000), (1, 66_000)]
    {
        prove_inclusion(index, size, &reader).unwrap();
        assert_eq!(sorted(), tiles_for_inclusion(index, size));
    }
    for (old, new) in [(0, 9), (1, 2), (255, 257), (256, 70_000), (65_537, 70_000), (9, 9)] {
        prove_consistency(old, new, &reader).unwrap();
        assert_eq!(sorted(), tiles_for_consistency(old, new));
    }
}

#[test]
fn a_tile_set_knows_what_it_lacks() {
    let (_, rows, leaves) = grown(600);
    let mut set = TileSet::default();
    let wanted = tiles_for_inclusion(300, 500);
    assert_eq!(set.missing(wanted.clone()), wanted);
    for tile in &wanted {
        set.insert(tile.level(), tile.index(), rows.read(*tile).unwrap());
    }
    assert_eq!(set.missing(wanted.clone()), []);
    set.insert(0, 1, vec![0; 32]);
    let proof = prove_inclusion(300, 500, &set).unwrap();
    verify_inclusion(leaves[300], 300, 500, &proof, tree_hash(&leaves[..500])).unwrap();
    let wider = Tile::new(1, 0, 3).unwrap();
    assert_eq!(set.read(wider), Err(NotFetched(wider)));
}

#[test]
fn what_is_out_of_the_tree_is_refused() {
    let (frontier, rows, _) = grown(10);
    let read = |tile: Tile| rows.read(tile);
    let outside = |position, size| Err(ProveError::OutOfTree { position, size });
    assert_eq!(prove_inclusion(10, 10, &read), outside(10, 10));
    assert_eq!(prove_inclusion(0, 0, &read), outside(0, 0));
    assert_eq!(prove_consistency(11, 10, &read), outside(11, 10));
    assert_eq!(prove_inclusion(u64::MAX - 1, u64::MAX, &read), outside(u64::MAX - 1, u64::MAX));
    assert!(matches!(prove_inclusion(0, 11, &read), Err(ProveError::ShortTile(_))));
    assert!(matches!(
        prove_inclusion(0, 70_000, &|tile: Tile| match tile.level() {
            0 => Ok(vec![0; 8192]),
            _ => rows.read(tile),
        }),
        Err(ProveError::Read(_))
    ));
    assert_eq!(root_of_tiles(0, &read), Ok(Hash256::empty_root()));
    let mut full = frontier.clone();
    full.size = MAX_SIZE;
    assert_eq!(full.append(&[leaf(0)]), Err(FrontierError::TooLarge(MAX_SIZE + 1)));
    let zero = Hash256([0; 32]);
    assert!(root_from_inclusion(zero, 0, 0, &[]).is_err());
    assert!(root_from_inclusion(zero, u64::MAX - 1, u64::MAX, &[zero; 200]).is_err());
    assert!(verify_consistency(1, zero, u64::MAX, zero, &[zero; 200]).is_err());
}

/// The rows of a grown tree restore every smaller one: an unfinished tile is a prefix of what
/// it became.
#[test]
fn an_older_frontier_is_restored_from_wider_tiles() {
    let (_, rows, leaves) = grown(1000);
    for size in [0, 1, 255, 256, 257, 700, 999] {
        let mut older = Frontier::new();
        older.append(&leaves[..size]).unwrap();
        assert_eq!(Frontier::from_tiles(size as u64, &|t| rows.read(t)).unwrap(), older);
    }
}

#[test]
fn frontier_bytes_must_add_up() {
    let (frontier, _, _) = grown(300);
    let bytes = frontier.to_bytes();
    assert_eq!(Frontier::from_bytes(&bytes), Ok(frontier));
    for wrong in [&bytes[..bytes.len() - 32], &bytes[..bytes.len() - 1], &bytes[..7], &[]] {
        assert_eq!(Frontier::from_bytes(wrong), Err(FrontierError::Malformed));
    }
    let longer = [&bytes[..], &[0; 32]].concat();
    assert_eq!(Frontier::from_bytes(&longer), Err(FrontierError::Malformed));
    assert_eq!(Frontier::from_bytes(&[0xff; 8]), Err(FrontierError::TooLarge(u64::MAX)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever the batches: root, tiles, frontier and its two ways of being restored agree
    /// with a tree built at once.
    #[test]
    fn batches_make_no_difference(batches in prop::collection::vec(0u64..400, 1..12)) {
        let mut frontier = Frontier::new();
        let mut rows = Rows::default();
        for batch in batches {
            let from = frontier.size();
            let hashes: Vec<_> = (from..from + batch).map(leaf).collect();
            rows.apply(frontier.append(&hashes).unwrap());
            prop_assert_eq!(&Frontier::from_bytes(&frontier.to_bytes()).unwrap(), &frontier);
            let restored = Frontier::from_tiles(frontier.size(), &|t| rows.read(t)).unwrap();
            prop_assert_eq!(&restored, &frontier);
        }
        let leaves: Vec<_> = (0..frontier.size()).map(leaf).collect();
        prop_assert_eq!(frontier.root(), tree_hash(&leaves));
        prop_assert_eq!(root_of_tiles(frontier.size(), &|t| rows.read(t)).unwrap(), frontier.root());
        let mut at_once = Rows::default();
        at_once.apply(Frontier::new().append(&leaves).unwrap());
        prop_assert_eq!(at_once.0, rows.0);
    }

    /// One flipped bit anywhere in a proof, the leaf or a root is noticed, and so is a hash
    /// too many or too few.
    #[test]
    fn a_changed_proof_is_refused(size in 2u64..700, at: prop::sample::Index, bit in 0usize..256, part: prop::sample::Index) {
        let (frontier, rows, leaves) = grown(size);
        let read = |tile: Tile| rows.read(tile);
        let flip = |hash: &mut Hash256| hash.0[bit / 8] ^= 1 << (bit % 8);

        let index = at.index(size as usize);
        let mut path = prove_inclusion(index as u64, size, &read).unwrap();
        let verify = |path: &[Hash256]| verify_inclusion(leaves[index], index as u64, size, path, frontier.root());
        prop_assert_eq!(verify(&path), Ok(()));
        prop_assert_eq!(verify(&path[1..]), Err(ProofError::Length));
        prop_assert_eq!(verify(&[&path[..], &[leaf(0)]].concat()), Err(ProofError::Length));
        let at_part = part.index(path.len());
        flip(&mut path[at_part]);
        prop_assert_eq!(verify(&path), Err(ProofError::Root));

        let old = 1 + at.index(size as usize - 1);
        let old_root = tree_hash(&leaves[..old]);
        let mut proof = prove_consistency(old as u64, size, &read).unwrap();
        let verify = |proof: &[Hash256]| verify_consistency(old as u64, old_root, size, frontier.root(), proof);
        prop_assert_eq!(verify(&proof), Ok(()));
        let (mut other_old, mut other_new) = (old_root, frontier.root());
        flip(&mut other_old);
        flip(&mut other_new);
        let other = |old_root, root| verify_consistency(old as u64, old_root, size, root, &proof);
        // The old root of a perfect tree is a node of the new one: then both come out wrong.
        prop_assert_eq!(other(other_old, frontier.root()), Err(if old.is_power_of_two() { ProofError::Root } else { ProofError::OldRoot }));
        prop_assert_eq!(other(old_root, other_new), Err(ProofError::Root));
        let at_part = part.index(proof.len());
        flip(&mut proof[at_part]);
        prop_assert!(verify(&proof).is_err());
        flip(&mut proof[at_part]);
        proof.pop();
        prop_assert!(verify(&proof).is_err());
    }

    #[test]
    fn no_proof_makes_the_verifier_panic(leaf in any::<[u8; 32]>(), a: u64, b: u64, hashes in prop::collection::vec(any::<[u8; 32]>(), 0..80)) {
        let proof: Vec<_> = hashes.into_iter().map(Hash256).collect();
        let _ = root_from_inclusion(Hash256(leaf), a, b, &proof);
        let _ = verify_consistency(a, Hash256(leaf), b, Hash256(leaf), &proof);
    }
}
