//! What the kernel says about a process (proc_pid_stat(5), proc_pid_status(5)).

use std::time::Duration;

use tokio::time::Instant;

/// Ticks a second of the times in `/proc/PID/stat`, on every Linux that Rust runs on.
const TICKS: f64 = 100.0;

/// Resident memory in KiB; nothing where the kernel does not say.
pub(crate) fn resident_kib(pid: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// Processor time of another process and of this one, from now on.
pub(crate) struct Cpu {
    pid: u32,
    since: Instant,
    before: (f64, f64),
}

impl Cpu {
    pub(crate) fn of(pid: u32) -> Self {
        let before = (seconds(pid), seconds(std::process::id()));
        Self { pid, since: Instant::now(), before }
    }

    /// Cores' worth of it: of the other, and of this one. What comes after `span` is idle.
    pub(crate) fn cores(&self, span: Duration) -> (f64, f64) {
        let wall = self.since.elapsed().min(span.mul_f64(1.1)).as_secs_f64();
        let (other, own) = (seconds(self.pid), seconds(std::process::id()));
        ((other - self.before.0) / wall, (own - self.before.1) / wall)
    }
}

/// Seconds of processor time, in user mode and in the kernel.
fn seconds(pid: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = |n: usize| fields.get(n).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / TICKS
}
