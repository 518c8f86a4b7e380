//! The program itself: its size, how soon it is ready, what it holds in memory when idle.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::report::{heading, line};

/// Aim for idle memory, in MiB.
const IDLE_AIM_MIB: u64 = 64;
/// Aim from start to ready.
const READY_AIM: Duration = Duration::from_secs(3);

pub(crate) fn run() {
    let program = program();
    heading("the program");
    let Ok(size) = std::fs::metadata(&program).map(|m| m.len()) else {
        println!("  SKIPPED: build it first with `cargo build --release`");
        return;
    };
    line("size of the binary", &format!("{} MiB", size >> 20), "");
    let data = tempfile::tempdir().unwrap();
    for start in ["first start, seeding", "second start"] {
        let began = Instant::now();
        let mut child = start_demo(&program, data.path());
        let ready = wait_ready(&mut child, began);
        let aim = format!("aim {} ms", READY_AIM.as_millis());
        line(start, &format!("{} ms", ready.as_millis()), &aim);
        std::thread::sleep(Duration::from_secs(3));
        let memory = resident_mib(child.id());
        line("memory when idle", &format!("{memory} MiB"), &format!("aim {IDLE_AIM_MIB} MiB"));
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

/// Beside this program, where cargo puts it.
fn program() -> PathBuf {
    std::env::current_exe().unwrap().with_file_name("bankside")
}

fn start_demo(program: &PathBuf, data: &std::path::Path) -> Child {
    Command::new(program)
        .args(["demo", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Ready is when the address is printed.
fn wait_ready(child: &mut Child, began: Instant) -> Duration {
    let out = BufReader::new(child.stdout.take().unwrap());
    for line in out.lines() {
        if line.unwrap().contains("http://") {
            return began.elapsed();
        }
    }
    panic!("the demo ended without an address");
}

/// Resident memory in MiB, from the kernel; zero where it does not say.
fn resident_mib(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"));
    let kib = line.and_then(|l| l.split_whitespace().next()).and_then(|n| n.parse::<u64>().ok());
    kib.unwrap_or(0) >> 10
}
