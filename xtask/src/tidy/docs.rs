//! Documents: every page of the book is in its summary, decisions are numbered without a
//! gap and listed, and links inside the repository lead somewhere.

use super::finding::Finding;
use super::house::House;
use super::tree::{file_name, folder, join};

const BOOK: &str = "docs/src/";
const SUMMARY: &str = "docs/src/SUMMARY.md";
const DECISIONS: &str = "docs/adr/";
const INDEX: &str = "docs/adr/README.md";

/// Checks every Markdown file.
pub(super) fn check(house: &House) -> Vec<Finding> {
    let mut found = pages(house);
    found.extend(decisions(house));
    for (path, text) in house.tree.files().filter(|(path, _)| path.ends_with(".md")) {
        for (line, target) in links(text) {
            if !target.is_empty() && !house.tree.has(&join(folder(path), target)) {
                let advice = format!("`{target}` does not exist");
                found.push(Finding::new(path, line, "dead-link", advice));
            }
        }
    }
    found
}

fn pages(house: &House) -> Vec<Finding> {
    let Some(summary) = house.tree.text(SUMMARY) else { return Vec::new() };
    let listed: Vec<String> = links(summary).map(|(_, to)| join(folder(SUMMARY), to)).collect();
    let pages = house.tree.files().map(|(path, _)| path);
    pages
        .filter(|path| path.starts_with(BOOK) && path.ends_with(".md") && *path != SUMMARY)
        .filter(|path| !listed.iter().any(|known| known == path))
        .map(|path| Finding::new(path, 1, "dead-page", format!("list it in {SUMMARY}")))
        .collect()
}

fn decisions(house: &House) -> Vec<Finding> {
    let index = house.tree.text(INDEX).unwrap_or_default();
    let files = house.tree.files().map(|(path, _)| path);
    let decisions =
        files.filter(|path| path.starts_with(DECISIONS) && *path != INDEX && path.ends_with(".md"));
    let mut found = Vec::new();
    for (expected, path) in (1..).zip(decisions) {
        let name = file_name(path);
        let number = name.split_once('-').and_then(|(number, _)| {
            (number.len() == 4).then(|| number.parse::<usize>().ok()).flatten()
        });
        if number != Some(expected) {
            let advice = format!("decisions count without a gap; this one is {expected:04}-*.md");
            found.push(Finding::new(path, 1, "decision", advice));
        }
        if !index.contains(name) {
            found.push(Finding::new(path, 1, "decision", format!("list it in {INDEX}")));
        }
    }
    found
}

/// Links to files, with their lines, without their fragments. Code is skipped.
fn links(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    let lines = (1..).zip(text.lines()).filter(move |(_, line)| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    });
    lines.flat_map(|(number, line)| {
        // Odd pieces between back-quotes are code.
        let prose = line.split('`').step_by(2);
        let targets = prose.flat_map(|piece| {
            piece.match_indices("](").filter_map(|(at, _)| {
                let (target, _) = piece.get(at + 2..)?.split_once(')')?;
                Some(target.split_once('#').map_or(target, |(file, _)| file))
            })
        });
        targets
            .filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
            .map(move |target| (number, target))
    })
}
