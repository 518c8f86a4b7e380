//! The process under load, apart from whoever loads it: a world with linked chats, the web over
//! it, and beside them a plain handler that reads and writes one row of a database with the same
//! settings.
//!
//! It says on standard output where it listens and which chats there are, and ends with its
//! standard input.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::SocketAddr;
use std::path::Path as FilePath;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use bankside_service::Service;
use bankside_service::commit::{CommitError, Committer};
use bankside_store::{Schema, Store, StoreError, Tx, settings};
use bankside_testkit::world::Recipe;
use bankside_testkit::{Actor, Database, Grant, World};
use bankside_web::{App, Limits, Office, Settings, Sites};
use futures_util::future::join_all;
use url::Url;

/// The argument that makes this program the subject.
pub(crate) const ARGUMENT: &str = "subject";
/// What is asked in them, again and again.
pub(crate) const QUESTION: &str = "balance";
/// Linked chats that it has.
pub(crate) const CHATS: usize = 512;
/// Chats that are opened at the same time.
const AT_ONCE: usize = 64;
/// How often a checkpoint is published, as the program itself does.
const PUBLISH: Duration = Duration::from_secs(1);

/// One chat, as a browser knows it.
#[derive(Clone, Debug)]
pub(crate) struct Chat {
    pub(crate) bank: String,
    pub(crate) token: String,
}

/// A subject that runs.
pub(crate) struct Subject {
    pub(crate) address: SocketAddr,
    pub(crate) chats: Vec<Chat>,
    child: Child,
}

impl Subject {
    /// Starts it, and waits until it is ready.
    pub(crate) fn start() -> Self {
        Self::of(&[])
    }

    /// Starts one that is connected with a messenger, whose API is at that address.
    pub(crate) fn with_operator(operator: SocketAddr) -> Self {
        Self::of(&[operator.to_string()])
    }

    fn of(arguments: &[String]) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .arg(ARGUMENT)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut chats = Vec::new();
        for line in lines.map(Result::unwrap) {
            let words: Vec<&str> = line.split(' ').collect();
            match words.as_slice() {
                ["chat", bank, token] => {
                    chats.push(Chat { bank: (*bank).to_owned(), token: (*token).to_owned() });
                }
                ["listens", address] => {
                    return Self { address: address.parse().unwrap(), chats, child };
                }
                other => panic!("the subject said {other:?}"),
            }
        }
        panic!("the subject ended");
    }

    /// Its process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Subject {
    fn drop(&mut self) {
        // It ends with its input in any case.
        let _ended = self.child.kill().and_then(|()| self.child.wait());
    }
}

/// What the subject does.
pub(crate) async fn run() {
    let operator = std::env::args().nth(2).map(|address| address.parse().unwrap());
    let further = operator.map(crate::operator::page).into_iter().collect();
    let recipe = Recipe { further, ..Recipe::default() };
    let world = World::new(Database::Sqlite, recipe).await;
    for chat in Box::pin(chats(&world)).await {
        println!("chat {} {}", chat.bank, chat.token);
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let public_url = Url::parse(&origin(address)).unwrap();
    let settings = Settings {
        public_url,
        stand_ins: Vec::new(),
        sites: Sites::default(),
        sample_site: false,
        office: Office::default(),
    };
    let app = App::with_limits(world.service.clone(), settings, Limits::generous()).unwrap();
    let router = app.router().merge(plain(&world.dir).await);
    let router = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(keep_time(world.clock.clone()));
    tokio::spawn(publish(world.service.clone()));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    println!("listens {address}");
    let end = || std::io::stdin().read_to_end(&mut Vec::new());
    tokio::task::spawn_blocking(end).await.unwrap().unwrap();
}

/// The origin that browsers name there.
pub(crate) fn origin(address: SocketAddr) -> String {
    format!("http://localhost:{}", address.port())
}

/// Chats that are linked, of customers who allowed the channel everything.
async fn chats(world: &World) -> Vec<Chat> {
    let people = world.people().len();
    let mut all = Vec::new();
    for index in 0..people {
        let mut her = Actor::allowed(world, index, "web", Grant::all()).await;
        let answers = her.says(QUESTION).await;
        assert!(answers.iter().any(|a| !a.body.parts.is_empty()), "figures leave through the door");
        all.push(her);
    }
    while all.len() < CHATS {
        let from = all.len();
        let to = (from + AT_ONCE).min(CHATS);
        let opening = (from..to).map(|index| Actor::linked(world, index % people, "web"));
        all.extend(join_all(opening).await);
    }
    let chat =
        |her: Actor| Chat { bank: her.bank.to_string(), token: her.token.expose().to_owned() };
    all.into_iter().map(chat).collect()
}

/// The world's clock stands still unless somebody moves it.
async fn keep_time(clock: Arc<bankside_testkit::outside::StepClock>) {
    let began = std::time::Instant::now();
    let mut told = 0;
    loop {
        tokio::time::sleep(Duration::from_millis(5)).await;
        let now = i64::try_from(began.elapsed().as_millis()).unwrap();
        clock.advance(now - told);
        told = now;
    }
}

/// What the program does in the background all the time.
async fn publish(service: Service) {
    loop {
        tokio::time::sleep(PUBLISH).await;
        service.log.publish().await.unwrap();
    }
}

/// The reference: `/plain/alone` commits by itself, `/plain/shared` in a commit that is shared.
async fn plain(dir: &FilePath) -> Router {
    let store = Store::sqlite(&dir.join("plain.db"), Schema::Main).await.unwrap();
    let failed = Arc::new(|error: &StoreError| panic!("{error}"));
    let committer = Committer::start(store.clone(), failed);
    Router::new()
        .route("/plain/alone/{row}", post(alone).with_state(store))
        .route("/plain/shared/{row}", post(shared).with_state(committer))
}

async fn alone(State(store): State<Store>, Path(row): Path<String>) -> Result<String, StatusCode> {
    let done = async {
        let mut tx = store.begin().await?;
        let was = read_and_write(&mut tx, &row).await?;
        tx.commit().await.map(|()| was)
    };
    done.await.map_err(|_: StoreError| StatusCode::SERVICE_UNAVAILABLE)
}

async fn shared(
    State(committer): State<Committer>,
    Path(row): Path<String>,
) -> Result<String, StatusCode> {
    let was: Result<_, CommitError<StoreError>> = committer
        .commit(move |unit| Box::pin(async move { read_and_write(unit.tx, &row).await }))
        .await;
    was.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)
}

async fn read_and_write(tx: &mut Tx, row: &str) -> Result<String, StoreError> {
    let was = settings::get(tx, row).await?.unwrap_or_default();
    let count = was.parse::<u64>().unwrap_or(0) + 1;
    settings::set(tx, row, &count.to_string()).await?;
    Ok(was)
}
