//! A sealed archive: files one after the other, cut into pieces, each sealed by itself.
//!
//! Each piece is XChaCha20-Poly1305 with a random nonce, and its place (which backup, which part,
//! which number, whether it is the last) is authenticated with it: pieces cannot be reordered,
//! swapped between archives, or left out, not even at the end.
//!
//! The first piece is a JSON list of names and lengths; the others are the files' bytes. On disk
//! a piece stands behind its length as a big-endian 32-bit number.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use bankside_service::keys::DataKey;
use bankside_service::ports::Entropy;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::data::sync_dir;

/// Bytes of a piece before it is sealed.
const PIECE: usize = 1024 * 1024;
/// Largest sealed piece that is read.
const MAX_SEALED: usize = PIECE + 1024;
/// Names that an archive may hold; nothing else is ever written.
const NAMES: [&str; 4] = ["main.db", "sandbox.jsonl", "keys.db", "log.key"];

#[derive(Serialize, Deserialize)]
struct Entry {
    name: String,
    length: u64,
}

/// Seals `parts` into a new file; its length and SHA-256.
///
/// # Errors
/// Where a file cannot be read or written.
pub(super) fn seal(
    target: &Path,
    parts: &[(&str, PathBuf)],
    key: &DataKey,
    place: &str,
    entropy: &dyn Entropy,
) -> anyhow::Result<(u64, String)> {
    let mut entries = Vec::new();
    let mut content: Box<dyn Read> = Box::new(io::empty());
    for (name, path) in parts {
        let file = File::open(path).with_context(|| format!("`{}`", path.display()))?;
        let length = file.metadata()?.len();
        entries.push(Entry { name: (*name).to_owned(), length });
        // A file that grows meanwhile ends where it ended when it was opened.
        content = Box::new(content.chain(file.take(length)));
    }
    let mut out = Sealing {
        file: new_private(target)?,
        hash: Sha256::new(),
        length: 0,
        number: 0,
        key,
        place,
        entropy,
    };
    out.piece(&serde_json::to_vec(&entries)?, false)?;
    let mut piece = read_piece(&mut content)?;
    loop {
        let next = read_piece(&mut content)?;
        out.piece(&piece, next.is_empty())?;
        if next.is_empty() {
            break;
        }
        piece = next;
    }
    out.file.sync_all()?;
    sync_dir(target.parent().unwrap_or(Path::new(".")))?;
    Ok((out.length, hex(&out.hash.finalize())))
}

struct Sealing<'a> {
    file: File,
    hash: Sha256,
    length: u64,
    number: u64,
    key: &'a DataKey,
    place: &'a str,
    entropy: &'a dyn Entropy,
}

impl Sealing<'_> {
    fn piece(&mut self, bytes: &[u8], last: bool) -> anyhow::Result<()> {
        let place = place(self.place, self.number, last);
        let sealed = self.key.seal(&place, bytes, self.entropy)?;
        let length = u32::try_from(sealed.len())?.to_be_bytes();
        for bytes in [length.as_slice(), &sealed] {
            self.file.write_all(bytes)?;
            self.hash.update(bytes);
            self.length += u64::try_from(bytes.len())?;
        }
        self.number += 1;
        Ok(())
    }
}

/// Opens an archive of that length and hash, and writes its files into `folder`.
///
/// # Errors
/// Where it was changed or cut, or the key is another. Some files may have been written then.
pub(super) fn open(
    path: &Path,
    (length, sha256): (u64, &str),
    key: &DataKey,
    place: &str,
    folder: &Path,
) -> anyhow::Result<()> {
    if fs::metadata(path)?.len() != length || hash_of(path)? != sha256 {
        bail!("it was changed or cut since it was made: length or SHA-256 differ");
    }
    let mut opening = Opening { file: File::open(path)?, number: 0, key, place, ended: false };
    let entries: Vec<Entry> = serde_json::from_slice(&opening.piece()?)?;
    let mut piece = opening.piece()?;
    let mut rest = piece.as_slice();
    for entry in entries {
        if !NAMES.contains(&entry.name.as_str()) {
            bail!("it holds a file that no backup has");
        }
        let mut file = new_private(&folder.join(&entry.name))?;
        let mut left = entry.length;
        while left > 0 {
            if rest.is_empty() {
                piece = opening.piece()?;
                rest = piece.as_slice();
            }
            let take = usize::try_from(left).unwrap_or(usize::MAX).min(rest.len());
            let (now, later) = rest.split_at_checked(take).unwrap_or((rest, &[]));
            file.write_all(now)?;
            (rest, left) = (later, left - u64::try_from(now.len())?);
        }
        file.sync_all()?;
    }
    if !rest.is_empty() || !opening.ended || opening.file.read(&mut [0])? > 0 {
        bail!("it holds more than it lists");
    }
    sync_dir(folder)?;
    Ok(())
}

struct Opening<'a> {
    file: File,
    number: u64,
    key: &'a DataKey,
    place: &'a str,
    ended: bool,
}

impl Opening<'_> {
    /// The next piece.
    fn piece(&mut self) -> anyhow::Result<Vec<u8>> {
        if self.ended {
            bail!("it lists more than it holds");
        }
        let mut length = [0; 4];
        self.file.read_exact(&mut length)?;
        let length = usize::try_from(u32::from_be_bytes(length))?;
        if length > MAX_SEALED {
            bail!("a piece is longer than any backup's");
        }
        let mut sealed = vec![0; length];
        self.file.read_exact(&mut sealed)?;
        for last in [false, true] {
            if let Ok(bytes) = self.key.open(&place(self.place, self.number, last), &sealed) {
                self.number += 1;
                self.ended = last;
                return Ok(bytes);
            }
        }
        bail!(
            "piece {} does not open: another master key was in use then, or it was changed",
            self.number
        )
    }
}

fn place(place: &str, number: u64, last: bool) -> String {
    format!("backup/{place}/{number}/{}", if last { "last" } else { "more" })
}

fn read_piece(content: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut piece = Vec::with_capacity(PIECE);
    let limit = u64::try_from(PIECE).unwrap_or(u64::MAX);
    content.take(limit).read_to_end(&mut piece)?;
    Ok(piece)
}

fn new_private(path: &Path) -> anyhow::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).with_context(|| format!("cannot make `{}`", path.display()))
}

fn hash_of(path: &Path) -> anyhow::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    loop {
        let piece = read_piece(&mut file)?;
        if piece.is_empty() {
            return Ok(hex(&hash.finalize()));
        }
        hash.update(&piece);
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SystemEntropy;

    /// Seals files of those sizes, lets `change` spoil the archive, and opens it.
    fn round(sizes: &[usize], change: impl Fn(&mut Vec<u8>)) -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let key = DataKey::from_bytes([7; 32]);
        let (target, to) = (folder.path().join("a.sealed"), folder.path().join("out"));
        let mut parts = Vec::new();
        for (name, size) in NAMES.iter().zip(sizes) {
            let bytes: Vec<u8> = (0..*size).map(|n| (n % 251) as u8).collect();
            fs::write(folder.path().join(name), bytes)?;
            parts.push((*name, folder.path().join(name)));
        }
        let (_, _) = seal(&target, &parts, &key, "id/data", &SystemEntropy)?;
        let mut bytes = fs::read(&target)?;
        change(&mut bytes);
        fs::write(&target, &bytes)?;
        // Whoever changes the archive changes its manifest too.
        let expected = (bytes.len() as u64, hash_of(&target)?);
        fs::create_dir(&to)?;
        open(&target, (expected.0, &expected.1), &key, "id/data", &to)?;
        for (name, path) in &parts {
            assert!(fs::read(path)? == fs::read(to.join(name))?, "{name} came back another");
        }
        Ok(())
    }

    #[test]
    fn files_of_every_size_come_back() {
        for sizes in [&[0][..], &[1, 0, 5], &[PIECE], &[PIECE - 1, 2]] {
            round(sizes, |_| ()).unwrap();
        }
    }

    #[test]
    fn a_changed_or_cut_archive_does_not_open() {
        let sealed = |plain: usize| 4 + 24 + 16 + plain;
        let check = |what: &str, change: fn(&mut Vec<u8>)| {
            assert!(round(&[PIECE + 9], change).is_err(), "{what}");
        };
        check("a bit", |b| *b.last_mut().unwrap() ^= 1);
        check("the end", |b| b.truncate(b.len() - 1));
        check("everything", Vec::clear);
        check("an addition", |b| b.push(0));
        check("a length", |b| b[0] = 255);
        let last = sealed(9);
        assert!(round(&[PIECE + 9], |b| b.truncate(b.len() - last)).is_err(), "the last piece");
    }
}
