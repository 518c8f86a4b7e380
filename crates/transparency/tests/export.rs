//! A bank that logs nonsense consistently: every proof holds, and the chain still tells.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod world;

use bankside_transparency::export::{Export, ExportBody, ExportParts, OpenedEntry};
use bankside_transparency::hash::Hash256;
use bankside_transparency::heads::{Head, HeadsMap};
use bankside_transparency::leaf::{Commitment, Leaf, StreamId};
use bankside_transparency::record::{Kind, Record};
use bankside_transparency::tree::TileSet;
use bankside_transparency::verify::{ExportFinding, verify_export};
use world::{ORIGIN, World, files_of, log_key, root_of, sign, trust};

/// One customer's five honest records, and how the bank logs them.
struct Story {
    world: World,
    records: Vec<Record>,
    /// In which order their leaves enter the log.
    order: Vec<usize>,
    stream: StreamId,
}

impl Story {
    fn new() -> Self {
        let mut world = World::new(6, 1, 0);
        (0..5).for_each(|_| world.disclose(0));
        let records = world.streams[0].entries.iter().map(|e| e.record.clone()).collect();
        let stream = world.streams[0].id;
        Self { world, records, order: (0..5).collect(), stream }
    }

    /// Commits to each record, naming the one before unless that was tampered with already.
    fn relink(&mut self) {
        let mut prev = Commitment::NONE;
        for at in 0..self.records.len() {
            self.records[at].prev = prev;
            prev = self.commitment(at);
        }
    }

    fn commitment(&self, at: usize) -> Commitment {
        let record = &self.records[at];
        let blinding = self.world.streams[0].secret.blinding(record.seq);
        Commitment::to_record(&blinding, &record.to_bytes().unwrap())
    }

    fn export(&self) -> Export {
        let mut leaves: Vec<Leaf> =
            self.order.iter().map(|at| self.commitment(*at).leaf()).collect();
        let last = self.records.len() - 1;
        let newest = Head { seq: self.records[last].seq, commitment: self.commitment(last) };
        let heads: HeadsMap = [(self.stream, newest)].into_iter().collect();
        leaves.push(heads.leaf());
        let secret = &self.world.streams[0].secret;
        let entries = self.records.iter().enumerate().map(|(at, record)| OpenedEntry {
            index: self.order.iter().position(|placed| *placed == at).unwrap() as u64,
            blinding: secret.blinding(record.seq),
            record: String::from_utf8(record.to_bytes().unwrap()).unwrap(),
            body: Some(ExportBody {
                salt: secret.body_salt(at as u64),
                bytes: self.world.streams[0].entries[at].body.clone(),
            }),
        });
        let signed = sign(ORIGIN, leaves.len() as u64, root_of(&leaves), &[&log_key(1)]);
        let parts = ExportParts {
            checkpoint: &signed,
            rotations: Vec::new(),
            stream: self.stream,
            heads: &heads,
            entries: entries.collect(),
        };
        let files = files_of(&leaves, &signed);
        let mut tiles = TileSet::default();
        for tile in parts.tiles() {
            tiles.insert(tile.level(), tile.index(), files[&tile.path().to_string()].clone());
        }
        parts.assemble(&tiles).unwrap()
    }
}

fn check(edit: impl FnOnce(&mut Story), want: &[ExportFinding]) {
    let mut story = Story::new();
    edit(&mut story);
    let export = Export::parse(&story.export().to_bytes().unwrap()).unwrap();
    assert_eq!(verify_export(&export, &trust(None)).findings, want);
}

#[test]
fn an_honest_stream_holds_and_is_counted() {
    check(|_| (), &[]);
    check(Story::relink, &[]);
    let report = verify_export(&Story::new().export(), &trust(None));
    assert_eq!((report.records.len(), report.bodies), (5, 5));
    assert_eq!(report.checkpoint.unwrap().size(), 6);
    assert_eq!(report.cosignatures[0].witness, "witness.example/w1");
}

#[test]
fn a_record_that_names_another_predecessor_breaks_the_chain() {
    check(
        |story| story.records[2].prev = story.records[1].prev,
        // The next one names the commitment that this record no longer has.
        &[ExportFinding::Chain { entry: 2 }, ExportFinding::Chain { entry: 3 }],
    );
}

#[test]
fn numbers_must_follow_each_other() {
    let renumber = |at: usize, by: i64| {
        move |story: &mut Story| {
            for record in &mut story.records[at..] {
                record.seq = record.seq.checked_add_signed(by).unwrap();
            }
            story.relink();
        }
    };
    // Bodies are salted by place, so that they still open.
    check(renumber(3, 2), &[ExportFinding::Missing { entry: 3, wanted: 3, found: 5 }]);
    check(renumber(3, -1), &[ExportFinding::Sequence { entry: 3, wanted: 3, found: 2 }]);
}

#[test]
fn leaves_stand_in_the_order_of_the_stream() {
    check(
        |story| story.order = vec![0, 1, 3, 2, 4],
        &[ExportFinding::Order { entry: 3, index: 2 }],
    );
}

#[test]
fn records_of_another_stream_are_strangers() {
    check(
        |story| {
            story.records[4].stream = StreamId([1; 16]);
            story.relink();
        },
        &[ExportFinding::OtherStream { entry: 4 }],
    );
}

#[test]
fn nothing_follows_the_clearing() {
    let clear = |at: usize| {
        move |story: &mut Story| {
            story.records[at].kind = Kind::Clear;
            story.relink();
        }
    };
    check(clear(4), &[]);
    check(clear(3), &[ExportFinding::AfterClear { entry: 4 }]);
}

#[test]
fn bodies_need_a_record_that_names_them() {
    check(
        |story| {
            story.records[1].body = None;
            story.relink();
        },
        &[ExportFinding::Body { entry: 1 }],
    );
    check(
        |story| story.world.streams[0].entries[2].body.push(b' '),
        &[ExportFinding::Body { entry: 2 }],
    );
}

#[test]
fn a_checkpoint_seen_before_must_fit() {
    let story = Story::new();
    let export = story.export();
    let honest = verify_export(&export, &trust(None)).checkpoint.unwrap();
    let check = |size: u64, root: Hash256, want: &[ExportFinding]| {
        let known = sign(ORIGIN, size, root, &[&log_key(1)]);
        assert_eq!(verify_export(&export, &trust(Some(&known))).findings, want);
    };
    let other = Hash256([1; 32]);
    check(6, honest.root(), &[]);
    check(6, other, &[ExportFinding::Forked(6)]);
    check(7, other, &[ExportFinding::Stale { found: 6, known: 7 }]);
    // Whether it extends a smaller one takes a consistency proof.
    check(5, other, &[]);
}

#[test]
fn the_last_entry_is_the_one_of_the_map() {
    let mut export = Story::new().export();
    // An entry more than the map knows of: a copy of the last, numbered on.
    let mut extra = export.entries[4].clone();
    let mut record = Record::parse(extra.record.as_bytes()).unwrap();
    record.seq = 5;
    record.prev = extra.commitment();
    extra.record = String::from_utf8(record.to_bytes().unwrap()).unwrap();
    export.entries.push(extra);
    let found = verify_export(&export, &trust(None)).findings;
    assert!(found.contains(&ExportFinding::NotNewest), "{found:?}");
    assert!(found.iter().any(|f| matches!(f, ExportFinding::Inclusion { entry: 5, .. })));
}
