//! Deliveries of a messenger's servers over HTTP: signed events posted to the webhook, until they are
//! committed (200), and until the bank's answer has come to the operator's API. Beside it a receiver of
//! Express that verifies the same signature and stores a row in SQLite. The load, and the operator that is
//! answered, are another process on the same cores.

use std::collections::{HashMap, VecDeque};
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use bankside_adapters::channels::secret::Secret;
use futures_util::future::join_all;
use tokio::net::TcpListener;
use tokio::time::Instant;

use crate::operator::{APP_SECRET, PAGE};
use crate::process::Cpu;
use crate::report::{Row, Table, ms};
use crate::schedule::{Schedule, Times};
use crate::subject::Subject;
use crate::wire::Wire;

/// Customers who write.
const PEOPLE: usize = 512;
/// Connections that the operator keeps.
const WIRES: usize = 64;
const RATES: [u32; 2] = [500, 2_000];
const SPAN: Duration = Duration::from_secs(12);
const WARM_UP: Duration = Duration::from_secs(2);
/// What is not answered so long after the last instant is given up.
const GRACE: Duration = Duration::from_secs(5);
/// What they write: an answer that needs no account.
const WORDS: &str = "help";

pub(crate) async fn run(table: &mut Table) {
    let operator = Operator::start().await;
    let subject = Subject::with_operator(operator.address);
    table.group(
        "a webhook over HTTP",
        &format!(
            "p50 / p99 from the scheduled instant; {PEOPLE} people who ask what needs no account; a \
             signature for each; SQLite; all on the same cores"
        ),
    );
    let express = Express::start();
    if express.is_none() {
        table.skipped("Express: needs node, and `express` and `better-sqlite3` in NODE_PATH");
    }
    operator.meets(subject.address).await;
    for rate in RATES {
        let reference = match &express {
            Some(express) => Some(deliver(&operator, express.address, express.id(), rate).await),
            None => None,
        };
        operator.forget();
        let ours = deliver(&operator, subject.address, subject.id(), rate).await;
        rows(table, rate, ours, reference);
    }
}

/// What came of one schedule.
struct Outcome {
    committed: Times,
    answered: Times,
    due: usize,
    /// Cores' worth of time: of the receiver, and of this process.
    cores: (f64, f64),
}

fn rows(table: &mut Table, rate: u32, mut ours: Outcome, reference: Option<Outcome>) {
    let committed =
        Row::new(format!("{rate} /s: committed, 200"), shown(&mut ours.committed, ours.due));
    let (cores, load) = ours.cores;
    let mut cores_row = Row::new(format!("{rate} /s: processor"), format!("{cores:.2} cores"))
        .beside(format!("making the load: {load:.2}"), "");
    let committed = match reference {
        None => committed,
        Some(mut other) => {
            cores_row = cores_row.beside(
                format!("making the load: {load:.2}; Express: {:.2}", other.cores.0),
                format!("{:.1} ×", cores / other.cores.0.max(1e-9)),
            );
            let p99 = |times: &mut Times| times.percentile(99).as_secs_f64();
            let ratio = p99(&mut ours.committed) / p99(&mut other.committed).max(1e-9);
            committed.beside(
                format!("Express: {}", shown(&mut other.committed, other.due)),
                format!("{ratio:.1} ×"),
            )
        }
    };
    table.row(&committed);
    table.row(&Row::new(
        format!("{rate} /s: answered at the operator"),
        shown(&mut ours.answered, ours.due),
    ));
    table.row(&cores_row);
}

fn shown(times: &mut Times, due: usize) -> String {
    if times.count() < due {
        return format!("{:.0} % in time", 100.0 * times.count() as f64 / due as f64);
    }
    let p50 = times.percentile(50).as_secs_f64() * 1e3;
    format!("{p50:.1} / {}", ms(times.percentile(99)))
}

/// Delivers by the schedule, and waits for the answers.
async fn deliver(operator: &Operator, to: SocketAddr, process: u32, rate: u32) -> Outcome {
    let began = Instant::now() + Duration::from_millis(200);
    let schedule = Schedule { began, rate, span: SPAN, warm_up: WARM_UP };
    let cpu = Cpu::of(process);
    let sending = (0..WIRES).map(|which| {
        let due: Vec<_> = schedule.of(which, WIRES).collect();
        tokio::spawn(send_all(operator.clone(), to, which, due, schedule))
    });
    let mut committed = Times::default();
    for sent in join_all(sending.collect::<Vec<_>>()).await {
        committed.extend(sent.unwrap());
    }
    let end = schedule.began + schedule.span + GRACE;
    while Instant::now() < end && operator.waits() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mut answered = Times::default();
    operator.take(&schedule).into_iter().for_each(|time| answered.push(time));
    Outcome { committed, answered, due: schedule.counted(), cores: cpu.cores(SPAN) }
}

/// Posts an event at each instant, of one person after the other.
async fn send_all(
    operator: Operator,
    to: SocketAddr,
    which: usize,
    instants: Vec<Instant>,
    schedule: Schedule,
) -> Times {
    let mut wire = Wire::open(to).await;
    let mut committed = Times::default();
    let end = schedule.began + schedule.span + GRACE;
    for (n, due) in instants.into_iter().enumerate() {
        let person = which + WIRES * (n % (PEOPLE / WIRES));
        let body = event(person, &format!("m_{}_{which}_{n}_{}", schedule.rate, to.port()));
        let signature = signed(&body);
        tokio::time::sleep_until(due).await;
        operator.expects(person, due);
        let posting = wire.post_json("/hook/page", &signature, &body);
        let Ok(status) = tokio::time::timeout_at(end, posting).await else { break };
        assert_eq!(status, 200, "{}", wire.body());
        if schedule.counts(due) {
            committed.push(due.elapsed());
        }
    }
    committed
}

fn psid(person: usize) -> String {
    format!("7{person:015}")
}

/// A delivery with one message. Messenger Platform, "Webhook Events Reference".
fn event(person: usize, mid: &str) -> String {
    let (from, at) = (psid(person), 1_700_000_000_000_i64);
    format!(
        r#"{{"object":"page","entry":[{{"id":"{PAGE}","time":{at},"messaging":[{{"sender":{{"id":"{from}"}},"recipient":{{"id":"{PAGE}"}},"message":{{"mid":"{mid}","text":"{WORDS}"}}}}]}}]}}"#
    )
}

fn signed(body: &str) -> String {
    let tag = Secret::new(APP_SECRET).tag(body.as_bytes());
    let hex: String = tag.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("x-hub-signature-256: sha256={hex}\r\n")
}

/// The operator's API, which is told the bank's answers.
#[derive(Clone)]
struct Operator {
    address: SocketAddr,
    state: Arc<Mutex<Waiting>>,
}

/// Messages without an answer, by person, and the times of those that have one.
#[derive(Default)]
struct Waiting {
    due: HashMap<String, VecDeque<Instant>>,
    answered: Vec<(Instant, Duration)>,
}

impl Operator {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::<Mutex<Waiting>>::default();
        let path = format!("/v23.0/{PAGE}/messages");
        let router = Router::new().route(&path, post(told)).with_state(state.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { address, state }
    }

    fn expects(&self, person: usize, due: Instant) {
        self.state.lock().unwrap().due.entry(psid(person)).or_default().push_back(due);
    }

    fn waits(&self) -> bool {
        self.state.lock().unwrap().due.values().any(|due| !due.is_empty())
    }

    fn forget(&self) {
        *self.state.lock().unwrap() = Waiting::default();
    }

    fn take(&self, schedule: &Schedule) -> Vec<Duration> {
        let answered = std::mem::take(&mut *self.state.lock().unwrap()).answered.into_iter();
        answered.filter(|(due, _)| schedule.counts(*due)).map(|(_, time)| time).collect()
    }

    /// Everybody says a first word, which is greeted.
    async fn meets(&self, bank: SocketAddr) {
        let mut wire = Wire::open(bank).await;
        for person in 0..PEOPLE {
            self.expects(person, Instant::now());
            let body = event(person, &format!("m_first_{person}"));
            let status = wire.post_json("/hook/page", &signed(&body), &body).await;
            assert_eq!(status, 200, "{}", wire.body());
        }
        let end = Instant::now() + Duration::from_secs(60);
        while self.waits() {
            assert!(Instant::now() < end, "nobody is answered");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        self.forget();
    }
}

/// The Send API: signs that something is being written are not answers.
async fn told(State(state): State<Arc<Mutex<Waiting>>>, body: String) -> String {
    let body: serde_json::Value = serde_json::from_str(&body).unwrap();
    let to = body.pointer("/recipient/id").and_then(|id| id.as_str()).unwrap();
    if body.get("message").is_some() {
        let mut state = state.lock().unwrap();
        if let Some(due) = state.due.get_mut(to).and_then(VecDeque::pop_front) {
            state.answered.push((due, due.elapsed()));
        }
    }
    format!(r#"{{"recipient_id":"{to}","message_id":"m_answer"}}"#)
}

/// The reference, a process of its own.
struct Express {
    address: SocketAddr,
    child: Child,
    _folder: tempfile::TempDir,
}

impl Express {
    /// Starts it; nothing where something that it needs is missing.
    fn start() -> Option<Self> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("express/receiver.cjs");
        let folder = tempfile::tempdir().unwrap();
        let mut child = Command::new("node")
            .arg(script)
            .arg(folder.path().join("events.db"))
            .arg(APP_SECRET)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take()?).read_line(&mut line).ok()?;
        let address = line.trim().strip_prefix("listens ")?.parse().ok()?;
        Some(Self { address, child, _folder: folder })
    }

    fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Express {
    fn drop(&mut self) {
        // It ends with its input in any case.
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}
