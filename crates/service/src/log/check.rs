//! Checking one entry as a stranger would, with every value on the way to show: the record, the
//! chain, the path through the tree, the signature, the heads map.

use bankside_domain::Timestamp;
use bankside_store::{log, records};
use bankside_transparency::checkpoint::Checkpoint;
use bankside_transparency::hash::Hash256;
use bankside_transparency::heads::Head;
use bankside_transparency::key::VerifierKey;
use bankside_transparency::leaf::{Commitment, Leaf, StreamId, StreamSecret, body_hash};
use bankside_transparency::receipt::ReceiptNumber;
use bankside_transparency::tree::verify_inclusion;

use super::prove::{Under, number, open_record};
use super::read::open;
use super::{Disclosure, Log, LogError};
use crate::door::Owner;

/// Everything that was checked about one entry.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The entry.
    pub entry: Disclosure,
    /// Her stream.
    pub stream: StreamId,
    /// Commitment to the record, computed anew.
    pub commitment: Commitment,
    /// Commitment of the entry before it, computed anew; [`Commitment::NONE`] before the first.
    pub previous: Commitment,
    /// Hash of the public leaf.
    pub leaf: Hash256,
    /// From the leaf up to the root.
    pub path: Vec<Joint>,
    /// The newest checkpoint.
    pub checkpoint: Checkpoint,
    /// The checkpoint as it was signed.
    pub note: String,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// The key that signed it.
    pub key: VerifierKey,
    /// Root of the heads map under it.
    pub heads_root: Hash256,
    /// Her newest entry, as that map has it.
    pub newest: Option<Head>,
    /// What does not hold. Empty where all does.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// Whether everything holds.
    pub fn holds(&self) -> bool {
        self.findings.is_empty()
    }
}

/// One step on the way from leaf to root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Joint {
    /// The hash that comes from the other side.
    pub beside: Hash256,
    /// Whether it stands to the left.
    pub on_left: bool,
    /// Hash of both together.
    pub makes: Hash256,
}

/// What does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum Finding {
    /// The record does not lead to the commitment that was kept.
    #[error("the record was changed: it does not lead to its commitment")]
    Record,
    /// The record stands at another place of the stream than it says, or in another stream.
    #[error("the record belongs to another place")]
    Place,
    /// The receipt number is not the commitment's.
    #[error("the receipt number belongs to another entry")]
    Receipt,
    /// The body is not the one that the record names.
    #[error("what was sent is not what the record names")]
    Body,
    /// The record does not name the entry before it.
    #[error("the record does not name the entry before it")]
    Chain,
    /// The public leaf at its index is another.
    #[error("the public log has another leaf at this place")]
    Leaf,
    /// The path does not lead to the signed root.
    #[error("the path does not lead to the signed root")]
    Path,
    /// The checkpoint is not signed by the log's key.
    #[error("the checkpoint is not signed by the log's key")]
    Signature,
    /// The root of the heads map is not the last leaf under the checkpoint.
    #[error("the root of the heads map is not the last leaf under the checkpoint")]
    HeadsRoot,
    /// The heads map says something else about her stream.
    #[error("the heads map says something else about this stream")]
    Head,
}

impl Log {
    /// Checks one of her entries against the newest checkpoint.
    ///
    /// # Errors
    /// [`LogError::NotYet`] where no checkpoint covers it yet. What does not hold is no error but
    /// a [`Finding`].
    pub async fn check(&self, owner: &Owner, receipt: &str) -> Result<Checked, LogError> {
        let mut under = Under::newest(self).await?;
        let row = records::by_receipt(&mut under.tx, owner.customer, receipt).await?;
        let row = row.ok_or(LogError::Unknown)?;
        let (stream, secret) = under.stream(owner).await?.ok_or(LogError::Unreadable)?;
        let (seq, index) = (number(row.seq)?, number(row.log_index)?);
        let record = open_record(owner, &row)?;
        let kept = Commitment(Hash256(row.commitment));
        let entry = open(owner, row)?;
        let commitment = Commitment::to_record(&secret.blinding(seq), record.as_bytes());
        let previous = previous(&mut under, owner, &secret, entry.seq).await?;
        let mut findings = Vec::new();
        let mut note = |holds: bool, finding| {
            if !holds {
                findings.push(finding);
            }
        };
        let body = body_hash(&secret.body_salt(seq), &entry.body);
        note(commitment == kept, Finding::Record);
        note(entry.record.seq == seq && entry.record.stream == stream, Finding::Place);
        note(ReceiptNumber::of(commitment).to_string() == entry.receipt, Finding::Receipt);
        note(entry.record.body == Some(body), Finding::Body);
        note(entry.record.prev == previous, Finding::Chain);

        let leaf = commitment.leaf();
        let public = log::leaves(&mut under.tx, entry.log_index, entry.log_index + 1).await?;
        note(public.first().is_some_and(|l| *l == leaf.to_bytes()), Finding::Leaf);
        let hashes = under.path(index).await?;
        let path = climb(leaf.hash(), index, under.size, &hashes);
        let root = under.checkpoint.checkpoint().root();
        let reached = verify_inclusion(leaf.hash(), index, under.size, &hashes, root);
        note(reached.is_ok(), Finding::Path);
        let text = under.checkpoint.to_string();
        let keys = self.keys_in(&mut under.tx).await?;
        note(keys.open(text.as_bytes()).is_ok(), Finding::Signature);

        let last = under.size.saturating_sub(1);
        let heads = Leaf::Heads(under.heads_root).hash();
        let proof = under.path(last).await?;
        let stands = verify_inclusion(heads, last, under.size, &proof, root);
        note(stands.is_ok(), Finding::HeadsRoot);
        let map = under.heads(self).await?;
        let newest = map.get(stream);
        let shown = map.prove(stream).verify(under.heads_root, stream, newest).is_ok();
        let reaches = newest.is_some_and(|head| head.seq > seq || head == Head { seq, commitment });
        note(shown && reaches, Finding::Head);
        Ok(Checked {
            entry,
            stream,
            commitment,
            previous,
            leaf: leaf.hash(),
            path,
            checkpoint: under.checkpoint.checkpoint().clone(),
            note: text,
            signed_at: under.signed_at,
            key: self.verifier(),
            heads_root: under.heads_root,
            newest,
            findings,
        })
    }
}

/// Commitment of the entry before `seq`, from its own record.
async fn previous(
    under: &mut Under,
    owner: &Owner,
    secret: &StreamSecret,
    seq: i64,
) -> Result<Commitment, LogError> {
    if seq == 0 {
        return Ok(Commitment::NONE);
    }
    let rows = records::from(&mut under.tx, owner.customer, seq - 1, 1).await?;
    let Some(row) = rows.first().filter(|row| row.seq == seq - 1) else {
        return Ok(Commitment::NONE);
    };
    let record = open_record(owner, row)?;
    Ok(Commitment::to_record(&secret.blinding(number(row.seq)?), record.as_bytes()))
}

/// Every hash between leaf and root (RFC 9162, section 2.1.3.2), to be shown. Whether the last one
/// is the root is decided elsewhere.
fn climb(leaf: Hash256, index: u64, size: u64, hashes: &[Hash256]) -> Vec<Joint> {
    let (mut position, mut last) = (index, size.saturating_sub(1));
    let mut hash = leaf;
    let mut joints = Vec::with_capacity(hashes.len());
    for beside in hashes.iter().copied() {
        let on_left = position & 1 == 1 || position == last;
        hash = if on_left {
            Hash256::of_node(&beside, &hash)
        } else {
            Hash256::of_node(&hash, &beside)
        };
        // A right edge that has no sibling on this level rises alone.
        while on_left && position & 1 == 0 && position != 0 {
            position >>= 1;
            last >>= 1;
        }
        joints.push(Joint { beside, on_left, makes: hash });
        position >>= 1;
        last >>= 1;
    }
    joints
}
