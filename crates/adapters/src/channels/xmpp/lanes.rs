//! What came in, on its way to be committed: in order for each person, several people at once.

use bankside_service::ports::Inlet;
use tokio::sync::mpsc;

use super::element::Element;
use super::read::Read;

/// Lanes; the committer gathers what they bring into one transaction.
const LANES: usize = 8;
/// Stanzas that wait in each.
const MAX_WAITING: usize = 64;

/// A stanza and what it says.
struct Came {
    read: Read,
    stanza: Element,
}

/// Where stanzas are put.
pub(super) struct Lanes(Vec<mpsc::Sender<Came>>);

/// Where they are taken from.
pub(super) struct Taking(Vec<mpsc::Receiver<Came>>);

/// Both ends.
pub(super) fn lanes() -> (Lanes, Taking) {
    let (to, from) = (0..LANES).map(|_| mpsc::channel(MAX_WAITING)).unzip();
    (Lanes(to), Taking(from))
}

impl Lanes {
    /// Puts one on its lane. One that finds no room is given back as what answers it.
    pub(super) fn put(&self, read: Read, stanza: Element) -> Option<Element> {
        let who = read.event.as_ref().map_or("", |event| event.from.address());
        let number =
            who.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31) ^ usize::from(byte));
        let lane = self.0.get(number % LANES)?;
        match lane.try_send(Came { read, stanza }) {
            Ok(()) => None,
            Err(full) => full.into_inner().read.refusal,
        }
    }
}

impl Taking {
    /// Commits what comes, and answers it then; ends once nothing can come and all is committed.
    pub(super) async fn run(self, inlet: &dyn Inlet, out: &mpsc::Sender<String>) {
        let lanes = self.0.into_iter().map(|lane| follow(lane, inlet, out));
        futures_util::future::join_all(lanes).await;
    }
}

async fn follow(mut lane: mpsc::Receiver<Came>, inlet: &dyn Inlet, out: &mpsc::Sender<String>) {
    while let Some(Came { read, stanza }) = lane.recv().await {
        let taken = match (&read.event, read.strange) {
            (Some(event), _) => inlet.take(event).await,
            (None, Some(why)) => inlet.keep_apart(why, stanza.xml().as_bytes()).await,
            (None, None) => Ok(()),
        };
        let answers = if taken.is_ok() { read.answers } else { read.refusal.into_iter().collect() };
        for answer in answers {
            // A connection that ended takes no answer, and the rest is committed all the same.
            out.send(answer.xml()).await.ok();
        }
    }
}
