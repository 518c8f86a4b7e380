//! Kannel, for short messages.

use std::sync::Arc;

use bankside_domain::channel::{Contact, Event, Status};
use bankside_service::ports::Channel;
use url::form_urlencoded;

use crate::channels::kannel;
use crate::conformance::delivery::{Delivery, Happening, Proof};
use crate::conformance::operator::{Reply, Seen};
use crate::conformance::specimen::{Fate, Specimen};
use crate::http::HttpClient;

const PASSWORD: &str = "the-gateways-password";
const SECRET: &str = "a-secret-of-the-gateway-0123";
const HER: &str = "+34600111222";

pub(super) struct Kannel;

impl Specimen for Kannel {
    fn name(&self) -> &'static str {
        "kannel"
    }

    fn open(&self, operator: &str, client: HttpClient) -> Result<Arc<dyn Channel>, String> {
        let credentials = ("bank", PASSWORD);
        let hook = "https://bank.example/hook/sms";
        let settings = kannel::Settings::parse(operator, credentials, "BANK", SECRET, hook);
        let settings = settings.map_err(|error| error.to_string())?;
        Ok(Arc::new(kannel::Kannel::new(settings, client)))
    }

    fn secrets(&self) -> &'static [&'static str] {
        &[PASSWORD, SECRET]
    }

    fn her(&self) -> Contact {
        Contact::new(HER)
    }

    fn delivery(&self, happenings: &[Happening]) -> Option<Delivery> {
        let [happening] = happenings else { return None };
        let (number, at) = (happening.number.to_string(), happening.at.as_millis() / 1_000);
        let at = at.to_string();
        let came = |text: &str| asked("in", &[("id", &number), ("text", text), ("ts", &at)]);
        match &happening.event {
            Event::Message { text } => Some(came(text.reveal())),
            Event::Media => Some(came("")),
            Event::Leave => Some(came("STOP")),
            Event::Status { of: Some(of), status, .. } => {
                let code = match status {
                    Status::Delivered => "1",
                    Status::Failed => "2",
                    Status::Sent => "8",
                    Status::Read => return None,
                };
                Some(asked("dlr", &[("key", of), ("status", code), ("ts", &at)]))
            }
            _ => None,
        }
    }

    fn reply(&self, seen: &Seen, fate: Fate) -> Reply {
        let says = |status: u16, words: &str| Reply::Answer(status, None, words.to_owned());
        match fate {
            Fate::Sent if seen.headers.contains("x-kannel-to") => says(202, "0: Accepted"),
            Fate::Sent => says(400, "Missing receiver number, rejected"),
            Fate::Busy(_) | Fate::Down => says(503, "Temporal failure, try again later."),
            Fate::Silent => Reply::Silence,
            Fate::Gone => says(403, "Number(s) has/have been denied by white- and/or black-lists."),
            Fate::Refused | Fate::Stranger => says(403, "Authorization failed for sendsms"),
        }
    }

    /// The gateway asks nobody to wait for a time.
    fn has(&self, fate: Fate) -> bool {
        !matches!(fate, Fate::Busy(_))
    }
}

fn asked(path: &str, pairs: &[(&str, &str)]) -> Delivery {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("secret", SECRET).append_pair("from", HER).extend_pairs(pairs);
    Delivery {
        method: "GET",
        path: path.to_owned(),
        query: query.finish(),
        headers: Vec::new(),
        body: Vec::new(),
        proof: Proof::Parameter("secret"),
    }
}
