//! The heads map against a plain map, against its definition, and against known answers.

use std::collections::BTreeMap;

use super::*;
use proptest::prelude::*;

fn stream(number: u16) -> StreamId {
    let mut id = [0; 16];
    id[..2].copy_from_slice(&number.to_be_bytes());
    StreamId(id)
}

fn head(seq: u64) -> Head {
    Head { seq, commitment: Commitment(Hash256::of(&[&seq.to_be_bytes()])) }
}

/// The root by definition: sort the leaves, split by bits.
fn defined(leaves: &[(Hash256, Head)], depth: usize) -> Hash256 {
    match leaves {
        [] => empty_hash(),
        [(key, head)] => leaf_hash(key, &value_hash(head)),
        _ => {
            let (right, left): (Vec<_>, Vec<_>) =
                leaves.iter().partition(|(key, _)| bit(key, depth));
            node_hash(&defined(&left, depth + 1), &defined(&right, depth + 1))
        }
    }
}

/// Computed with Python's hashlib.
#[test]
fn known_answers() {
    let mut map = HeadsMap::new();
    assert_eq!(
        map.root().to_string(),
        "7b304a4a959a4c29455be6192815285701edd2a6ea573a43bee1d919ec0d1ce5"
    );
    map.insert(stream(1), head(5));
    assert_eq!(
        map.root().to_string(),
        "1ad078726350c1ce33ea2c3e80afa46ba2b58af8fe85dea032dc1c326c546d21"
    );
    map.insert(stream(2), head(6));
    map.insert(stream(3), head(7));
    assert_eq!(
        map.root().to_string(),
        "f1934fa8b13836f9de11b918c37f6163c4635ea5ca56e225524f38cc9850d83e"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Against a plain map: content, root, and a proof for every stream, present or not.
    #[test]
    fn the_map_is_its_content(inserts in prop::collection::vec((0u16..80, 0u64..1000), 0..120)) {
        let mut map = HeadsMap::new();
        let mut plain = BTreeMap::new();
        for (number, seq) in &inserts {
            let kept = map.clone();
            let root = kept.root();
            prop_assert_eq!(map.insert(stream(*number), head(*seq)), plain.insert(*number, head(*seq)));
            prop_assert_eq!(kept.root(), root, "a clone keeps its root");
        }
        let leaves: Vec<_> = plain.iter().map(|(n, h)| (key_of(stream(*n)), *h)).collect();
        prop_assert_eq!(map.root(), defined(&leaves, 0));
        prop_assert_eq!(map.len(), plain.len() as u64);
        let at_once: HeadsMap = inserts.iter().map(|(n, s)| (stream(*n), head(*s))).collect();
        prop_assert_eq!((at_once.root(), at_once.len()), (map.root(), map.len()));
        for number in 0..80 {
            let found = plain.get(&number).copied();
            prop_assert_eq!(map.get(stream(number)), found);
            let proof = map.prove(stream(number));
            let text = serde_json::to_string(&proof).unwrap();
            prop_assert_eq!(&serde_json::from_str::<HeadProof>(&text).unwrap(), &proof);
            let verify = |head| proof.verify(map.root(), stream(number), head);
            prop_assert_eq!(verify(found), Ok(()));
            // Neither a stale or invented head nor an absence that is none.
            prop_assert!(verify(Some(head(2000))).is_err());
            if found.is_some() {
                prop_assert!(verify(None).is_err());
            }
            prop_assert!(proof.verify(map.root(), stream(number + 100), found).is_err() || found.is_none());
        }
    }
}

#[test]
fn changed_proofs_are_refused() {
    let map: HeadsMap = (0..50).map(|n| (stream(n), head(u64::from(n)))).collect();
    for number in 0..50 {
        let proof = map.prove(stream(number));
        let head = Some(head(u64::from(number)));
        for at in 0..proof.siblings.len() {
            let mut changed = proof.clone();
            changed.siblings[at].0[31] ^= 1;
            let verdict = changed.verify(map.root(), stream(number), head);
            assert_eq!(verdict, Err(HeadProofError::Root));
        }
        let mut shorter = proof.clone();
        shorter.siblings.pop();
        assert_eq!(shorter.verify(map.root(), stream(number), head), Err(HeadProofError::Root));
    }
    let absent = (50..).find(|n| map.prove(stream(*n)).other.is_some()).unwrap();
    let proof = map.prove(stream(absent));
    assert_eq!(proof.verify(map.root(), stream(absent), None), Ok(()));
    // A leaf from elsewhere in the map does not show that this place is empty.
    let elsewhere = (50..).find(|n| {
        let other = map.prove(stream(*n));
        other.other.is_some() && bit(&key_of(stream(*n)), 0) != bit(&key_of(stream(absent)), 0)
    });
    let borrowed = map.prove(stream(elsewhere.unwrap()));
    let verdict = borrowed.verify(map.root(), stream(absent), None);
    assert_eq!(verdict, Err(HeadProofError::OtherLeaf));
    let long = HeadProof { siblings: vec![Hash256([0; 32]); 257], other: None };
    assert_eq!(long.verify(map.root(), stream(1), None), Err(HeadProofError::Length));
    // Nor does the stream's own leaf, passed off as another's.
    let mut own = map.prove(stream(7));
    own.other = Some(proof::OtherLeaf { key: key_of(stream(7)), value: value_hash(&head(7)) });
    let verdict = own.verify(map.root(), stream(7), None);
    assert_eq!(verdict, Err(HeadProofError::OtherLeaf));
}
