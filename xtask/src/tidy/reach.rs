//! Dead files: Rust files that no crate root reaches, and assets that nothing names.
//!
//! A crate root is what cargo finds by itself or what a manifest names by `path`.

use super::finding::Finding;
use super::house::{House, Package, Role};
use super::source::{Module, Source};
use super::tree::{file_name, folder, join};
use std::collections::BTreeMap;
use toml::Value;

/// Finds Rust files that are in no build, and assets that no file names.
pub(super) fn check(house: &House) -> Vec<Finding> {
    let mut found = Vec::new();
    for (path, _) in house.tree.files() {
        let dead = path.ends_with(".rs") && !house.roles.contains_key(path);
        if dead && !is_fixture(house, path) {
            let advice = "no `mod` reaches this file; declare it or delete it";
            found.push(Finding::new(path, 1, "dead-file", advice));
        }
        if is_asset(path) && !is_named(house, path) {
            let advice = format!("no file names `{}`; use it or delete it", file_name(path));
            found.push(Finding::new(path, 1, "dead-asset", advice));
        }
    }
    found
}

/// Walks from every crate root along `mod`. A file that is both code and test is code.
pub(super) fn roles(
    packages: &[Package],
    sources: &BTreeMap<String, Source>,
) -> BTreeMap<String, Role> {
    let mut roles = BTreeMap::new();
    let mut waiting: Vec<(String, Role)> = Vec::new();
    for package in packages {
        let named = named_targets(package);
        let inside = sources.keys().filter_map(|path| Some((path, below(package, path)?)));
        for (path, local) in inside {
            let role = named.get(path.as_str()).copied().or_else(|| discovered(local));
            waiting.extend(role.map(|role| (path.clone(), role)));
        }
    }
    let roots: Vec<String> = waiting.iter().map(|(path, _)| path.clone()).collect();
    while let Some((path, role)) = waiting.pop() {
        let Some(source) = sources.get(&path) else { continue };
        match roles.get(&path) {
            Some(Role::Code) => continue,
            Some(known) if *known == role => continue,
            _ => roles.insert(path.clone(), role),
        };
        let own = roots.contains(&path) || file_name(&path) == "mod.rs";
        for module in &source.modules {
            let test = role == Role::Test || source.is_test(module.line);
            let role = if test { Role::Test } else { Role::Code };
            waiting.extend(homes(&path, own, module).map(|home| (home, role)));
        }
    }
    roles
}

/// The path below the package's folder, unless the file lies outside.
fn below<'p>(package: &Package, path: &'p str) -> Option<&'p str> {
    path.strip_prefix(package.folder.as_str())?.strip_prefix('/')
}

/// The role of a crate root that cargo finds by its place.
fn discovered(local: &str) -> Option<Role> {
    let role = match local {
        "src/lib.rs" | "src/main.rs" | "build.rs" => return Some(Role::Code),
        _ if local.starts_with("src/bin/") => Role::Code,
        _ => Role::Test,
    };
    let place = ["src/bin/", "tests/", "benches/", "examples/"]
        .iter()
        .find_map(|place| local.strip_prefix(place))?;
    let is_root = match place.split_once('/') {
        None => true,
        Some((_, rest)) => rest == "main.rs",
    };
    is_root.then_some(role)
}

/// Targets that the manifest names by path, with their roles.
fn named_targets(package: &Package) -> BTreeMap<String, Role> {
    let mut named = BTreeMap::new();
    let sections = [
        ("lib", Role::Code),
        ("bin", Role::Code),
        ("test", Role::Test),
        ("bench", Role::Test),
        ("example", Role::Test),
    ];
    for (section, role) in sections {
        let entry = package.manifest.get(section);
        let one = entry.filter(|entry| entry.is_table());
        let many = entry.and_then(Value::as_array).into_iter().flatten();
        let paths = one.into_iter().chain(many).filter_map(|target| target.get("path")?.as_str());
        // The binaries of a fuzz package are tests, whatever cargo calls them.
        let role = if package.folder == "fuzz" { Role::Test } else { role };
        named.extend(paths.map(|path| (join(&package.folder, path), role)));
    }
    named
}

/// The paths at which a declared module may lie.
fn homes(path: &str, own_folder: bool, module: &Module) -> impl Iterator<Item = String> + use<> {
    let here = folder(path);
    let beside = path.trim_end_matches(".rs");
    let base = if own_folder { here } else { beside };
    match &module.path {
        Some(written) => vec![join(here, written)],
        None => {
            let home = join(base, &module.place);
            vec![format!("{home}.rs"), format!("{home}/mod.rs")]
        }
    }
    .into_iter()
}

/// Sources that a test feeds to the compiler: `tests/NAME/x.rs` where a source of the
/// same package says `tests/NAME/`. Also what a source includes by name.
fn is_fixture(house: &House, path: &str) -> bool {
    let Some(package) = house.packages.iter().find(|package| below(package, path).is_some()) else {
        return false;
    };
    let Some(local) = below(package, path) else { return false };
    let place = format!("{}/", folder(local));
    let name = format!("/{}\"", file_name(path));
    house.sources.keys().filter(|source| below(package, source).is_some()).any(|source| {
        let text = house.tree.text(source).unwrap_or_default();
        local.starts_with("tests/") && text.contains(&place)
            || text.contains("include!") && text.contains(&name)
    })
}

/// A file to be served, rather than its licence or checksum.
fn is_asset(path: &str) -> bool {
    let name = file_name(path);
    let about = ["LICENSE", "LICENCE", "OFL", "README", "SHA256SUMS", "NOTICE"];
    path.starts_with("crates/")
        && path.contains("/assets/")
        && !about.iter().any(|word| name.starts_with(word))
}

/// Whether another file says the asset's name, or its stem in quotes.
fn is_named(house: &House, path: &str) -> bool {
    let name = file_name(path);
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    let quoted = format!("\"{stem}\"");
    house.tree.files().any(|(other, text)| {
        other != path
            && (text.contains(&quoted)
                || text.match_indices(name).any(|(at, _)| {
                    let before = text.get(..at).and_then(|text| text.chars().next_back());
                    !before.is_some_and(|letter| letter.is_alphanumeric() || "-_".contains(letter))
                }))
    })
}
