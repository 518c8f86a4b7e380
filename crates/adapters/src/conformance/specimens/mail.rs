//! The bank's own mail server: it is handed mail over by SMTP, and hands mail over by LMTP.

mod letters;
mod server;

use std::path::PathBuf;
use std::sync::Arc;

use bankside_domain::channel::{Contact, Event, Status};
use bankside_service::ports::Channel;

use crate::channels::mail;
use crate::conformance::delivery::{Delivery, Happening};
use crate::conformance::specimen::{Fate, Specimen, Way};
use crate::http::HttpClient;

const OWN: &str = "bank@chat.bank.example";
const HER: &str = "her@mail.example";
const SECRET: &str = "a-secret-of-the-mail-0123";
/// How the mail server calls itself in what it found.
const SERVER: &str = "mx.bank.example";
/// Nobody answers there: no sender here has to be looked up.
const NO_DNS: &str = "127.0.0.1:9";

pub(super) struct Mail;

impl Specimen for Mail {
    fn name(&self) -> &'static str {
        "mail"
    }

    fn open(&self, operator: &str, _: HttpClient) -> Result<Arc<dyn Channel>, String> {
        let channel = mail::Mail::new(settings(operator)?);
        Ok(Arc::new(channel.map_err(|error| error.to_string())?))
    }

    fn secrets(&self) -> &'static [&'static str] {
        &[SECRET]
    }

    fn her(&self) -> Contact {
        Contact::new(HER)
    }

    fn way(&'static self) -> Way {
        Way::Line(self)
    }

    fn sent_id(&self, number: u32) -> String {
        settings(NO_DNS).map_or_else(|_| String::new(), |it| it.id_of(&number.to_string()))
    }

    fn delivery(&self, happenings: &[Happening]) -> Option<Delivery> {
        let letters = happenings.iter().map(told);
        let letters: Option<Vec<_>> = letters.collect();
        Some(Delivery::by_line(letters::session(&letters?), happenings.len()))
    }

    /// A mail server asks nobody to wait for a time.
    fn has(&self, fate: Fate) -> bool {
        !matches!(fate, Fate::Busy(_))
    }
}

fn told(happening: &Happening) -> Option<letters::Letter> {
    let (number, at) = (happening.number, happening.at);
    let letter = |kind, body: &str| Some(letters::from_her(number, at, kind, body));
    match &happening.event {
        Event::Message { text } => letter(letters::PLAIN, text.reveal()),
        Event::Media => letter(letters::PICTURE, "iVBORw0KGgo="),
        Event::Leave => letter(letters::PLAIN, "STOP"),
        Event::Status { of: Some(of), status, .. } => {
            let action = match status {
                Status::Delivered => "delivered",
                Status::Failed => "failed",
                Status::Sent | Status::Read => return None,
            };
            letters::bounce(number, of, HER, action)
        }
        _ => None,
    }
}

fn settings(operator: &str) -> Result<mail::Settings, String> {
    let settings = mail::Settings::parse(&mail::Given {
        address: OWN,
        name: Some("Harbour Bank"),
        submission: &format!("smtp://{operator}"),
        lmtp: &format!("unix:{}", place(operator).display()),
        secret: SECRET,
        authserv: Some(SERVER),
        resolver: Some(NO_DNS),
        hook: "https://bank.example/hook/mail",
        ..mail::Given::default()
    });
    settings.map_err(|error| error.to_string())
}

/// Where the channel serves LMTP: named by the double's own port, which nobody else has.
fn place(operator: &str) -> PathBuf {
    let port = operator.rsplit(':').next().unwrap_or_default();
    std::env::temp_dir().join(format!("bankside-conformance-{port}.lmtp"))
}
