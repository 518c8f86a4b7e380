//! Cutting words into messages, where a reader would pause.
//!
//! INVARIANT: nothing is cut inside of an isolate of the bidirectional algorithm (UAX #9), so that
//! a name or a figure keeps its direction, unless one alone is longer than a message.

use bankside_domain::channel::Text;

const BETWEEN: &str = "\n\n";
const ELLIPSIS: char = '…';

/// Words and the blocks below them as at most `most` messages; the last of them within `above` as
/// well. `false` where the words had to be shortened.
pub(super) fn cut(
    words: &str,
    below: &[String],
    bound: Text,
    above: Option<Text>,
    most: usize,
) -> (Vec<String>, bool) {
    let fill = |words: &str| {
        let mut pieces = fill(words, below, bound);
        if let Some(above) = above {
            let last = pieces.pop().unwrap_or_default();
            pieces.extend(pieces_of(&last, above));
        }
        pieces
    };
    let pieces = fill(words);
    if pieces.len() <= most {
        return (pieces, true);
    }
    let shortened = |end: usize| format!("{}{ELLIPSIS}", words.get(..end).unwrap_or("").trim_end());
    let ends: Vec<_> = words.char_indices().map(|(at, _)| at).collect();
    let fitting = ends.partition_point(|end| fill(&shortened(*end)).len() <= most);
    let end = fitting.checked_sub(1).and_then(|last| ends.get(last)).copied().unwrap_or(0);
    let mut pieces = fill(&shortened(end));
    pieces.truncate(most);
    (pieces, false)
}

/// As many messages as it takes.
fn fill(words: &str, below: &[String], bound: Text) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for block in std::iter::once(words).chain(below.iter().map(String::as_str)) {
        let joined = pieces.last().map(|last| format!("{last}{BETWEEN}{block}"));
        match (joined.filter(|joined| bound.holds(joined)), pieces.last_mut()) {
            (Some(joined), Some(last)) => *last = joined,
            _ => pieces.extend(pieces_of(block, bound)),
        }
    }
    pieces
}

fn pieces_of(mut block: &str, bound: Text) -> Vec<String> {
    let mut pieces = Vec::new();
    while !bound.holds(block) {
        let (head, tail) = block.split_at(pause(block, longest(block, bound)));
        pieces.push(head.trim_end().to_owned());
        block = tail.trim_start();
    }
    pieces.push(block.to_owned());
    pieces
}

/// End of the longest beginning that fits; at least one character.
fn longest(text: &str, bound: Text) -> usize {
    let ends: Vec<_> = text.char_indices().map(|(at, c)| at + c.len_utf8()).collect();
    let fitting = ends.partition_point(|end| bound.holds(text.get(..*end).unwrap_or("")));
    let end = ends.get(fitting.saturating_sub(1));
    end.copied().unwrap_or(text.len())
}

/// Where to pause at or before `end`: after a paragraph, a line, a sentence or a word, after the first
/// third; else right there.
fn pause(text: &str, end: usize) -> usize {
    let head = text.get(..end).unwrap_or(text);
    // A space that follows belongs to what fits.
    let ends_a_word = text.get(end..).is_some_and(|rest| rest.starts_with(char::is_whitespace));
    let outside = |at: &usize| !is_isolated(head.get(..*at).unwrap_or(""));
    if ends_a_word && outside(&end) {
        return end;
    }
    let after = |mark: &str| {
        let mut found = head.rmatch_indices(mark).map(|(at, mark)| at + mark.len());
        found.find(outside).filter(|at| at * 3 >= end)
    };
    ["\n\n", "\n", ". ", " "].into_iter().find_map(after).unwrap_or(end)
}

/// Whether the end of a text lies inside of an isolate.
fn is_isolated(text: &str) -> bool {
    let depth = text.chars().fold(0_usize, |depth, c| match c {
        '\u{2066}'..='\u{2068}' => depth + 1,
        '\u{2069}' => depth.saturating_sub(1),
        _ => depth,
    });
    depth > 0
}
