//! The data directory: what marks it, who may work in it, how it is emptied.
//!
//! INVARIANT: one process at a time; the lock is the kernel's and ends with the process.
//! INVARIANT: nothing is removed from a directory that does not bear the mark.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Marks a data directory, and says for what it was made.
const MARK: &str = "bankside.json";
/// The mark of one that is being emptied; a crash in between is made good at the next start.
const EMPTYING: &str = "bankside.emptying";
/// Held while a process works here.
const LOCK: &str = "lock";
/// Folders of commands that examine a copy begin so. One that was killed may leave its copy.
pub(crate) const SCRATCH: &str = ".scratch-";
const FORMAT: &str = "bankside-data/v1";

/// For what a directory was made. The two never mix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// Seeded, and may be emptied by a flag.
    Demo,
    /// A bank's.
    Serve,
}

#[derive(Serialize, Deserialize)]
struct Mark {
    format: String,
    kind: Kind,
}

/// Why a directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DataError {
    /// It holds something else.
    #[error("`{}` is not empty and not a Bankside data directory; choose another", .0.display())]
    Foreign(PathBuf),
    /// There is none.
    #[error("`{}` is not a Bankside data directory", .0.display())]
    Missing(PathBuf),
    /// A later version made it.
    #[error("`{}` was made by another version of Bankside ({}); install that one", .0.display(), .1)]
    Version(PathBuf, String),
    /// Made for the other use.
    #[error(
        "`{}` was made by `bankside {}`, and the two do not share data; choose another directory",
        .0.display(),
        match .1 { Kind::Demo => "demo", Kind::Serve => "serve" }
    )]
    OtherKind(PathBuf, Kind),
    /// Another process is at work.
    #[error("another process works in `{}`{}; stop it, or choose another directory", .0.display(), .1)]
    Busy(PathBuf, String),
    /// The file system refuses.
    #[error("`{}`: {}", .0.display(), .1)]
    Io(PathBuf, io::Error),
}

/// A directory in which this process works.
#[derive(Debug)]
pub(crate) struct DataDir {
    path: PathBuf,
    _lock: File,
}

impl DataDir {
    /// Takes a directory for this process; makes it where there is none yet. With `fresh`, what is
    /// in it is removed first.
    ///
    /// # Errors
    /// [`DataError`].
    pub(crate) fn take(path: &Path, kind: Kind, fresh: bool) -> Result<Self, DataError> {
        let failed = |error| DataError::Io(path.to_owned(), error);
        if path.exists() {
            let known = path.join(EMPTYING).exists() || mark(path)?.is_some();
            if !known && !is_unused(path).map_err(failed)? {
                return Err(DataError::Foreign(path.to_owned()));
            }
            close_to_others(path).map_err(failed)?;
        } else {
            private_dir(path).map_err(failed)?;
        }
        let dir = Self { path: path.to_owned(), _lock: lock(path)? };
        if let Some(found) = mark(path)?.map(|mark| mark.kind).filter(|found| *found != kind) {
            return Err(DataError::OtherKind(path.to_owned(), found));
        }
        if path.join(EMPTYING).exists() || (fresh && path.join(MARK).exists()) {
            dir.empty().map_err(failed)?;
        }
        dir.put_mark(kind).map_err(failed)?;
        dir.sweep().map_err(failed)?;
        Ok(dir)
    }

    /// Takes one that exists, whatever it was made for.
    ///
    /// # Errors
    /// [`DataError`].
    pub(crate) fn take_existing(path: &Path) -> Result<Self, DataError> {
        Self::take(path, kind(path)?, false)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Removes copies that were left behind: they may hold keys that were destroyed since.
    fn sweep(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(SCRATCH) {
                fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(())
    }

    fn empty(&self) -> io::Result<()> {
        if self.path.join(MARK).exists() {
            fs::rename(self.path.join(MARK), self.path.join(EMPTYING))?;
            sync_dir(&self.path)?;
        }
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            if entry.file_name() == LOCK || entry.file_name() == EMPTYING {
                continue;
            }
            if entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            } else {
                fs::remove_file(entry.path())?;
            }
        }
        sync_dir(&self.path)?;
        fs::remove_file(self.path.join(EMPTYING))?;
        sync_dir(&self.path)
    }

    fn put_mark(&self, kind: Kind) -> io::Result<()> {
        let path = self.path.join(MARK);
        if path.exists() {
            return Ok(());
        }
        let mark = Mark { format: FORMAT.to_owned(), kind };
        write_private(&path, serde_json::to_string(&mark)?.as_bytes())
    }
}

/// For what a directory was made.
///
/// # Errors
/// [`DataError::Missing`] where it is not one of ours.
pub(crate) fn kind(path: &Path) -> Result<Kind, DataError> {
    mark(path)?.map(|mark| mark.kind).ok_or_else(|| DataError::Missing(path.to_owned()))
}

fn mark(path: &Path) -> Result<Option<Mark>, DataError> {
    let text = match fs::read_to_string(path.join(MARK)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(DataError::Io(path.join(MARK), error)),
    };
    let mark: Mark =
        serde_json::from_str(&text).map_err(|_| DataError::Foreign(path.to_owned()))?;
    if mark.format != FORMAT {
        return Err(DataError::Version(path.to_owned(), mark.format));
    }
    Ok(Some(mark))
}

/// Whether there is nothing but, perhaps, what a crash within the very first start left behind.
fn is_unused(path: &Path) -> io::Result<bool> {
    let left = [Path::new(LOCK), &temporary(Path::new(MARK))];
    for entry in fs::read_dir(path)? {
        let name = entry?.file_name();
        if !left.contains(&Path::new(&name)) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn lock(path: &Path) -> Result<File, DataError> {
    let name = path.join(LOCK);
    let failed = |error| DataError::Io(name.clone(), error);
    let mut options = OpenOptions::new();
    let mut file =
        options.read(true).write(true).create(true).truncate(false).open(&name).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let holder = fs::read_to_string(&name).unwrap_or_default();
            let holder = match holder.trim() {
                "" => String::new(),
                pid => format!(" (process {pid})"),
            };
            return Err(DataError::Busy(path.to_owned(), holder));
        }
        Err(TryLockError::Error(error)) => return Err(failed(error)),
    }
    // The number only helps whoever meets the lock; the lock itself is the kernel's.
    file.set_len(0).map_err(failed)?;
    writeln!(file, "{}", std::process::id()).map_err(failed)?;
    Ok(file)
}

/// Makes a directory that only its owner enters.
///
/// # Errors
/// What the file system says.
pub(crate) fn private_dir(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Takes from others the right to enter.
#[cfg(unix)]
fn close_to_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let permissions = fs::metadata(path)?.permissions();
    if permissions.mode() & 0o077 == 0 {
        return Ok(());
    }
    fs::set_permissions(path, fs::Permissions::from_mode(0o700))
}

/// Elsewhere the folder's own rules decide.
#[cfg(not(unix))]
fn close_to_others(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Writes a file that only its owner reads: whole and durable, or not at all.
///
/// # Errors
/// What the file system says.
pub(crate) fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let temporary = temporary(path);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&temporary, path)?;
    sync_dir(path.parent().unwrap_or(Path::new(".")))
}

/// Where a file is written before it takes its name.
fn temporary(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    PathBuf::from(name)
}

/// Makes the names in a directory durable.
///
/// # Errors
/// What the file system says.
pub(crate) fn sync_dir(path: &Path) -> io::Result<()> {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    File::open(path)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directory_is_taken_once_and_only_if_it_is_ours() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data");
        let dir = DataDir::take(&path, Kind::Demo, false).unwrap();
        let again = DataDir::take(&path, Kind::Demo, false);
        assert!(matches!(again, Err(DataError::Busy(..))), "{again:?}");
        drop(dir);
        let other = DataDir::take(&path, Kind::Serve, false);
        assert!(matches!(other, Err(DataError::OtherKind(_, Kind::Demo))), "{other:?}");
        let foreign = DataDir::take(folder.path(), Kind::Demo, true);
        assert!(matches!(foreign, Err(DataError::Foreign(_))), "{foreign:?}");
        assert!(path.join(MARK).exists(), "a refusal removes nothing");
    }

    #[test]
    fn a_first_start_that_was_cut_short_is_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(LOCK), "1").unwrap();
        fs::write(folder.path().join("bankside.json.new"), "{").unwrap();
        drop(DataDir::take(folder.path(), Kind::Demo, false).unwrap());
        assert!(mark(folder.path()).unwrap().is_some());
    }

    #[test]
    fn fresh_removes_what_was_there_and_an_interrupted_one_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        drop(DataDir::take(path, Kind::Demo, false).unwrap());
        fs::create_dir(path.join("keys")).unwrap();
        fs::write(path.join("keys/master.key"), "k").unwrap();
        fs::write(path.join("main.db"), "d").unwrap();
        drop(DataDir::take(path, Kind::Demo, false).unwrap());
        assert!(path.join("keys/master.key").exists(), "a second start keeps it");
        fs::rename(path.join(MARK), path.join(EMPTYING)).unwrap();
        fs::remove_file(path.join("main.db")).unwrap();
        drop(DataDir::take(path, Kind::Demo, false).unwrap());
        assert!(!path.join("keys").exists() && path.join(MARK).exists());
        fs::write(path.join("main.db"), "d").unwrap();
        drop(DataDir::take(path, Kind::Demo, true).unwrap());
        assert!(!path.join("main.db").exists() && path.join(MARK).exists());
    }
}
