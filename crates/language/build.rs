//! Reads the six catalogues and writes the typed `Msg`, one variant a message with its arguments.
//!
//! INVARIANT: every catalogue has the same messages with the same arguments, and each plural has
//! exactly the CLDR categories of its language. Anything else fails the build and says where.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::{env, fs, path::Path};

use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use fluent_syntax::parser;

/// Tag and CLDR plural categories of each language, the source first.
const LANGUAGES: [(&str, &[&str]); 6] = [
    ("en", &["one", "other"]),
    ("es", &["one", "other"]),
    ("pt", &["one", "other"]),
    ("pl", &["few", "many", "one", "other"]),
    ("lv", &["one", "other", "zero"]),
    ("ar", &["few", "many", "one", "other", "two", "zero"]),
];

/// Arguments of these names are whole numbers; every other one is text.
const NUMBERS: [&str; 5] = ["count", "days", "hours", "minutes", "limit"];

struct Message {
    variables: BTreeSet<String>,
    sample: String,
}

type Messages = BTreeMap<String, Message>;

fn main() -> Result<(), String> {
    println!("cargo::rerun-if-changed=catalogue");
    let mut source: Option<Messages> = None;
    for (tag, plurals) in LANGUAGES {
        let path = format!("catalogue/{tag}.ftl");
        let text = fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
        let messages = read(&path, &text, plurals)?;
        match &source {
            None => source = Some(messages),
            Some(source) => same(&path, source, &messages)?,
        }
    }
    let out = env::var("OUT_DIR").map_err(|e| e.to_string())?;
    let code = generate(&source.unwrap_or_default()).map_err(|e| e.to_string())?;
    fs::write(Path::new(&out).join("msg.rs"), code).map_err(|e| e.to_string())
}

fn read(path: &str, text: &str, plurals: &[&str]) -> Result<Messages, String> {
    let resource = parser::parse(text).map_err(|(_, errors)| format!("{path}: {errors:?}"))?;
    let mut messages = Messages::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else { continue };
        let id = message.id.name.to_owned();
        let fault = |what: &str| format!("{path}: `{id}`: {what}");
        let pattern = message.value.ok_or_else(|| fault("has no text"))?;
        let mut found = Message { variables: BTreeSet::new(), sample: String::new() };
        walk(&pattern, plurals, &mut found).map_err(|what| fault(&what))?;
        if messages.insert(id.clone(), found).is_some() {
            return Err(fault("stands twice"));
        }
    }
    Ok(messages)
}

fn walk(pattern: &Pattern<&str>, plurals: &[&str], found: &mut Message) -> Result<(), String> {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => found.sample.push_str(value),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                let name = variable(inline)?;
                found.sample.push_str(&format!("{{{name}}}"));
                found.variables.insert(name);
            }
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                let name = variable(selector)?;
                let mut keys = BTreeSet::new();
                for variant in variants {
                    if let VariantKey::Identifier { name } = variant.key {
                        keys.insert(name);
                    }
                    let before = found.sample.len();
                    walk(&variant.value, plurals, found)?;
                    if !variant.default {
                        found.sample.truncate(before);
                    }
                }
                let expected: BTreeSet<&str> = plurals.iter().copied().collect();
                if NUMBERS.contains(&name.as_str()) && keys != expected {
                    return Err(format!("plurals of `{name}` are {keys:?}, expected {expected:?}"));
                }
                found.variables.insert(name);
            }
        }
    }
    Ok(())
}

fn variable(inline: &InlineExpression<&str>) -> Result<String, String> {
    match inline {
        InlineExpression::VariableReference { id } => Ok(id.name.to_owned()),
        _ => Err("only variables may stand in braces".to_owned()),
    }
}

fn same(path: &str, source: &Messages, other: &Messages) -> Result<(), String> {
    for (id, message) in source {
        let Some(theirs) = other.get(id) else {
            return Err(format!("{path}: `{id}` is missing"));
        };
        if theirs.variables != message.variables {
            let (theirs, ours) = (&theirs.variables, &message.variables);
            return Err(format!("{path}: `{id}` has {theirs:?}, expected {ours:?}"));
        }
    }
    match other.keys().find(|id| !source.contains_key(*id)) {
        Some(id) => Err(format!("{path}: `{id}` is in no other catalogue")),
        None => Ok(()),
    }
}

fn generate(messages: &Messages) -> Result<String, std::fmt::Error> {
    let mut code = String::new();
    writeln!(code, "/// A message of the catalogue, with its arguments.")?;
    writeln!(code, "#[derive(Clone, Copy, PartialEq, Eq)]\npub enum Msg<'a> {{")?;
    for (id, message) in messages {
        writeln!(
            code,
            "    /// {}",
            message.sample.replace('\n', " ").replace(['[', ']', '<', '>', '`'], "'")
        )?;
        write!(code, "    {}", camel(id))?;
        if !message.variables.is_empty() {
            writeln!(code, " {{")?;
            for name in &message.variables {
                let kind = if NUMBERS.contains(&name.as_str()) { "usize" } else { "&'a str" };
                writeln!(code, "        /// Argument.\n        {name}: {kind},")?;
            }
            write!(code, "    }}")?;
        }
        writeln!(code, ",")?;
    }
    writeln!(code, "}}\n\nimpl<'a> Msg<'a> {{")?;
    ids(messages, &mut code)?;
    arguments(messages, &mut code)?;
    writeln!(code, "}}")?;
    Ok(code)
}

fn ids(messages: &Messages, code: &mut String) -> std::fmt::Result {
    writeln!(code, "    /// The message's id in the catalogues.")?;
    writeln!(
        code,
        "    #[rustfmt::skip]\n    pub const fn id(&self) -> &'static str {{\n        match self {{"
    )?;
    for (id, message) in messages {
        let rest = if message.variables.is_empty() { "" } else { " { .. }" };
        writeln!(code, "            Self::{}{rest} => \"{id}\",", camel(id))?;
    }
    writeln!(code, "        }}\n    }}")
}

fn arguments(messages: &Messages, code: &mut String) -> std::fmt::Result {
    writeln!(code, "    fn arguments(&self, put: &mut Arguments<'a>) {{\n        match *self {{")?;
    for (id, message) in messages.iter().filter(|(_, m)| !m.variables.is_empty()) {
        let names: Vec<&str> = message.variables.iter().map(String::as_str).collect();
        writeln!(code, "            Self::{} {{ {} }} => {{", camel(id), names.join(", "))?;
        for name in names {
            let kind = if NUMBERS.contains(&name) { "number" } else { "text" };
            writeln!(code, "                put.{kind}(\"{name}\", {name});")?;
        }
        writeln!(code, "            }}")?;
    }
    writeln!(code, "            _ => {{}}\n        }}\n    }}")
}

fn camel(id: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|c| c.to_ascii_uppercase().to_string() + letters.as_str())
    };
    id.split('-').filter_map(capital).collect()
}
