//! What operators of channels deliver. Total; the same bytes mean the same each time; and whatever shows no
//! proof, or that of other bytes, is not believed.

use std::sync::OnceLock;

use bankside_adapters::channels::graph::{Api, NodeId};
use bankside_adapters::channels::secret::Secret;
use bankside_adapters::channels::whatsapp::ListButton;
use bankside_adapters::channels::{
    alexa, dialogflow, kannel, matrix, messenger, telegram, whatsapp, xmpp,
};
use bankside_adapters::http::HttpClient;
use bankside_domain::Timestamp;
use bankside_service::ports::{Channel, Delivered, Distrust, Taken};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// When everything comes: 2026-11-21T18:00:00Z.
const NOW: Timestamp = Timestamp::from_millis(1_795_284_000_000);
const NOBODY: &str = "http://127.0.0.1:9";
const APP_SECRET: &str = "0123456789abcdef0123456789abcdef";
const SHARED: &str = "a-secret-of-the-operator-0123";
const SIGNATURE: &str = "x-hub-signature-256";
const SKILL: &str = "amzn1.ask.skill.0f1e2d3c-0000-4000-8000-000000000001";

/// A request, as it came.
struct Came<'a> {
    method: &'a str,
    path: &'a str,
    query: &'a str,
    header: (&'a str, &'a str),
    body: &'a [u8],
}

impl Came<'_> {
    /// What the adapter makes of it: the same each time.
    fn to(&self, channel: &dyn Channel) -> Result<Taken, Distrust> {
        let (name, value) = self.header;
        let header = |asked: &str| (asked == name).then_some(value);
        let delivered = Delivered {
            method: self.method,
            path: self.path,
            query: self.query,
            header: &header,
            body: self.body,
            at: NOW,
        };
        let taken = channel.take(&delivered);
        assert_eq!(channel.take(&delivered), taken);
        taken
    }
}

fn client() -> HttpClient {
    HttpClient::new().expect("TLS in this process")
}

fn tag(bytes: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(APP_SECRET.as_bytes()).expect("any key will do");
    mac.update(bytes);
    mac.finalize().into_bytes().to_vec()
}

fn messenger() -> &'static dyn Channel {
    static CHANNEL: OnceLock<messenger::Messenger> = OnceLock::new();
    CHANNEL.get_or_init(|| {
        let settings = messenger::Settings {
            token: Secret::new("EAAB-token"),
            app_secret: Secret::new(APP_SECRET),
            verify_token: Secret::new("meatyhamhock"),
            page: NodeId::parse("1909458034523498").expect("a page's id"),
            api: Api::parse(&format!("{NOBODY}/v23.0")).expect("an address"),
            templates: [].into(),
            status_url: "https://bank.example/erasure".to_owned(),
        };
        messenger::Messenger::new(settings, client())
    })
}

fn whatsapp() -> &'static dyn Channel {
    static CHANNEL: OnceLock<whatsapp::WhatsApp> = OnceLock::new();
    CHANNEL.get_or_init(|| {
        let settings = whatsapp::Settings {
            token: Secret::new("EAAB-token"),
            app_secret: Secret::new(APP_SECRET),
            verify_token: Secret::new("meatyhamhock"),
            number: NodeId::parse("106540352242922").expect("a number's id"),
            api: Api::parse(&format!("{NOBODY}/v23.0")).expect("an address"),
            templates: [].into(),
            list_button: ListButton::default(),
        };
        whatsapp::WhatsApp::new(settings, client())
    })
}

/// The bytes as a signed body, and the same bytes as the header that should sign it.
pub fn meta_delivery(data: &[u8]) {
    let signed = format!("sha256={}", hex::encode(tag(data)));
    let post = |header, body| Came { method: "POST", path: "", query: "", header, body };
    for channel in [messenger(), whatsapp()] {
        let _ = post((SIGNATURE, &signed), data).to(channel);
        let unsigned = post(("x", ""), data).to(channel);
        assert!(matches!(unsigned, Err(Distrust::NotProven(_))));
        if let Ok(header) = std::str::from_utf8(data) {
            // Nobody finds the one that signs this.
            let forged = post((SIGNATURE, header), b"{}").to(channel);
            assert!(matches!(forged, Err(Distrust::NotProven(_))));
        }
    }
}

/// The bytes as a form, and as what a signed request holds.
pub fn signed_request(data: &[u8]) {
    let post = |body| Came { method: "POST", path: "deletion", query: "", header: ("x", ""), body };
    assert!(post(data).to(messenger()).is_err());
    let payload = URL_SAFE_NO_PAD.encode(data);
    let signature = URL_SAFE_NO_PAD.encode(tag(payload.as_bytes()));
    let form = format!("signed_request={signature}.{payload}");
    if let Ok(taken) = post(form.as_bytes()).to(messenger()) {
        assert_eq!(taken.events.len(), 1);
    }
}

/// Updates.
pub fn telegram_update(data: &[u8]) {
    static CHANNEL: OnceLock<telegram::Telegram> = OnceLock::new();
    let channel = CHANNEL.get_or_init(|| {
        let settings = telegram::Settings {
            token: Secret::new("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"),
            secret: Secret::new(SHARED),
            api: NOBODY.to_owned(),
        };
        telegram::Telegram::new(settings, client())
    });
    let name = "x-telegram-bot-api-secret-token";
    let post = |header, body| Came { method: "POST", path: "", query: "", header, body };
    let _ = post((name, SHARED), data).to(channel);
    assert!(post(("x", ""), data).to(channel).is_err());
}

/// Queries, behind the secret and without it.
pub fn kannel_query(data: &[u8]) {
    static CHANNEL: OnceLock<kannel::Kannel> = OnceLock::new();
    let channel = CHANNEL.get_or_init(|| {
        let of = ("bank", "the-gateways-password");
        let hook = "https://bank.example/hook/sms";
        let settings = kannel::Settings::parse(NOBODY, of, "BANK", SHARED, hook);
        kannel::Kannel::new(settings.expect("whole settings"), client())
    });
    let Ok(text) = std::str::from_utf8(data) else { return };
    let query = format!("secret={SHARED}&{text}");
    for path in ["in", "dlr", text] {
        let get = |query| Came { method: "GET", path, query, header: ("x", ""), body: b"" };
        let _ = get(&query).to(channel);
        if !text.contains(SHARED) {
            assert!(get(text).to(channel).is_err());
        }
    }
}

/// Transactions.
pub fn matrix_transaction(data: &[u8]) {
    static CHANNEL: OnceLock<matrix::Matrix> = OnceLock::new();
    let channel = CHANNEL.get_or_init(|| {
        let tokens = ("as-token-0123456789-abcdefgh", SHARED);
        let settings = matrix::Settings::parse(NOBODY, tokens, "bank", "bank.example");
        let settings = settings.expect("whole settings");
        // What it does by itself has nowhere to run, and nothing to do.
        static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();
        let runtime = || {
            let mut builder = tokio::runtime::Builder::new_current_thread();
            builder.enable_all().build().expect("a runtime")
        };
        let _inside = RUNTIME.get_or_init(runtime).enter();
        matrix::Matrix::start(settings, client())
    });
    let path = "_matrix/app/v1/transactions/1";
    let bearer = format!("Bearer {SHARED}");
    let put = |header, body| Came { method: "PUT", path, query: "", header, body };
    let _ = put(("authorization", &bearer), data).to(channel);
    assert!(put(("x", ""), data).to(channel).is_err());
}

/// A stream after its header. What answers it is a stream again, and says nothing of anybody.
pub fn xmpp_stream(data: &[u8]) {
    const HEADER: &[u8] = b"<?xml version='1.0'?><stream:stream \
        xmlns='jabber:component:accept' xmlns:stream='http://etherx.jabber.org/streams' id='s1'>";
    let settings = xmpp::Settings::parse("127.0.0.1:9", "bank.example", SHARED, "bank", None);
    let settings = settings.expect("whole settings");
    let heard = xmpp::heard_in(&settings, &[HEADER, data].concat());
    let Some((events, answers)) = heard else { return };
    for event in events {
        let (_, domain) = event.from.address().split_once('@').expect("an account");
        assert_ne!(domain, "bank.example");
        assert!(!event.id.is_empty());
    }
    let answers = answers.concat();
    let (events, _) = xmpp::heard_in(&settings, &[HEADER, answers.as_bytes()].concat())
        .expect("what the bank writes is XML");
    assert!(events.is_empty(), "an answer from the bank is from nobody");
}

/// Requests, as if they were proven.
pub fn alexa_request(data: &[u8]) {
    static CHANNEL: OnceLock<alexa::Alexa> = OnceLock::new();
    let channel = CHANNEL.get_or_init(|| {
        alexa::Alexa::new(alexa::Settings::parse(SKILL).expect("a skill's id"), client())
    });
    let taken = channel.reads(data, NOW);
    assert_eq!(channel.reads(data, NOW), taken);
    if taken.is_ok_and(|taken| !taken.events.is_empty()) {
        assert!(String::from_utf8_lossy(data).contains(SKILL) || data.contains(&b'\\'));
    }
    let post = Came { method: "POST", path: "", query: "", header: ("x", ""), body: data };
    assert!(post.to(channel).is_err());
}

/// Addresses of chains, against what RFC 3986 says of one that is accepted.
pub fn alexa_chain_url(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if alexa::is_chain_of_amazons(text) {
        let lower = text.trim().to_lowercase();
        let rest = lower.strip_prefix("https:").expect("https");
        let rest = rest.trim_start_matches(['/', '\t', '\n', '\r']);
        let host: String = rest.split(['/', '?', '#']).next().unwrap_or_default().to_owned();
        let host: String = host.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
        assert!(!host.contains('@'), "{text}");
        assert!(text.contains("/echo.api/") || text.contains(['\t', '\n', '\r', '.']), "{text}");
    }
}

/// Requests, behind the password and without it.
pub fn dialogflow_request(data: &[u8]) {
    static CHANNEL: OnceLock<dialogflow::Dialogflow> = OnceLock::new();
    let channel = CHANNEL.get_or_init(|| {
        let settings = dialogflow::Settings::parse("dialogflow", SHARED, Some("/userId"));
        dialogflow::Dialogflow::new(settings.expect("whole settings"))
    });
    let right = format!("Basic {}", STANDARD.encode(format!("dialogflow:{SHARED}")));
    let post = |header, body| Came { method: "POST", path: "", query: "", header, body };
    let taken = post(("authorization", &right), data).to(channel);
    assert!(taken.is_ok_and(|taken| taken.events.len() + taken.strange.len() == 1));
    assert!(post(("x", ""), data).to(channel).is_err());
}
