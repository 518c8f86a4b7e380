//! Answers and links of a frame, where an operator's own form does not hold them: numbered and
//! spelled out, so that nothing of the frame is lost.

use bankside_domain::channel::Text;
use bankside_domain::conversation::Choice;
use bankside_service::channels::Link;

const BETWEEN: &str = "\n\n";

/// Whether each answer can carry what it says within `bound`, so that a tap says it again. Empty
/// words and spaces around them would be refused, or come back changed.
pub(in crate::channels) fn carried(choices: &[Choice], bound: Text) -> bool {
    choices.iter().all(|choice| {
        let (label, says) = (choice.label.reveal(), choice.says.reveal());
        let is_whole = !says.is_empty() && says.trim() == says && !label.trim().is_empty();
        is_whole && bound.holds(says)
    })
}

/// The answers as numbered lines; whoever answers with a number is understood.
pub(in crate::channels) fn numbered(choices: &[Choice]) -> String {
    let lines = choices.iter().zip(1..);
    let lines = lines.map(|(choice, number)| format!("{number}. {}", choice.label.reveal()));
    lines.collect::<Vec<_>>().join("\n")
}

/// A link in words.
pub(in crate::channels) fn spelled(link: &Link) -> String {
    format!("{}:\n{}", link.label, link.url)
}

/// A text and the blocks below it, in as few messages as hold them. A block is not cut.
pub(in crate::channels) fn pack(text: &str, blocks: Vec<String>, bound: Text) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let text = Some(text.to_owned()).filter(|text| !text.is_empty());
    for block in text.into_iter().chain(blocks) {
        match pieces.last_mut() {
            Some(last) if bound.holds(&format!("{last}{BETWEEN}{block}")) => {
                last.push_str(BETWEEN);
                last.push_str(&block);
            }
            _ => pieces.push(block),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use bankside_domain::channel::Count;

    use super::*;

    fn choice(says: &str) -> Choice {
        Choice { label: "Label".into(), says: says.into() }
    }

    #[test]
    fn an_answer_is_carried_whole_or_not_at_all() {
        let bound = Text { most: 4, count: Count::Bytes };
        for (says, fits) in
            [("four", true), ("fiver", false), ("żół", false), ("", false), (" a", false)]
        {
            assert_eq!(carried(&[choice("ok"), choice(says)], bound), fits, "{says:?}");
        }
    }

    #[test]
    fn blocks_fill_as_few_messages_as_hold_them() {
        #[track_caller]
        fn check(text: &str, blocks: &[&str], want: &[&str]) {
            let blocks = blocks.iter().map(|block| (*block).to_owned()).collect();
            assert_eq!(pack(text, blocks, Text { most: 8, count: Count::Chars }), want);
        }
        check("abc", &[], &["abc"]);
        check("abc", &["def"], &["abc\n\ndef"]);
        check("abcd", &["def", "gh"], &["abcd", "def\n\ngh"]);
        check("", &["def"], &["def"]);
        check("", &[], &[]);
    }
}
