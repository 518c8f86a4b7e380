//! Verification of one customer's export: chain, gaps, commitments, bodies, inclusion, head.

use crate::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::cosignature::{Cosignature, CosignatureError, verify_cosignatures};
use crate::export::{Export, ExportEntry};
use crate::heads::{Head, HeadProofError};
use crate::keyset::{OpenError, RotationError};
use crate::leaf::{Commitment, Leaf, body_hash};
use crate::record::{Kind, Record, RecordError};
use crate::tree::{ProofError, verify_inclusion};

use super::Trust;

/// What was checked, and what failed.
#[derive(Clone, Debug, Default)]
pub struct ExportReport {
    /// The checkpoint, where it is to be believed.
    pub checkpoint: Option<Checkpoint>,
    /// Cosignatures of known witnesses.
    pub cosignatures: Vec<Cosignature>,
    /// The records that could be read, in order.
    pub records: Vec<Record>,
    /// Number of bodies that matched their record.
    pub bodies: u64,
    /// Everything that failed. Empty where the export holds.
    pub findings: Vec<ExportFinding>,
}

/// What is wrong with an export. `entry` counts the entries of the file from 0, which is the
/// sequence number where none is missing before.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportFinding {
    /// The checkpoint is not to be believed.
    #[error("checkpoint: {0}")]
    Checkpoint(#[from] OpenError),
    /// A key rotation does not hold.
    #[error("key rotation {number}: {why}")]
    Rotation {
        /// Counted from 1.
        number: usize,
        /// What is wrong.
        why: RotationError,
    },
    /// Cosignatures are forged or too few.
    #[error("cosignatures: {0}")]
    Cosignatures(#[from] CosignatureError),
    /// A newer checkpoint of the log is known.
    #[error("the export is under a tree of {found} entries, but one of {known} is known")]
    Stale {
        /// Size in the export.
        found: u64,
        /// Size known.
        known: u64,
    },
    /// Another root is known for the same size.
    #[error("another root is known for the tree of {0} entries: the log was forked")]
    Forked(u64),
    /// The root of the heads map is not the last leaf under the checkpoint.
    #[error("the root of the heads map is not the checkpoint's last entry: {0}")]
    HeadsRoot(ProofError),
    /// The heads map says something else about the stream.
    #[error("the stream's newest entry is not shown: {0}")]
    Head(HeadProofError),
    /// A record cannot be read.
    #[error("entry {entry}: {why}")]
    Record {
        /// Position in the file.
        entry: usize,
        /// What is wrong.
        why: RecordError,
    },
    /// A record belongs to another stream.
    #[error("entry {entry} belongs to another stream")]
    OtherStream {
        /// Position in the file.
        entry: usize,
    },
    /// Sequence numbers jump forward.
    #[error("entry {entry} has sequence number {found}: {wanted} to {} are missing", found - 1)]
    Missing {
        /// Position in the file.
        entry: usize,
        /// Sequence number that should follow.
        wanted: u64,
        /// Sequence number found.
        found: u64,
    },
    /// Sequence numbers repeat or go back.
    #[error("entry {entry} has sequence number {found}, but {wanted} should follow")]
    Sequence {
        /// Position in the file.
        entry: usize,
        /// Sequence number that should follow.
        wanted: u64,
        /// Sequence number found.
        found: u64,
    },
    /// A record does not name the entry before it.
    #[error("entry {entry} does not name the entry before it")]
    Chain {
        /// Position in the file.
        entry: usize,
    },
    /// The commitment does not stand in the log.
    #[error("entry {entry} does not stand at index {index} of the log: {why}")]
    Inclusion {
        /// Position in the file.
        entry: usize,
        /// Index in the log.
        index: u64,
        /// What is wrong.
        why: ProofError,
    },
    /// The entry stands before its predecessor in the log.
    #[error("entry {entry} stands at index {index} of the log, before its predecessor")]
    Order {
        /// Position in the file.
        entry: usize,
        /// Index in the log.
        index: u64,
    },
    /// The body is not the one that the record names.
    #[error("entry {entry}: the body is not the one that was recorded")]
    Body {
        /// Position in the file.
        entry: usize,
    },
    /// Something follows the clearing of the history.
    #[error("entry {entry} follows the clearing of the history")]
    AfterClear {
        /// Position in the file.
        entry: usize,
    },
    /// The newest entries are missing.
    #[error("entries {from} to {to} of the stream, the newest, are missing")]
    NewestMissing {
        /// First sequence number that is missing.
        from: u64,
        /// Last one.
        to: u64,
    },
    /// The last entry is not the one that the heads map names.
    #[error("the last entry is not the one that the heads map names")]
    NotNewest,
    /// An entry of an earlier export is missing or another now.
    #[error("entry {entry} of the earlier export is missing or another one now")]
    Rewritten {
        /// Position in the earlier export.
        entry: usize,
    },
}

impl ExportReport {
    /// Whether everything held.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.findings.is_empty()
    }
}

/// Verifies a customer's export.
#[must_use]
pub fn verify_export(export: &Export, trust: &Trust) -> ExportReport {
    let mut report = ExportReport::default();
    let signed = open(export, trust, &mut report);
    let mut chain = Chain::under(signed.as_ref().map(SignedCheckpoint::checkpoint));
    for (position, entry) in export.entries.iter().enumerate() {
        chain.entry(export, position, entry, &mut report);
    }
    if let Some(signed) = &signed {
        head(export, signed.checkpoint(), chain.wanted, chain.last, &mut report.findings);
    }
    report.checkpoint = signed.map(|signed| signed.checkpoint().clone());
    report
}

/// Checks that a later export of the same stream has every entry of an earlier one,
/// unchanged. Both must have been verified by themselves.
#[must_use]
pub fn verify_successor(earlier: &Export, later: &Export) -> Vec<ExportFinding> {
    let entries = earlier.entries.iter().enumerate();
    let rewritten = entries.filter(|(position, entry)| {
        let same =
            |now: &ExportEntry| now.index == entry.index && now.commitment() == entry.commitment();
        earlier.stream != later.stream || !later.entries.get(*position).is_some_and(same)
    });
    rewritten.map(|(entry, _)| ExportFinding::Rewritten { entry }).collect()
}

fn open(export: &Export, trust: &Trust, report: &mut ExportReport) -> Option<SignedCheckpoint> {
    let mut keys = trust.keys.clone();
    for (number, rotation) in (1..).zip(&export.rotations) {
        if let Err(why) = keys.follow(rotation.as_bytes()) {
            report.findings.push(ExportFinding::Rotation { number, why });
        }
    }
    let signed = match keys.open(export.checkpoint.as_bytes()) {
        Ok(signed) => signed,
        Err(why) => {
            report.findings.push(why.into());
            return None;
        }
    };
    match verify_cosignatures(&signed, &trust.witnesses, trust.quorum) {
        Ok(cosignatures) => report.cosignatures = cosignatures,
        Err(why) => report.findings.push(why.into()),
    }
    if let Some(known) = &trust.known {
        let found = signed.checkpoint();
        if found.size() < known.size() {
            let (found, known) = (found.size(), known.size());
            report.findings.push(ExportFinding::Stale { found, known });
        } else if found.size() == known.size() && found.root() != known.root() {
            report.findings.push(ExportFinding::Forked(found.size()));
        }
    }
    Some(signed)
}

/// The stream's newest entry: what the map says, and what the file ends with.
fn head(
    export: &Export,
    checkpoint: &Checkpoint,
    from: u64,
    last: Option<Head>,
    findings: &mut Vec<ExportFinding>,
) {
    let stated = &export.head;
    let (size, leaf) = (checkpoint.size(), Leaf::Heads(stated.root).hash());
    let index = size.saturating_sub(1);
    let root = checkpoint.root();
    if let Err(why) = verify_inclusion(leaf, index, size, &stated.root_proof, root) {
        findings.push(ExportFinding::HeadsRoot(why));
    }
    if let Err(why) = stated.proof.verify(stated.root, export.stream, stated.newest) {
        findings.push(ExportFinding::Head(why));
    }
    match stated.newest {
        Some(newest) if newest.seq >= from => {
            findings.push(ExportFinding::NewestMissing { from, to: newest.seq });
        }
        newest if newest != last => findings.push(ExportFinding::NotNewest),
        _ => {}
    }
}

/// State of the walk along the stream.
struct Chain<'c> {
    checkpoint: Option<&'c Checkpoint>,
    wanted: u64,
    last: Option<Head>,
    last_index: Option<u64>,
    cleared: bool,
}

impl<'c> Chain<'c> {
    fn under(checkpoint: Option<&'c Checkpoint>) -> Self {
        Self { checkpoint, wanted: 0, last: None, last_index: None, cleared: false }
    }

    fn entry(
        &mut self,
        export: &Export,
        position: usize,
        entry: &ExportEntry,
        report: &mut ExportReport,
    ) {
        let commitment = entry.commitment();
        self.place(position, entry, commitment, &mut report.findings);
        let record = match Record::parse(entry.record.as_bytes()) {
            Ok(record) => record,
            Err(why) => {
                report.findings.push(ExportFinding::Record { entry: position, why });
                self.wanted = self.wanted.saturating_add(1);
                self.last = None;
                return;
            }
        };
        if record.stream != export.stream {
            report.findings.push(ExportFinding::OtherStream { entry: position });
        }
        self.link(position, &record, commitment, &mut report.findings);
        if let Some(body) = &entry.body {
            if record.body == Some(body_hash(&body.salt, &body.bytes)) {
                report.bodies += 1;
            } else {
                report.findings.push(ExportFinding::Body { entry: position });
            }
        }
        report.records.push(record);
    }

    /// The leaf in the log.
    fn place(
        &mut self,
        position: usize,
        entry: &ExportEntry,
        commitment: Commitment,
        findings: &mut Vec<ExportFinding>,
    ) {
        let (index, leaf) = (entry.index, commitment.leaf().hash());
        if let Some(checkpoint) = self.checkpoint {
            let (size, root) = (checkpoint.size(), checkpoint.root());
            if let Err(why) = verify_inclusion(leaf, index, size, &entry.proof, root) {
                findings.push(ExportFinding::Inclusion { entry: position, index, why });
            }
        }
        if self.last_index.is_some_and(|last| last >= index) {
            findings.push(ExportFinding::Order { entry: position, index });
        }
        self.last_index = Some(index);
    }

    /// Sequence number and predecessor.
    fn link(
        &mut self,
        entry: usize,
        record: &Record,
        commitment: Commitment,
        findings: &mut Vec<ExportFinding>,
    ) {
        let (wanted, found) = (self.wanted, record.seq);
        let before = self.last.map_or(Commitment::NONE, |last| last.commitment);
        if found > wanted {
            findings.push(ExportFinding::Missing { entry, wanted, found });
        } else if found < wanted {
            findings.push(ExportFinding::Sequence { entry, wanted, found });
        } else if (wanted == 0 || self.last.is_some()) && record.prev != before {
            findings.push(ExportFinding::Chain { entry });
        }
        if self.cleared {
            findings.push(ExportFinding::AfterClear { entry });
        }
        self.cleared |= record.kind == Kind::Clear;
        self.wanted = found.saturating_add(1);
        self.last = Some(Head { seq: found, commitment });
    }
}
