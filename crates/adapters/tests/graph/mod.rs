//! What the tests of the Graph API's channels share: signing as Meta does, a small HTTP server, and
//! the folder of official documents.
#![allow(dead_code)]

pub mod hostile;
pub mod server;

use std::path::PathBuf;

use bankside_adapters::channels::graph::NodeId;
use bankside_adapters::channels::secret::Secret;
use bankside_domain::Timestamp;
use bankside_domain::channel::Contact;
use bankside_domain::conversation::Choice;
use bankside_service::channels::{Frame, Link};
use bankside_service::ports::{Channel, Delivered, Distrust, Taken};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;

pub const APP_SECRET: &str = "0123456789abcdef0123456789abcdef";
pub const VERIFY_TOKEN: &str = "meatyhamhock";
pub const TOKEN: &str = "EAAB-page-token";
/// When requests come: 2026-11-21T18:00:00Z.
pub const NOW: Timestamp = Timestamp::from_millis(1_795_284_000_000);

pub fn secret(text: &str) -> Secret {
    Secret::new(text)
}

pub fn node(id: &str) -> NodeId {
    NodeId::parse(id).unwrap()
}

pub fn to() -> Contact {
    Contact::new("16505551234")
}

pub fn choice(label: &str, says: &str) -> Choice {
    Choice { label: label.into(), says: says.into() }
}

pub fn link(label: &str) -> Link {
    Link { label: label.to_owned(), url: format!("https://bank.example/l/{}", label.len()) }
}

pub fn frame(text: &str, answers: &[(&str, &str)], links: &[&str]) -> Frame {
    Frame {
        text: text.to_owned(),
        answers: answers.iter().map(|(label, says)| choice(label, says)).collect(),
        links: links.iter().map(|label| link(label)).collect(),
        ..Frame::default()
    }
}

pub fn hmac(key: &str, message: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

pub fn sign(body: &[u8]) -> String {
    format!("sha256={}", hex::encode(hmac(APP_SECRET, body)))
}

/// One request, with or without a signature.
pub struct Asked<'a> {
    pub method: &'a str,
    pub path: &'a str,
    pub query: &'a str,
    pub signature: Option<&'a str>,
    pub body: &'a [u8],
    pub at: Timestamp,
}

impl Default for Asked<'_> {
    fn default() -> Self {
        Self { method: "POST", path: "", query: "", signature: None, body: b"", at: NOW }
    }
}

impl Asked<'_> {
    pub fn of(&self, channel: &dyn Channel) -> Result<Taken, Distrust> {
        let header = |name: &str| self.signature.filter(|_| name == "x-hub-signature-256");
        channel.take(&Delivered {
            method: self.method,
            path: self.path,
            query: self.query,
            header: &header,
            body: self.body,
            at: self.at,
        })
    }
}

/// A rightly signed body, at a time.
pub fn signed_at(channel: &dyn Channel, body: &Value, at: Timestamp) -> Taken {
    let body = body.to_string().into_bytes();
    let signature = sign(&body);
    Asked { signature: Some(&signature), body: &body, at, ..Asked::default() }.of(channel).unwrap()
}

pub fn signed(channel: &dyn Channel, body: &Value) -> Taken {
    signed_at(channel, body, NOW)
}

/// An official document from the folder that `BANKSIDE_TRUTH` names, if it is there.
pub fn official(test: &str, name: &str) -> Option<String> {
    let folder = std::env::var_os("BANKSIDE_TRUTH").map(PathBuf::from);
    let text =
        folder.and_then(|folder| std::fs::read_to_string(folder.join("channels").join(name)).ok());
    if text.is_none() {
        eprintln!("SKIPPED {test}: `BANKSIDE_TRUTH` names no folder with channels/{name}");
    }
    text
}
