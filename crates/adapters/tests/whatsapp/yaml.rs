//! As much of YAML 1.2 as the official description is written in: block mappings and sequences, and
//! plain and quoted scalars that may run over several lines. Anything else fails aloud.

use serde_json::{Map, Number, Value};

pub fn parse(text: &str) -> Value {
    let lines = text.lines().map(|line| {
        let content = line.trim_start();
        (line.len() - content.len(), content.trim_end().to_owned())
    });
    let mut reader = Reader { lines: lines.collect(), at: 0 };
    let value = reader.block(0);
    assert!(reader.peek().is_none(), "line {} is not understood", reader.at + 1);
    value
}

struct Reader {
    lines: Vec<(usize, String)>,
    at: usize,
}

impl Reader {
    /// The next line that is not empty.
    fn peek(&mut self) -> Option<(usize, String)> {
        while self.lines.get(self.at).is_some_and(|(_, line)| line.is_empty()) {
            self.at += 1;
        }
        self.lines.get(self.at).cloned()
    }

    fn block(&mut self, indent: usize) -> Value {
        match self.peek() {
            Some((_, line)) if is_item(&line) => self.sequence(indent),
            Some((_, line)) if key(&line).is_some() => self.mapping(indent),
            Some((_, line)) => {
                self.at += 1;
                // The item of a sequence goes on beside itself, not further in.
                self.scalar(&line, indent.saturating_sub(1))
            }
            None => Value::Null,
        }
    }

    fn sequence(&mut self, indent: usize) -> Value {
        let mut items = Vec::new();
        while let Some((depth, line)) = self.peek() {
            if depth != indent || !is_item(&line) {
                break;
            }
            // What follows the dash is a block of its own, two columns further.
            self.lines[self.at] = (indent + 2, line[1..].trim_start().to_owned());
            items.push(self.block(indent + 2));
        }
        items.into()
    }

    fn mapping(&mut self, indent: usize) -> Value {
        let mut fields = Map::new();
        while let Some((depth, line)) = self.peek() {
            let found = key(&line).filter(|_| depth == indent && !is_item(&line));
            let Some((name, rest)) = found else { break };
            self.at += 1;
            let value = if rest.is_empty() {
                match self.peek() {
                    Some((depth, _)) if depth > indent => self.block(depth),
                    Some((depth, line)) if depth == indent && is_item(&line) => {
                        self.sequence(indent)
                    }
                    _ => Value::Null,
                }
            } else {
                self.scalar(&rest, indent)
            };
            fields.insert(name, value);
        }
        fields.into()
    }

    /// A scalar that begins with `first` in a block at `indent`.
    fn scalar(&mut self, first: &str, indent: usize) -> Value {
        match first.as_bytes()[0] {
            b'\'' => self.quoted(first, '\'').replace("''", "'").into(),
            b'"' => unescaped(&self.quoted(first, '"')).into(),
            b'{' | b'[' => serde_json::from_str(first).unwrap(),
            b'|' | b'>' | b'&' | b'*' | b'!' | b'?' => panic!("`{first}` is not understood"),
            _ => {
                let mut folded = first.to_owned();
                while let Some((depth, line)) = self.lines.get(self.at) {
                    if line.is_empty() || *depth <= indent || is_item(line) {
                        break;
                    }
                    folded.push(' ');
                    folded.push_str(line);
                    self.at += 1;
                }
                plain(&folded)
            }
        }
    }

    /// What stands between quotes, with its lines folded: one break is a space, more are breaks.
    fn quoted(&mut self, first: &str, quote: char) -> String {
        let mut folded = first[1..].to_owned();
        let mut empty = 0;
        while !is_closed(&folded, quote) {
            let line = self.lines[self.at].1.clone();
            self.at += 1;
            if line.is_empty() {
                empty += 1;
            } else {
                folded.push_str(&if empty == 0 { " ".to_owned() } else { "\n".repeat(empty) });
                folded.push_str(&line);
                empty = 0;
            }
        }
        folded.pop();
        folded
    }
}

fn is_item(line: &str) -> bool {
    line == "-" || line.starts_with("- ")
}

/// The key of a line, and what follows it.
fn key(line: &str) -> Option<(String, String)> {
    if let Some(rest) = line.strip_prefix('\'') {
        let (name, rest) = rest.split_once("':")?;
        return (!name.contains('\'')).then(|| (name.to_owned(), rest.trim_start().to_owned()));
    }
    if line.starts_with('"') {
        return None;
    }
    match line.split_once(": ") {
        Some((name, rest)) => Some((name.to_owned(), rest.trim_start().to_owned())),
        None => Some((line.strip_suffix(':')?.to_owned(), String::new())),
    }
}

fn is_closed(text: &str, quote: char) -> bool {
    if quote == '"' {
        let before = text.strip_suffix('"');
        return before
            .is_some_and(|text| (text.len() - text.trim_end_matches('\\').len()) % 2 == 0);
    }
    // A doubled quote stands for itself.
    (text.len() - text.trim_end_matches('\'').len()) % 2 == 1
}

fn unescaped(text: &str) -> String {
    serde_json::from_str(&format!("\"{}\"", text.replace('\n', "\\n"))).unwrap()
}

fn plain(text: &str) -> Value {
    match text {
        "true" => true.into(),
        "false" => false.into(),
        "null" | "~" => Value::Null,
        _ => match (text.parse::<i64>(), text.parse::<f64>()) {
            (Ok(number), _) => number.into(),
            (_, Ok(number)) => Number::from_f64(number).map_or(text.into(), Value::Number),
            _ => text.into(),
        },
    }
}

#[test]
fn blocks_and_scalars() {
    let text = "a: 1\nb:\n- x: 'it''s\n    so\n\n    now'\n  y: true\n- plain\n  more\nc:\n  '200': []\n  e: \"a\\nb\"\n  f: '7'\n";
    let want = serde_json::json!({
        "a": 1, "b": [{ "x": "it's so\nnow", "y": true }, "plain more"],
        "c": { "200": [], "e": "a\nb", "f": "7" },
    });
    assert_eq!(parse(text), want);
}
