//! Which request is Alexa's, and what it says.

use bankside_domain::Timestamp;
use bankside_domain::channel::{Contact, Event, Inbound, Wish};
use bankside_domain::customer::Language;
use bankside_service::ports::{Delivered, Distrust, Taken};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::certificate::ChainUrl;
use super::chain::Chains;
use super::model;
use super::request::{Envelope, Intent};
use super::settings::Settings;
use super::{json_of, silent};

/// Header with the address of the chain, in lower case.
pub(super) const CHAIN_URL: &str = "signaturecertchainurl";
/// Header with the signature: RSA with SHA-256 over the body, in base64.
const SIGNATURE: &str = "signature-256";
/// Longest signature in base64: of a key of 8,192 bits.
const MAX_SIGNATURE: usize = 1_368;
/// Oldest and newest that a request may be, in milliseconds.
const TOLERANCE_MS: i64 = 150_000;
/// Oldest that an event of the skill may be, which Alexa tries again: an hour, in milliseconds.
const EVENT_TOLERANCE_MS: i64 = 3_600_000;
/// What the type of such an event begins with.
const SKILL_EVENT: &str = "AlexaSkillEvent.";
/// She took the skill away.
const DISABLED: &str = "AlexaSkillEvent.SkillDisabled";

/// Proves a request and reads it.
pub(super) fn take(
    settings: &Settings,
    chains: &Chains,
    request: &Delivered<'_>,
) -> Result<Taken, Distrust> {
    prove(settings, chains, request).map_err(Distrust::NotProven)?;
    proven(settings, request.body, request.at)
}

/// Reads a request that is proven, and came at that time.
pub(super) fn proven(settings: &Settings, body: &[u8], now: Timestamp) -> Result<Taken, Distrust> {
    let Ok(envelope) = Envelope::parse(body) else {
        return Ok(strange("no request of a skill"));
    };
    if envelope.skill() != Some(settings.skill.as_str()) {
        return Err(Distrust::NotProven("the request is for another skill"));
    }
    let at = envelope.request.timestamp.parse::<jiff::Timestamp>();
    let at = at.map(|at| Timestamp::from_millis(at.as_millisecond()));
    let at = at.ok().filter(|at| is_now(*at, now, &envelope.request.kind));
    let at = at.ok_or(Distrust::NotNow)?;
    Ok(read(&envelope, at))
}

fn prove(
    settings: &Settings,
    chains: &Chains,
    request: &Delivered<'_>,
) -> Result<(), &'static str> {
    if request.method != "POST" {
        return Err("a request is posted");
    }
    let url = (request.header)(CHAIN_URL).ok_or("no certificate is named")?;
    let chain = chains.get(&ChainUrl::parse(url)?).ok_or("the certificate could not be fetched")?;
    let signature = (request.header)(SIGNATURE).ok_or("the signature is missing")?;
    if signature.len() > MAX_SIGNATURE {
        return Err("the signature is too long");
    }
    let signature = STANDARD.decode(signature).map_err(|_| "the signature is no base64")?;
    chain.is_alexas(&settings.roots, request.at)?;
    chain.signed(request.body, &signature)
}

fn is_now(at: Timestamp, now: Timestamp, kind: &str) -> bool {
    let age = now.millis_since(at);
    let oldest = if kind.starts_with(SKILL_EVENT) { EVENT_TOLERANCE_MS } else { TOLERANCE_MS };
    (-TOLERANCE_MS..=oldest).contains(&age)
}

fn strange(why: &str) -> Taken {
    Taken { strange: vec![why.to_owned()], answer: json_of(&silent()), ..Taken::default() }
}

fn read(envelope: &Envelope, at: Timestamp) -> Taken {
    let request = &envelope.request;
    let language = request.locale.as_deref().and_then(Language::from_tag);
    let event = match request.kind.as_str() {
        "LaunchRequest" => Event::Wish { wish: Wish::Hello },
        "IntentRequest" => match &request.intent {
            Some(intent) => meant(intent, language.unwrap_or_default()),
            None => return strange("an intent without a name"),
        },
        "SessionEndedRequest" => Event::End,
        DISABLED => Event::Leave,
        "System.ExceptionEncountered" => {
            let kind = request.error.as_ref().map_or("", |fault| fault.kind.as_str());
            return strange(&format!("Alexa did not take an answer: {kind}"));
        }
        kind if kind.starts_with(SKILL_EVENT) => {
            return Taken { answer: json_of(&silent()), ..Taken::default() };
        }
        kind => return strange(&format!("a request of the type `{kind}`")),
    };
    let Some(user) = envelope.user() else { return strange("a request of nobody") };
    let event = Inbound {
        id: request.request_id.clone(),
        from: Contact::new(user),
        at: Some(at),
        language,
        event,
    };
    Taken { events: vec![event], strange: Vec::new(), answer: json_of(&silent()) }
}

/// What she said: words, a number, or one of Alexa's own intents.
fn meant(intent: &Intent, language: Language) -> Event {
    let wish = |wish| Event::Wish { wish };
    match intent.name.as_str() {
        "AMAZON.StopIntent" | "AMAZON.CancelIntent" | "AMAZON.NavigateHomeIntent" => Event::End,
        "AMAZON.YesIntent" => wish(Wish::Yes),
        "AMAZON.NoIntent" => wish(Wish::No),
        model::WORDS | model::NUMBER => {
            let said = intent.slots().find_map(|(slot, value)| model::said(language, slot, value));
            said.map_or(wish(Wish::Help), |text| Event::Message { text: text.into() })
        }
        // Help, what was not understood, and intents that a bank added without telling us.
        _ => wish(Wish::Help),
    }
}
