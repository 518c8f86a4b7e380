//! A witness as C2SP tlog-witness has it, that listens on this machine and really verifies; and
//! the ways in which it may not be well.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use bankside_transparency::checkpoint::SignedCheckpoint;
use bankside_transparency::cosignature::cosign;
use bankside_transparency::hash::Hash256;
use bankside_transparency::key::{KeyKind, SigningKey, VerifierKey};
use bankside_transparency::keyset::LogKeys;
use bankside_transparency::tree::verify_consistency;

/// What it says it signed at, in seconds since the epoch.
const TIME: u64 = 1_800_000_000;

/// How it answers one request.
#[derive(Clone, Debug)]
pub enum Mood {
    /// With a status and nothing done.
    Status(u16),
    /// As it should, after a while.
    Slow(Duration),
    /// As it should, but by a key that nobody knows.
    WrongKey,
    /// With lines that are longer than an answer may be.
    Endless,
    /// By sending the log elsewhere.
    Elsewhere,
}

/// A witness that listens.
#[derive(Clone, Debug)]
pub struct TestWitness {
    /// Where.
    pub address: SocketAddr,
    state: Arc<Mutex<Inner>>,
}

#[derive(Debug)]
struct Inner {
    key: Arc<SigningKey>,
    log: Option<LogKeys>,
    known: (u64, Hash256),
    asked: u32,
    moods: VecDeque<Mood>,
}

impl TestWitness {
    /// One that knows a log by its key, and nothing of it yet.
    pub async fn start(seed: u8, log: Option<VerifierKey>) -> Self {
        let name = format!("witness{seed}.test/w");
        let key = SigningKey::from_seed(&name, KeyKind::Cosignature, &[seed; 32]).unwrap();
        let log = log.map(|key| {
            let origin = key.name().to_owned();
            LogKeys::new(&origin, key).unwrap()
        });
        let known = (0, Hash256::empty_root());
        let inner = Inner { key: Arc::new(key), log, known, asked: 0, moods: VecDeque::new() };
        let state = Arc::new(Mutex::new(inner));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new()
            .route("/some/where/add-checkpoint", post(answer))
            .with_state(state.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, state }
    }

    /// Its submission prefix.
    pub fn url(&self) -> String {
        format!("http://{}/some/where/", self.address)
    }

    /// Its key.
    pub fn key(&self) -> VerifierKey {
        self.state.lock().unwrap().key.verifier()
    }

    /// How often it was asked.
    pub fn asked(&self) -> u32 {
        self.state.lock().unwrap().asked
    }

    /// Answers the next requests so.
    pub fn will(&self, moods: impl IntoIterator<Item = Mood>) {
        self.state.lock().unwrap().moods = moods.into_iter().collect();
    }

    /// Entries that it cosigned.
    pub fn size(&self) -> u64 {
        self.state.lock().unwrap().known.0
    }

    /// Believes that it saw a tree of that size and root.
    pub fn saw(&self, size: u64, root: Hash256) {
        self.state.lock().unwrap().known = (size, root);
    }

    /// Learns the keys of a log.
    pub fn learn(&self, keys: LogKeys) {
        self.state.lock().unwrap().log = Some(keys);
    }
}

async fn answer(State(state): State<Arc<Mutex<Inner>>>, body: String) -> Response {
    let mood = {
        let mut inner = state.lock().unwrap();
        inner.asked += 1;
        inner.moods.pop_front()
    };
    match mood {
        Some(Mood::Status(status)) => StatusCode::from_u16(status).unwrap().into_response(),
        Some(Mood::Endless) => "\u{2014} a line that goes on\n".repeat(100_000).into_response(),
        Some(Mood::Elsewhere) => {
            (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, "/some/where/else")]).into_response()
        }
        Some(Mood::Slow(pause)) => {
            tokio::time::sleep(pause).await;
            state.lock().unwrap().add(&body, None)
        }
        Some(Mood::WrongKey) => {
            let mut inner = state.lock().unwrap();
            let name = inner.key.verifier().name().to_owned();
            let other = SigningKey::from_seed(&name, KeyKind::Cosignature, &[0xee; 32]).unwrap();
            inner.add(&body, Some(&other))
        }
        None => state.lock().unwrap().add(&body, None),
    }
}

impl Inner {
    fn add(&mut self, body: &str, other: Option<&SigningKey>) -> Response {
        match self.judge(body) {
            Ok(signed) => {
                let own = self.key.clone();
                let line = cosign(&signed, other.unwrap_or(&own), TIME).unwrap();
                let new = signed.checkpoint();
                self.known = (new.size(), new.root());
                line.to_string().into_response()
            }
            Err(StatusCode::CONFLICT) => {
                let size = format!("{}\n", self.known.0);
                let kind = [(CONTENT_TYPE, "text/x.tlog.size")];
                (StatusCode::CONFLICT, kind, size).into_response()
            }
            Err(status) => status.into_response(),
        }
    }

    /// The order of the checks is the specification's.
    fn judge(&self, body: &str) -> Result<SignedCheckpoint, StatusCode> {
        let bad = || StatusCode::BAD_REQUEST;
        let (head, note) = body.split_once("\n\n").ok_or_else(bad)?;
        let mut lines = head.lines();
        let old = lines.next().and_then(|line| line.strip_prefix("old ")).ok_or_else(bad)?;
        let old: u64 = old.parse().map_err(|_| bad())?;
        let proof: Option<Vec<_>> = lines.map(Hash256::from_base64).collect();
        let signed = SignedCheckpoint::parse(note.as_bytes()).map_err(|_| bad())?;
        let known = self.log.as_ref().filter(|log| log.origin() == signed.checkpoint().origin());
        let log = known.ok_or(StatusCode::NOT_FOUND)?;
        log.open(note.as_bytes()).map_err(|_| StatusCode::FORBIDDEN)?;
        let (size, root) = (signed.checkpoint().size(), signed.checkpoint().root());
        if old > size {
            return Err(bad());
        }
        if old != self.known.0 {
            return Err(StatusCode::CONFLICT);
        }
        verify_consistency(old, self.known.1, size, root, &proof.ok_or_else(bad)?)
            .map_err(|_| StatusCode::UNPROCESSABLE_ENTITY)?;
        Ok(signed)
    }
}
