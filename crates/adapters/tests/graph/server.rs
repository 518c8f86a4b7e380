//! A small HTTP server: it answers one request after the other from a list, and keeps what it saw.

use std::sync::{Arc, Mutex};

use bankside_adapters::channels::graph::Api;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What it does with a request.
#[derive(Clone)]
pub enum Reply {
    /// Status, a header line or nothing, and body.
    Answer(u16, &'static str, String),
    /// Nothing, as long as the other side waits.
    Silence,
    /// Closes the connection.
    Close,
}

pub fn ok(body: &Value) -> Reply {
    Reply::Answer(200, "", body.to_string())
}

/// An error as the Graph API tells it.
pub fn error(status: u16, code: i64, subcode: Option<i64>) -> Reply {
    let mut error = serde_json::json!({
        "message": "words that hold 16505551234", "type": "OAuthException", "code": code,
    });
    if let Some(subcode) = subcode {
        error["error_subcode"] = subcode.into();
    }
    Reply::Answer(status, "", serde_json::json!({ "error": error }).to_string())
}

/// What it saw.
#[derive(Clone, Debug)]
pub struct Seen {
    pub line: String,
    pub head: String,
    pub body: Value,
}

pub struct Server {
    pub api: Api,
    /// `http://`, host and port.
    pub origin: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    pub async fn start(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let api = Api::parse(&format!("{origin}/v23.0")).unwrap();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let kept = seen.clone();
        tokio::spawn(async move {
            let mut replies = replies.into_iter();
            while let Ok((mut stream, _)) = listener.accept().await {
                let Some(request) = read(&mut stream).await else { continue };
                kept.lock().unwrap().push(request);
                match replies.next().unwrap_or(Reply::Close) {
                    Reply::Answer(status, header, body) => {
                        write(&mut stream, status, header, &body).await;
                    }
                    Reply::Silence => {
                        tokio::spawn(async move {
                            let _ = stream.read(&mut [0; 1]).await;
                        });
                    }
                    Reply::Close => {}
                }
            }
        });
        Self { api, origin, seen }
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }
}

async fn read(stream: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap().to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.map_or(0, |length| length.parse().unwrap());
    while bytes.len() < end + 4 + length {
        stream.read_buf(&mut bytes).await.ok()?;
    }
    let line = String::from_utf8(bytes[..end].to_vec()).unwrap().lines().next()?.to_owned();
    let body = serde_json::from_slice(&bytes[end + 4..]).unwrap_or_default();
    Some(Seen { line, head, body })
}

async fn write(stream: &mut TcpStream, status: u16, header: &str, body: &str) {
    let header = if header.is_empty() { String::new() } else { format!("{header}\r\n") };
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{header}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
    let _ = stream.write_all(answer.as_bytes()).await;
    let _ = stream.shutdown().await;
}
