//! Rules of OAuth that are easily got wrong, each by its name.

use axum::http::StatusCode;
use bankside_testkit::{World, tell};
use serde_json::json;

use crate::client::{Client, LISTENS, parameter, tokens};
use crate::common::{Browser, site};
use crate::{USUAL, bank};

async fn set_out(world: &World) -> (Client, Browser) {
    let site = site(world);
    let client = Client::registers(&site, &bank(world), "Parrot").await;
    (client, Browser::signed_in(world, &site, 0).await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_used_once_and_its_reuse_ends_what_came_of_it() {
    tell("asst_code_once", async |world: World| {
        let (client, mut her) = set_out(&world).await;
        let back = client.is_allowed(&mut her, USUAL).await;
        let code = parameter(&back, "code").unwrap();
        let given = tokens(&client.exchanges(&code).await);
        assert_eq!(client.knocks(&given.access).await, StatusCode::OK);
        assert_eq!(client.exchanges(&code).await.error(), "invalid_grant");
        assert_eq!(client.knocks(&given.access).await, StatusCode::UNAUTHORIZED);
        assert_eq!(client.refreshes(&given.refresh).await.error(), "invalid_grant");
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_lives_for_a_minute() {
    tell("asst_code_life", async |world: World| {
        let (client, mut her) = set_out(&world).await;
        let code = parameter(&client.is_allowed(&mut her, USUAL).await, "code").unwrap();
        world.clock.advance(59_999);
        tokens(&client.exchanges(&code).await);
        let code = parameter(&client.is_allowed(&mut her, USUAL).await, "code").unwrap();
        world.clock.advance(60_000);
        assert_eq!(client.exchanges(&code).await.error(), "invalid_grant");
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_bound_to_client_verifier_redirect_and_resource() {
    tell("asst_code_bound", async |world: World| {
        let (client, mut her) = set_out(&world).await;
        let other = Client::registers(&site(&world), &client.bank, "Other").await;
        let verifier = "A".repeat(43);
        for (name, value, expect) in [
            ("client_id", other.id.as_str(), "invalid_grant"),
            ("code_verifier", verifier.as_str(), "invalid_grant"),
            ("redirect_uri", "http://127.0.0.1:1/callback", "invalid_grant"),
            ("resource", "http://localhost/elsewhere/mcp", "invalid_target"),
        ] {
            let back = client.is_allowed(&mut her, USUAL).await;
            let code = parameter(&back, "code").unwrap();
            let reply = client.exchanges_with(&[("code", &code), (name, value)]).await;
            assert_eq!((reply.status, reply.error().as_str()), (StatusCode::BAD_REQUEST, expect));
            if expect == "invalid_grant" {
                assert_eq!(client.exchanges(&code).await.error(), expect, "{name} burnt the code");
            }
        }
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refresh_token_is_rotated_and_its_reuse_ends_the_grant() {
    tell("asst_rotation", async |world: World| {
        let (client, mut her) = set_out(&world).await;
        let first = client.is_connected(&mut her, USUAL).await;
        let second = tokens(&client.refreshes(&first.refresh).await);
        assert_ne!(first.refresh, second.refresh);
        assert_eq!(client.knocks(&second.access).await, StatusCode::OK);
        let third = tokens(&client.refreshes(&second.refresh).await);
        assert_eq!(client.refreshes(&first.refresh).await.error(), "invalid_grant");
        for token in [&first.access, &second.access, &third.access] {
            assert_eq!(client.knocks(token).await, StatusCode::UNAUTHORIZED);
        }
        assert_eq!(client.refreshes(&third.refresh).await.error(), "invalid_grant");
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tokens_run_out_and_are_of_their_kind() {
    tell("asst_token_life", async |world: World| {
        let (client, mut her) = set_out(&world).await;
        let given = client.is_connected(&mut her, USUAL).await;
        assert_eq!(client.knocks(&given.refresh).await, StatusCode::UNAUTHORIZED);
        assert_eq!(client.refreshes(&given.access).await.error(), "invalid_grant");
        world.clock.advance(10 * 60 * 1000 - 1);
        assert_eq!(client.knocks(&given.access).await, StatusCode::OK);
        world.clock.advance(1);
        let refused = client.mcp(&given.access, "{}".to_owned(), &[]).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
        let challenge = refused.headers["www-authenticate"].to_str().unwrap();
        assert!(challenge.contains("error=\"invalid_token\""), "{challenge}");
        world.clock.advance_days(30);
        assert_eq!(client.refreshes(&given.refresh).await.error(), "invalid_grant");
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_client_revokes_is_over_and_the_consent_given_back() {
    tell("asst_revocation", async |world: World| {
        let (client, mut her) = set_out(&world).await;
        let other = Client::registers(&site(&world), &client.bank, "Other").await;
        let given = client.is_connected(&mut her, USUAL).await;
        let form = [("client_id", other.id.as_str()), ("token", given.refresh.as_str())];
        assert_eq!(other.post_form("/oauth/revoke", &form).await.status, StatusCode::OK);
        assert_eq!(client.knocks(&given.access).await, StatusCode::OK, "not the other's to end");
        let form = [("client_id", client.id.as_str()), ("token", given.refresh.as_str())];
        assert_eq!(client.post_form("/oauth/revoke", &form).await.status, StatusCode::OK);
        assert_eq!(client.knocks(&given.access).await, StatusCode::UNAUTHORIZED);
        assert_eq!(client.refreshes(&given.refresh).await.error(), "invalid_grant");
        let people = world.people();
        let owner = world.service.consents.connections(&owner(&world, &people[0]).await).await;
        let live = owner.unwrap().iter().filter(|c| c.consent.is_live(now(&world))).count();
        assert_eq!(live, 0);
        let unknown = [("client_id", client.id.as_str()), ("token", "nobody's")];
        assert_eq!(client.post_form("/oauth/revoke", &unknown).await.status, StatusCode::OK);
        world
    })
    .await;
}

fn now(world: &World) -> bankside_domain::Timestamp {
    world.service.clock.now()
}

async fn owner(
    world: &World,
    person: &bankside_adapters::core::sandbox::Introduction,
) -> bankside_service::door::Owner {
    let opened = world.service.sign_in.open(person.customer, &person.bank, None).await;
    opened.unwrap().1.owner
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_error_goes_only_where_the_client_is_registered() {
    tell("asst_errors", async |world: World| {
        let (client, mut her) = set_out(&world).await;
        let changed = |name: &'static str, value: &str| {
            let mut wishes = client.wishes(USUAL);
            wishes.retain(|(n, _)| *n != name);
            wishes.push((name, value.to_owned()));
            wishes
        };
        for (name, value) in [
            ("redirect_uri", "https://evil.example/callback"),
            ("redirect_uri", "http://127.0.0.1:49152/other"),
            ("redirect_uri", "http://localhost:49152/callback"),
            ("redirect_uri", ""),
            ("client_id", "assistant-nobody"),
            ("client_id", ""),
        ] {
            let page = client.sends(&mut her, &changed(name, value)).await;
            assert_eq!(page.status, StatusCode::BAD_REQUEST, "{name}={value}");
            assert!(page.to.is_none() && !page.body.contains("evil.example"), "{name}={value}");
        }
        for (name, value, expect) in [
            ("code_challenge_method", "plain", "invalid_request"),
            ("code_challenge", "", "invalid_request"),
            ("response_type", "token", "unsupported_response_type"),
            ("resource", "http://localhost/elsewhere/mcp", "invalid_target"),
            ("scope", "payments", "invalid_scope"),
        ] {
            let sent = client.sends(&mut her, &changed(name, value)).await;
            let to: url::Url = sent.sent_to(LISTENS).parse().unwrap(); // asserts 303, never 307
            assert_eq!(parameter(&to, "error").as_deref(), Some(expect), "{name}={value}");
            assert_eq!(parameter(&to, "state").as_deref(), Some("st&te"));
            assert!(parameter(&to, "iss").is_some());
        }
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_authorization_endpoint_is_for_no_script_of_another_origin() {
    tell("asst_cors", async |world: World| {
        let (client, _) = set_out(&world).await;
        let bank = &client.bank;
        let page = client.get(&format!("/{bank}/oauth/authorize?client_id={}", client.id)).await;
        assert!(!page.headers.contains_key("access-control-allow-origin"));
        let open = format!("/.well-known/oauth-authorization-server/{bank}");
        let open = client.get(&open).await;
        assert_eq!(open.headers["access-control-allow-origin"], "*");
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn registration_is_bounded() {
    tell("asst_register", async |world: World| {
        let (client, _) = set_out(&world).await;
        for (wanted, expect) in [
            (json!({ "redirect_uris": ["http://evil.example/cb"] }), "invalid_redirect_uri"),
            (json!({ "redirect_uris": [] }), "invalid_redirect_uri"),
            (json!({ "redirect_uris": "x" }), "invalid_client_metadata"),
        ] {
            let reply = client.post_json("/oauth/register", &wanted).await;
            assert_eq!((reply.status, reply.error().as_str()), (StatusCode::BAD_REQUEST, expect));
        }
        let large = json!({ "client_name": "x".repeat(20_000) });
        let reply = client.post_json("/oauth/register", &large).await;
        assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
        let wanted = json!({ "redirect_uris": ["https://app.example/cb"] });
        let mut last = StatusCode::CREATED;
        for _ in 0..12 {
            last = client.post_json("/oauth/register", &wanted).await.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_for_one_bank() {
    tell("asst_audience", async |world: World| {
        let (mut client, mut her) = set_out(&world).await;
        let given = client.is_connected(&mut her, USUAL).await;
        let people = world.people();
        let other = people.iter().find(|p| p.bank != people[0].bank).unwrap();
        client.bank = other.bank.to_string();
        assert_eq!(client.knocks(&given.access).await, StatusCode::UNAUTHORIZED);
        assert_eq!(client.refreshes(&given.refresh).await.error(), "invalid_grant");
        world
    })
    .await;
}
