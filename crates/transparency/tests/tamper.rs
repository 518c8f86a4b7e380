//! Twelve kinds of tampering, more than a hundred edits each: all are found, and what
//! concerns the tree is found by verifiers that others wrote, too.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod world;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use bankside_transparency::bundle;
use bankside_transparency::checkpoint::SignedCheckpoint;
use bankside_transparency::cosignature::cosign;
use bankside_transparency::export::Export;
use bankside_transparency::hash::Hash256;
use bankside_transparency::keyset::{OpenError, rotation};
use bankside_transparency::leaf::{Commitment, Leaf};
use bankside_transparency::note::{Note, Signature};
use bankside_transparency::record::Record;
use bankside_transparency::verify::{
    ExportFinding, LogFinding, compare, verify_export, verify_log, verify_successor,
};
use world::{
    Dice, Files, ORIGIN, Sealed, World, cosigned, files_of, log_key, root_of, sign, trust,
    witness_key, write_case,
};

/// Edits of each kind.
const EDITS: usize = 104;

/// What a verifier is given.
enum Exhibit {
    Log(Files),
    Export(Vec<u8>),
}

struct Case {
    name: String,
    exhibit: Exhibit,
    /// A checkpoint that the verifier saw before.
    known: Option<SignedCheckpoint>,
    /// Part of a finding that must be among those made; empty where any will do.
    names: String,
}

/// All findings of our verifier, as text.
fn findings(case: &Case) -> Vec<String> {
    let trust = trust(case.known.as_ref());
    match &case.exhibit {
        Exhibit::Log(files) => {
            let read = |path: &str| Ok::<_, String>(files.get(path).cloned());
            verify_log(&read, &trust).findings.iter().map(LogFinding::to_string).collect()
        }
        Exhibit::Export(bytes) => match Export::parse(bytes) {
            Err(error) => vec![error.to_string()],
            Ok(export) => {
                let report = verify_export(&export, &trust);
                report.findings.iter().map(ExportFinding::to_string).collect()
            }
        },
    }
}

/// A log, and the room in which its tampered copies are made.
struct Workshop {
    world: World,
    /// The newest files and exports, for they take long to make.
    files: Files,
    exports: Vec<Export>,
    dice: Dice,
    cases: Vec<Case>,
}

type Edit = fn(&mut Workshop, usize) -> Case;

const KINDS: [(&str, Edit); 12] = [
    ("bit-flip", Workshop::bit_flip),
    ("drop", Workshop::drop),
    ("swap", Workshop::swap),
    ("truncate", Workshop::truncate),
    ("fork", Workshop::fork),
    ("withhold-newest", Workshop::withhold_newest),
    ("withhold-middle", Workshop::withhold_middle),
    ("renumber", Workshop::renumber),
    ("stale-root", Workshop::stale_root),
    ("wrong-origin", Workshop::wrong_origin),
    ("old-key", Workshop::old_key),
    ("forged-cosignature", Workshop::forged_cosignature),
];

impl Workshop {
    fn new() -> Self {
        let world = World::new(18, 8, 20);
        let files = world.files(world.newest());
        let sealed = world.sealed.last().unwrap();
        let exports = (0..world.streams.len()).map(|s| world.export(s, sealed)).collect();
        Self { world, files, exports, dice: Dice(4), cases: Vec::new() }
    }

    fn newest(&self) -> SignedCheckpoint {
        self.world.newest().clone()
    }

    fn size(&self) -> usize {
        self.world.leaves.len()
    }

    fn files(&self) -> Files {
        self.files.clone()
    }

    fn any_stream(&mut self) -> usize {
        self.dice.below(self.world.streams.len())
    }

    /// The export of any customer with enough entries to tamper with.
    fn export(&mut self) -> Export {
        let stream = self.any_stream();
        let export = self.exports[stream].clone();
        assert!(export.entries.len() > 10, "the streams of this seed are long enough");
        export
    }

    fn earlier(&mut self) -> usize {
        self.dice.below(self.world.sealed.len() - 1)
    }

    /// The log with other leaves under a checkpoint for them that bank and witness signed.
    fn resigned(&self, leaves: &[Leaf]) -> (Files, SignedCheckpoint) {
        let size = leaves.len() as u64;
        let signed = sign(ORIGIN, size, root_of(leaves), &[&log_key(1)]);
        (files_of(leaves, &signed), signed)
    }

    fn bit_flip(&mut self, edit: usize) -> Case {
        let flip = |bytes: &mut Vec<u8>, dice: &mut Dice| {
            let bit = dice.below(8 * bytes.len());
            bytes[bit / 8] ^= 1 << (bit % 8);
            bit / 8
        };
        if edit.is_multiple_of(2) {
            let mut files = self.files();
            let path = files.keys().nth(self.dice.below(files.len())).unwrap().clone();
            let at = flip(files.get_mut(&path).unwrap(), &mut self.dice);
            let names = match path.strip_prefix("tile/0/") {
                Some(_) => format!("hash {} of `{path}`", at / 32),
                // A length or a version spoils more than one entry; the hash just one.
                None if path.contains("entries") && at % 35 > 2 => {
                    let first = if path.starts_with("tile/entries/000") { 0 } else { 256 };
                    format!("entry {} in `{path}`", first + at / 35)
                }
                None => String::new(),
            };
            return log(files, names);
        }
        let mut bytes = self.export().to_bytes().unwrap();
        flip(&mut bytes, &mut self.dice);
        file(bytes)
    }

    fn drop(&mut self, edit: usize) -> Case {
        let mut files = self.files();
        match edit % 3 {
            0 => {
                let index = self.dice.below(self.size());
                let path = bundle_of(&files, index);
                edit_bundle(files.get_mut(&path).unwrap(), |entries| {
                    entries.remove(index % 256);
                });
                log(files, format!("the first that differs is {index}"))
            }
            1 => {
                let path = files.keys().nth(self.dice.below(files.len())).unwrap().clone();
                files.remove(&path);
                log(files, format!("`{path}` is missing"))
            }
            _ => {
                let mut export = self.export();
                let at = self.dice.below(export.entries.len() - 1);
                export.entries.remove(at);
                let names = format!("entry {at} has sequence number {}: {at} to {at}", at + 1);
                exported(&export, &names)
            }
        }
    }

    fn swap(&mut self, edit: usize) -> Case {
        let mut files = self.files();
        match edit % 3 {
            0 => {
                let index = self.dice.below(self.size() - 2);
                let path = bundle_of(&files, index);
                let last = index % 256 == 255;
                let (a, b) = if last { (index - 1, index) } else { (index, index + 1) };
                edit_bundle(files.get_mut(&path).unwrap(), |entries| {
                    entries.swap(a % 256, b % 256);
                });
                log(files, format!("entry {a} in"))
            }
            1 => {
                let tile = files.get_mut("tile/0/000").unwrap();
                let a = self.dice.below(255);
                let (left, right) = tile.split_at_mut(32 * (a + 1));
                left[32 * a..].swap_with_slice(&mut right[..32]);
                log(files, format!("hash {a} of `tile/0/000`"))
            }
            _ => {
                let mut export = self.export();
                let at = self.dice.below(export.entries.len() - 1);
                export.entries.swap(at, at + 1);
                exported(&export, &format!("entry {at} has sequence number {}", at + 1))
            }
        }
    }

    fn truncate(&mut self, edit: usize) -> Case {
        if edit.is_multiple_of(2) {
            let mut files = self.files();
            let path = files.keys().nth(self.dice.below(files.len())).unwrap().clone();
            let bytes = files.get_mut(&path).unwrap();
            bytes.truncate(self.dice.below(bytes.len()));
            let names = if path == "checkpoint" { "" } else { &path };
            return log(files, names);
        }
        let mut bytes = self.export().to_bytes().unwrap();
        bytes.truncate(self.dice.below(bytes.len()));
        file(bytes)
    }

    /// The bank rewrites an entry that is behind a checkpoint which somebody kept.
    fn fork(&mut self, _: usize) -> Case {
        let earlier = self.earlier();
        let known = self.world.sealed[earlier].signed.clone();
        let size = known.checkpoint().size() as usize;
        let mut leaves = self.world.leaves.clone();
        leaves[self.dice.below(size)] = Leaf::Commitment(Commitment(Hash256(self.dice.bytes())));
        let (files, forked) = self.resigned(&leaves);
        // No consistency proof can exist; an empty one stands for any.
        assert!(compare(known.checkpoint(), forked.checkpoint(), &[]).is_err());
        let names = format!("the first {size} entries lead to another root");
        Case { known: Some(known), ..log(files, names) }
    }

    fn withhold_newest(&mut self, edit: usize) -> Case {
        let earlier = self.earlier();
        let old = Sealed {
            signed: self.world.sealed[earlier].signed.clone(),
            heads: self.world.sealed[earlier].heads.clone(),
        };
        let known = Some(self.newest());
        match edit % 3 {
            0 => {
                let files = self.world.files(&old.signed);
                let found = old.signed.checkpoint().size();
                let names = format!("the log has {found} entries, but had {}", self.size());
                Case { known, ..log(files, names) }
            }
            1 => {
                let mut export = self.export();
                let last = export.entries.len() - 1;
                let from = last - self.dice.below(5);
                export.entries.truncate(from);
                exported(&export, &format!("entries {from} to {last} of the stream"))
            }
            _ => {
                let stream = self.any_stream();
                let export = self.world.export(stream, &old);
                let names = format!("but one of {} is known", self.size());
                Case { known, ..exported(&export, &names) }
            }
        }
    }

    fn withhold_middle(&mut self, edit: usize) -> Case {
        if edit.is_multiple_of(2) {
            let at = self.dice.below(self.size() - 2);
            let mut leaves = self.world.leaves.clone();
            leaves.remove(at);
            let mut files = files_of(&leaves, self.world.newest());
            // Filled up, so that the number of entries is right again.
            let signed = self.newest();
            leaves.push(*leaves.last().unwrap());
            files.extend(files_of(&leaves, &signed));
            return log(files, "is signed");
        }
        let mut export = self.export();
        let count = 1 + self.dice.below(4);
        let from = 1 + self.dice.below(export.entries.len() - count - 1);
        export.entries.drain(from..from + count);
        exported(&export, &format!("{from} to {} are missing", from + count - 1))
    }

    fn renumber(&mut self, edit: usize) -> Case {
        match edit % 3 {
            0 => {
                let from = self.dice.below(self.size() - 3);
                let mut leaves = self.world.leaves.clone();
                let moved = leaves.remove(from);
                let to = from + 1 + self.dice.below(self.size() - from - 2);
                leaves.insert(to, moved);
                log(files_of(&leaves, self.world.newest()), "is signed")
            }
            // The bank itself renumbers, with the secret in its hands.
            1 => {
                let number = self.any_stream();
                let mut export = self.exports[number].clone();
                let at = self.dice.below(export.entries.len() - 1);
                let entry = &mut export.entries[at];
                let mut record = Record::parse(entry.record.as_bytes()).unwrap();
                record.seq += 1;
                record.prev = Commitment(Hash256([1; 32]));
                entry.record = String::from_utf8(record.to_bytes().unwrap()).unwrap();
                entry.blinding = self.world.streams[number].secret.blinding(record.seq);
                let index = entry.index;
                exported(&export, &format!("entry {at} does not stand at index {index}"))
            }
            _ => {
                let mut export = self.export();
                let at = self.dice.below(export.entries.len());
                export.entries[at].index ^= 1 << self.dice.below(9);
                exported(&export, &format!("entry {at} does not stand at index"))
            }
        }
    }

    fn stale_root(&mut self, edit: usize) -> Case {
        let earlier = self.earlier();
        let old = self.world.sealed[earlier].signed.checkpoint().clone();
        let new = self.newest().checkpoint().clone();
        let stale = sign(ORIGIN, new.size(), old.root(), &[&log_key(1)]);
        if edit.is_multiple_of(2) {
            return log(self.world.files(&stale), format!("but {} is signed", old.root()));
        }
        let mut export = self.export();
        export.checkpoint = stale.to_string();
        exported(&export, "the root of the heads map is not the checkpoint's last entry")
    }

    fn wrong_origin(&mut self, edit: usize) -> Case {
        let origin = format!("{ORIGIN}{}", self.dice.below(1000));
        let new = self.newest().checkpoint().clone();
        let signed = sign(&origin, new.size(), new.root(), &[&log_key(1)]);
        let names = format!("is of the log `{origin}`");
        if edit.is_multiple_of(2) {
            return log(self.world.files(&signed), names);
        }
        let mut export = self.export();
        export.checkpoint = signed.to_string();
        exported(&export, &names)
    }

    /// The log changed its key; somebody who has the old one signs.
    fn old_key(&mut self, edit: usize) -> Case {
        let earlier = self.earlier();
        let size = self.world.sealed[earlier].signed.checkpoint().size();
        let turn = rotation(ORIGIN, size, &log_key(1), &log_key(2)).unwrap().to_string();
        let newest = self.newest();
        let names = format!("may not sign for a tree of {} entries", self.size());
        if edit.is_multiple_of(2) {
            let mut files = self.world.files(&newest);
            files.insert("rotation/1".into(), turn.into_bytes());
            return log(files, names);
        }
        let mut export = self.export();
        export.rotations.push(turn);
        exported(&export, &names)
    }

    fn forged_cosignature(&mut self, edit: usize) -> Case {
        let newest = self.newest();
        let new = newest.checkpoint().clone();
        let plain = new.clone().sign(&[&log_key(1)]).unwrap();
        let key = witness_key(9).verifier();
        let time = self.dice.next() >> 1;
        let honest = cosign(&plain, &witness_key(9), time).unwrap();
        let earlier = self.earlier();
        let old = &self.world.sealed[earlier].signed;
        let bytes = match edit / 2 % 4 {
            0 => self.dice.bytes::<72>().to_vec(),
            1 => cosign(old, &witness_key(9), time).unwrap().bytes().to_vec(),
            2 => cosign(&plain, &witness_key(8), time).unwrap().bytes().to_vec(),
            _ => {
                let mut bytes = honest.bytes().to_vec();
                bytes[7] ^= 1;
                bytes
            }
        };
        let mut note = Note::parse(plain.to_string().as_bytes()).unwrap();
        note.add(Signature::new(key.name(), key.id(), bytes).unwrap());
        let forged = SignedCheckpoint::parse(note.to_string().as_bytes()).unwrap();
        let names = "the cosignature of `witness.example/w1` does not hold";
        if edit.is_multiple_of(2) {
            return log(self.world.files(&forged), names);
        }
        let mut export = self.export();
        export.checkpoint = forged.to_string();
        exported(&export, names)
    }
}

fn log(files: Files, names: impl Into<String>) -> Case {
    let (name, known) = (String::new(), None);
    Case { name, exhibit: Exhibit::Log(files), known, names: names.into() }
}

fn file(bytes: Vec<u8>) -> Case {
    let (name, names, known) = (String::new(), String::new(), None);
    Case { name, exhibit: Exhibit::Export(bytes), known, names }
}

fn exported(export: &Export, names: &str) -> Case {
    Case { names: names.into(), ..file(export.to_bytes().unwrap()) }
}

fn bundle_of(files: &Files, index: usize) -> String {
    let prefix = format!("tile/entries/{:03}", index / 256);
    files.keys().find(|path| path.starts_with(&prefix)).unwrap().clone()
}

fn edit_bundle(bytes: &mut Vec<u8>, edit: impl FnOnce(&mut Vec<Leaf>)) {
    let entries = bundle::parse(bytes).unwrap();
    let mut leaves: Vec<_> = entries.into_iter().map(|e| Leaf::parse(e).unwrap()).collect();
    edit(&mut leaves);
    bytes.clear();
    bundle::append(bytes, leaves);
}

/// Honest logs and exports: what must hold, by every verifier.
fn controls(world: &World) -> Vec<Case> {
    let mut cases = Vec::new();
    for (at, sealed) in world.sealed.iter().enumerate().step_by(4) {
        let known = world.sealed[at / 2].signed.clone();
        cases.push(Case { known: Some(known), ..log(world.files(&sealed.signed), "") });
        cases.push(exported(&world.export(at % world.streams.len(), sealed), ""));
    }
    let mut rotated = world.newest().checkpoint().clone().sign(&[&log_key(2)]).unwrap();
    rotated = cosigned(rotated, 1);
    let turn = rotation(ORIGIN, 50, &log_key(1), &log_key(2)).unwrap().to_string();
    let mut files = world.files(&rotated);
    files.insert("rotation/1".into(), turn.clone().into_bytes());
    cases.push(log(files, ""));
    let mut export = world.export(0, world.sealed.last().unwrap());
    export.checkpoint = rotated.to_string();
    export.rotations.push(turn);
    for entry in export.entries.iter_mut().step_by(2) {
        entry.body = None;
    }
    cases.push(exported(&export, ""));
    // One leaf, so that the only bundle and tile are as small as can be; and no entries.
    let heads = Leaf::Heads(bankside_transparency::heads::HeadsMap::new().root());
    let lone = sign(ORIGIN, 1, heads.hash(), &[&log_key(1)]);
    cases.push(log(files_of(&[heads], &lone), ""));
    let empty = sign(ORIGIN, 0, Hash256::empty_root(), &[&log_key(1)]);
    cases.push(log(files_of(&[], &empty), ""));
    for (number, case) in cases.iter_mut().enumerate() {
        case.name = format!("control-{number:03}");
    }
    cases
}

#[test]
fn every_edit_is_found_and_what_fails_is_named() {
    let mut workshop = Workshop::new();
    for control in controls(&workshop.world) {
        assert_eq!(findings(&control), Vec::<String>::new(), "{}", control.name);
    }
    for (kind, edit) in KINDS {
        for number in 0..EDITS {
            let mut case = edit(&mut workshop, number);
            case.name = format!("{kind}-{number:03}");
            let found = findings(&case);
            assert!(!found.is_empty(), "{} went unnoticed", case.name);
            let named = found.iter().any(|finding| finding.contains(&case.names));
            assert!(named, "{}: `{}` is not in {found:#?}", case.name, case.names);
            workshop.cases.push(case);
        }
    }
    assert!(workshop.cases.len() >= 1200, "{}", workshop.cases.len());
    let mut all = controls(&workshop.world);
    all.append(&mut workshop.cases);
    let root = tempfile::tempdir().unwrap();
    write(root.path(), &all);
    judged_by("go", root.path(), all.iter().filter(|c| matches!(c.exhibit, Exhibit::Log(_))));
    judged_by("python", root.path(), all.iter());
}

fn write(root: &Path, cases: &[Case]) {
    for case in cases {
        let files = match &case.exhibit {
            Exhibit::Log(files) => files.clone(),
            Exhibit::Export(bytes) => Files::from([("export.json".into(), bytes.clone())]),
        };
        write_case(&root.join(&case.name), &files, case.known.as_ref());
    }
}

/// Runs a verifier that others wrote over all cases: controls hold, all else is bad.
fn judged_by<'c>(verifier: &str, root: &Path, cases: impl Iterator<Item = &'c Case>) {
    let run = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/independent/run");
    let output = Command::new(run).arg(verifier).arg(root).output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    if output.status.code() == Some(77) {
        say(&format!("SKIPPED: {complaint}"));
        return;
    }
    assert!(output.status.success(), "{verifier}: {complaint}");
    let text = String::from_utf8(output.stdout).unwrap();
    let verdicts: BTreeMap<_, _> = text.lines().map(|l| l.split_once(' ').unwrap()).collect();
    let mut judged = 0;
    for case in cases {
        let verdict = verdicts[case.name.as_str()];
        let want_ok = case.name.starts_with("control");
        assert_eq!(verdict == "ok", want_ok, "{verifier} on {}: {verdict}", case.name);
        judged += 1;
    }
    assert_eq!(judged, verdicts.len());
    say(&format!("{verifier} judged {judged} cases as we do\n"));
}

/// Not through `eprintln!`, which a passing test swallows.
fn say(line: &str) {
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

#[test]
fn a_rewritten_history_shows_in_the_next_export() {
    let world = World::new(5, 3, 12);
    let earlier = world.export(1, &world.sealed[6]);
    let later = world.export(1, world.sealed.last().unwrap());
    assert!(earlier.entries.len() > 3 && later.entries.len() > earlier.entries.len());
    assert_eq!(verify_successor(&earlier, &later), []);
    let mut shorter = later.clone();
    shorter.entries.truncate(earlier.entries.len() - 1);
    let last = earlier.entries.len() - 1;
    assert_eq!(verify_successor(&earlier, &shorter), [ExportFinding::Rewritten { entry: last }]);
    let mut other = later.clone();
    other.entries[2].record = other.entries[2].record.replace("balance", "bananas");
    assert_eq!(verify_successor(&earlier, &other), [ExportFinding::Rewritten { entry: 2 }]);
}

#[test]
fn a_stream_without_entries_has_an_export_too() {
    let mut world = World::new(5, 3, 4);
    let unused = world.streams.len();
    world.streams.push(world::World::new(77, 1, 0).streams.pop().unwrap());
    let mut export = world.export(unused, world.sealed.last().unwrap());
    assert!(export.entries.is_empty() && export.head.newest.is_none());
    assert!(verify_export(&export, &trust(None)).holds());
    // A used stream cannot be passed off as unused.
    export.stream = world.streams[0].id;
    let report = verify_export(&export, &trust(None));
    assert!(matches!(report.findings[..], [ExportFinding::Head(_)]), "{:?}", report.findings);
}

/// Past 65,536 entries a third level of tiles begins.
#[test]
fn a_log_of_three_levels_is_verified_and_each_level_counts() {
    let mut dice = Dice(3);
    let mut leaves: Vec<_> =
        (0..66_000).map(|_| Leaf::Commitment(Commitment(Hash256(dice.bytes())))).collect();
    leaves.push(Leaf::Heads(Hash256([5; 32])));
    let signed = sign(ORIGIN, leaves.len() as u64, root_of(&leaves), &[&log_key(1)]);
    let files = files_of(&leaves, &signed);
    let check = |path: &str, at: usize, want: &[String]| {
        let mut files = files.clone();
        files.get_mut(path).unwrap()[at] ^= 1;
        assert_eq!(findings(&log(files, "")), want, "{path}");
    };
    assert_eq!(findings(&log(files.clone(), "")), Vec::<String>::new());
    check(
        "tile/1/000",
        32 * 7,
        &["hash 7 of `tile/1/000` is not that of the entries below it".into()],
    );
    check(
        "tile/2/000.p/1",
        3,
        &["hash 0 of `tile/2/000.p/1` is not that of the entries below it".into()],
    );
    check(
        "tile/0/100",
        32 * 9,
        &["hash 9 of `tile/0/100` is not that of the entries below it".into()],
    );
    let mut edited = files.clone();
    edited.get_mut("tile/entries/100").unwrap()[35 * 9 + 20] ^= 1;
    let found = findings(&log(edited, ""));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].starts_with("the entries lead to the root "));
    assert_eq!(found[1], "entry 25609 in `tile/entries/100` is not the one that was signed");
}

#[test]
fn a_forged_signature_is_told_from_a_missing_one() {
    let world = World::new(5, 3, 4);
    let stranger = sign(ORIGIN, 3, Hash256([1; 32]), &[&log_key(7)]);
    let keys = trust(None).keys;
    assert_eq!(keys.open(stranger.to_string().as_bytes()), Err(OpenError::Unsigned));
    let moved = world.newest().to_string().replacen("log\n", "log\n1", 1);
    assert!(matches!(keys.open(moved.as_bytes()), Err(OpenError::Forged(_))));
}
