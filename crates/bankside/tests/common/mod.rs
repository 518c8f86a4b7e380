//! The real binary in a directory of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]
#![allow(dead_code, unreachable_pub, missing_docs)]

pub mod installation;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Longest wait for anything.
const PATIENCE: Duration = Duration::from_secs(30);

/// The binary, with nothing of the tester's own configuration.
pub fn bankside(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bankside"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("BANKSIDE_")) {
        command.env_remove(name);
    }
    command.env_remove("RUST_LOG").args(args);
    command
}

/// Runs it to its end.
pub fn run(args: &[&str]) -> Output {
    bankside(args).output().unwrap()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A process that listens.
pub struct Running {
    child: Child,
    pub port: u16,
    pub log: Vec<String>,
}

impl Running {
    /// A demo in `data`, on a free port.
    pub fn demo(data: &Path, more: &[&str]) -> Self {
        let data = data.to_str().unwrap();
        let mut args = vec!["demo", "--data", data, "--listen", "127.0.0.1:0"];
        args.extend(more);
        Self::start(&args)
    }

    /// Starts it and waits until it is ready.
    pub fn start(args: &[&str]) -> Self {
        let mut command = bankside(args);
        let mut child = command.stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let (mut log, mut port) = (Vec::new(), 0);
        for line in lines.by_ref() {
            let line = line.unwrap();
            if let Some((_, address)) = line.split_once("listening address=127.0.0.1:") {
                port = address.trim().parse().unwrap();
            }
            let ready = line.contains("ready in ");
            log.push(line);
            if ready {
                break;
            }
        }
        assert!(port > 0, "it did not start: {log:?}");
        // What follows is read so that the process never waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, port, log }
    }

    /// The status and body of a page.
    pub fn get(&self, path: &str) -> (u16, String) {
        let (status, _, body) = self.ask("GET", path, "", "");
        (status, body)
    }

    /// Sends a request with those header lines; the status, header and body of the answer.
    pub fn ask(&self, method: &str, path: &str, header: &str, body: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let (port, length) = (self.port, body.len());
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\
             Content-Length: {length}\r\n{header}\r\n{body}"
        )
        .unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let status = text.split(' ').nth(1).unwrap().parse().unwrap();
        let (header, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        (status, header.to_owned(), body.to_owned())
    }

    /// Opens a stream with those header lines, and reads until the first byte of its header.
    pub fn open(&self, path: &str, header: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n{header}\r\n").unwrap();
        let mut status = [0; 12];
        stream.read_exact(&mut status).unwrap();
        assert_eq!(&status, b"HTTP/1.1 200", "{path}");
        stream
    }

    /// Sends it a signal: `-TERM`.
    pub fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
    }

    /// Waits for its end: the exit code, and what it printed.
    pub fn ends(mut self) -> (Option<i32>, String) {
        let since = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(since.elapsed() < PATIENCE, "it does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
        let code = self.child.wait().unwrap().code();
        let mut text = String::new();
        self.child.stdout.take().unwrap().read_to_string(&mut text).unwrap();
        (code, text)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It ended already where the test went well.
        let _ended = self.child.kill();
        let _code = self.child.wait();
    }
}
