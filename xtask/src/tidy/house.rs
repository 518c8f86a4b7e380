//! The repository as the rules see it: files, packages, parsed sources, and which file
//! is shipped and which is only for tests.

use super::finding::Finding;
use super::reach;
use super::source::Source;
use super::tree::{self, Tree};
use std::collections::BTreeMap;
use toml::Table;

/// Everything a rule may ask.
pub(crate) struct House {
    pub(crate) tree: Tree,
    pub(crate) packages: Vec<Package>,
    /// Parsed Rust files by path; one that does not parse is missing and is a finding.
    pub(crate) sources: BTreeMap<String, Source>,
    /// Rust files that some crate root reaches, and in what role.
    pub(crate) roles: BTreeMap<String, Role>,
    unreadable: Vec<Finding>,
}

/// How a Rust file comes into a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Compiled into a library, a binary or a build script.
    Code,
    /// Compiled only for tests, benches, examples or fuzzing.
    Test,
}

/// A package of this repository.
pub(crate) struct Package {
    pub(crate) name: String,
    /// Folder of the manifest, relative to the root.
    pub(crate) folder: String,
    pub(crate) manifest: Table,
    pub(crate) dependencies: Vec<Dependency>,
}

/// An entry of `[dependencies]` or `[build-dependencies]`; those for tests are free.
pub(crate) struct Dependency {
    /// The name in the manifest, by which the code calls it.
    pub(crate) key: String,
    /// The name of the package behind it.
    pub(crate) package: String,
    /// Its line in the manifest.
    pub(crate) line: usize,
}

impl House {
    /// Parses every manifest and every Rust file.
    pub(crate) fn new(tree: Tree) -> House {
        let mut unreadable = Vec::new();
        let mut packages = packages(&tree, &mut unreadable);
        packages.sort_by(|a, b| a.folder.cmp(&b.folder));
        let mut sources = BTreeMap::new();
        for (path, text) in tree.files().filter(|(path, _)| path.ends_with(".rs")) {
            match Source::parse(text) {
                Ok(source) => {
                    sources.insert(path.to_owned(), source);
                }
                Err((line, why)) => unreadable.push(Finding::new(path, line, "syntax", why)),
            }
        }
        let roles = reach::roles(&packages, &sources);
        House { tree, packages, sources, roles, unreadable }
    }

    /// Manifests and sources that do not parse.
    pub(crate) fn unreadable(&self) -> Vec<Finding> {
        self.unreadable.clone()
    }

    /// Sources compiled into a library, a binary or a build script, with their paths.
    pub(crate) fn code(&self) -> impl Iterator<Item = (&str, &Source)> {
        self.sources
            .iter()
            .filter(|(path, _)| self.roles.get(*path) == Some(&Role::Code))
            .map(|(path, source)| (path.as_str(), source))
    }
}

impl Package {
    /// The name of its room, where it is one: `domain` for `crates/domain`.
    pub(crate) fn room(&self) -> Option<&str> {
        self.folder.strip_prefix("crates/")
    }

    /// Path of the manifest.
    pub(crate) fn manifest_path(&self) -> String {
        tree::join(&self.folder, "Cargo.toml")
    }
}

/// The room that holds a file and is part of what a bank runs.
pub(crate) fn shipped_room(path: &str) -> Option<&str> {
    let (room, _) = path.strip_prefix("crates/")?.split_once('/')?;
    (room != "testkit").then_some(room)
}

fn packages(tree: &Tree, unreadable: &mut Vec<Finding>) -> Vec<Package> {
    let mut tables = Vec::new();
    for (path, text) in tree.files().filter(|(path, _)| tree::file_name(path) == "Cargo.toml") {
        match text.parse::<Table>() {
            Ok(table) => tables.push((path, text, table)),
            Err(error) => unreadable.push(Finding::new(path, 1, "syntax", error.message())),
        }
    }
    let shared = tables
        .iter()
        .find(|(path, ..)| *path == "Cargo.toml")
        .and_then(|(.., table)| table.get("workspace")?.get("dependencies")?.as_table().cloned());
    let shared = shared.unwrap_or_default();
    let package = |(path, text, manifest): (&str, &str, Table)| {
        let name = manifest.get("package")?.get("name")?.as_str()?.to_owned();
        let dependencies = dependencies(&manifest, text, &shared);
        Some(Package { name, folder: tree::folder(path).to_owned(), manifest, dependencies })
    };
    tables.into_iter().filter_map(package).collect()
}

fn dependencies(manifest: &Table, text: &str, shared: &Table) -> Vec<Dependency> {
    let platforms = manifest.get("target").and_then(toml::Value::as_table);
    let platforms = platforms.into_iter().flat_map(|table| table.values());
    let holders = platforms.filter_map(toml::Value::as_table).chain([manifest]);
    let mut found = Vec::new();
    for holder in holders {
        for section in ["dependencies", "build-dependencies"] {
            let entries = holder.get(section).and_then(toml::Value::as_table);
            for (key, entry) in entries.into_iter().flatten() {
                let renamed =
                    |entry: &toml::Value| Some(entry.get("package")?.as_str()?.to_owned());
                let package = renamed(entry).or_else(|| renamed(shared.get(key)?));
                found.push(Dependency {
                    key: key.clone(),
                    package: package.unwrap_or_else(|| key.clone()),
                    line: line_of(text, key),
                });
            }
        }
    }
    found
}

/// The line that begins with this key, or 1.
pub(crate) fn line_of(text: &str, key: &str) -> usize {
    let begins = |line: &str| {
        let rest = line.trim_start().trim_start_matches('"').strip_prefix(key);
        rest.is_some_and(|rest| rest.starts_with(['.', ' ', '=', '"']))
    };
    text.lines().position(begins).map_or(1, |index| index + 1)
}
