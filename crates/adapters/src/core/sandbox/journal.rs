//! What a restart may not lose: the beginning of the sandbox, and what was injected.
//!
//! JSON lines. A line counts once it ends: what a crash left without its end was never
//! acknowledged, and is cut off. Anything else that cannot be read stops the start.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::injection::Injection;
use bankside_domain::{Date, Timestamp};
use serde::{Deserialize, Serialize};

/// Largest journal that is read, in bytes: about half a million injections.
const MAX_BYTES: u64 = 128 * 1024 * 1024;

/// Keeps lines.
pub trait Journal: Send + 'static {
    /// Keeps one line, which has no line break; durable on return.
    ///
    /// # Errors
    /// Where it cannot be promised that the line is kept. The journal takes no other line then.
    fn append(&mut self, line: &str) -> io::Result<()>;
}

/// A journal in a file.
pub struct FileJournal {
    file: File,
    failed: bool,
}

impl FileJournal {
    /// Opens or creates it; with the lines that it holds. A last line without end is cut off.
    ///
    /// # Errors
    /// What the file system says; a file past 128 MiB; text that is not UTF-8.
    pub fn open(path: &Path) -> io::Result<(Self, Vec<String>)> {
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        if file.metadata()?.len() > MAX_BYTES {
            return Err(io::Error::other("the sandbox's journal is larger than 128 MiB"));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let whole = bytes.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        if whole < bytes.len() {
            file.set_len(u64::try_from(whole).unwrap_or(0))?;
            bytes.truncate(whole);
        }
        file.seek(SeekFrom::End(0))?;
        file.sync_all()?;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            File::open(folder)?.sync_all()?;
        }
        let text = String::from_utf8(bytes)
            .map_err(|_| io::Error::other("the sandbox's journal is not text"))?;
        Ok((Self { file, failed: false }, text.lines().map(str::to_owned).collect()))
    }
}

impl Journal for FileJournal {
    fn append(&mut self, line: &str) -> io::Result<()> {
        if self.failed {
            return Err(io::Error::other("an earlier line could not be kept"));
        }
        let kept = self
            .file
            .write_all(format!("{line}\n").as_bytes())
            .and_then(|()| self.file.sync_data());
        self.failed = kept.is_err();
        kept
    }
}

/// Keeps nothing: for tests, and for a sandbox that may forget.
#[derive(Clone, Copy, Debug, Default)]
pub struct Forgetful;

impl Journal for Forgetful {
    fn append(&mut self, _line: &str) -> io::Result<()> {
        Ok(())
    }
}

/// A line of the journal.
#[derive(Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub(super) enum Line {
    /// The first one: from which seed and day on, and when the bank opened.
    Opened { version: u32, seed: u64, since: Date, at: Timestamp },
    /// What an operator brought about.
    Injected { key: String, at: Timestamp, injection: Injection },
}

/// The version of the lines.
pub(super) const VERSION: u32 = 1;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_torn_last_line_is_cut_off_and_the_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bank.jsonl");
        let (mut journal, lines) = FileJournal::open(&path).unwrap();
        assert!(lines.is_empty());
        journal.append("one").unwrap();
        journal.append("two").unwrap();
        std::fs::OpenOptions::new().append(true).open(&path).unwrap().write_all(b"thr").unwrap();
        let (mut journal, lines) = FileJournal::open(&path).unwrap();
        assert_eq!(lines, ["one", "two"]);
        journal.append("three").unwrap();
        assert_eq!(FileJournal::open(&path).unwrap().1, ["one", "two", "three"]);
    }
}
