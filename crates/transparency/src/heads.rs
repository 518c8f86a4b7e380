//! The heads map: for each stream, its newest entry, in a map whose root stands in the log.
//!
//! A sparse Merkle map over 256-bit keys, shortened: a subtree with one leaf is that leaf, an
//! empty one is a constant. The root depends on the content alone, not on the order of
//! insertion, and each stream has exactly one place, so that a log cannot show two heads of
//! one stream under one root.
//!
//! The map is a persistent value: a clone costs nothing and keeps its root, and an insertion
//! shares all but one path with the map before.
//!
//! Invariants: an inner node has at least two leaves below it; keys and values are blinded,
//! so that a proof tells of its neighbours only that they are there. Absent on purpose:
//! removal. A cleared stream keeps its last head.

mod proof;

pub use proof::{HeadProof, HeadProofError, MAX_DEPTH};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::hash::Hash256;
use crate::leaf::{Commitment, Leaf, StreamId};

/// The newest entry of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Its sequence number.
    pub seq: u64,
    /// Its commitment.
    pub commitment: Commitment,
}

/// Streams and their heads.
#[derive(Clone, Debug, Default)]
pub struct HeadsMap {
    root: Node,
    len: u64,
}

#[derive(Clone, Debug, Default)]
enum Node {
    #[default]
    Empty,
    Leaf(Arc<Item>),
    Inner(Arc<Inner>),
}

#[derive(Debug)]
struct Item {
    key: Hash256,
    head: Head,
    hash: Hash256,
}

#[derive(Debug)]
struct Inner {
    hash: Hash256,
    left: Node,
    right: Node,
}

impl HeadsMap {
    /// A map without streams.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Number of streams.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.len
    }

    /// Whether there is no stream.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The root over all heads.
    #[must_use]
    pub fn root(&self) -> Hash256 {
        self.root.hash()
    }

    /// The public leaf that carries the root; the last one under each checkpoint.
    #[must_use]
    pub fn leaf(&self) -> Leaf {
        Leaf::Heads(self.root())
    }

    /// The newest entry of a stream.
    #[must_use]
    pub fn get(&self, stream: StreamId) -> Option<Head> {
        let (_, terminal) = self.walk(key_of(stream));
        terminal.filter(|item| item.key == key_of(stream)).map(|item| item.head)
    }

    /// Sets the newest entry of a stream and returns the one before. Hashes one path.
    pub fn insert(&mut self, stream: StreamId, head: Head) -> Option<Head> {
        let item = Item::new(stream, head);
        let before = self.get(stream);
        self.root = std::mem::take(&mut self.root).insert(Arc::new(item), 0);
        self.len += u64::from(before.is_none());
        before
    }

    /// The proof of a stream's head, or that the stream has none.
    #[must_use]
    pub fn prove(&self, stream: StreamId) -> HeadProof {
        let key = key_of(stream);
        let (siblings, terminal) = self.walk(key);
        let other = terminal
            .filter(|item| item.key != key)
            .map(|item| proof::OtherLeaf { key: item.key, value: value_hash(&item.head) });
        HeadProof { siblings, other }
    }

    /// The hashes beside the path to a key, from the root down, and the leaf at its end.
    fn walk(&self, key: Hash256) -> (Vec<Hash256>, Option<&Item>) {
        let mut siblings = Vec::new();
        let mut node = &self.root;
        let mut depth = 0;
        loop {
            match node {
                Node::Empty => return (siblings, None),
                Node::Leaf(item) => return (siblings, Some(item)),
                Node::Inner(inner) => {
                    let (next, sibling) = if bit(&key, depth) {
                        (&inner.right, &inner.left)
                    } else {
                        (&inner.left, &inner.right)
                    };
                    siblings.push(sibling.hash());
                    node = next;
                    depth += 1;
                }
            }
        }
    }
}

/// Builds a map at once: one hash for each node, instead of a path for each stream. Of
/// several heads of one stream the last one counts.
impl FromIterator<(StreamId, Head)> for HeadsMap {
    fn from_iter<I: IntoIterator<Item = (StreamId, Head)>>(heads: I) -> Self {
        let items = heads.into_iter().map(|(stream, head)| Item::new(stream, head));
        let by_key: std::collections::BTreeMap<_, _> =
            items.map(|item| (item.key, Arc::new(item))).collect();
        let sorted: Vec<_> = by_key.into_values().collect();
        Self { root: build(&sorted, 0), len: sorted.len() as u64 }
    }
}

fn build(sorted: &[Arc<Item>], depth: usize) -> Node {
    match sorted {
        [] => Node::Empty,
        [item] => Node::Leaf(Arc::clone(item)),
        _ => {
            let middle = sorted.partition_point(|item| !bit(&item.key, depth));
            let (left, right) = sorted.split_at(middle);
            Node::inner(build(left, depth + 1), build(right, depth + 1))
        }
    }
}

impl Item {
    fn new(stream: StreamId, head: Head) -> Self {
        let key = key_of(stream);
        Self { key, head, hash: leaf_hash(&key, &value_hash(&head)) }
    }
}

impl Node {
    fn inner(left: Self, right: Self) -> Self {
        let hash = node_hash(&left.hash(), &right.hash());
        Self::Inner(Arc::new(Inner { hash, left, right }))
    }

    fn hash(&self) -> Hash256 {
        match self {
            Self::Empty => empty_hash(),
            Self::Leaf(item) => item.hash,
            Self::Inner(inner) => inner.hash,
        }
    }

    fn insert(self, item: Arc<Item>, depth: usize) -> Self {
        let right_side = bit(&item.key, depth);
        match self {
            Self::Empty => Self::Leaf(item),
            Self::Leaf(old) if old.key == item.key => Self::Leaf(item),
            // Push the old leaf one level down; the new one follows, or parts from it here.
            Self::Leaf(old) => {
                let (left, right) = if bit(&old.key, depth) {
                    (Self::Empty, Self::Leaf(old))
                } else {
                    (Self::Leaf(old), Self::Empty)
                };
                Self::place(left, right, right_side, item, depth)
            }
            Self::Inner(inner) => {
                let (left, right) = (inner.left.clone(), inner.right.clone());
                Self::place(left, right, right_side, item, depth)
            }
        }
    }

    fn place(left: Self, right: Self, right_side: bool, item: Arc<Item>, depth: usize) -> Self {
        if right_side {
            Self::inner(left, right.insert(item, depth + 1))
        } else {
            Self::inner(left.insert(item, depth + 1), right)
        }
    }
}

/// Bit of a key, counted from the most significant one of the first byte.
fn bit(key: &Hash256, depth: usize) -> bool {
    key.0.get(depth / 8).is_some_and(|byte| byte >> (7 - depth % 8) & 1 == 1)
}

/// Place of a stream: SHA-256(`bankside/heads/key/v1\0` || stream).
fn key_of(stream: StreamId) -> Hash256 {
    Hash256::of(&[b"bankside/heads/key/v1\0", &stream.0])
}

/// SHA-256(`bankside/heads/value/v1\0` || seq as u64 big-endian || commitment).
fn value_hash(head: &Head) -> Hash256 {
    let seq = head.seq.to_be_bytes();
    Hash256::of(&[b"bankside/heads/value/v1\0", &seq, head.commitment.0.as_bytes()])
}

/// SHA-256(`bankside/heads/leaf/v1\0` || key || value hash).
fn leaf_hash(key: &Hash256, value: &Hash256) -> Hash256 {
    Hash256::of(&[b"bankside/heads/leaf/v1\0", &key.0, &value.0])
}

/// SHA-256(`bankside/heads/node/v1\0` || left || right).
fn node_hash(left: &Hash256, right: &Hash256) -> Hash256 {
    Hash256::of(&[b"bankside/heads/node/v1\0", &left.0, &right.0])
}

/// SHA-256(`bankside/heads/empty/v1\0`).
fn empty_hash() -> Hash256 {
    Hash256::of(&[b"bankside/heads/empty/v1\0"])
}

#[cfg(test)]
mod tests;
