//! What ends, ends at once: for tokens that are out, and in the middle of a connection.

use axum::http::StatusCode;
use bankside_service::suspension::{By, Subject};
use bankside_testkit::{World, tell};
use serde_json::{Value, json};

use crate::client::{Client, Tokens};
use crate::common::{Browser, site};
use crate::{USUAL, bank};

async fn connected(world: &World) -> (Client, Browser, Tokens) {
    let site = site(world);
    let client = Client::registers(&site, &bank(world), "Parrot").await;
    let mut her = Browser::signed_in(world, &site, 0).await;
    let given = client.is_connected(&mut her, USUAL).await;
    (client, her, given)
}

async fn asks(client: &Client, given: &Tokens) -> Value {
    client.calls(&given.access, "get_balances", json!({})).await
}

async fn over(client: &Client, given: &Tokens) {
    assert_eq!(client.knocks(&given.access).await, StatusCode::UNAUTHORIZED);
    assert_eq!(client.refreshes(&given.refresh).await.error(), "invalid_grant");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_she_ends_is_over() {
    tell("asst_end", async |world: World| {
        let (client, mut her, given) = connected(&world).await;
        assert_eq!(asks(&client, &given).await["isError"], json!(false));
        let id = her.consent().await;
        her.post(&format!("/connections/{id}"), &[("act", "end")]).await.sent_to("/");
        over(&client, &given).await;
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_she_pauses_gives_nothing_until_she_lets_it_go_on() {
    tell("asst_pause", async |world: World| {
        let (client, mut her, given) = connected(&world).await;
        let act = format!("/connections/{}", her.consent().await);
        her.post(&act, &[("act", "pause")]).await.sent_to("/");
        let refused = asks(&client, &given).await;
        assert_eq!(refused["isError"], json!(true), "{refused}");
        assert_eq!(refused["structuredContent"]["refused"], json!("consent"));
        let log = her.get("/log").await;
        assert!(log.body.contains("Parrot was told: the consent is paused"), "{}", log.body);
        her.post(&act, &[("act", "resume")]).await.sent_to("/");
        assert_eq!(asks(&client, &given).await["isError"], json!(false));
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn stop_all_ends_it() {
    tell("asst_stop_all", async |world: World| {
        let (client, mut her, given) = connected(&world).await;
        her.post("/stop-all", &[]).await.sent_to("/");
        over(&client, &given).await;
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn clearing_her_history_leaves_no_token() {
    tell("asst_clear", async |world: World| {
        let (client, _, given) = connected(&world).await;
        assert_eq!(asks(&client, &given).await["isError"], json!(false));
        let person = &world.people()[0];
        let opened = world.service.sign_in.open(person.customer, &person.bank, None).await;
        world.service.clearing.ask(&opened.unwrap().1).await.unwrap();
        over(&client, &given).await;
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consent_that_runs_out_takes_its_tokens_along() {
    tell("asst_expiry", async |world: World| {
        let (client, _, mut given) = connected(&world).await;
        for _ in 0..4 {
            world.clock.advance_days(20);
            given = crate::client::tokens(&client.refreshes(&given.refresh).await);
            assert_eq!(client.knocks(&given.access).await, StatusCode::OK);
        }
        world.clock.advance_days(10);
        over(&client, &given).await;
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consent_for_once_is_for_one_answer() {
    tell("asst_once", async |world: World| {
        let site = site(&world);
        let client = Client::registers(&site, &bank(&world), "Parrot").await;
        let mut her = Browser::signed_in(&world, &site, 0).await;
        let ask = client.asks(&mut her, USUAL).await;
        let account = ask.values("account").first().unwrap().to_string();
        let more = [("account", account.as_str()), ("lasts", "once"), ("answer", "allow")];
        let check = her.submits(&ask, "/consent", &more).await.sent_to("/");
        let check = her.get(&check).await;
        let done = her.answers(&check, "/consent", "allow").await;
        let back = client.comes_back(&mut her, &done).await;
        let code = crate::client::parameter(&back, "code").unwrap();
        let given = crate::client::tokens(&client.exchanges(&code).await);
        assert_eq!(asks(&client, &given).await["isError"], json!(false));
        over(&client, &given).await;
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_operator_stops_one_a_purpose_or_everything() {
    tell("asst_suspend", async |world: World| {
        let (client, _, given) = connected(&world).await;
        let by = By { name: "Robin".to_owned(), staff: None };
        let switch = world.service.suspensions.clone();
        for subject in [
            format!("recipient:{}", client.id),
            "purpose:account_information".into(),
            "everything".into(),
        ] {
            let subject: Subject = subject.parse().unwrap();
            switch.suspend(&subject, "It was breached.", &by).await.unwrap();
            let refused = asks(&client, &given).await;
            assert_eq!(refused["structuredContent"]["refused"], json!("suspended"), "{subject}");
            switch.lift(&subject, "It was not.", &by).await.unwrap();
            assert_eq!(asks(&client, &given).await["isError"], json!(false), "{subject}");
        }
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_she_allows_later_replaces_what_she_allowed_before() {
    tell("asst_again", async |world: World| {
        let (client, mut her, given) = connected(&world).await;
        let later = client.is_connected(&mut her, "balances").await;
        assert_eq!(later.scope, "balances");
        over(&client, &given).await;
        let refused = client.calls(&later.access, "list_transactions", json!({})).await;
        assert_eq!(refused["structuredContent"]["refused"], json!("consent"));
        assert_eq!(asks(&client, &later).await["isError"], json!(false));
        world
    })
    .await;
}
