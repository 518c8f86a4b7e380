//! The operators' console from outside, through the router: who gets in, and what a form does.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::large_futures,
    missing_docs
)]

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use bankside_domain::time::DAY_MS;
use bankside_service::sign_in::FRESH_MS;
use bankside_testkit::postbox::{PROOF, Postbox, SECRET};
use bankside_testkit::world::{Recipe, databases};
use bankside_testkit::{Actor, Grant, World, tell};
use bankside_web::{App, Office, Settings, Sites, StandIn};
use tower::ServiceExt;

const ORIGIN: &str = "https://bank.example";
/// Largest page, in bytes.
const MAX_PAGE: usize = 1 << 20;

/// A browser with its cookies.
struct Browser {
    router: Router,
    cookies: Vec<(String, String)>,
    origin: &'static str,
}

/// What came back.
struct Answer {
    status: StatusCode,
    to: String,
    body: String,
}

impl Browser {
    fn at(world: &World, stand_in: Option<&str>) -> Self {
        let person = world.people().swap_remove(0);
        let her = StandIn {
            customer: person.customer,
            bank: person.bank,
            name: "Maya".to_owned(),
            about: String::new(),
        };
        let office = Office { stand_in: stand_in.map(str::to_owned), ..Office::default() };
        let public_url = format!("{ORIGIN}/").parse().unwrap();
        let (sites, sample_site) = (Sites::default(), false);
        let settings = Settings { public_url, stand_ins: vec![her], sites, sample_site, office };
        let router = App::new(world.service.clone(), settings).unwrap().router();
        Self { router, cookies: Vec::new(), origin: ORIGIN }
    }

    async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    async fn post(&mut self, path: &str, form: &str) -> Answer {
        let kind = "application/x-www-form-urlencoded";
        let request = Request::post(path).header(header::CONTENT_TYPE, kind);
        self.send(request, Body::from(form.to_owned())).await
    }

    async fn json(&mut self, path: &str, body: &str) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        self.send(request, Body::from(body.to_owned())).await
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<_> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let peer = SocketAddr::from(([127, 0, 0, 1], 4711));
        let request = request
            .header(header::ORIGIN, self.origin)
            .header(header::COOKIE, cookies.join("; "))
            .extension(ConnectInfo(peer))
            .body(body)
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            let value = rest.split(';').next().unwrap();
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let status = response.status();
        let to = response.headers().get(header::LOCATION);
        let to = to.map_or("", |to| to.to_str().unwrap()).to_owned();
        let body = to_bytes(response.into_body(), MAX_PAGE).await.unwrap();
        Answer { status, to, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    async fn becomes_operator(&mut self) {
        let answer = self.post("/console/sign-in/stand-in", "next=/console/").await;
        assert_eq!((answer.status, answer.to.as_str()), (StatusCode::SEE_OTHER, "/console/"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_reads_among_her_permissions_that_her_bank_paused_it() {
    tell("console_customer", async |world: World| {
        let her = Actor::allowed(&world, 0, "web", Grant::all()).await;
        let (token, _) = world.service.sign_in.open(her.id, &her.bank, None).await.unwrap();
        let mut browser = Browser::at(&world, Some("Robin"));
        browser.cookies.push(("session".to_owned(), token.expose().to_owned()));
        browser.becomes_operator().await;
        let path = format!("/{}/connections", her.bank);
        let words = "has paused this";
        assert!(!browser.get(&path).await.body.contains(words));
        for (subject, shown) in [
            ("channel:web", true),
            ("purpose:account_information", true),
            ("everything", true),
            ("channel:messenger", false),
            ("purpose:offers", false),
        ] {
            let form = |deed| format!("deed={deed}&subject={subject}&reason=a+drill");
            browser.post("/console/suspensions", &form("suspend")).await;
            assert_eq!(browser.get(&path).await.body.contains(words), shown, "{subject}");
            browser.post("/console/suspensions", &form("lift")).await;
        }
        assert!(!browser.get(&path).await.body.contains(words));
        world
    })
    .await;
}

const PAGES: [&str; 5] = [
    "/console/",
    "/console/suspensions",
    "/console/suspensions/what",
    "/console/suspensions/evidence.json",
    "/console/operators",
];
const SUSPEND: &str = "deed=suspend&subject=channel:messenger&reason=a+drill";
const LIFT: &str = "deed=lift&subject=channel:messenger&reason=over";

async fn leaves(world: &World) -> i64 {
    world.service.log.size().await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_and_no_customer_gets_in() {
    tell("console_door", async |world: World| {
        let mut nobody = Browser::at(&world, None);
        let mut customer = Browser::at(&world, None);
        let bank = world.people()[0].bank.clone();
        let form = format!("customer={}", world.people()[0].customer);
        let signed = customer.post(&format!("/{bank}/sign-in/stand-in"), &form).await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER);
        // Even under the operator's name.
        let (_, session) = customer.cookies[0].clone();
        customer.cookies.push(("operator".to_owned(), session));
        for browser in [&mut nobody, &mut customer] {
            for path in PAGES {
                let answer = browser.get(path).await;
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
                assert!(answer.to.starts_with("/console/sign-in?next=%2Fconsole"), "{}", answer.to);
            }
            for path in ["/console/suspensions", "/console/operators/invite", "/console/sign-out"] {
                let answer = browser.post(path, SUSPEND).await;
                assert!(answer.to.starts_with("/console/sign-in"), "{path}: {}", answer.status);
            }
            let refused = browser.post("/console/sign-in/stand-in", "next=").await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "there is none outside the demo");
            let page = browser.get("/console/sign-in").await.body;
            assert!(page.contains("Sign in with a passkey") && !page.contains("this demo"));
        }
        assert!(world.service.suspensions.list().await.unwrap().is_empty());

        let mut operator = Browser::at(&world, Some("Robin"));
        operator.becomes_operator().await;
        let (_, session) = operator.cookies[0].clone();
        operator.cookies.push(("session".to_owned(), session));
        let answer = operator.get(&format!("/{bank}/log")).await;
        assert!(answer.to.starts_with(&format!("/{bank}/sign-in")), "no page of a customer");
        assert_eq!(operator.get("/console/").await.status, StatusCode::OK);
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_suspension_is_asked_checked_confirmed_and_done_once() {
    tell("console_suspend", async |world: World| {
        let mut robin = Browser::at(&world, Some("Robin"));
        robin.becomes_operator().await;
        let what = robin.get("/console/suspensions/what").await.body;
        assert!(what.contains("Channel Messenger") && what.contains("purpose:offers"), "{what}");
        let why =
            robin.get("/console/suspensions/why?deed=suspend&subject=channel:messenger").await;
        assert!(why.body.contains("Why do you suspend it?"));
        let none = robin.get("/console/suspensions/why?deed=suspend").await;
        assert_eq!(none.to, "/console/suspensions/what?wrong=1");
        let check = |query: &str| format!("/console/suspensions/check?{query}");
        let empty = robin.get(&check("deed=suspend&subject=channel:messenger&reason=+")).await;
        assert!(empty.to.contains("/why?") && empty.to.ends_with("wrong=1"), "{}", empty.to);
        let shown = robin.get(&check(SUSPEND)).await.body;
        assert!(shown.contains("Channel Messenger") && shown.contains("a drill"), "{shown}");
        assert!(world.service.suspensions.list().await.unwrap().is_empty(), "asked, not done");

        world.clock.advance(FRESH_MS);
        let stale = robin.post("/console/suspensions", SUSPEND).await;
        assert!(stale.to.starts_with("/console/confirm?next=%2Fconsole%2Fsuspensions%2Fcheck"));
        assert!(world.service.suspensions.list().await.unwrap().is_empty(), "not confirmed");
        let next = "next=/console/suspensions/check?deed%3Dsuspend";
        let confirmed = robin.post("/console/confirm/stand-in", next).await;
        assert_eq!(confirmed.to, "/console/suspensions/check?deed=suspend");

        let done = robin.post("/console/suspensions", SUSPEND).await;
        assert!(done.to.contains("did=suspend"), "{}", done.to);
        let before = leaves(&world).await;
        let again = robin.post("/console/suspensions", SUSPEND).await;
        assert!(again.to.contains("did=already"), "{}", again.to);
        assert_eq!(leaves(&world).await, before, "a second submit leaves nothing behind");
        let list = robin.get("/console/suspensions").await.body;
        assert!(
            list.contains("a drill") && list.contains("Robin") && list.contains("Let it go on")
        );
        assert!(robin.get("/console/").await.body.contains("One thing is suspended"));
        let evidence = robin.get("/console/suspensions/evidence.json").await;
        assert!(evidence.body.contains("bankside/export/v1"));

        for _ in 0..2 {
            let lifted = robin.post("/console/suspensions", LIFT).await;
            assert_eq!(lifted.status, StatusCode::SEE_OTHER);
        }
        assert!(world.service.suspensions.list().await.unwrap().is_empty());
        let acts = world.service.suspensions.history(i64::MAX, 9).await.unwrap();
        assert_eq!(acts.len(), 2, "one statement for each act");
        assert!(acts.iter().all(|act| act.statement.by.staff.is_some()), "by an account");
        let unknown = "deed=suspend&subject=channel:telegraph&reason=x";
        let unknown = robin.post("/console/suspensions", unknown).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_origin_changes_nothing_and_signing_out_ends_it() {
    tell("console_origin", async |world: World| {
        let mut robin = Browser::at(&world, Some("Robin"));
        robin.becomes_operator().await;
        robin.origin = "https://evil.example";
        for path in ["/console/suspensions", "/console/sign-out", "/console/operators/invite"] {
            assert_eq!(robin.post(path, SUSPEND).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        robin.origin = ORIGIN;
        assert!(world.service.suspensions.list().await.unwrap().is_empty());
        let elsewhere =
            robin.post("/console/confirm/stand-in", "next=//evil.example/console/").await;
        assert_eq!(elsewhere.to, "/console/", "nobody is sent elsewhere");
        let kept = robin.cookies.clone();
        robin.post("/console/sign-out", "").await;
        assert!(robin.cookies.is_empty(), "{:?}", robin.cookies);
        robin.cookies = kept;
        let ended = robin.get("/console/").await;
        assert!(
            ended.to.starts_with("/console/sign-in"),
            "the session is gone, not the cookie alone"
        );
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_set_up_link_asks_for_a_passkey_and_looking_does_not_use_it_up() {
    tell("console_setup", async |world: World| {
        let link = world.service.staff.first_link().await.unwrap().unwrap();
        let path = format!("/setup/{}", link.expose());
        let mut browser = Browser::at(&world, None);
        for _ in 0..2 {
            let page = browser.get(&path).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.body.contains("Become an operator"), "{}", page.body);
        }
        assert_eq!(browser.get("/setup/guess").await.status, StatusCode::NOT_FOUND);
        let begin = format!("{path}/begin");
        let nameless = browser.json(&begin, r#"{"name": " "}"#).await;
        assert!(nameless.body.contains("Enter your name"), "{}", nameless.body);
        let options = browser.json(&begin, r#"{"name": "Robin"}"#).await;
        assert_eq!(options.status, StatusCode::OK, "{}", options.body);
        let options: serde_json::Value = serde_json::from_str(&options.body).unwrap();
        assert_eq!(options["publicKey"]["user"]["name"], "Robin");
        assert_eq!(options["publicKey"]["rp"]["id"], "bank.example");
        assert!(world.service.staff.link_opens(&link).await.unwrap(), "begun, not registered");
        let answer = r#"{"id":"AA","rawId":"AA","type":"public-key","response":
            {"attestationObject":"AA","clientDataJSON":"AA"},"extensions":{}}"#;
        let forged = browser.json(&format!("{path}/finish"), answer).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN, "{}", forged.body);
        assert!(world.service.staff.members().await.unwrap().is_empty());
        assert!(world.service.staff.link_opens(&link).await.unwrap());

        world.clock.advance(DAY_MS);
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);
        let mut hasty = Browser::at(&world, None);
        let mut refused = 0;
        for _ in 0..40 {
            let answer = hasty.get("/setup/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").await;
            refused += usize::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
        }
        assert!(refused > 0, "guessing is limited");
        world
    })
    .await;
}

/// Whose telephone number no page shows.
const NUMBER: &str = "+4917012345678";

/// A world whose Messenger is a postbox.
async fn with_postbox(name: &str, story: impl AsyncFn(&mut World, &Postbox)) {
    for database in databases(name).await {
        let postbox = Arc::<Postbox>::default();
        let connected = Some(("messenger", postbox.clone()));
        let mut world = World::new(database, Recipe { connected, ..Recipe::default() }).await;
        story(&mut world, &postbox).await;
        world.check().await;
        world.end().await;
    }
}

async fn delivers(browser: &mut Browser, body: &str) -> StatusCode {
    let request = Request::post("/hook/messenger").header(PROOF, SECRET);
    browser.send(request, Body::from(body.to_owned())).await.status
}

/// The id in the first form of that place.
fn id_in(page: &str, place: &str) -> String {
    let rest = page.split_once(&format!("action=\"{place}/")).expect("a form").1;
    rest.split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_not_understood_is_opened_for_a_reason_and_applied_once() {
    with_postbox("console_strange", async |world, postbox| {
        let mut browser = Browser::at(world, Some("Robin"));
        browser.becomes_operator().await;
        let empty = browser.get("/console/strange").await.body;
        assert!(empty.contains("Everything was understood"), "{empty}");
        postbox.understands(false);
        let body = format!("e1|{NUMBER}|hello");
        assert_eq!(delivers(&mut browser, &body).await, StatusCode::OK);
        let list = browser.get("/console/strange").await.body;
        assert!(list.contains("no delivery of a postbox") && !list.contains(NUMBER), "{list}");
        assert!(list.contains(&format!("{} bytes", body.len())), "{list}");
        let id = id_in(&list, "/console/strange");
        let place = format!("/console/strange/{id}");

        let without = browser.post(&place, "act=open&reason=").await;
        assert_eq!(without.to, format!("{place}?wrong=1"));
        let opened = browser.post(&place, "act=open&reason=a+new+version+of+the+API").await;
        assert!(opened.body.contains(NUMBER) && !opened.body.contains(SECRET), "{}", opened.body);

        assert_eq!(browser.post(&place, "act=apply").await.to, "/console/strange?did=still");
        assert!(postbox.sent().is_empty());
        postbox.understands(true);
        assert_eq!(browser.post(&place, "act=apply").await.to, "/console/strange?did=understood");
        postbox.holds(1).await;
        assert_eq!(browser.post(&place, "act=apply").await.to, "/console/strange?did=faster");
        assert_eq!(delivers(&mut browser, &body).await, StatusCode::OK);
        let page = browser.get("/console/channels").await.body;
        for told in ["A delivery was opened", "a new version of the API", "Robin (stand-in)"] {
            assert!(page.contains(told), "{told}: {page}");
        }
        assert_eq!(page.matches("A delivery was applied again").count(), 2, "{page}");
        let acts = browser.get("/console/suspensions").await;
        assert_eq!(acts.status, StatusCode::OK, "the switch's own page is not confused by them");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_letter_shows_no_word_and_can_be_tried_again_or_let_go() {
    with_postbox("console_dead", async |world, postbox| {
        let mut browser = Browser::at(world, Some("Robin"));
        browser.becomes_operator().await;
        let refuses = || bankside_service::ports::SendError::Refused { why: "code 131".to_owned() };
        postbox.fails_once(refuses());
        delivers(&mut browser, &format!("e1|{NUMBER}|hello")).await;
        dead(&mut browser, 1).await;
        // That page may have been read while the letter was given up: its counts before, its list after.
        let page = browser.get("/console/channels/messenger").await.body;
        assert!(page.contains("code 131") && !page.contains(NUMBER), "{page}");
        assert!(page.contains("needs a look"), "{page}");
        let place = format!("/console/letters/{}", id_in(&page, "/console/letters"));
        postbox.fails_once(refuses());
        let again = browser.post(&place, "act=again&channel=messenger").await;
        assert_eq!(again.to, "/console/channels/messenger?did=again");
        dead(&mut browser, 1).await;
        let again = browser.post(&place, "act=again&channel=messenger").await;
        assert_eq!(again.to, "/console/channels/messenger?did=again");
        assert_eq!(postbox.holds(1).await.len(), 1);
        dead(&mut browser, 0).await;
        let gone = browser.post(&place, "act=gone&channel=messenger").await;
        assert_eq!(gone.to, "/console/channels/messenger?did=faster");
        let tested = browser.post("/console/channels/messenger/test", "").await;
        assert!(tested.body.contains("It answers"), "{}", tested.body);
        let deeds = browser.get("/console/channels").await.body;
        assert_eq!(deeds.matches("A message was tried again").count(), 2, "{deeds}");
    })
    .await;
}

/// Waits until so many letters of the channel are dead.
async fn dead(browser: &mut Browser, count: usize) {
    for _ in 0..400 {
        let page = browser.get("/console/channels/messenger").await.body;
        if page.matches("action=\"/console/letters/").count() == count {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("not {count} dead letters");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn she_reads_the_very_words_that_a_platform_has_and_takes_them_back() {
    with_postbox("web_learnt", async |world, postbox| {
        let mut browser = Browser::at(world, Some("Robin"));
        delivers(&mut browser, &format!("e1|{NUMBER}|hello")).await;
        let sent = postbox.holds(1).await.remove(0);
        let (_, link) = sent.frame.text.split_once("https://bank.example/").unwrap();
        let link = link.split_whitespace().next().unwrap();
        let token = bankside_service::token::Token::parse(link.rsplit('/').next().unwrap());
        let her = Actor::holding(world, 0, "messenger", token.unwrap());
        let signed_in = her.signs_in().await;
        let (open, _) = her.follows(&her.token, &signed_in.owner).await.unwrap();
        world.service.linker.link(open, &signed_in.owner).await.unwrap();
        let (token, _) = world.service.sign_in.open(her.id, &her.bank, None).await.unwrap();
        browser.cookies.push(("session".to_owned(), token.expose().to_owned()));
        delivers(&mut browser, &format!("e2|{NUMBER}|help")).await;
        let words = postbox.holds(2).await.remove(1).frame.text;
        let first = words.split(['\n', '&', '<', '\'', '"', '’']).next().unwrap().to_owned();
        let path = format!("/{}/platforms", her.bank);
        let page = noted(&mut browser, &path, "Can be taken back", 2).await;
        assert!(page.contains(&first), "{first}: {page}");
        let asked = browser.post(&path, "").await;
        assert_eq!(asked.to, format!("{path}?asked=2"));
        let page = noted(&mut browser, &path, "2 messages taken back", 1).await;
        assert!(!page.contains("Can be taken back"), "{page}");
        assert_eq!(postbox.retracted().len(), 2);
        assert_eq!(browser.post(&path, "").await.to, format!("{path}?asked=0"));
        let log = browser.get(&format!("/{}/log", her.bank)).await.body;
        assert!(log.contains("was asked to delete what it had"), "{log}");
    })
    .await;
}

/// Waits until the page says so as many `times`.
async fn noted(browser: &mut Browser, path: &str, words: &str, times: usize) -> String {
    let mut page = String::new();
    for _ in 0..400 {
        page = browser.get(path).await.body;
        if page.matches(words).count() >= times {
            return page;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("`{words}` does not come {times} times: {page}");
}
