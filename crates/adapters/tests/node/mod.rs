//! Programs for Node that others wrote: run where `NODE_PATH` has them, and skipped by name where it has not.
#![allow(dead_code)]

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

fn start(script: &str, package: &str) -> Option<Child> {
    let path = std::env::var("NODE_PATH").unwrap_or_default();
    if !std::env::split_paths(&path).any(|folder| folder.join(package).is_dir()) {
        eprintln!("skipped: {package} is missing in NODE_PATH");
        return None;
    }
    let mut command = Command::new("node");
    command.arg("-e").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped());
    let started = command.spawn();
    if started.is_err() {
        eprintln!("skipped: node is missing");
    }
    started.ok()
}

/// What a script says of its input; nothing where it, or a package of its, is missing.
pub fn says(script: &str, package: &str, input: &Value) -> Option<Value> {
    let mut node = start(script, package)?;
    node.stdin.take().unwrap().write_all(input.to_string().as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}");
    Some(serde_json::from_str(text.lines().last().unwrap_or_default()).expect(&text))
}

/// A script that answers each line with a line; it ends with this.
pub struct Talk {
    node: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
}

impl Talk {
    pub fn start(script: &str, package: &str) -> Option<Self> {
        let mut node = start(script, package)?;
        let (to, from) = (node.stdin.take().unwrap(), node.stdout.take().unwrap());
        Some(Self { node, to, from: BufReader::new(from) })
    }

    /// Asks, and waits for the answer.
    pub fn asks(&mut self, question: &Value) -> Value {
        writeln!(self.to, "{question}").unwrap();
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("{question} is answered `{line}`"))
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        self.node.kill().ok();
        self.node.wait().ok();
    }
}
