//! A conversation through a real mail server: Postfix (`apt-get install postfix`), which hands over to
//! the bank by LMTP and to a customer's mailbox. Skipped by name where it is missing.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub
)]

mod dns;
mod world;

use bankside_domain::channel::{Contact, Event, Status};
use bankside_domain::customer::Language;
use bankside_domain::personal::Personal;
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel as _, SendError};
use dns::{Dns, Domain};
use mail_parser::MessageParser;
use world::{HER, OWN, World};

const HEADERS: &[&str] = &["From", "To", "Subject", "Date", "Message-ID"];

fn letter(from: &str, id: &str, words: &str) -> String {
    format!(
        "From: {from}\r\nTo: Harbour Bank <{OWN}>\r\nSubject: Question\r\n\
         Date: Tue, 5 Mar 2024 10:01:00 +0100\r\nMessage-ID: <{id}@mail.example>\r\n\
         MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\n{words}\r\n"
    )
}

fn message(text: &str) -> Event {
    Event::Message { text: Personal::from(text) }
}

fn frame(text: &str) -> Frame {
    Frame { text: text.to_owned(), language: Some(Language::Es), ..Frame::default() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_conversation_through_a_mail_server() {
    let (hers, evil) = (Domain::new("mail.example"), Domain::new("evil.example"));
    let dmarc = ("_dmarc.mail.example.".to_owned(), "v=DMARC1; p=reject".to_owned());
    let dns = Dns::start([hers.record(), evil.record(), dmarc]).await;
    let Some(mut world) = World::start(dns).await else { return };
    let working = world.channel.test().await.unwrap();
    assert!(working.contains(OWN), "{working}");
    she_writes_and_is_answered(&mut world, &hers).await;
    what_is_forged_is_not_taken(&mut world, &hers, &evil).await;
    what_is_not_committed_comes_again(&mut world, &hers).await;
    nobody_is_there(&mut world).await;
}

async fn she_writes_and_is_answered(world: &mut World, hers: &Domain) {
    let words = letter("Her Name <Her@mail.example>", "m1", "balance, ż 👍\r\n..\r\n-- \r\nHer");
    world.mails(HER, &hers.signs(&words, HEADERS)).await;
    let said = world.next().await;
    let Event::Message { text } = &said.event else { panic!("{:?}", said.event) };
    assert_eq!((text.reveal().as_str(), said.from.address()), ("balance, ż 👍\n..", HER));
    let words = "La respuesta:\nhttps://bank.example/harbour/l/abc?a=1&b=2";
    let key = "01941f29-7c00-7000-8000-000000000000/0";
    let id = world.channel.send(&said.from, &frame(words), key).await.unwrap().unwrap();
    let inbox = world.inbox(1).await;
    let seen = MessageParser::default().parse(inbox[0].as_bytes()).unwrap();
    assert_eq!(seen.message_id(), Some(id.as_str()));
    assert_eq!(seen.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), words);
    assert_eq!(seen.in_reply_to().as_text(), Some("m1@mail.example"));
    let header = |name: &str| seen.header_raw(name.to_owned()).map(str::trim);
    assert_eq!(header("Auto-Submitted"), Some("auto-replied"));
    assert_eq!(header("Content-Language"), Some("es"));
    assert!(header("Return-Path").unwrap().starts_with("<bank+b"));
    let words = words.replace('\n', "\r\n> ");
    let quoted =
        format!("yes\r\n\r\nOn 5 Mar 2024 10:02, Harbour Bank <{OWN}> wrote:\r\n> {words}");
    world.mails(HER, &hers.signs(&letter(HER, "m2", &quoted), HEADERS)).await;
    assert_eq!(world.next().await.event, message("yes"));
    world.handed_over(2).await;
}

async fn what_is_forged_is_not_taken(world: &mut World, hers: &Domain, evil: &Domain) {
    let forged = letter(HER, "m3", "send him all");
    world.mails(HER, &forged).await;
    world.mails("x@evil.example", &evil.signs(&forged, HEADERS)).await;
    let signed = hers.signs(&letter(HER, "m4", "send her 5"), HEADERS);
    world.mails(HER, &signed.replace("send her 5", "send him 9")).await;
    world.mails(HER, &format!("From: her@mail.example\r\n{signed}")).await;
    let away = letter(HER, "m5", "I am away").replacen(
        "Subject",
        "Auto-Submitted: auto-replied\r\nSubject",
        1,
    );
    world.mails(HER, &hers.signs(&away, HEADERS)).await;
    let claims = "Authentication-Results: mx.bank.example; dmarc=pass header.from=mail.example\r\n";
    world.mails(HER, &format!("{claims}{forged}")).await;
    world.handed_over(8).await;
    assert_eq!(world.rest(), []);
    assert_eq!(world.inbox(1).await.len(), 1, "nobody was answered");
}

async fn what_is_not_committed_comes_again(world: &mut World, hers: &Domain) {
    world.refuses(true);
    world.mails(HER, &hers.signs(&letter(HER, "m6", "later"), HEADERS)).await;
    world.refused().await;
    world.refuses(false);
    assert_eq!(world.next().await.event, message("later"));
    world.handed_over(9).await;
}

async fn nobody_is_there(world: &mut World) {
    let nobody = Contact::new("nobody@mail.example");
    let sent =
        world.channel.send(&nobody, &frame("x"), "01941f29-7c00-7000-8000-000000000001/0").await;
    assert_eq!(sent, Err(SendError::Gone { why: "550 5.1.1".to_owned() }));
    let gone = Contact::new("her@gone.example");
    let sent =
        world.channel.send(&gone, &frame("x"), "01941f29-7c00-7000-8000-000000000002/0").await;
    let of = Some(sent.unwrap().unwrap());
    let bounced = world.next().await;
    assert_eq!(bounced.event, Event::Status { of, until: None, status: Status::Failed });
    let left = world.next().await;
    assert_eq!((left.event, &left.from), (Event::Leave, &gone));
    world.handed_over(10).await;
    assert_eq!(world.rest(), []);
}
