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

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use bankside_domain::time::DAY_MS;
use bankside_service::sign_in::FRESH_MS;
use bankside_testkit::{Actor, Grant, World, tell};
use bankside_web::{App, Office, Settings, StandIn};
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
        let settings = Settings { public_url, stand_ins: vec![her], office };
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
