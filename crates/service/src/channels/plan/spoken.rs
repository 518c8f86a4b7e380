//! Words as a speech engine reads them: plain sentences, without marks for the eye and without
//! addresses.

/// What ends a sentence or makes a pause, in any of our scripts.
const PAUSES: [char; 12] = ['.', '!', '?', ':', ';', ',', '…', '،', '؛', '؟', ')', '”'];

/// A text to be said aloud. Nothing is added but pauses.
pub(super) fn speakable(text: &str) -> String {
    let lines = text.lines().map(line).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

fn line(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    for word in text.split_whitespace().filter(|word| !word.contains("://")) {
        let word: String = word.chars().filter(|c| !is_for_the_eye(*c)).collect();
        match word.as_str() {
            "" => {}
            "–" | "—" | "-" => said.push(','),
            word => {
                if !said.is_empty() {
                    said.push(' ');
                }
                said.push_str(word);
            }
        }
    }
    if !said.is_empty() && !said.ends_with(PAUSES) {
        said.push('.');
    }
    said
}

/// Marks of direction (UAX #9), bullets and signs of markup.
fn is_for_the_eye(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2066}'..='\u{2069}' | '•' | '·' | '≈' | '*' | '_' | '#' | '`' | '|')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_for_the_eye_is_not_said() {
        #[track_caller]
        fn check(text: &str, expected: &str) {
            assert_eq!(speakable(text), expected);
            assert_eq!(speakable(expected), expected, "said again it is the same");
        }
        check("", "");
        check("Your balance", "Your balance.");
        check("Ask me:\n\n1. Balance\n2. Help", "Ask me:\n1. Balance.\n2. Help.");
        check("\u{2068}Everyday ••34\u{2069}: €5", "Everyday 34: €5.");
        check("Nov 1 – Nov 21 · rent", "Nov 1, Nov 21 rent.");
        check("Open the view:\nhttps://bank.example/l/abc", "Open the view:");
        check("1\u{a0}234\u{a0}€", "1 234 €.");
        check("كم تريد؟", "كم تريد؟");
        check("**bold** `x`", "bold x.");
    }
}
