//! The protocol itself: versions, malformed messages, origins, sizes, rates.

use axum::http::StatusCode;
use bankside_testkit::{World, tell};
use serde_json::{Value, json};

use crate::client::{Client, Tokens};
use crate::common::{Browser, site};
use crate::{USUAL, bank};

async fn connected(world: &World) -> (Client, Tokens) {
    let site = site(world);
    let client = Client::registers(&site, &bank(world), "Parrot").await;
    let mut her = Browser::signed_in(world, &site, 0).await;
    let given = client.is_connected(&mut her, USUAL).await;
    (client, given)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn versions_are_agreed_on_and_tools_announced() {
    tell("asst_versions", async |world: World| {
        let (client, given) = connected(&world).await;
        for (asked, expect) in [
            ("2025-03-26", "2025-03-26"),
            ("2025-06-18", "2025-06-18"),
            ("2025-11-25", "2025-11-25"),
            ("1999-01-01", "2025-11-25"),
        ] {
            let body = json!({
                "jsonrpc": "2.0", "id": "a", "method": "initialize",
                "params": { "protocolVersion": asked, "capabilities": {}, "clientInfo": {} },
            });
            let reply = client.mcp(&given.access, body.to_string(), &[]).await;
            assert_eq!(reply.headers["content-type"], "application/json");
            let reply = reply.json();
            assert_eq!(reply["result"]["protocolVersion"], json!(expect));
            assert_eq!(reply["id"], json!("a"));
        }
        let note = r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#;
        let reply = client.mcp(&given.access, note.to_owned(), &[]).await;
        assert_eq!((reply.status, reply.text.as_str()), (StatusCode::ACCEPTED, ""));
        let list = r#"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#;
        let tools = client.mcp(&given.access, list.to_owned(), &[]).await.json();
        assert_eq!(tools["result"]["tools"].as_array().unwrap().len(), 6);
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_malformed_is_answered_as_the_standard_says() {
    tell("asst_malformed", async |world: World| {
        let (client, given) = connected(&world).await;
        let long = format!("[{}]", [r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#; 11].join(","));
        for (body, status, code) in [
            ("{", 400, -32_700),
            ("", 400, -32_700),
            ("7", 400, -32_600),
            ("[]", 400, -32_600),
            (long.as_str(), 400, -32_600),
            (r#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, 400, -32_600),
            (r#"{"jsonrpc":"2.0","id":1,"method":"resources/list"}"#, 200, -32_601),
            (r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}"#, 200, -32_602),
            (
                r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"pay"}}"#,
                200,
                -32_602,
            ),
            (r#"{"jsonrpc":"2.0","id":1,"method":"initialize"}"#, 200, -32_602),
        ] {
            let reply = client.mcp(&given.access, body.to_owned(), &[]).await;
            let found = reply.json()["error"]["code"].clone();
            assert_eq!((reply.status.as_u16(), found), (status, json!(code)), "{body}");
        }
        let batch =
            r#"[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","method":"x"},7]"#;
        let reply = client.mcp(&given.access, batch.to_owned(), &[]).await.json();
        let ids: Vec<&Value> = reply.as_array().unwrap().iter().map(|one| &one["id"]).collect();
        assert_eq!(ids, [&json!(1), &Value::Null]);
        let newer = [("mcp-protocol-version", "2025-06-18")];
        let reply = client.mcp(&given.access, batch.to_owned(), &newer).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "no batches since");
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn headers_are_held_against_the_transport() {
    tell("asst_headers", async |world: World| {
        let (client, given) = connected(&world).await;
        let ping = || r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#.to_owned();
        for (name, value, expect) in [
            ("origin", "https://evil.example", 403),
            ("origin", "null", 403),
            ("origin", "http://localhost", 200),
            ("mcp-protocol-version", "2025-11-25", 200),
            ("mcp-protocol-version", "1999-01-01", 400),
            ("accept", "text/html", 406),
            ("accept", "text/event-stream", 200),
            ("accept", "*/*", 200),
        ] {
            let reply = client.mcp(&given.access, ping(), &[(name, value)]).await;
            assert_eq!(reply.status.as_u16(), expect, "{name}: {value}");
            if value == "text/event-stream" {
                assert_eq!(reply.headers["content-type"], "text/event-stream");
                let data = reply.text.strip_prefix("event: message\ndata: ").unwrap();
                let event: Value = serde_json::from_str(data.trim_end()).unwrap();
                assert_eq!(event["result"], json!({}));
            }
        }
        let large = format!("{{\"x\":\"{}\"}}", "x".repeat(70_000));
        let reply = client.mcp(&given.access, large, &[]).await;
        assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
        let get = client.get(&format!("/{}/mcp", client.bank)).await;
        assert_eq!(get.status, StatusCode::METHOD_NOT_ALLOWED);
        let in_address = format!("/{}/mcp?access_token={}", client.bank, given.access);
        let reply = client.get(&in_address).await;
        assert_ne!(reply.status, StatusCode::OK, "a token is taken from the header alone");
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_that_asks_too_often_waits() {
    tell("asst_rate", async |world: World| {
        let (client, given) = connected(&world).await;
        let mut last = StatusCode::OK;
        for _ in 0..70 {
            last = client.knocks(&given.access).await;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
        world
    })
    .await;
}
