//! A DNS server on this machine that knows what a test tells it, and what signs as its domains do.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter as _;
use mail_auth::dkim::DkimSigner;
use mail_auth::hickory_resolver::proto::op::{Message, OpCode, ResponseCode};
use mail_auth::hickory_resolver::proto::rr::rdata::TXT;
use mail_auth::hickory_resolver::proto::rr::{RData, Record, RecordType};
use tokio::net::UdpSocket;
use tokio::task::JoinHandle;

/// A key of a domain, under a selector.
pub struct Domain {
    pub name: &'static str,
    pkcs8: Vec<u8>,
}

impl Domain {
    pub fn new(name: &'static str) -> Self {
        Self { name, pkcs8: Ed25519Key::generate_pkcs8().unwrap() }
    }

    /// Name and text of the record with its key. RFC 8463.
    pub fn record(&self) -> (String, String) {
        let key = Ed25519Key::from_pkcs8_der(&self.pkcs8).unwrap();
        let public = STANDARD.encode(key.public_key());
        (format!("s1._domainkey.{}.", self.name), format!("v=DKIM1; k=ed25519; p={public}"))
    }

    /// The message with a signature of the domain over those headers.
    pub fn signs(&self, message: &str, headers: &[&'static str]) -> String {
        let key = Ed25519Key::from_pkcs8_der(&self.pkcs8).unwrap();
        let signer = DkimSigner::from_key(key).domain(self.name).selector("s1");
        let signature = signer.headers(headers.to_vec()).sign(message.as_bytes()).unwrap();
        format!("{}{message}", signature.to_header())
    }
}

/// A DNS server; it ends with the test.
pub struct Dns {
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

impl Dns {
    /// Knows those records of type TXT. What is below `broken.example` fails, the rest is not there.
    pub async fn start(records: impl IntoIterator<Item = (String, String)>) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        let records: BTreeMap<String, String> = records.into_iter().collect();
        let task = tokio::spawn(async move {
            let mut buffer = vec![0; 4096];
            while let Ok((length, from)) = socket.recv_from(&mut buffer).await {
                let asked = Message::from_vec(&buffer[..length]).unwrap();
                let answer = answer(&asked, &records).to_vec().unwrap();
                socket.send_to(&answer, from).await.ok();
            }
        });
        Self { address, task }
    }
}

impl Drop for Dns {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn answer(asked: &Message, records: &BTreeMap<String, String>) -> Message {
    let mut answer = Message::response(asked.metadata.id, OpCode::Query);
    let query = asked.queries[0].clone();
    let name = query.name().to_ascii().to_ascii_lowercase();
    answer.add_query(query.clone());
    match records.get(&name).filter(|_| query.query_type() == RecordType::TXT) {
        Some(text) => {
            let pieces = text.as_bytes().chunks(255).collect();
            let data = RData::TXT(TXT::from_bytes(pieces));
            answer.add_answer(Record::from_rdata(query.name().clone(), 60, data));
        }
        None if name.ends_with("broken.example.") => {
            answer.metadata.response_code = ResponseCode::ServFail;
        }
        None => answer.metadata.response_code = ResponseCode::NXDomain,
    }
    answer
}
