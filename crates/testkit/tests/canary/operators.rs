//! Doubles of all operators on this machine, and the real adapters that speak with them. Every byte that
//! they are handed, with its head, is looked at.

use std::sync::{Arc, OnceLock};

use bankside_adapters::channels::graph::{Api, NodeId};
use bankside_adapters::channels::secret::Secret;
use bankside_adapters::channels::whatsapp::ListButton;
use bankside_adapters::channels::{
    alexa, dialogflow, kannel, matrix, messenger, telegram, whatsapp, xmpp,
};
use bankside_adapters::http::HttpClient;
use bankside_service::ports::Channel;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::search::Search;

/// Where everybody looks, once it is known what for.
pub type Looking = Arc<OnceLock<Search>>;

/// Every kind of channel, and what it calls her.
pub const KINDS: [(&str, &str); 8] = [
    ("kannel", "+34600111222"),
    ("matrix", "!room:bank.example @her:home.example"),
    ("messenger", "25381719828140932"),
    ("telegram", "8674665223"),
    ("whatsapp", "16505551234"),
    ("xmpp", "her@chat.example"),
    ("alexa", "amzn1.ask.account.HER"),
    ("dialogflow", "session/projects/p/agents/a/sessions/s1"),
];

/// A request of Alexa's, which is answered.
pub const ASKED: &[u8] =
    br#"{"request":{"type":"LaunchRequest","requestId":"r","timestamp":"2026-11-21T09:00:00Z"}}"#;
const GRAPH_TOKEN: &str = "EAAB-token";
const GRAPH_SECRET: &str = "0123456789abcdef0123456789abcdef";

/// Where the doubles are.
pub struct Operators {
    http: String,
    xmpp: String,
    client: HttpClient,
}

impl Operators {
    pub async fn start(looking: &Looking) -> Self {
        let (http, xmpp) = (serve(looking, web).await, serve(looking, component).await);
        Self { http: format!("http://{http}"), xmpp, client: HttpClient::new().unwrap() }
    }

    /// The real adapter of that kind.
    pub fn open(&self, kind: &str) -> Arc<dyn Channel> {
        let (at, client) = (self.http.as_str(), self.client.clone());
        let api = || Api::parse(&format!("{at}/v23.0")).unwrap();
        match kind {
            "kannel" => {
                let hook = "https://bank.example/hook/sms";
                let of = ("bank", "the-gateways-password");
                let secret = "a-secret-of-the-gateway-0123";
                let settings = kannel::Settings::parse(at, of, "BANK", secret, hook).unwrap();
                Arc::new(kannel::Kannel::new(settings, client))
            }
            "matrix" => {
                let tokens = ("as-token-0123456789-abcdefgh", "hs-token-0123456789-abcdefgh");
                let settings = matrix::Settings::parse(at, tokens, "bank", "bank.example").unwrap();
                Arc::new(matrix::Matrix::start(settings, client))
            }
            "messenger" => Arc::new(messenger::Messenger::new(
                messenger::Settings {
                    token: Secret::new(GRAPH_TOKEN),
                    app_secret: Secret::new(GRAPH_SECRET),
                    verify_token: Secret::new("meatyhamhock"),
                    page: NodeId::parse("1909458034523498").unwrap(),
                    api: api(),
                    templates: [].into(),
                    status_url: "https://bank.example/erasure".to_owned(),
                },
                client,
            )),
            "telegram" => Arc::new(telegram::Telegram::new(
                telegram::Settings {
                    token: Secret::new("110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"),
                    secret: Secret::new("what-telegram-repeats_0123"),
                    api: at.to_owned(),
                },
                client,
            )),
            "whatsapp" => Arc::new(whatsapp::WhatsApp::new(
                whatsapp::Settings {
                    token: Secret::new(GRAPH_TOKEN),
                    app_secret: Secret::new(GRAPH_SECRET),
                    verify_token: Secret::new("meatyhamhock"),
                    number: NodeId::parse("106540352242922").unwrap(),
                    api: api(),
                    templates: [].into(),
                    list_button: ListButton::default(),
                },
                client,
            )),
            "xmpp" => {
                let (domain, secret) = ("bank.example", "a secret");
                let settings = xmpp::Settings::parse(&self.xmpp, domain, secret, "bank", None);
                Arc::new(xmpp::Xmpp::new(settings.unwrap()))
            }
            "alexa" => {
                let skill = "amzn1.ask.skill.0f1e2d3c-0000-4000-8000-000000000001";
                Arc::new(alexa::Alexa::new(alexa::Settings::parse(skill).unwrap(), client))
            }
            "dialogflow" => {
                let password = "the-webhooks-password-0123";
                let settings = dialogflow::Settings::parse("dialogflow", password, None);
                Arc::new(dialogflow::Dialogflow::new(settings.unwrap()))
            }
            other => panic!("no channel `{other}`"),
        }
    }
}

/// A server, each of whose connections is followed by that.
async fn serve<F>(looking: &Looking, follow: fn(TcpStream, Looking) -> F) -> String
where
    F: Future<Output = Option<()>> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let looking = looking.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            stream.set_nodelay(true).ok();
            tokio::spawn(follow(stream, looking.clone()));
        }
    });
    address
}

/// What is read of a connection, and not used up.
struct Unread(TcpStream, Vec<u8>);

impl Unread {
    /// Up to the end of those bytes, or nothing where the connection ended.
    async fn until(&mut self, end: &[u8]) -> Option<Vec<u8>> {
        loop {
            let found = self.1.windows(end.len()).position(|window| window == end);
            if let Some(at) = found {
                return Some(self.1.drain(..at + end.len()).collect());
            }
            self.more().await?;
        }
    }

    async fn bytes(&mut self, count: usize) -> Option<Vec<u8>> {
        while self.1.len() < count {
            self.more().await?;
        }
        Some(self.1.drain(..count).collect())
    }

    async fn more(&mut self) -> Option<()> {
        let read = self.0.read_buf(&mut self.1).await.ok()?;
        (read > 0).then_some(())
    }
}

/// HTTP/1.1, as all of them answer who take everything.
async fn web(stream: TcpStream, looking: Looking) -> Option<()> {
    let mut unread = Unread(stream, Vec::new());
    loop {
        let mut request = unread.until(b"\r\n\r\n").await?;
        let head = String::from_utf8_lossy(&request).to_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
        let length = length.map_or(0, |length| length.trim().parse().unwrap());
        request.extend(unread.bytes(length).await?);
        if let Some(search) = looking.get() {
            search.look(head.lines().next().unwrap_or_default(), &request);
        }
        let body = if head.contains("/cgi-bin/sendsms") { ACCEPTED } else { ANSWER };
        let status = if body == ACCEPTED { "202 Accepted" } else { "200 OK" };
        let answer = format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        unread.0.write_all(answer.as_bytes()).await.ok()?;
    }
}

/// Kannel's.
const ACCEPTED: &str = "0: Accepted for delivery";
/// What Telegram, Messenger, WhatsApp and Matrix answer, in one.
const ANSWER: &str = r#"{
    "ok": true, "result": {"message_id": 7},
    "recipient_id": "1", "message_id": "m_7",
    "messaging_product": "whatsapp", "messages": [{"id": "wamid.7"}],
    "event_id": "$event-7", "join_rule": "invite", "history_visibility": "shared",
    "chunk": [
        {"type": "m.room.member", "state_key": "@bank:bank.example", "content": {"membership": "join"}},
        {"type": "m.room.member", "state_key": "@her:home.example", "content": {"membership": "join"}}
    ]
}"#;

/// A server of XMPP that has handled everything as soon as it reads it (XEP-0114).
async fn component(stream: TcpStream, looking: Looking) -> Option<()> {
    let mut unread = Unread(stream, Vec::new());
    unread.until(b"<stream:stream").await?;
    unread.until(b">").await?;
    let header = "<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept' \
        xmlns:stream='http://etherx.jabber.org/streams' from='bank.example' id='s1'>";
    unread.0.write_all(header.as_bytes()).await.ok()?;
    unread.until(b"</handshake>").await?;
    unread.0.write_all(b"<handshake/>").await.ok()?;
    loop {
        let stanzas = unread.until(b"</iq>").await?;
        let round = stanzas.windows(4).rposition(|window| window == b"<iq ")?;
        if let Some(search) = looking.get() {
            let text = String::from_utf8_lossy(&stanzas);
            text.split_inclusive("</message>").for_each(|one| search.look("xmpp", one.as_bytes()));
        }
        unread.0.write_all(&stanzas[round..]).await.ok()?;
    }
}
