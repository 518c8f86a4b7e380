//! The program itself: its size, how long it builds, how soon it is ready, what it holds in memory
//! when idle.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::process::resident_kib;
use crate::report::{Row, Table};

/// Aim for idle memory, in MiB.
const IDLE_AIM_MIB: u64 = 64;
/// Aim from start to ready.
const READY_AIM: Duration = Duration::from_secs(3);
/// Idle is what is held so long after it was ready.
const REST: Duration = Duration::from_secs(5);
/// Longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// What `cargo xtask bench --build` wrote: a line of words for each build.
const NOTE: &str = "benches/builds.note";

pub(crate) fn run(table: &mut Table) {
    let program = program();
    table
        .group("the program", "`bankside demo`, three seeded banks; ready is when /readyz says so");
    let Ok(size) = std::fs::metadata(&program).map(|m| m.len()) else {
        return table.skipped("the program: build it first with `cargo build --release`");
    };
    table.row(&Row::new("size, with symbols of lines", format!("{} MiB", size >> 20)));
    builds(table);
    let data = tempfile::tempdir().unwrap();
    for (start, more) in [
        ("first start, seeding", None),
        ("second start", None),
        ("start with --fresh", Some("--fresh")),
    ] {
        let began = Instant::now();
        let mut child = start_demo(&program, data.path(), more);
        let port = port(&mut child);
        wait_ready(port);
        let ready = began.elapsed();
        let reference = trivial();
        table.row(
            &Row::new(format!("{start}: ready"), format!("{} ms", ready.as_millis()))
                .beside(
                    format!("a process that does nothing: {:.1} ms", reference.as_secs_f64() * 1e3),
                    format!("{:.0} ×", ready.as_secs_f64() / reference.as_secs_f64()),
                )
                .aim("< 3 s", ready < READY_AIM),
        );
        std::thread::sleep(REST);
        memory(table, start, child.id());
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

fn memory(table: &mut Table, start: &str, pid: u32) {
    let Some(kib) = resident_kib(pid) else {
        return table.skipped("idle memory: the kernel does not tell it here");
    };
    let mib = kib >> 10;
    let row = Row::new(format!("{start}: idle memory"), format!("{mib} MiB"));
    table.row(&row.aim("< 64 MiB", mib < IDLE_AIM_MIB));
}

/// What builds took when they were last measured.
fn builds(table: &mut Table) {
    let Ok(note) = std::fs::read_to_string(NOTE) else {
        return table.skipped("builds: `cargo xtask bench --build` measures them");
    };
    for line in note.lines().filter(|line| !line.starts_with('#')) {
        let mut parts = line.splitn(3, '|').map(str::trim);
        let mut part = || parts.next().unwrap_or_default();
        let (what, took, how) = (part(), part(), part());
        table.row(&Row::new(what, took).beside(how, ""));
    }
}

/// Beside this program, where cargo puts it.
fn program() -> PathBuf {
    std::env::current_exe().unwrap().with_file_name("bankside")
}

fn start_demo(program: &Path, data: &Path, more: Option<&str>) -> Child {
    Command::new(program)
        .args(["demo", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .args(more)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The port in the first address that it prints.
fn port(child: &mut Child) -> u16 {
    let out = BufReader::new(child.stdout.take().unwrap());
    let address = out.lines().map(Result::unwrap).find_map(|line| {
        let rest = line.split_once("http://localhost:")?.1.to_owned();
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    });
    address.expect("the demo ended without an address")
}

fn wait_ready(port: u16) {
    let began = Instant::now();
    while !is_ready(port) {
        assert!(began.elapsed() < PATIENCE, "the demo is not ready");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn is_ready(port: u16) -> bool {
    let mut answer = String::new();
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    let request = "GET /readyz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).is_ok()
        && stream.read_to_string(&mut answer).is_ok()
        && answer.starts_with("HTTP/1.1 200")
}

/// What it takes to start and end a process at all.
fn trivial() -> Duration {
    let began = Instant::now();
    Command::new("true").status().unwrap();
    began.elapsed()
}
