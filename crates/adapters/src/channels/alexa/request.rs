//! What Alexa sends ("Request and Response JSON Reference").

use std::collections::BTreeMap;

use serde::Deserialize;
use url::Url;

/// Where Amazon takes progressive answers: `api.amazonalexa.com`, `api.eu.amazonalexa.com`, ...
const ENDPOINTS: &str = ".amazonalexa.com";

/// A request.
#[derive(Deserialize)]
pub(super) struct Envelope {
    context: Option<Context>,
    session: Option<Session>,
    pub(super) request: Request,
}

#[derive(Deserialize)]
struct Context {
    #[serde(rename = "System")]
    system: Option<System>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct System {
    application: Option<Application>,
    user: Option<User>,
    api_endpoint: Option<String>,
    api_access_token: Option<String>,
}

#[derive(Deserialize)]
struct Session {
    application: Option<Application>,
    user: Option<User>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Application {
    application_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct User {
    user_id: String,
}

/// What happened.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Request {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) request_id: String,
    pub(super) timestamp: String,
    pub(super) locale: Option<String>,
    pub(super) intent: Option<Intent>,
    pub(super) error: Option<Fault>,
}

/// What she meant, as Alexa understood it.
#[derive(Deserialize)]
pub(super) struct Intent {
    pub(super) name: String,
    #[serde(default)]
    slots: BTreeMap<String, Slot>,
}

#[derive(Deserialize)]
struct Slot {
    value: Option<String>,
}

/// What Alexa did not like about an answer.
#[derive(Deserialize)]
pub(super) struct Fault {
    #[serde(rename = "type")]
    pub(super) kind: String,
}

impl Intent {
    /// The slots that hold something, by name.
    pub(super) fn slots(&self) -> impl Iterator<Item = (&str, &str)> {
        self.slots.iter().filter_map(|(name, slot)| Some((name.as_str(), slot.value.as_deref()?)))
    }
}

impl Envelope {
    /// Reads a body.
    pub(super) fn parse(body: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(body)
    }

    /// The skill that it is for. Every place that names one must name the same.
    pub(super) fn skill(&self) -> Option<&str> {
        let session = self.session.as_ref().and_then(|session| session.application.as_ref());
        let context = self.system().and_then(|system| system.application.as_ref());
        match (session, context) {
            (Some(one), Some(other)) if one.application_id != other.application_id => None,
            (one, other) => one.or(other).map(|found| found.application_id.as_str()),
        }
    }

    /// Whose Echo it is: an id that Amazon made for this skill and this account.
    pub(super) fn user(&self) -> Option<&str> {
        let context = self.system().and_then(|system| system.user.as_ref());
        let session = self.session.as_ref().and_then(|session| session.user.as_ref());
        context.or(session).map(|user| user.user_id.as_str()).filter(|id| !id.is_empty())
    }

    pub(super) fn request_id(&self) -> &str {
        &self.request.request_id
    }

    /// Whether something may be said in the answer.
    pub(super) fn is_answered(&self) -> bool {
        matches!(self.request.kind.as_str(), "LaunchRequest" | "IntentRequest")
    }

    /// Where a progressive answer goes, and the token for it. Nothing where that is not Amazon's.
    pub(super) fn progressive(&self, others: &[String]) -> Option<(&str, &str)> {
        let system = self.system()?;
        let (endpoint, token) =
            (system.api_endpoint.as_deref()?, system.api_access_token.as_deref()?);
        let endpoint = endpoint.trim_end_matches('/');
        let url = Url::parse(endpoint).ok()?;
        let amazons = url.scheme() == "https"
            && url.port().is_none()
            && url.path() == "/"
            && url.username().is_empty()
            && url.host_str().is_some_and(|host| host.ends_with(ENDPOINTS));
        (amazons || others.iter().any(|other| other == endpoint)).then_some((endpoint, token))
    }

    fn system(&self) -> Option<&System> {
        self.context.as_ref().and_then(|context| context.system.as_ref())
    }
}
