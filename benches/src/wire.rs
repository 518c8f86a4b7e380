//! As much of HTTP/1.1 (RFC 9112) as a load generator needs: one connection that is kept alive, a
//! form posted over it, and a stream of events (WHATWG HTML, section 9.2).

use std::net::SocketAddr;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

/// A connection that is kept alive.
pub(crate) struct Wire {
    stream: BufReader<TcpStream>,
    line: String,
    body: Vec<u8>,
}

impl Wire {
    pub(crate) async fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self { stream: BufReader::new(stream), line: String::new(), body: Vec::new() }
    }

    /// Posts a form; the status of the answer, whose body was read.
    pub(crate) async fn post(&mut self, path: &str, headers: &str, form: &str) -> u16 {
        self.send(path, headers, "application/x-www-form-urlencoded", form).await
    }

    /// Posts JSON likewise.
    pub(crate) async fn post_json(&mut self, path: &str, headers: &str, json: &str) -> u16 {
        self.send(path, headers, "application/json", json).await
    }

    async fn send(&mut self, path: &str, headers: &str, media: &str, body: &str) -> u16 {
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: localhost\r\n{headers}content-type: {media}\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len(),
        );
        self.stream.get_mut().write_all(request.as_bytes()).await.unwrap();
        let (status, length) = self.head().await;
        self.body.resize(length, 0);
        self.stream.read_exact(&mut self.body).await.unwrap();
        status
    }

    /// What the last answer said.
    pub(crate) fn body(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Asks for a stream of events, and waits until it begins.
    pub(crate) async fn listen(&mut self, path: &str, headers: &str) {
        let request = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n{headers}\r\n");
        self.stream.get_mut().write_all(request.as_bytes()).await.unwrap();
        let (status, _) = self.head().await;
        assert_eq!(status, 200, "{path}");
    }

    /// The next line of the stream; nothing at its end.
    pub(crate) async fn next_line(&mut self) -> Option<&str> {
        self.line.clear();
        let read = self.stream.read_line(&mut self.line).await.ok()?;
        (read > 0).then_some(self.line.trim_end())
    }

    /// Status and length of the body.
    async fn head(&mut self) -> (u16, usize) {
        let first = self.next_line().await.expect("the connection was closed");
        let status = first.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap();
        let mut length = 0;
        loop {
            let line = self.next_line().await.expect("the connection was closed");
            if line.is_empty() {
                return (status, length);
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap();
            }
        }
    }
}
