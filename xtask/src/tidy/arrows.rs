//! Arrows: which room may depend on which, and on what from outside.
//!
//! Architecture invariant: a room that is not in the table is refused, so that nobody
//! adds one without saying where it stands.
//! Deliberately absent: dependencies for tests, which may point anywhere.

use super::finding::Finding;
use super::house::{House, Package};

/// A room and the rooms that it may use.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("transparency", &[]),
    ("fapi", &[]),
    ("language", &["domain"]),
    ("fraud", &["domain"]),
    ("store", &["domain", "transparency"]),
    ("service", &["store", "fapi", "language", "fraud", "transparency", "domain"]),
    ("adapters", &["service", "domain"]),
    ("web", &["service", "fapi", "language", "domain"]),
    // For the demo: operators with which the real adapters speak.
    ("doubles", &["adapters", "service", "domain"]),
    // The binary wires the rooms together, so it may see each of them.
    (
        "bankside",
        &[
            "web",
            "doubles",
            "adapters",
            "service",
            "store",
            "fapi",
            "language",
            "fraud",
            "transparency",
            "domain",
        ],
    ),
    // Never part of a release: nothing may point at it but dependencies for tests.
    (
        "testkit",
        &[
            "bankside",
            "web",
            "doubles",
            "adapters",
            "service",
            "store",
            "fapi",
            "language",
            "fraud",
            "transparency",
            "domain",
        ],
    ),
];

/// Rooms without I/O, clock or randomness.
const PURE: &[&str] = &["domain", "transparency", "fapi", "language", "fraud"];

/// What brings I/O, a clock or randomness into a pure room.
const IMPURE: &[&str] = &[
    "async-std",
    "axum",
    "chrono",
    "fastrand",
    "getrandom",
    "hyper",
    "rand",
    "reqwest",
    "rusqlite",
    "smol",
    "sqlx",
    "time",
    "tokio",
    "tokio-util",
    "ureq",
];

/// Heavy dependencies and the only rooms that may use them directly.
const FENCES: &[(&str, &[&str])] = &[
    ("sqlx", &["store", "testkit"]),
    ("rusqlite", &["store"]),
    ("axum", &["web", "doubles", "bankside", "testkit"]),
    ("maud", &["web", "doubles"]),
    ("reqwest", &["adapters", "bankside", "testkit"]),
    ("cedar-policy", &["service"]),
    ("getrandom", &["bankside", "testkit"]),
    ("rand", &["testkit"]),
];

/// Checks every room's manifest.
pub(super) fn check(house: &House) -> Vec<Finding> {
    house.packages.iter().flat_map(|package| room(house, package)).collect()
}

fn room(house: &House, package: &Package) -> Vec<Finding> {
    let Some(room) = package.room() else { return Vec::new() };
    let path = package.manifest_path();
    let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == room) else {
        let advice = format!("`{room}` has no place in the table of arrows; add it there");
        return vec![Finding::new(&path, 1, "arrows", advice)];
    };
    let refuse = |line, advice| Finding::new(&path, line, "arrows", advice);
    let mut found = Vec::new();
    for dependency in &package.dependencies {
        let name = dependency.package.as_str();
        let line = dependency.line;
        let fence = FENCES.iter().find(|(fenced, _)| *fenced == name);
        if let Some(target) = ours(house, name) {
            if !allowed.contains(&target) {
                found.push(refuse(line, format!("`{room}` may not depend on `{target}`")));
            }
        } else if PURE.contains(&room) && IMPURE.contains(&name) {
            let advice = format!("`{room}` is pure: pass in what `{name}` would provide");
            found.push(refuse(line, advice));
        } else if let Some((_, homes)) = fence.filter(|(_, homes)| !homes.contains(&room)) {
            let advice = format!("`{name}` may be used only in {}", homes.join(", "));
            found.push(refuse(line, advice));
        }
    }
    found
}

/// The room behind a package of ours.
fn ours<'h>(house: &'h House, package: &str) -> Option<&'h str> {
    house.packages.iter().find(|other| other.name == package)?.room()
}
