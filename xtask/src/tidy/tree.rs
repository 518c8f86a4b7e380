//! The files of the repository with their texts, as git knows them.
//!
//! Architecture invariant: paths are relative to the root and use `/`.
//! Deliberately absent: ignored files, and anything outside the repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fmt, io};

/// Path to text; a file that is not UTF-8 (a font, a picture) has an empty text.
#[derive(Default)]
pub(crate) struct Tree {
    files: BTreeMap<String, String>,
}

/// Why the tree could not be read.
#[derive(Debug)]
pub(crate) enum TreeError {
    /// Git is missing, or this is no repository.
    Git(String),
    /// A file that git lists could not be read.
    File(PathBuf, io::Error),
}

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TreeError::Git(why) => {
                write!(f, "cannot list the files with git ({why}); run inside a clone")
            }
            TreeError::File(path, error) => write!(f, "cannot read `{}`: {error}", path.display()),
        }
    }
}

impl Tree {
    /// Reads what is committed, staged or new, and not ignored, in the repository around
    /// the current directory.
    pub(crate) fn read() -> Result<Tree, TreeError> {
        let root = PathBuf::from(git(Path::new("."), &["rev-parse", "--show-toplevel"])?.trim());
        let listed = git(&root, &["ls-files", "-z", "--cached", "--others", "--exclude-standard"])?;
        let mut tree = Tree::default();
        for path in listed.split('\0').filter(|path| !path.is_empty()) {
            match std::fs::read(root.join(path)) {
                Ok(bytes) => tree.insert(path, &String::from_utf8(bytes).unwrap_or_default()),
                // Deleted but not yet committed so; a submodule or a link to a folder.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) if error.kind() == io::ErrorKind::IsADirectory => {}
                Err(error) => return Err(TreeError::File(root.join(path), error)),
            }
        }
        Ok(tree)
    }

    /// Adds or replaces one file.
    pub(crate) fn insert(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_owned(), text.to_owned());
    }

    /// All files, by path.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of one file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Whether a file, or a folder with a file in it, has this path.
    pub(crate) fn has(&self, path: &str) -> bool {
        let folder = format!("{}/", path.trim_end_matches('/'));
        self.files.contains_key(path)
            || self
                .files
                .range(folder.clone()..)
                .next()
                .is_some_and(|(file, _)| file.starts_with(&folder))
    }
}

/// The folder of a path, without the trailing slash; empty at the root.
pub(crate) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The last part of a path.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// Joins a folder and a relative path, resolving `.` and `..`.
pub(crate) fn join(folder: &str, relative: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

fn git(directory: &Path, arguments: &[&str]) -> Result<String, TreeError> {
    let output = Command::new("git")
        .current_dir(directory)
        .args(arguments)
        .output()
        .map_err(|error| TreeError::Git(error.to_string()))?;
    if !output.status.success() {
        let why = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(TreeError::Git(why));
    }
    String::from_utf8(output.stdout).map_err(|error| TreeError::Git(error.to_string()))
}
