//! A connection to the server: made, proven, read and written until it ends. XEP-0114, section 3.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use bankside_service::ports::{Inlet, SendError};
use sha1::{Digest as _, Sha1};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::mpsc;

use super::element::Element;
use super::lanes::{Lanes, lanes};
use super::pending::{Job, Pending};
use super::read::{ns, read};
use super::settings::Settings;
use super::stream::{Part, Stream};
use super::{fault, write};

/// Longest wait until the server knows us.
const OPENING: Duration = Duration::from_secs(10);
/// Longest wait for room to write.
const WRITING: Duration = Duration::from_secs(20);
/// After so long a silence the server is asked whether it is there; after a second one it is not.
const SILENCE: Duration = Duration::from_secs(30);
/// Longest wait until what was read from an ended connection is committed.
const FINISHING: Duration = Duration::from_secs(20);
/// Bytes that are read at once.
const BUFFER: usize = 16 * 1024;
/// Answers that wait to be written.
const MAX_ANSWERS: usize = 256;
/// Stanzas written at once, with one round behind them.
const BATCH: usize = 64;

/// A connection that is proven.
pub(super) struct Line {
    input: Input,
    output: OwnedWriteHalf,
    stream_id: String,
}

/// What comes by it.
struct Input {
    socket: OwnedReadHalf,
    stream: Stream,
    buffer: Vec<u8>,
    used: usize,
}

impl Line {
    /// Connects, and proves that the bank knows the secret.
    pub(super) async fn open(settings: &Settings) -> Result<Self, SendError> {
        let opened = tokio::time::timeout(OPENING, Self::greet(settings)).await;
        opened.unwrap_or_else(|_| Err(fault::later("the server is silent")))
    }

    async fn greet(settings: &Settings) -> Result<Self, SendError> {
        let socket = TcpStream::connect(settings.server.as_str()).await;
        let socket = socket.map_err(|error| fault::later(&error.kind().to_string()))?;
        // Small stanzas should not wait for one another.
        socket.set_nodelay(true).ok();
        let (socket, mut output) = socket.into_split();
        let mut input = Input { socket, stream: Stream::new(), buffer: Vec::new(), used: 0 };
        let header = Element::new("stream:stream", ns::COMPONENT)
            .with("xmlns:stream", "http://etherx.jabber.org/streams")
            .with("to", &settings.domain);
        let header = header.xml().replace("</stream:stream>", "");
        send(&mut output, &format!("<?xml version='1.0'?>{header}")).await.map_err(fault_of)?;
        let Part::Opened(stream_id) = input.next().await.map_err(fault_of)? else {
            return Err(fault::later("the server began no stream"));
        };
        // The digest that the protocol asks for; it proves no more than that both know the secret.
        let digest = Sha1::digest(format!("{stream_id}{}", settings.secret.reveal()));
        let shake = Element::new("handshake", ns::COMPONENT).saying(&hex::encode(digest));
        send(&mut output, &shake.xml()).await.map_err(fault_of)?;
        match input.next().await.map_err(fault_of)? {
            Part::Stanza(answer) if answer.is("handshake", ns::COMPONENT) => {
                Ok(Self { input, output, stream_id })
            }
            Part::Stanza(error) => Err(fault::of_stream(&error)),
            _ => Err(fault::later("the server did not answer the handshake")),
        }
    }

    /// Reads and writes until it ends; why it did.
    pub(super) async fn hold(
        self,
        settings: &Settings,
        jobs: &mut mpsc::Receiver<Job>,
        inlet: &dyn Inlet,
    ) -> String {
        let Self { input, output, stream_id } = self;
        let (out, answers) = mpsc::channel(MAX_ANSWERS);
        let (lanes, taking) = lanes();
        let held = Held { settings, pending: Mutex::default(), out: out.clone() };
        let mut taking = std::pin::pin!(taking.run(inlet, &out));
        let why = tokio::select! {
            why = held.reads(input, &lanes, &stream_id) => why,
            why = held.writes(output, jobs, answers) => why,
            () = &mut taking => String::new(),
        };
        drop(lanes);
        // What was read is still committed; the server would not send it again.
        tokio::time::timeout(FINISHING, taking).await.ok();
        why
    }
}

fn fault_of(why: String) -> SendError {
    fault::later(&why)
}

async fn send(output: &mut OwnedWriteHalf, text: &str) -> Result<(), String> {
    let written = tokio::time::timeout(WRITING, output.write_all(text.as_bytes())).await;
    match written {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(error.kind().to_string()),
        Err(_) => Err("the server reads nothing".to_owned()),
    }
}

impl Input {
    /// The next part of the stream; may be dropped and called again.
    async fn next(&mut self) -> Result<Part, String> {
        loop {
            let mut rest = self.buffer.get(self.used..).unwrap_or_default();
            let before = rest.len();
            let part = self.stream.read(&mut rest);
            self.used += before - rest.len();
            match part {
                Ok(Some(part)) => return Ok(part),
                Ok(None) => {}
                Err(_) => return Err("the server sent what is no XML of XMPP".to_owned()),
            }
            let mut more = vec![0; BUFFER];
            let read = self.socket.read(&mut more).await.map_err(|e| e.kind().to_string())?;
            if read == 0 {
                return Err("the server hung up".to_owned());
            }
            more.truncate(read);
            (self.buffer, self.used) = (more, 0);
        }
    }
}

/// A connection as both of its directions see it.
struct Held<'a> {
    settings: &'a Settings,
    pending: Mutex<Pending>,
    out: mpsc::Sender<String>,
}

impl Held<'_> {
    fn pending<T>(&self, with: impl FnOnce(&mut Pending) -> T) -> T {
        with(&mut self.pending.lock().unwrap_or_else(PoisonError::into_inner))
    }

    async fn reads(&self, mut input: Input, lanes: &Lanes, stream_id: &str) -> String {
        let (mut nth, mut is_silent) = (0_u64, false);
        loop {
            let part = match tokio::time::timeout(SILENCE, input.next()).await {
                Ok(Ok(part)) => part,
                Ok(Err(why)) => return why,
                Err(_) if is_silent => return "the server is silent".to_owned(),
                Err(_) => {
                    is_silent = true;
                    let Some(id) = self.pending(Pending::begins) else { continue };
                    self.answer(write::round(self.settings.own(), &id));
                    continue;
                }
            };
            is_silent = false;
            nth += 1;
            match part {
                Part::Stanza(error) if error.is("error", "http://etherx.jabber.org/streams") => {
                    return fault::of_stream(&error).to_string();
                }
                Part::Stanza(stanza) => self.takes(stanza, lanes, &format!("{stream_id}/{nth}")),
                Part::Beyond(head, why) => self.beyond(head, why, lanes),
                Part::Opened(_) | Part::Closed => return "the server ended the stream".to_owned(),
            }
        }
    }

    fn takes(&self, stanza: Element, lanes: &Lanes, nth: &str) {
        let id = stanza.attribute("id").unwrap_or_default();
        let is_ours = || stanza.attribute("from") == Some(self.settings.own());
        if stanza.name == "iq" && is_ours() && self.pending(|pending| pending.came_round(id)) {
            return;
        }
        if stanza.name == "message" && stanza.attribute("type") == Some("error") {
            let error = fault::of_stanza(&stanza);
            if self.pending(|pending| pending.failed(id, error)) {
                return;
            }
        }
        let read = read(self.settings, &stanza, nth);
        if read.event.is_none() && read.strange.is_none() {
            read.answers.iter().for_each(|answer| self.answer(answer.xml()));
        } else if let Some(refusal) = lanes.put(read, stanza) {
            self.answer(refusal.xml());
        }
    }

    fn beyond(&self, head: Element, why: &'static str, lanes: &Lanes) {
        if matches!(head.name.as_str(), "message" | "iq") && head.attribute("type") != Some("error")
        {
            self.answer(fault::answer(&head, "modify", "policy-violation").xml());
        }
        // There is no room: the counters of what was refused tell of it.
        drop(lanes.put(super::read::Read::strange(why), head));
    }

    /// An answer that finds no room is not sent: whoever asked will ask again.
    fn answer(&self, xml: String) {
        self.out.try_send(xml).ok();
    }

    async fn writes(
        &self,
        mut output: OwnedWriteHalf,
        jobs: &mut mpsc::Receiver<Job>,
        mut answers: mpsc::Receiver<String>,
    ) -> String {
        loop {
            let mut batch = String::new();
            let mut waits = false;
            tokio::select! {
                Some(job) = jobs.recv() => {
                    waits |= self.adds(&mut batch, job);
                    for _ in 1..BATCH {
                        let Ok(job) = jobs.try_recv() else { break };
                        waits |= self.adds(&mut batch, job);
                    }
                }
                Some(answer) = answers.recv() => batch.push_str(&answer),
                else => return "the service ends".to_owned(),
            }
            if waits {
                let Some(id) = self.pending(Pending::begins) else {
                    return "the server sends nothing back to us".to_owned();
                };
                batch.push_str(&write::round(self.settings.own(), &id));
            }
            if let Err(why) = send(&mut output, &batch).await {
                return why;
            }
        }
    }

    /// Whether somebody waits for it. What nobody waits for any more is not sent: it is tried anew.
    fn adds(&self, batch: &mut String, job: Job) -> bool {
        let Job { id, stanza, tell } = job;
        match tell {
            Some(tell) if tell.is_closed() => false,
            Some(tell) => {
                batch.push_str(&stanza);
                self.pending(|pending| pending.wrote(id, tell));
                true
            }
            None => {
                batch.push_str(&stanza);
                false
            }
        }
    }
}
