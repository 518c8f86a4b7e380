//! From texts to policies in force: parse, name, validate, hash.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use cedar_policy::ffi::DetailedError;
use cedar_policy::{
    Authorizer, Policy, PolicyId, PolicySet, Schema, ValidationError, ValidationMode, Validator,
};
use sha2::{Digest, Sha256};

use super::error::{Place, PolicyError, Problem};
use super::explain::{Effect, PolicyNote};
use super::request::Vocabulary;
use super::{BankPolicy, PolicySource};

/// Most files in a set.
pub const MAX_SOURCES: usize = 64;
/// Longest file, in bytes.
pub const MAX_TEXT: usize = 256 * 1024;
/// Most policies in a file.
pub const MAX_POLICIES: usize = 500;
/// Longest `@id`, in bytes.
pub const MAX_ID: usize = 100;

/// What policies can speak about, in the Cedar schema language; editors check against it.
pub const SCHEMA: &str = include_str!("../../policies/bankside.cedarschema");
const HASH_DOMAIN: &[u8] = b"bankside/policy/v1\0";
/// How far a policy may look: at the asking party's own attributes and ceiling. To look at a
/// party by its name would fail, or never match, whenever another one asks.
const DEREFERENCES: u32 = 1;

pub(super) fn compile(sources: &[PolicySource]) -> Result<BankPolicy, PolicyError> {
    let mut draft = Draft::default();
    draft.limits(sources)?;
    for source in sources {
        draft.read(source);
    }
    draft.done()?;
    let schema = Schema::from_str(SCHEMA).map_err(|e| only(Problem::Schema(e.to_string())))?;
    draft.validate(&schema, sources);
    if !draft.notes.values().any(|note| note.effect == Effect::Permit) {
        draft.problems.push(Problem::NoPermit);
    }
    draft.done()?;
    let vocabulary = Vocabulary::of(schema).map_err(|e| only(Problem::Schema(e)))?;
    Ok(BankPolicy {
        set: draft.set,
        authorizer: Authorizer::new(),
        vocabulary,
        notes: draft.notes,
        hash: hash(sources),
    })
}

fn only(problem: Problem) -> PolicyError {
    PolicyError { problems: vec![problem] }
}

#[derive(Default)]
struct Draft {
    set: PolicySet,
    notes: BTreeMap<String, PolicyNote>,
    problems: Vec<Problem>,
}

impl Draft {
    /// Ends with the problems so far, if there are any.
    fn done(&mut self) -> Result<(), PolicyError> {
        if self.problems.is_empty() {
            return Ok(());
        }
        Err(PolicyError { problems: std::mem::take(&mut self.problems) })
    }

    fn limits(&mut self, sources: &[PolicySource]) -> Result<(), PolicyError> {
        let mut names = BTreeSet::new();
        for (index, source) in sources.iter().enumerate() {
            if !names.insert(&source.name) {
                self.problems.push(Problem::DuplicateFile(source.name.clone()));
            }
            if source.text.len() > MAX_TEXT {
                self.too_large(source, format!("{} KiB of text", MAX_TEXT / 1024));
            }
            if index == MAX_SOURCES {
                self.too_large(source, format!("{MAX_SOURCES} files"));
            }
        }
        self.done()
    }

    fn too_large(&mut self, source: &PolicySource, limit: String) {
        self.problems.push(Problem::TooLarge { file: source.name.clone(), limit });
    }

    fn read(&mut self, source: &PolicySource) {
        let parsed = match PolicySet::from_str(&source.text) {
            Ok(parsed) => parsed,
            Err(errors) => {
                let problems = errors.iter().map(|e| syntax(source, &DetailedError::from(e)));
                return self.problems.extend(problems);
            }
        };
        if parsed.num_of_policies() > MAX_POLICIES {
            return self.too_large(source, format!("{MAX_POLICIES} policies"));
        }
        for template in parsed.templates() {
            let offset = template.as_ref().loc().map(|loc| loc.start());
            let at = place(source, offset.unwrap_or(0), None);
            self.problems.push(Problem::Template { at });
        }
        let start = |policy: &Policy| policy.as_ref().loc().map_or(0, |loc| loc.start());
        let mut policies: Vec<&Policy> = parsed.policies().collect();
        policies.sort_by_key(|policy| start(policy));
        for policy in policies {
            self.take(source, policy, line(&source.text, start(policy)));
        }
    }

    /// Names one policy and adds it.
    fn take(&mut self, source: &PolicySource, policy: &Policy, line: usize) {
        let own = policy.annotation("id").map(str::to_owned);
        let at = |policy| Place { file: source.name.clone(), line, policy };
        if let Some(id) = own.as_ref().filter(|id| !names_well(id)) {
            let id = id.chars().take(MAX_ID).collect();
            return self.problems.push(Problem::BadId { at: at(None), id });
        }
        let id = own.unwrap_or_else(|| format!("{}:{line}", source.name));
        if let Some(note) = self.notes.get(&id) {
            let first = Place { file: note.file.clone(), line: note.line, policy: None };
            return self.problems.push(Problem::DuplicateId { at: at(Some(id)), first });
        }
        if let Err(error) = self.set.add(policy.new_id(PolicyId::new(&id))) {
            let advice = "give it another `@id`".to_owned();
            let (at, what) = (at(Some(id)), error.to_string());
            return self.problems.push(Problem::Invalid { at, what, advice });
        }
        let effect = match policy.effect() {
            cedar_policy::Effect::Permit => Effect::Permit,
            cedar_policy::Effect::Forbid => Effect::Forbid,
        };
        let description = policy.annotation("description").map(str::to_owned);
        let note =
            PolicyNote { id: id.clone(), description, file: source.name.clone(), line, effect };
        self.notes.insert(id, note);
    }

    fn validate(&mut self, schema: &Schema, sources: &[PolicySource]) {
        let validator = Validator::new(schema.clone());
        let result = validator.validate_with_level(&self.set, ValidationMode::Strict, DEREFERENCES);
        let wrong: BTreeSet<&PolicyId> =
            result.validation_errors().map(ValidationError::policy_id).collect();
        let errors =
            result.validation_errors().map(|e| (e.policy_id(), DetailedError::from(e), advice(e)));
        // A warning beside an error is mostly its shadow.
        let warnings = result
            .validation_warnings()
            .filter(|w| !wrong.contains(w.policy_id()))
            .map(|w| (w.policy_id(), DetailedError::from(w), IDLE));
        for (id, mut error, advice) in errors.chain(warnings) {
            let id = id.to_string();
            let at = self.place_of(&id, &error, sources);
            if let Some(rest) = error.message.strip_prefix(&format!("for policy `{id}`")) {
                error.message = rest.trim_start_matches([',', ':', ' ']).to_owned();
            }
            let (what, advice) = worded(&error, advice);
            self.problems.push(Problem::Invalid { at, what, advice });
        }
        self.problems.sort_by_key(ToString::to_string);
        self.problems.dedup();
    }

    /// Where in its file a policy's error is; the policy's first line if Cedar does not say.
    fn place_of(&self, id: &str, error: &DetailedError, sources: &[PolicySource]) -> Place {
        let note = self.notes.get(id);
        let file = note.map_or("", |note| note.file.as_str());
        let source = sources.iter().find(|source| source.name == file);
        let label = error.source_locations.first();
        let found = source.zip(label).map(|(source, label)| line(&source.text, label.loc.start));
        let line = found.unwrap_or(note.map_or(1, |note| note.line));
        Place { file: file.to_owned(), line, policy: Some(id.to_owned()) }
    }
}

const IDLE: &str = "correct it or take it out: a policy that never applies protects nobody";

fn advice(error: &ValidationError) -> &'static str {
    match error {
        ValidationError::IncompatibleTypes(_) | ValidationError::UnexpectedType(_) => {
            "write names as in the schema, such as Purpose::\"offers\" or Level::\"detail\", and compare like with like"
        }
        ValidationError::EntityDerefLevelViolation(_) => {
            "ask about `principal` itself; nothing is known of a party that is not asking"
        }
        _ => "use the names that the schema `bankside.cedarschema` lists",
    }
}

fn syntax(source: &PolicySource, error: &DetailedError) -> Problem {
    let offset = error.source_locations.first().map_or(0, |label| label.loc.start);
    let (what, advice) = worded(
        error,
        "correct the line; a policy reads `permit (principal, action, resource) when { ... };`",
    );
    Problem::Syntax { at: place(source, offset, None), what, advice }
}

/// Cedar's words on one line, and what to do: its own help where it has some.
fn worded(error: &DetailedError, advice: &str) -> (String, String) {
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let advice = match &error.help {
        Some(help) => format!("{}; {advice}", flat(help)),
        None => advice.to_owned(),
    };
    (flat(&error.message), advice)
}

fn place(source: &PolicySource, offset: usize, policy: Option<String>) -> Place {
    Place { file: source.name.clone(), line: line(&source.text, offset), policy }
}

/// The line of a byte offset, from 1.
fn line(text: &str, offset: usize) -> usize {
    let before = text.as_bytes().get(..offset).unwrap_or(text.as_bytes());
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

fn names_well(id: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
    !id.is_empty() && id.len() <= MAX_ID && id.bytes().all(plain)
}

fn hash(sources: &[PolicySource]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(HASH_DOMAIN);
    for source in sources {
        for part in [&source.name, &source.text] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
    }
    hasher.finalize().into()
}
