//! What a page is told: everything but figures; and how what it says is taken.

use axum::http::{Method, StatusCode};
use bankside_service::suspension::{By, Subject};
use bankside_testkit::marked::{MARK, mark_of};
use bankside_testkit::{World, tell};
use serde_json::{Value, json};

use crate::common::Browser;
use crate::page::{Page, link_of, pages, pages_in};

/// Whether a text holds an amount of money: digits with two behind a point.
fn holds_a_figure(activity: &Value) -> bool {
    let text = activity["text"].as_str().unwrap();
    let bytes = text.as_bytes();
    bytes.windows(4).any(|four| {
        four[0].is_ascii_digit()
            && matches!(four[1], b'.' | b',')
            && four[2].is_ascii_digit()
            && four[3].is_ascii_digit()
    })
}

/// Links, allows her first account, and asks for the balance; the answer.
async fn asks_for_her_balance(world: &World, channel: &str) -> (Page, Value) {
    let router = pages_in(world, channel);
    let mut her = Browser::signed_in(world, &router, 0).await;
    let mut page = Page::begun(&router, world).await;
    page.is_linked_by(&mut her).await;
    let asks = page.says("What is my balance?").await;
    let check = her.considers_by(&link_of(&asks)).await;
    let done = her.answers(&check, "/consent", "allow").await;
    done.sent_to(&format!("/{}/", her.bank));
    let answer = page.says("What is my balance?").await;
    (page, answer)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn she_links_and_asks_and_no_figure_goes_to_the_page() {
    tell("dl_no_figure", async |world: World| {
        let (mut page, answer) = asks_for_her_balance(&world, "messenger").await;
        let view = link_of(&answer);
        assert!(view.starts_with(&format!("/{}/l/", page.bank)), "{view}");
        assert!(answer["text"].as_str().unwrap().contains("Receipt"), "{answer}");
        page.watermark.clear();
        let all = page.news().await;
        assert!(all.len() >= 6, "{all:?}");
        assert!(!all.iter().any(holds_a_figure), "{all:#?}");
        // Nor a word of the core's: names of accounts, of shops, of herself.
        let her = mark_of(world.people()[0].customer);
        let whole = Value::from(all).to_string();
        assert!(!whole.contains(MARK) && !whole.contains(&her), "{whole}");

        // The very same questions where nobody reads along: it is the ceiling that holds them back.
        let (_, open) = asks_for_her_balance(&world, "web").await;
        assert!(holds_a_figure(&open), "{open}");
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn activities_are_shaped_for_web_chat_and_hold_nothing_else() {
    tell("dl_shape", async |world: World| {
        let mut page = Page::begun(&pages(&world), &world).await;
        let own = json!({ "clientActivityID": "k3x.0-1_Z", "mine": "a word of the page" });
        let hello = json!({
            "type": "message", "text": "Help", "channelData": own, "value": { "a": "word" },
            "from": { "id": "somebody@bank.example", "role": "bot", "name": "Somebody" },
        });
        let said = page.posts(hello).await.json();
        let (chat, bank) = (page.conversation.clone(), page.bank.clone());
        assert_eq!(said["id"], json!(format!("{chat}|0000001")));
        let mut all = page.news().await;
        while all.len() < 2 {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            all.extend(page.news().await);
        }
        let hers = json!({
            "type": "message", "id": format!("{chat}|0000001"), "text": "Help",
            "channelId": "directline", "conversation": { "id": chat }, "locale": "en",
            "from": { "id": "customer", "role": "user" }, "textFormat": "plain",
            "channelData": { "clientActivityID": "k3x.0-1_Z" },
            "timestamp": all[0]["timestamp"],
        });
        assert_eq!(all[0], hers);
        assert!(all[0]["timestamp"].as_str().unwrap().ends_with('Z'));
        let answer = &all[1];
        assert_eq!(answer["from"]["role"], "bot");
        assert_eq!(answer["from"]["id"], json!(bank));
        assert_eq!(answer["replyToId"], hers["id"]);
        assert_eq!(answer["textFormat"], "plain");
        assert_eq!(answer.get("channelData"), None);
        let taps = answer["suggestedActions"]["actions"].as_array().unwrap();
        assert!(taps.len() > 1, "{answer}");
        let first = &taps[0];
        assert_eq!(first["type"], "imBack");
        // A tap is an answer like any other.
        let tapped = page.says(first["value"].as_str().unwrap()).await;
        assert!(!tapped["text"].as_str().unwrap().is_empty());
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sent_again_is_kept_once() {
    tell("dl_again", async |world: World| {
        let mut page = Page::begun(&pages(&world), &world).await;
        let again = json!({
            "type": "message", "text": "hello", "channelData": { "clientActivityID": "one" },
        });
        let first = page.posts(again.clone()).await.json();
        page.answer_to(first["id"].as_str().unwrap()).await;
        assert_eq!(page.posts(again).await.json(), first, "the same number");
        // An id that could hold anything is not kept; the message is.
        let odd = json!({
            "type": "message", "text": "hello", "channelData": { "clientActivityID": "an e@mail" },
        });
        let odd = page.posts(odd).await.json();
        page.answer_to(odd["id"].as_str().unwrap()).await;
        page.watermark.clear();
        let all = page.news().await;
        let hers: Vec<_> = all.iter().filter(|a| a["from"]["role"] == "user").collect();
        assert_eq!(hers.len(), 2);
        assert_eq!(hers[1].get("channelData"), None);
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_understood_is_refused_and_leaves_no_trace() {
    tell("dl_refused", async |world: World| {
        let mut page = Page::begun(&pages(&world), &world).await;
        let bad = (400, "BadArgument".to_owned());
        for activity in [
            json!([]),
            json!({}),
            json!({ "type": "conversationUpdate" }),
            json!({ "type": "messageReaction" }),
            json!({ "type": "message" }),
            json!({ "type": "message", "text": " \n" }),
            json!({ "type": "message", "text": "x".repeat(4_001) }),
        ] {
            assert_eq!(page.posts(activity.clone()).await.refusal(), bad, "{activity}");
        }
        let huge = json!({ "type": "message", "text": "x".repeat(70_000) });
        assert_eq!(page.posts(huge).await.status, StatusCode::PAYLOAD_TOO_LARGE);
        for quiet in
            [json!({ "type": "typing" }), json!({ "type": "event", "name": "webchat/join" })]
        {
            page.posts(quiet).await.json();
        }
        assert_eq!(page.news().await, Vec::<Value>::new());
        for (path, status) in
            [("/session/getsessionid", 404), ("/nothing", 404), ("/conversations", 404)]
        {
            assert_eq!(page.get(path).await.refusal(), (status, "NotFound".to_owned()), "{path}");
        }
        for watermark in ["1a-94", "-1", "%00"] {
            let path =
                format!("/conversations/{}/activities?watermark={watermark}", page.conversation);
            assert_eq!(page.get(&path).await.refusal(), bad, "{watermark}");
        }
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_are_refused_and_she_is_told_why() {
    tell("dl_files", async |world: World| {
        let mut page = Page::begun(&pages(&world), &world).await;
        let refused = (415, "UnsupportedMediaType".to_owned());
        let path = format!("/conversations/{}/upload?userId=x", page.conversation);
        let file = page.send(Method::POST, &path, &page.token, b"\x89PNG a picture".to_vec()).await;
        assert_eq!(file.refusal(), refused);
        page.answer_to(&format!("{}|0000001", page.conversation)).await;
        let inline = json!({
            "type": "message", "text": "look",
            "attachments": [{ "contentType": "image/png", "contentUrl": "data:image/png;base64,AA" }],
        });
        assert_eq!(page.posts(inline).await.refusal(), refused);
        let told = page.answer_to(&format!("{}|0000003", page.conversation)).await;
        assert!(!told["text"].as_str().unwrap().is_empty());
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_card_number_never_comes_back() {
    tell("dl_card", async |world: World| {
        let mut page = Page::begun(&pages(&world), &world).await;
        page.says("my card is 4111 1111 1111 1111").await;
        page.watermark.clear();
        let all = Value::from(page.news().await).to_string();
        assert!(!all.contains("1111"), "{all}");
        world
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_linked_by_a_code_too() {
    tell("dl_code", async |world: World| {
        let router = pages(&world);
        let mut her = Browser::signed_in(&world, &router, 0).await;
        let mut page = Page::begun(&router, &world).await;
        let form = her.get("/link-code").await;
        assert_eq!(form.values("channel"), ["messenger"]);
        her.post("/link-code", &[("channel", "messenger")]).await.sent_to("/harbour/link-code");
        let shown = her.get("/link-code").await.body;
        let code = shown.split(['<', '>']).find(|text| is_code(text)).unwrap().to_owned();
        let told = page.says(&code).await;
        let choice = her.get("/link-code").await;
        let told = told["text"].as_str().unwrap();
        let right = choice.values("phrase").into_iter().find(|p| !p.is_empty() && told.contains(p));
        let fields = [("id", choice.values("id")[0]), ("phrase", right.unwrap())];
        her.post("/link-code/compare", &fields).await.sent_to("/harbour/linked/messenger");
        page.watermark.clear();
        let all = Value::from(page.news().await).to_string();
        assert!(!all.contains(&code), "digits are never kept in a chat");
        world
    })
    .await;
}

fn is_code(text: &str) -> bool {
    text.len() == 11
        && text.split(' ').all(|group| group.len() == 3 && group.parse::<u16>().is_ok())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_said_before_a_suspension_is_not_handed_out_while_it_lasts() {
    tell("dl_suspended", async |world: World| {
        let (mut page, answer) = asks_for_her_balance(&world, "messenger").await;
        world.clock.advance(1_000);
        let subject = Subject::Channel("messenger".to_owned());
        let by = By { name: "test".to_owned(), staff: None };
        let ids = |all: Vec<Value>| all.iter().map(|a| a["id"].clone()).collect::<Vec<_>>();
        page.watermark.clear();
        let before = ids(page.news().await);
        world.service.suspensions.suspend(&subject, "a drill", &by).await.unwrap();
        page.watermark.clear();
        let during = page.news().await;
        assert!(during.iter().all(|a| a["from"]["role"] == "user"), "{during:?}");
        world.clock.advance(1_000);
        let told = page.says("What is my balance?").await;
        assert_ne!(told["text"], answer["text"], "she is told what is suspended");
        world.service.suspensions.lift(&subject, "over", &by).await.unwrap();
        page.watermark.clear();
        let after = ids(page.news().await);
        assert!(before.iter().all(|id| after.contains(id)), "it is there again");
        world
    })
    .await;
}
