//! The interaction model: what Alexa listens for ("Interaction Model Schema").
//!
//! Free words come in a slot of the type `AMAZON.SearchQuery`, which Alexa only fills behind a few
//! fixed words, and without them. So there is a slot for each of those beginnings, by its number, and
//! what she said is put together again.
//!
//! INVARIANT: numbers of beginnings are never given to others: a bank's model may be older than the
//! program.

use bankside_domain::customer::Language;
use serde_json::{Value, json};

/// The intent of free words.
pub(super) const WORDS: &str = "WordsIntent";
/// The intent of a number: an answer's, or a code.
pub(super) const NUMBER: &str = "NumberIntent";
/// Its slot.
const NUMBER_SLOT: &str = "number";
/// A slot of whole words, for a bank that has its own model.
const QUERY_SLOT: &str = "query";
/// What the slot of a beginning is called, before its number as letters.
const BEGINNING: &str = "after_";
/// What Alexa fills in where it heard a number that it does not know.
const UNKNOWN: &str = "?";

/// Beginnings, in those of our languages that Alexa speaks.
const fn beginnings(language: Language) -> &'static [&'static str] {
    match language {
        Language::En => &[
            "what", "what is", "what's", "how much", "how many", "how", "show", "show me",
            "tell me", "do I", "did I", "is", "are", "can I", "when", "who", "my", "stop",
            "give me", "talk to",
        ],
        Language::Es => &[
            "qué",
            "cuál es",
            "cuánto",
            "cuánta",
            "cuántos",
            "cómo",
            "muéstrame",
            "dime",
            "tengo",
            "cuándo",
            "quién",
            "mi",
            "mis",
            "deja de",
            "dame",
            "hablar con",
        ],
        Language::Pt => &[
            "o que",
            "qual é",
            "qual",
            "quanto",
            "quanta",
            "quantos",
            "como",
            "mostre",
            "me diga",
            "tenho",
            "quando",
            "quem",
            "meu",
            "minha",
            "meus",
            "pare de",
            "falar com",
        ],
        Language::Ar => &["ما", "ما هو", "كم", "كيف", "أرني", "أخبرني", "هل", "متى", "من", "أوقف"],
        // Alexa does not speak these.
        Language::Pl | Language::Lv => &[],
    }
}

/// The slot of a beginning. Alexa lets a slot's name have letters and underscores.
fn slot(number: usize) -> String {
    let letter = |digit: usize| char::from(b'a' + u8::try_from(digit % 26).unwrap_or(0));
    format!("{BEGINNING}{}{}", letter(number / 26), letter(number))
}

/// What she said, of a slot and its value; nothing where the slot is none of ours.
pub(super) fn said(language: Language, name: &str, value: &str) -> Option<String> {
    if value.is_empty() || value == UNKNOWN {
        return None;
    }
    if matches!(name, QUERY_SLOT | NUMBER_SLOT) {
        return Some(value.to_owned());
    }
    let numbered = beginnings(language).iter().zip(0..);
    let found = numbered.into_iter().find(|(_, number)| slot(*number) == name);
    found.map(|(beginning, _)| format!("{beginning} {value}"))
}

/// The model for a language, to be put into the developer console. `invocation` is what the skill is
/// called: two words or more, in small letters. Nothing where Alexa does not speak the language.
pub fn interaction_model(language: Language, invocation: &str) -> Option<Value> {
    let beginnings = beginnings(language);
    if beginnings.is_empty() {
        return None;
    }
    let slots: Vec<_> = (0..beginnings.len())
        .map(|number| json!({ "name": slot(number), "type": "AMAZON.SearchQuery" }))
        .collect();
    let samples: Vec<_> = beginnings
        .iter()
        .zip(0..)
        .map(|(beginning, number)| format!("{beginning} {{{}}}", slot(number)))
        .collect();
    let number = json!([{ "name": NUMBER_SLOT, "type": "AMAZON.NUMBER" }]);
    let mut intents = vec![
        json!({ "name": WORDS, "slots": slots, "samples": samples }),
        json!({ "name": NUMBER, "slots": number, "samples": [format!("{{{NUMBER_SLOT}}}")] }),
    ];
    let own = ["Help", "Stop", "Cancel", "Yes", "No", "Fallback", "NavigateHome"];
    let own = own.map(|name| json!({ "name": format!("AMAZON.{name}Intent"), "samples": [] }));
    intents.extend(own);
    let model = json!({ "invocationName": invocation, "intents": intents, "types": [] });
    Some(json!({ "interactionModel": { "languageModel": model } }))
}
