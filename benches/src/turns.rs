//! A whole turn over HTTP: a message posted, its answer read from the chat's stream of events;
//! beside it a plain handler that reads and writes one row. The load comes from another process on
//! the same two cores.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::Instant;

use crate::process::Cpu;
use crate::report::{Row, Table, ms};
use crate::schedule::{Schedule, Times};
use crate::subject::{Chat, QUESTION, Subject, origin};
use crate::wire::Wire;

const RATES: [u32; 2] = [100, 1_000];
const SPAN: Duration = Duration::from_secs(14);
const WARM_UP: Duration = Duration::from_secs(2);
/// What is not answered so long after the last instant is given up.
const GRACE: Duration = Duration::from_secs(5);
/// 99 of 100 turns at the highest rate.
const AIM: Duration = Duration::from_millis(25);

pub(crate) async fn run(table: &mut Table) {
    let subject = Subject::start();
    let chats = subject.chats.len();
    table.group(
        "a turn over HTTP",
        &format!(
            "p50 / p99 from the scheduled instant; {chats} linked chats with consent, each with its \
             live stream; SQLite; both processes on the same cores"
        ),
    );
    let browsers: Vec<_> =
        join_all(subject.chats.iter().map(|chat| Browser::open(&subject, chat))).await;
    for rate in RATES {
        let alone = plain(&subject, "alone", rate).await;
        let shared = plain(&subject, "shared", rate).await;
        let turns = turns(&subject, &browsers, rate).await;
        rows(table, rate, turns, shared, alone);
    }
}

/// What came of one schedule.
struct Outcome {
    accepted: Times,
    answered: Times,
    due: usize,
    /// Cores' worth of time: of the subject, and of this process.
    cores: (f64, f64),
}

fn rows(table: &mut Table, rate: u32, mut turns: Outcome, mut shared: Outcome, mut alone: Outcome) {
    let p99 = turns.answered.percentile(99);
    let reference = shared.accepted.percentile(99);
    let times = |b: Duration| format!("{:.1} ×", p99.as_secs_f64() / b.as_secs_f64().max(1e-9));
    let all = turns.answered.count() == turns.due;
    let row = Row::new(format!("{rate} /s: answered"), shown(&mut turns.answered, turns.due))
        .beside(
            format!("a row, commit shared: {}", shown(&mut shared.accepted, shared.due)),
            times(reference),
        );
    table.row(&match rate {
        1_000 => row.aim("p99 < 25 ms", all && p99 < AIM),
        _ => row,
    });
    let other = alone.accepted.percentile(99);
    table.row(
        &Row::new(format!("{rate} /s: accepted, durable"), shown(&mut turns.accepted, turns.due))
            .beside(
                format!("a row, its own commit: {}", shown(&mut alone.accepted, alone.due)),
                times(other),
            ),
    );
    let (subject, load) = turns.cores;
    table.row(&Row::new(format!("{rate} /s: processor"), format!("{subject:.2} cores")).beside(
        format!("making the load: {load:.2}; the row: {:.2}", shared.cores.0),
        format!("{:.1} ×", subject / shared.cores.0.max(1e-9)),
    ));
}

fn shown(times: &mut Times, due: usize) -> String {
    let figures = format!("{:.1} / {}", times.percentile(50).as_secs_f64() * 1e3, {
        let p99 = ms(times.percentile(99));
        p99.replace("0 ms", " ms").replace(". ms", " ms")
    });
    if times.count() == due {
        return figures;
    }
    format!("{:.0} % in time", 100.0 * times.count() as f64 / due as f64)
}

fn schedule(rate: u32) -> Schedule {
    let began = Instant::now() + Duration::from_millis(200);
    Schedule { began, rate, span: SPAN, warm_up: WARM_UP }
}

async fn turns(subject: &Subject, browsers: &[Browser], rate: u32) -> Outcome {
    let schedule = schedule(rate);
    let cpu = Cpu::of(subject.id());
    let sending = browsers.iter().enumerate().map(|(which, browser)| {
        let due: Vec<_> = schedule.of(which, browsers.len()).collect();
        tokio::spawn(browser.clone().say_all(subject.address, due, schedule))
    });
    let mut accepted = Times::default();
    for sent in join_all(sending.collect::<Vec<_>>()).await {
        accepted.extend(sent.unwrap());
    }
    let end = schedule.began + schedule.span + GRACE;
    while Instant::now() < end && browsers.iter().any(Browser::waits) {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let mut answered = Times::default();
    for browser in browsers {
        browser.take(&schedule).into_iter().for_each(|time| answered.push(time));
    }
    Outcome { accepted, answered, due: schedule.counted(), cores: cpu.cores(schedule.span) }
}

/// A chat in a browser: its stream is read all the time.
#[derive(Clone)]
struct Browser {
    path: String,
    headers: String,
    state: Arc<Mutex<Waiting>>,
}

/// Messages without an answer, and the times of those that have one.
#[derive(Default)]
struct Waiting {
    due: VecDeque<Instant>,
    answered: Vec<(Instant, Duration)>,
}

impl Browser {
    async fn open(subject: &Subject, chat: &Chat) -> Self {
        let browser = Self {
            path: format!("/{}/chat/web", chat.bank),
            headers: headers(subject, chat),
            state: Arc::default(),
        };
        let mut stream = Wire::open(subject.address).await;
        stream.listen(&format!("{}/events?after=0", browser.path), &browser.headers).await;
        tokio::spawn(read(stream, browser.state.clone()));
        browser
    }

    /// Posts a message at each instant; how long each took to be accepted.
    async fn say_all(
        self,
        address: std::net::SocketAddr,
        instants: Vec<Instant>,
        schedule: Schedule,
    ) -> Times {
        let mut wire = Wire::open(address).await;
        let mut accepted = Times::default();
        let end = schedule.began + schedule.span + GRACE;
        for (n, due) in instants.into_iter().enumerate() {
            tokio::time::sleep_until(due).await;
            self.state.lock().unwrap().due.push_back(due);
            let form = format!("text={QUESTION}&client_id=r{}-{n}", schedule.rate);
            let posting = wire.post(&self.path, &self.headers, &form);
            let Ok(status) = tokio::time::timeout_at(end, posting).await else { break };
            assert_eq!(status, 200, "{}", wire.body());
            if schedule.counts(due) {
                accepted.push(due.elapsed());
            }
        }
        accepted
    }

    fn waits(&self) -> bool {
        !self.state.lock().unwrap().due.is_empty()
    }

    fn take(&self, schedule: &Schedule) -> Vec<Duration> {
        let mut state = self.state.lock().unwrap();
        state.due.clear();
        let answered = std::mem::take(&mut state.answered).into_iter();
        answered.filter(|(due, _)| schedule.counts(*due)).map(|(_, time)| time).collect()
    }
}

/// What a script in our page sends along.
pub(crate) fn headers(subject: &Subject, chat: &Chat) -> String {
    let origin = origin(subject.address);
    format!("origin: {origin}\r\nhx-request: true\r\ncookie: chat-web={}\r\n", chat.token)
}

/// Reads a stream to its end. An answer is a message that comes after new quick replies.
async fn read(mut stream: Wire, state: Arc<Mutex<Waiting>>) {
    let mut of_the_bank = false;
    while let Some(line) = stream.next_line().await {
        match line {
            "event: quick" => of_the_bank = true,
            "event: message" if of_the_bank => {
                of_the_bank = false;
                let mut state = state.lock().unwrap();
                if let Some(due) = state.due.pop_front() {
                    state.answered.push((due, due.elapsed()));
                }
            }
            _ => {}
        }
    }
}

/// As many posts to a plain handler.
async fn plain(subject: &Subject, kind: &'static str, rate: u32) -> Outcome {
    let schedule = schedule(rate);
    let cpu = Cpu::of(subject.id());
    let connections = subject.chats.len();
    let posting = (0..connections).map(|which| {
        let due: Vec<_> = schedule.of(which, connections).collect();
        let path = format!("/plain/{kind}/{which}");
        tokio::spawn(post_all(subject.address, path, due, schedule))
    });
    let mut accepted = Times::default();
    for posted in join_all(posting.collect::<Vec<_>>()).await {
        accepted.extend(posted.unwrap());
    }
    let cores = cpu.cores(schedule.span);
    Outcome { accepted, answered: Times::default(), due: schedule.counted(), cores }
}

async fn post_all(
    address: std::net::SocketAddr,
    path: String,
    instants: Vec<Instant>,
    schedule: Schedule,
) -> Times {
    let mut wire = Wire::open(address).await;
    let mut accepted = Times::default();
    let end = schedule.began + schedule.span + GRACE;
    for due in instants {
        tokio::time::sleep_until(due).await;
        let Ok(status) = tokio::time::timeout_at(end, wire.post(&path, "", "")).await else {
            break;
        };
        if schedule.counts(due) && status == 200 {
            accepted.push(due.elapsed());
        }
    }
    accepted
}
