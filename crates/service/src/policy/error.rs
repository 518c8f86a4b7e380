//! Why a set of policies is not taken, in words for the person who wrote it.

use std::fmt;

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Name of the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Id of the policy, where it is known.
    pub policy: Option<String>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`:{}", self.file, self.line)?;
        match &self.policy {
            Some(policy) => write!(f, ", policy `{policy}`"),
            None => Ok(()),
        }
    }
}

/// Everything that is wrong with a set of policies, one line each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", lines(.problems))]
pub struct PolicyError {
    /// At least one.
    pub problems: Vec<Problem>,
}

fn lines(problems: &[Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Cedar cannot read it.
    #[error("{at}: {what}; {advice}")]
    Syntax {
        /// Where.
        at: Place,
        /// What was found.
        what: String,
        /// What to do.
        advice: String,
    },
    /// It does not fit the schema, or can never apply.
    #[error("{at}: {what}; {advice}")]
    Invalid {
        /// Where.
        at: Place,
        /// What was found.
        what: String,
        /// What to do.
        advice: String,
    },
    /// A template has no effect until it is linked, and nothing links it.
    #[error("{at}: a template is never in force; write the policy with a name instead of a slot")]
    Template {
        /// Where.
        at: Place,
    },
    /// An id that cannot name a policy in a log.
    #[error(
        "{at}: `@id(\"{id}\")` cannot name a policy; use 1 to 100 of the characters a-z, A-Z, 0-9, `.`, `_`, `-`"
    )]
    BadId {
        /// Where.
        at: Place,
        /// As written, cut to 100 characters.
        id: String,
    },
    /// Two policies share an id.
    #[error("{at}: this id is taken by the policy at {first}; give it another `@id`")]
    DuplicateId {
        /// Where.
        at: Place,
        /// Who has it.
        first: Place,
    },
    /// Two files share a name.
    #[error("`{0}`: two files have this name; rename one")]
    DuplicateFile(String),
    /// More than is taken.
    #[error("`{file}`: more than {limit}; split or shorten it")]
    TooLarge {
        /// Which file.
        file: String,
        /// The limit, with its unit.
        limit: String,
    },
    /// Nothing would ever be disclosed.
    #[error(
        "no policy permits anything, so that every disclosure would be refused; add a `permit`, or start from the shipped policies"
    )]
    NoPermit,
    /// The shipped schema itself does not load; a defect of this build.
    #[error("the shipped schema does not load: {0}; report this build")]
    Schema(String),
}
