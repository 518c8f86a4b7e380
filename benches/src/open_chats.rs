//! Memory of chats that are open: connections that hold a stream of events and hear nothing.

use std::time::Duration;

use futures_util::future::join_all;

use crate::process::resident_kib;
use crate::report::{Row, Table};
use crate::subject::Subject;
use crate::turns::headers;
use crate::wire::Wire;

/// Streams held open.
const STREAMS: usize = 10_000;
/// Connections that are made at the same time.
const AT_ONCE: usize = 200;
/// Until memory has come to rest.
const REST: Duration = Duration::from_secs(2);

pub(crate) async fn run(table: &mut Table) {
    table.group("open chats", "live streams over TCP that hear nothing, in one process");
    let subject = Subject::start();
    tokio::time::sleep(REST).await;
    let Some(before) = resident_kib(subject.id()) else {
        return table.skipped("memory of open chats: the kernel does not tell it here");
    };
    let mut open = Vec::with_capacity(STREAMS);
    while open.len() < STREAMS {
        let from = open.len();
        let opening = (from..(from + AT_ONCE).min(STREAMS)).map(|n| listen(&subject, n));
        open.extend(join_all(opening).await);
    }
    tokio::time::sleep(REST).await;
    let after = resident_kib(subject.id()).unwrap_or(before);
    let more = after.saturating_sub(before);
    table.row(&Row::new(format!("{STREAMS} open chats"), format!("{} MiB", more >> 10)).beside(
        format!("before: {} MiB; each {:.1} KiB", before >> 10, more as f64 / STREAMS as f64),
        format!("{:.1} ×", after as f64 / before as f64),
    ));
    drop(open);
}

/// One more browser, in one of the subject's chats; each has as many tabs as it takes.
async fn listen(subject: &Subject, n: usize) -> Wire {
    let chat = subject.chats.get(n % subject.chats.len()).unwrap();
    let mut wire = Wire::open(subject.address).await;
    let path = format!("/{}/chat/web/events?after=1000000", chat.bank);
    wire.listen(&path, &headers(subject, chat)).await;
    wire
}
