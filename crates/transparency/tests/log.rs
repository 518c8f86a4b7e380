//! What a whole log may look like, and what the verifier says of each fault by itself.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod world;

use bankside_transparency::bundle;
use bankside_transparency::checkpoint::Checkpoint;
use bankside_transparency::hash::Hash256;
use bankside_transparency::leaf::{Commitment, Leaf};
use bankside_transparency::path::LogPath;
use bankside_transparency::tree::Frontier;
use bankside_transparency::verify::{LogFinding, verify_log};
use world::{Dice, Files, ORIGIN, World, cosigned, files_of, log_key, root_of, sign, trust};

fn findings(files: &Files) -> Vec<LogFinding> {
    verify_log(&|path: &str| Ok::<_, String>(files.get(path).cloned()), &trust(None)).findings
}

fn leaves(count: usize) -> Vec<Leaf> {
    let mut dice = Dice(count as u64);
    let records = (1..count).map(|_| Leaf::Commitment(Commitment(Hash256(dice.bytes()))));
    records.chain([Leaf::Heads(Hash256([5; 32]))]).collect()
}

fn honest(count: usize) -> Files {
    let leaves = leaves(count);
    files_of(&leaves, &sign(ORIGIN, count as u64, root_of(&leaves), &[&log_key(1)]))
}

#[test]
fn every_size_around_a_full_tile_holds_and_all_is_read() {
    for size in [1, 2, 255, 256, 257, 511, 512, 513, 1000] {
        let files = honest(size);
        let read = |path: &str| Ok::<_, String>(files.get(path).cloned());
        let report = verify_log(&read, &trust(None));
        assert!(report.holds(), "{size}: {:?}", report.findings);
        assert_eq!(report.entries, size as u64);
        let tiles = files.keys().filter(|p| p.starts_with("tile/") && !p.contains("entries"));
        assert_eq!(report.tiles, tiles.count() as u64, "{size}");
        assert_eq!(report.cosignatures.len(), 1);
    }
}

/// A log may delete a partial file once the full one exists; an older checkpoint still holds.
#[test]
fn an_older_checkpoint_holds_over_the_files_of_a_newer_one() {
    let all = leaves(700);
    for size in [1, 255, 256, 300, 600] {
        let mut older = all[..size].to_vec();
        older[size - 1] = Leaf::Heads(Hash256([6; 32]));
        let mut newer = all.clone();
        newer[size - 1] = older[size - 1];
        let signed = sign(ORIGIN, size as u64, root_of(&older), &[&log_key(1)]);
        let mut files = files_of(&newer, &signed);
        // Files that were partial at the older size and are not yet full at the newer one.
        let partial = files_of(&older, &signed).into_iter();
        let (kept, gone): (Vec<_>, Vec<_>) = partial.partition(|(path, _)| {
            let full = path.split(".p/").next().unwrap();
            !files.contains_key(full)
        });
        let replaced = gone.iter().filter(|(path, _)| path.contains(".p/")).count();
        assert_eq!(replaced > 0, [1, 255, 300].contains(&size), "{size}");
        files.extend(kept);
        assert_eq!(findings(&files), [], "{size}");
    }
}

#[test]
fn each_fault_has_its_name() {
    let unreadable = |path: &str| match path {
        "tile/0/000" => Err("disk on fire"),
        path => Ok(honest(300).get(path).cloned()),
    };
    let found = verify_log(&unreadable, &trust(None)).findings;
    let (path, why) = ("tile/0/000".to_owned(), "disk on fire".to_owned());
    assert_eq!(found, [LogFinding::Unreadable { path, why }]);

    let mut no_heads = leaves(10);
    no_heads.push(Leaf::Commitment(Commitment(Hash256([1; 32]))));
    let signed = sign(ORIGIN, 11, root_of(&no_heads), &[&log_key(1)]);
    assert_eq!(findings(&files_of(&no_heads, &signed)), [LogFinding::NoHeads(10)]);

    let found = findings(&Files::new());
    assert_eq!(found, [LogFinding::Missing("checkpoint".into())]);

    let mut rotated = honest(10);
    rotated.insert("rotation/1".into(), b"nonsense".to_vec());
    assert!(matches!(findings(&rotated)[..], [LogFinding::Rotation { number: 1, .. }]));

    // A signed claim of a huge tree costs us some thousand reads, not for ever.
    let claim = sign(ORIGIN, 1 << 61, Hash256([1; 32]), &[&log_key(1)]);
    let files = Files::from([("checkpoint".into(), claim.to_string().into_bytes())]);
    let found = findings(&files);
    assert!(matches!(found.last(), Some(LogFinding::GivenUp(_))), "{:?}", found.last());

    let huge = Checkpoint::new(ORIGIN, u64::MAX, Hash256([1; 32])).unwrap();
    let huge = cosigned(huge.sign(&[&log_key(1)]).unwrap(), 1);
    let files = Files::from([("checkpoint".into(), huge.to_string().into_bytes())]);
    assert!(matches!(findings(&files)[..], [LogFinding::Malformed { .. }]));
}

#[test]
fn files_that_are_too_long_are_noticed() {
    let mut long = honest(300);
    long.get_mut("tile/0/001.p/44").unwrap().extend([0; 32]);
    assert!(matches!(findings(&long)[..], [LogFinding::Malformed { .. }]));
    let mut long = honest(300);
    long.get_mut("tile/1/000.p/1").unwrap().push(0);
    assert!(matches!(findings(&long)[..], [LogFinding::Malformed { .. }]));
    let mut long = honest(300);
    let path = "tile/entries/001.p/44";
    let last = leaves(300)[299];
    bundle::append(long.get_mut(path).unwrap(), [last]);
    let path = LogPath::parse(path).unwrap();
    let count = LogFinding::EntryCount { path, wanted: 44, found: 45, first: 300 };
    let found = findings(&long);
    assert_eq!(found, [count]);
}

/// Where neither the entry nor its tile leads to the signed root, both are named.
#[test]
fn an_entry_and_its_tile_may_both_be_wrong() {
    let mut files = honest(700);
    files.get_mut("tile/entries/001").unwrap()[35 * 3 + 9] ^= 1;
    files.get_mut("tile/0/001").unwrap()[32 * 3 + 9] ^= 1;
    let found = findings(&files);
    let tile = |path| LogPath::parse(path).unwrap();
    let both = LogFinding::Disagreement { index: 259, path: tile("tile/0/001") };
    assert!(matches!(found[0], LogFinding::Root { .. }), "{found:?}");
    assert_eq!(found[1..], [both]);
}

#[test]
fn a_checkpoint_seen_before_must_fit() {
    let all = leaves(600);
    let files = honest(600);
    let check = |size: usize, want: &[LogFinding]| {
        let known = sign(ORIGIN, size as u64, root_of(&all[..size]), &[&log_key(1)]);
        let read = |path: &str| Ok::<_, String>(files.get(path).cloned());
        assert_eq!(verify_log(&read, &trust(Some(&known))).findings, want, "{size}");
    };
    for size in [0, 1, 255, 256, 257, 512, 513, 599, 600] {
        check(size, &[]);
    }
    for size in [1u64, 256, 300, 600] {
        let known = sign(ORIGIN, size, Hash256([1; 32]), &[&log_key(1)]);
        let read = |path: &str| Ok::<_, String>(files.get(path).cloned());
        let found = verify_log(&read, &trust(Some(&known))).findings;
        assert_eq!(found, [LogFinding::Forked { size }]);
    }
}

/// Bytes that are no leaf of ours may be in the tree all the same, and are named.
#[test]
fn entries_of_another_form_are_named() {
    let entries: Vec<Vec<u8>> =
        vec![vec![3; 33], vec![1; 32], vec![], leaves(1)[0].to_bytes().to_vec()];
    let mut bundle = Vec::new();
    let mut tree = Frontier::new();
    let mut files = Files::new();
    for entry in &entries {
        bundle.extend_from_slice(&(entry.len() as u16).to_be_bytes());
        bundle.extend_from_slice(entry);
        let update = tree.append(&[Hash256::of_leaf(entry)]).unwrap().remove(0);
        files.insert(update.tile.path().to_string(), update.bytes);
    }
    files.insert("tile/entries/000.p/4".into(), bundle);
    let signed = sign(ORIGIN, 4, tree.root(), &[&log_key(1)]);
    files.insert("checkpoint".into(), signed.to_string().into_bytes());
    let found: Vec<_> = findings(&files).iter().map(LogFinding::to_string).collect();
    let named =
        |n| format!("entry {n} in `tile/entries/000.p/4` is not a leaf of a disclosure log");
    assert_eq!(found, [named(0), named(1), named(2)]);
}

/// Work grows with the entries, not with their square: the number of files read is known.
#[test]
fn every_file_is_read_once() {
    let files = honest(2000);
    let reads = std::cell::RefCell::new(Vec::new());
    let read = |path: &str| {
        reads.borrow_mut().push(path.to_owned());
        Ok::<_, String>(files.get(path).cloned())
    };
    assert!(verify_log(&read, &trust(None)).holds());
    let mut reads = reads.into_inner();
    reads.retain(|path| path != "rotation/1");
    let count = reads.len();
    reads.sort();
    reads.dedup();
    assert_eq!((count, reads.len()), (files.len(), files.len()));
}

#[test]
fn witnesses_are_demanded() {
    let world = World::new(2, 2, 2);
    let unwitnessed = world.newest().checkpoint().clone().sign(&[&log_key(1)]).unwrap();
    let found = findings(&world.files(&unwitnessed));
    assert!(matches!(found[..], [LogFinding::Cosignatures(_)]), "{found:?}");
}
