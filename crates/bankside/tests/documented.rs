//! Every command of the operators' chapters, in their order, run by the real binary: a service is
//! started and stopped where the chapter says so, paths of a real machine lie in a directory of
//! this test. A command that would fail for a reader fails here.
#![allow(clippy::unwrap_used, clippy::panic, clippy::disallowed_methods, missing_docs)]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{Running, bankside, stderr};

/// The repository.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// The lines of a chapter's shell blocks.
fn commands(chapter: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new(ROOT).join(chapter)).unwrap();
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        match (inside, line) {
            (_, "```sh") => inside = true,
            (true, line) if line.starts_with("```") => inside = false,
            (true, line) => found.push(line.to_owned()),
            _ => {}
        }
    }
    found
}

/// A machine below `root`: what lies at `/etc/bankside` lies at `root/etc/bankside`.
struct Machine<'a> {
    root: &'a Path,
    service: Option<Running>,
}

impl<'a> Machine<'a> {
    fn new(root: &'a Path) -> Self {
        let machine = Self { root, service: None };
        for folder in ["etc/bankside", "var/lib/bankside", "backup/data", "backup/keys", "safe"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        fs::create_dir_all(root.join("packaging")).unwrap();
        let example = fs::read_to_string(Path::new(ROOT).join("packaging/bankside.toml")).unwrap();
        fs::write(root.join("packaging/bankside.toml"), &example).unwrap();
        let data = machine.here("/var/lib/bankside/data");
        let own = example.replace("/var/lib/bankside/data", &data);
        let own =
            own.replace("127.0.0.1:8080", "127.0.0.1:0").replace("127.0.0.1:9464", "127.0.0.1:0");
        let own = own.replace("format = \"json\"", "format = \"text\"");
        fs::write(root.join("etc/bankside/bankside.toml"), own).unwrap();
        let shipped = bankside(&["policy", "defaults"]).output().unwrap();
        let mut stricter = String::from_utf8(shipped.stdout).unwrap();
        stricter.push_str(
            "@id(\"night\") forbid(principal, action, resource) when { context.hour < 6 };\n",
        );
        fs::write(root.join("stricter.cedar"), stricter).unwrap();
        machine
    }

    /// A word of a command with its path in this machine.
    fn here(&self, word: &str) -> String {
        let folders = ["/etc/", "/var/", "/backup/", "/srv/", "/safe/", "/tmp/"];
        let absolute = folders.iter().any(|folder| word.starts_with(folder));
        if absolute { format!("{}{word}", self.root.display()) } else { word.to_owned() }
    }

    fn run(&mut self, line: &str) {
        let words: Vec<_> = line.split_whitespace().collect();
        match words.as_slice() {
            ["systemctl", "start" | "enable", ..] => self.start(),
            ["systemctl", "stop", ..] => {
                let service = self.service.take().unwrap();
                service.signal("-TERM");
                assert_eq!(service.ends().0, Some(0), "the service stops cleanly");
            }
            ["systemctl" | "install" | "cargo", ..] => {}
            ["bankside", rest @ ..] if rest.first() == Some(&"demo") => self.demo(rest),
            ["bankside", rest @ ..] => self.command(line, rest),
            other => panic!("this test does not know how to run: {other:?}"),
        }
    }

    fn start(&mut self) {
        let config = self.here("/etc/bankside/bankside.toml");
        self.service = Some(Running::start(&["serve", "--config", &config]));
        let master = self.root.join("var/lib/bankside/data/keys/master.key");
        fs::copy(master, self.root.join("safe/master.key")).unwrap();
    }

    fn demo(&self, words: &[&str]) {
        let words = self.words(words);
        let words: Vec<_> =
            words.iter().map(|w| w.replace("127.0.0.1:8080", "127.0.0.1:0")).collect();
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        let demo = Running::start(&words);
        assert_eq!(demo.get("/harbour/sign-in").0, 200);
    }

    fn command(&self, line: &str, words: &[&str]) {
        let words = self.words(words);
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        let mut command: Command = bankside(&words);
        let output = command.current_dir(self.root).output().unwrap();
        assert!(output.status.success(), "`{line}`: {}", stderr(&output));
    }

    fn words(&self, words: &[&str]) -> Vec<String> {
        words.iter().map(|word| self.here(word)).collect()
    }
}

#[test]
fn every_command_for_operators_works_as_written() {
    works("docs/src/operators.md", 20);
}

#[test]
fn every_command_for_channels_works_as_written() {
    works("docs/src/channels.md", 4);
}

/// The chapter has at least so many commands, and each works.
fn works(chapter: &str, least: usize) {
    let root = tempfile::tempdir().unwrap();
    let mut machine = Machine::new(root.path());
    let lines = commands(chapter);
    assert!(lines.len() >= least, "the chapter has its commands: {lines:?}");
    for line in lines {
        machine.run(&line);
    }
}
