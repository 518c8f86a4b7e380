//! Words that have no place in comments, documents or strings: unfinished work, paths of
//! one machine, and talk about how a text came to be.
//!
//! Deliberately absent: vendored files, which are kept as their authors wrote them.

use super::finding::Finding;
use super::house::House;
use super::tree::file_name;

/// Marks of unfinished work, as whole words in capitals.
const MARKS: &[&str] = &["TODO", "FIXME", "XXX", "HACK"];
/// Paths of one machine.
const PATHS: &[&str] = &["/work/", "/root/", "/home/", "/tmp/bash_jobs"];
/// Talk about the making, in lower case, as whole words.
const MAKING: &[&str] = &[
    "ai-generated",
    "anthropic",
    "as an ai",
    "chatgpt",
    "claude",
    "co-authored-by",
    "coding session",
    "copilot",
    "design.md",
    "style.md",
    "subagent",
    "system prompt",
    "this session's task",
    "worktree",
];
/// What is read; everything else is a picture, a font, a lock file or data.
const TEXTS: &[&str] = &[
    "rs", "md", "toml", "sql", "css", "js", "mjs", "ftl", "cedar", "sh", "py", "service", "html",
    "yml", "yaml", "json", "ts", "go",
];
/// The files that must name the words in order to forbid them.
const EXEMPT: &[&str] = &["xtask/src/tidy/words.rs", "xtask/src/tidy/tests.rs"];

/// Checks every text that is ours.
pub(super) fn check(house: &House) -> Vec<Finding> {
    let texts = house.tree.files().filter(|(path, _)| is_ours(path));
    let lines = texts.flat_map(|(path, text)| (1..).zip(text.lines()).map(move |l| (path, l)));
    lines
        .flat_map(|(path, (number, line))| {
            faults(line).into_iter().map(move |advice| Finding::new(path, number, "word", advice))
        })
        .collect()
}

fn is_ours(path: &str) -> bool {
    let name = file_name(path);
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let script = ending.is_empty() && name == "run";
    (script || TEXTS.contains(&ending))
        && !path.contains("/vendor/")
        && !name.contains(".min.")
        && !EXEMPT.contains(&path)
}

fn faults(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for mark in MARKS {
        // "XXX" alone in quotes is the currency code for none.
        let used = words(line, mark).any(|(before, _)| !(*mark == "XXX" && before == Some('"')));
        if used {
            found.push(format!("`{mark}`: finish it, or say in the changelog what is missing"));
        }
    }
    for path in PATHS {
        if line.contains(path) {
            found.push(format!("`{path}` is a path of one machine"));
        }
    }
    let lower = line.to_lowercase();
    for word in MAKING {
        if words(&lower, word).next().is_some() {
            found.push(format!("`{word}` speaks of how this was made; say what it is"));
        }
    }
    let issue = lower.match_indices("issue ").chain(lower.match_indices("issue #"));
    let numbered = |(at, found): (usize, &str)| {
        let rest = lower.get(at + found.len()..).unwrap_or_default();
        rest.starts_with(|letter: char| letter.is_ascii_digit() || letter == '#')
    };
    if issue.into_iter().any(numbered) {
        found.push("an issue's number means nothing to a reader; say the reason".to_owned());
    }
    found
}

/// Where a word stands by itself: the letters before and after it.
fn words<'l>(
    line: &'l str,
    word: &'l str,
) -> impl Iterator<Item = (Option<char>, Option<char>)> + 'l {
    let joins = |letter: Option<char>| letter.is_some_and(|l| l.is_alphanumeric() || l == '_');
    line.match_indices(word).filter_map(move |(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|text| text.chars().next());
        (!joins(before) && !joins(after)).then_some((before, after))
    })
}
