//! The customer's pages, by forms alone: what she decides there holds, what is forged, stale,
//! doubled, oversized or somebody else's gets an answer that says what to do and changes nothing.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::large_futures,
    missing_docs,
    unreachable_pub,
    dead_code
)]

mod common;

use axum::http::StatusCode;
use bankside_service::sign_in::IDLE_MS;
use bankside_testkit::world::Recipe;
use bankside_testkit::{Database, World};

use common::{Browser, SITE, site};

/// Every form there is, below a bank; `{id}` is a consent of hers.
const FORMS: [&str; 19] = [
    "/chat/web",
    "/consent",
    "/connections/{id}",
    "/connections/{id}/narrow",
    "/connections/{id}/renew",
    "/connections/chats/{id}/unlink",
    "/stop-all",
    "/data/clear",
    "/language",
    "/l/AAAA",
    "/link-code",
    "/link-code/compare",
    "/sign-in/stand-in",
    "/sign-in/begin",
    "/sign-out",
    "/confirm/begin",
    "/confirm/stand-in",
    "/passkeys/begin",
    "/passkeys/{id}/remove",
];

/// Pages that are hers alone.
const HERS: [&str; 13] = [
    "/",
    "/consent?party=web&purpose=account_information",
    "/consent/less?party=web&purpose=account_information",
    "/consent/check?party=web&purpose=account_information",
    "/connections",
    "/link-code",
    "/stop-all",
    "/log",
    "/log/export.json",
    "/data",
    "/data/export.json",
    "/data/transactions.csv",
    "/passkeys",
];

async fn world() -> World {
    World::new(Database::Sqlite, Recipe::default()).await
}

async fn end(mut world: World) {
    world.check().await;
    world.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn she_allows_narrows_pauses_and_ends_it() {
    let world = world().await;
    let mut her = Browser::signed_in(&world, &site(&world), 0).await;
    her.allows().await;
    let answer = her.says("web", "What is my balance?").await;
    assert!(answer.body.contains("class=\"receipt\""), "{}", answer.body);
    let id = her.consent().await;
    let at = format!("/connections/{id}");
    her.post(&at, &[("act", "pause")]).await.sent_to("/harbour/connections?did=paused");
    let paused = her.says("web", "What is my balance?").await;
    assert!(paused.body.contains("/connections\""), "it says where to go on");
    her.post(&at, &[("act", "resume")]).await.sent_to("/harbour/connections?did=resumed");
    let page = her.get(&format!("{at}/narrow")).await;
    let account = page.values("account")[0].to_owned();
    let fewer = [("account", account.as_str()), ("see-balances", "summary"), ("lasts", "30")];
    her.post(&format!("{at}/narrow"), &fewer).await.sent_to("/harbour/connections?did=narrowed");
    her.post(&at, &[("act", "end")]).await.sent_to("/harbour/connections?did=ended");
    assert_eq!(her.post(&at, &[("act", "end")]).await.status, StatusCode::CONFLICT);
    let log = her.get("/log").await;
    assert!(log.body.matches("class=\"entry").count() >= 5, "each step is in her log");
    end(world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_is_sent_twice_acts_once() {
    let world = world().await;
    let mut her = Browser::signed_in(&world, &site(&world), 0).await;
    her.links("web").await;
    let page = her.considers("web").await;
    her.answers(&page, "/consent", "allow").await.sent_to("/harbour/chat/web");
    let again = her.answers(&page, "/consent", "allow").await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
    assert_eq!(her.get("/connections").await.body.matches("id=\"c-").count(), 1);

    let chat = her.get("/chat/web").await;
    let id = chat.values("client_id")[0].to_owned();
    for _ in 0..2 {
        let words = [("text", "Say this once"), ("client_id", id.as_str())];
        her.post("/chat/web", &words).await.sent_to("/harbour/chat/web");
    }
    assert_eq!(her.get("/chat/web").await.body.matches("Say this once").count(), 1);
    end(world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_another_site_sends_changes_nothing() {
    let world = world().await;
    let mut her = Browser::signed_in(&world, &site(&world), 0).await;
    her.allows().await;
    let id = her.consent().await;
    for form in FORMS {
        let form = form.replace("{id}", &id);
        let fields = "act=end&choice=link&answer=allow&text=hello&client_id=x";
        for origin in ["https://evil.example", "null", "http://localhost.evil.example"] {
            let answer = her.form(&form, origin, fields.to_owned()).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{form} from {origin}");
            assert!(answer.body.contains("<h1"), "{form} says what to do");
        }
    }
    assert_eq!(her.consent().await, id, "it still holds");
    assert!(her.get("/connections").await.body.contains("value=\"pause\""));
    end(world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_hers_is_nobody_elses() {
    let world = world().await;
    let pages = site(&world);
    let mut her = Browser::signed_in(&world, &pages, 0).await;
    her.allows().await;
    her.says("web", "What is my balance?").await;
    let consent = her.consent().await;
    let entry = her.get("/log").await.link("/harbour/log/").unwrap();
    let question = her.says("messenger", "Link this chat").await;
    let link = her.offered(&question);

    let same_bank = world.people().iter().skip(1).position(|p| p.bank.as_str() == "harbour");
    let mut other = Browser::signed_in(&world, &pages, same_bank.unwrap() + 1).await;
    assert!(!her.get("/log/export.json").await.body.is_empty(), "and what is new is in it");
    for path in [entry.clone(), format!("{entry}/verify"), format!("{entry}/proof")] {
        assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(her.get(&path).await.status, StatusCode::OK, "{path}");
    }
    let at = format!("/connections/{consent}");
    assert_eq!(other.post(&at, &[("act", "end")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.get(&format!("{at}/narrow")).await.status, StatusCode::NOT_FOUND);
    her.post(&link, &[("choice", "link")]).await.sent_to("/harbour/linked/messenger");
    assert_eq!(other.get(&link).await.status, StatusCode::GONE, "a used link opens for nobody");
    let request = her.says("messenger", "What is my balance?").await;
    let foreign = her.offered(&request);
    let answer = other.get(&foreign).await;
    assert_eq!(answer.status, StatusCode::GONE, "a link of hers opens for nobody else");
    assert!(!answer.body.contains("name=\"account\""));
    end(world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_session_every_page_of_hers_asks_to_sign_in() {
    let world = world().await;
    let pages = site(&world);
    let mut stranger = Browser::new(&pages, "harbour");
    for path in HERS {
        stranger.get(path).await.sent_to("/harbour/sign-in?next=");
    }
    let mut her = Browser::signed_in(&world, &pages, 0).await;
    assert_eq!(her.get("/connections").await.status, StatusCode::OK);
    world.clock.advance(IDLE_MS + 1);
    for path in HERS {
        her.get(path).await.sent_to("/harbour/sign-in?next=");
    }
    her.post("/stop-all", &[]).await.sent_to("/harbour/sign-in?next=");
    end(world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_that_ran_out_says_so() {
    let world = world().await;
    let mut her = Browser::signed_in(&world, &site(&world), 0).await;
    let page = her.says("web", "Link this chat").await;
    let link = her.offered(&page);
    world.clock.advance(16 * 60 * 1000);
    for answer in [her.get(&link).await, her.post(&link, &[("choice", "link")]).await] {
        assert_eq!(answer.status, StatusCode::GONE);
        assert!(answer.body.contains("/harbour/chat/web"), "it leads back to the chat");
    }
    assert_eq!(her.get("/l/forged").await.status, StatusCode::GONE);
    end(world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_too_long_or_too_often_is_refused_in_words() {
    let world = world().await;
    let mut her = Browser::signed_in(&world, &site(&world), 0).await;
    her.get("/chat/web").await;
    let long = "x".repeat(5_000);
    let answer = her.post("/chat/web", &[("text", &long), ("client_id", "long")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for form in ["/consent", "/connections/x", "/chat/web", "/language", "/sign-in/stand-in"] {
        let answer = her.form(form, SITE, format!("text={}", "x".repeat(100_000))).await;
        assert!(answer.status.is_client_error(), "{form}: {}", answer.status);
        assert!(answer.body.contains("<h1"), "{form}: {}", answer.body);
    }
    let mut refused = 0;
    for n in 0..40 {
        let (id, words) = (format!("n{n}"), format!("hello {n}"));
        let answer = her.post("/chat/web", &[("text", &words), ("client_id", &id)]).await;
        refused += usize::from(answer.status == StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert!(refused >= 5, "the thirty-first message of a minute waits");
    end(world).await;
}
