//! Manifests and module heads: lints inherited and not weakened, no dependency without a
//! use, and each module says what it is.
//!
//! Deliberately absent: versions and licences, which cargo-deny judges.

use super::finding::Finding;
use super::house::{House, Package, line_of};
use std::collections::BTreeSet;
use toml::{Table, Value};

/// Lints that the workspace must keep at `deny` or `forbid`.
const DENIED: &[(&str, &[&str])] = &[
    ("rust", &["unsafe_code", "unused_must_use"]),
    (
        "clippy",
        &[
            "all",
            "unwrap_used",
            "expect_used",
            "panic",
            "indexing_slicing",
            "todo",
            "unimplemented",
            "unreachable",
            "dbg_macro",
            "float_arithmetic",
            "disallowed_methods",
        ],
    ),
];

/// Checks the workspace's manifest, each package's, and the head of each module.
pub(super) fn check(house: &House) -> Vec<Finding> {
    let mut found = workspace(house);
    // The fuzz package is a workspace of its own and cannot inherit.
    for package in house.packages.iter().filter(|package| package.folder != "fuzz") {
        found.extend(inherits(package));
        found.extend(unused(house, package));
    }
    let headless = house.roles.keys().filter(|path| {
        let text = house.tree.text(path).unwrap_or_default();
        // Attributes of the whole file may stand before its description.
        let before = text.split_once("//!").map(|(before, _)| before.trim());
        !before.is_some_and(|before| before.is_empty() || before.starts_with("#!["))
    });
    found.extend(headless.map(|path| {
        Finding::new(path, 1, "module-head", "begin with `//!`: what it is, its invariants")
    }));
    found
}

/// The workspace's lints, and its dependencies that no package takes up.
fn workspace(house: &House) -> Vec<Finding> {
    let Some(text) = house.tree.text("Cargo.toml") else { return Vec::new() };
    let Ok(manifest) = text.parse::<Table>() else { return Vec::new() };
    let Some(workspace) = manifest.get("workspace") else { return Vec::new() };
    let mut found = Vec::new();
    for (tool, lints) in DENIED {
        for lint in *lints {
            let level = workspace.get("lints").and_then(|lints| lints.get(tool)?.get(lint));
            let level = level.and_then(|level| level.get("level").unwrap_or(level).as_str());
            if !matches!(level, Some("deny" | "forbid")) {
                let advice = format!("`{tool}::{lint}` must be denied in the workspace's lints");
                found.push(Finding::new("Cargo.toml", line_of(text, lint), "lints", advice));
            }
        }
    }
    let taken: BTreeSet<&str> =
        house.packages.iter().flat_map(|package| inherited(&package.manifest)).collect();
    let offered = workspace.get("dependencies").and_then(Value::as_table);
    for (key, value) in offered.into_iter().flatten() {
        let absent_room = value.get("path").is_some();
        if !taken.contains(key.as_str()) && !absent_room {
            let advice = format!("no package takes `{key}` from the workspace; remove it");
            found.push(Finding::new("Cargo.toml", line_of(text, key), "unused-dependency", advice));
        }
    }
    found
}

fn inherits(package: &Package) -> Option<Finding> {
    let lints = package.manifest.get("lints").and_then(|lints| lints.get("workspace"));
    let inherits = lints.and_then(Value::as_bool) == Some(true);
    let advice = "write `[lints]` with `workspace = true`";
    (!inherits).then(|| Finding::new(&package.manifest_path(), 1, "lints", advice))
}

/// Dependencies whose name occurs in none of the package's sources.
fn unused(house: &House, package: &Package) -> Vec<Finding> {
    let folder = format!("{}/", package.folder);
    let path = package.manifest_path();
    let mut found = Vec::new();
    for dependency in &package.dependencies {
        let name = dependency.key.replace('-', "_");
        let sources = house.sources.iter().filter(|(path, _)| path.starts_with(&folder));
        if !sources.into_iter().any(|(_, source)| source.names(&name)) {
            let advice = format!("nothing names `{name}`; remove the dependency");
            found.push(Finding::new(&path, dependency.line, "unused-dependency", advice));
        }
    }
    found
}

/// Keys that a manifest takes from the workspace, in any section, those for tests too.
fn inherited(table: &Table) -> Vec<&str> {
    let mut keys = Vec::new();
    for (key, value) in table {
        let from_workspace = value.get("workspace").and_then(Value::as_bool) == Some(true);
        if from_workspace {
            keys.push(key.as_str());
        } else if let Some(inner) = value.as_table() {
            keys.extend(inherited(inner));
        }
    }
    keys
}
