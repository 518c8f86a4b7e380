//! The stream, over a socket of this machine.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::http::Method;
use bankside_testkit::{World, tell};
use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::common::Browser;
use crate::page::{OTHER, Page, SITE, pages};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Longest that a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(60);

struct Server {
    address: SocketAddr,
    task: JoinHandle<()>,
}

impl Server {
    async fn of(router: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        let task = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { address, task }
    }

    /// Opens a stream by the address that the bank gave.
    async fn opens(&self, url: &str, origin: &str) -> Result<Socket, u16> {
        assert!(url.starts_with("ws://localhost/"), "{url}");
        let url = url.replacen("localhost", &self.address.to_string(), 1);
        let mut request = url.into_client_request().unwrap();
        request.headers_mut().insert("origin", origin.parse().unwrap());
        match connect_async(request).await {
            Ok((socket, _)) => Ok(socket),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(other) => panic!("{other}"),
        }
    }

    async fn end(self) {
        self.task.abort();
        assert!(self.task.await.unwrap_err().is_cancelled());
    }
}

/// The address of the next stream.
async fn next_url(page: &Page) -> String {
    let path = format!("/conversations/{}?watermark={}", page.conversation, page.watermark);
    page.get(&path).await.json()["streamUrl"].as_str().unwrap().to_owned()
}

/// The next set of activities; nothing once the stream is closed.
async fn next_set(socket: &mut Socket) -> Option<Value> {
    loop {
        let came = tokio::time::timeout(PATIENCE, socket.next()).await.expect("nothing came");
        match came {
            Some(Ok(Message::Text(text))) if !text.is_empty() => {
                return Some(serde_json::from_str(&text).unwrap());
            }
            Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
            Some(Ok(_)) => {}
        }
    }
}

/// Messages until the one that answers `id`, and the watermark after them.
async fn until_answered(socket: &mut Socket, id: &Value, watermark: &mut String) -> Vec<Value> {
    let mut all = Vec::new();
    loop {
        let set = next_set(socket).await.expect("the stream ended");
        if let Some(mark) = set["watermark"].as_str() {
            *watermark = mark.to_owned();
        }
        all.extend(set["activities"].as_array().unwrap().clone());
        if all.iter().any(|activity| activity["replyToId"] == *id) {
            return all.into_iter().filter(|a| a["type"] == "message").collect();
        }
    }
}

async fn says(page: &Page, text: &str) -> Value {
    page.posts(json!({ "type": "message", "text": text })).await.json()["id"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_that_is_cut_goes_on_after_the_watermark() {
    tell("dl_stream", async |world: World| {
        let router = pages(&world);
        let server = Server::of(router.clone()).await;
        let mut page = Page::begun(&router, &world).await;
        let mut socket = server.opens(&next_url(&page).await, SITE).await.unwrap();
        let id = says(&page, "hello").await;
        let mut watermark = String::new();
        let mut all = until_answered(&mut socket, &id, &mut watermark).await;
        page.watermark = watermark.clone();
        drop(socket); // the line is cut
        let id = says(&page, "Help").await;
        page.answer_to(id.as_str().unwrap()).await;
        page.watermark = watermark.clone();
        let mut socket = server.opens(&next_url(&page).await, SITE).await.unwrap();
        all.extend(until_answered(&mut socket, &id, &mut watermark).await);
        page.watermark = watermark.clone();
        let ids: Vec<_> = all.iter().map(|activity| activity["id"].clone()).collect();
        let expected = (1..=ids.len()).map(|n| json!(format!("{}|{n:07}", page.conversation)));
        assert_eq!(ids, expected.collect::<Vec<_>>(), "each once, in their order");
        socket.close(None).await.unwrap();
        server.end().await;
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_opens_one_stream_of_its_chat_for_its_site() {
    tell("dl_ticket", async |world: World| {
        let router = pages(&world);
        let server = Server::of(router.clone()).await;
        let (page, other) =
            (Page::begun(&router, &world).await, Page::begun(&router, &world).await);
        let url = next_url(&page).await;
        assert!(!url.contains(&page.token), "the token itself is in no address");
        assert_eq!(server.opens(&url, OTHER).await.err(), Some(403), "and used up by that");
        assert_eq!(server.opens(&url, SITE).await.err(), Some(403));
        let url = next_url(&page).await;
        assert_eq!(server.opens(&url, "https://evil.example").await.err(), Some(403));
        let elsewhere = url.replace(&page.conversation, &other.conversation);
        assert_eq!(server.opens(&elsewhere, SITE).await.err(), Some(403));
        let by_token = format!("{}&t={}", url.split("&t=").next().unwrap(), page.token);
        assert_eq!(server.opens(&by_token, SITE).await.err(), Some(403));
        let (_, ticket) = url.split_once("&t=").unwrap();
        let path = format!("/conversations/{}/activities", page.conversation);
        let by_ticket = page.send(Method::GET, &path, ticket, Vec::new()).await;
        assert_eq!(by_ticket.refusal(), (403, "TokenExpired".to_owned()), "it is no token");
        let late = next_url(&page).await;
        world.clock.advance(bankside_service::direct_line::TICKET_MS);
        assert_eq!(server.opens(&late, SITE).await.err(), Some(403));
        let url = next_url(&page).await;
        let mut socket = server.opens(&url, SITE).await.unwrap();
        assert_eq!(server.opens(&url, SITE).await.err(), Some(403), "once");
        socket.close(None).await.unwrap();
        let plain = page.get(&url[url.find("/conversations").unwrap()..]).await;
        assert_eq!(plain.refusal(), (400, "BadArgument".to_owned()), "it is no page");
        server.end().await;
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_hears_that_it_is_linked_and_ends_with_the_conversation() {
    tell("dl_stream_end", async |world: World| {
        let router = pages(&world);
        let server = Server::of(router.clone()).await;
        let mut her = Browser::signed_in(&world, &router, 0).await;
        let mut page = Page::begun(&router, &world).await;
        let mut socket = server.opens(&next_url(&page).await, SITE).await.unwrap();
        socket.send(Message::Text("".into())).await.unwrap(); // as Web Chat says that it is there
        page.is_linked_by(&mut her).await;
        let id = says(&page, "What is my balance?").await;
        let told = until_answered(&mut socket, &id, &mut String::new()).await;
        assert!(told.last().unwrap()["attachments"][0].is_object(), "she is asked for permission");
        page.posts(json!({ "type": "endOfConversation" })).await.json();
        let mut kinds = Vec::new();
        while let Some(set) = next_set(&mut socket).await {
            kinds.extend(set["activities"].as_array().unwrap().iter().map(|a| a["type"].clone()));
        }
        assert_eq!(kinds.last(), Some(&json!("endOfConversation")), "{kinds:?}");
        server.end().await;
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_floods_a_stream_is_left() {
    tell("dl_flood", async |world: World| {
        let router = pages(&world);
        let server = Server::of(router.clone()).await;
        let page = Page::begun(&router, &world).await;
        let mut socket = server.opens(&next_url(&page).await, SITE).await.unwrap();
        for _ in 0..10_000 {
            if socket.send(Message::Text("x".into())).await.is_err() {
                break;
            }
        }
        assert_eq!(next_set(&mut socket).await, None);
        let mut socket = server.opens(&next_url(&page).await, SITE).await.unwrap();
        // A message too large is one that nobody here reads to its end.
        let _gone = socket.send(Message::Text("x".repeat(100_000).into())).await;
        assert_eq!(next_set(&mut socket).await, None);
        server.end().await;
        world
    })
    .await;
}
