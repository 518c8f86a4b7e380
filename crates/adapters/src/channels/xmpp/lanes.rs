//! What came in, on its way to be committed and answered.

use bankside_domain::channel::Contact;
use bankside_service::ports::Inlet;
use tokio::sync::mpsc;

use super::element::Element;
use super::read::Read;
use crate::channels;

/// A stanza and what it says.
struct Came {
    read: Read,
    stanza: Element,
}

/// Where stanzas are put.
pub(super) struct Lanes(channels::lanes::Lanes<Came>);

/// Where they are taken from.
pub(super) struct Taking(Vec<mpsc::Receiver<Came>>);

/// Both ends.
pub(super) fn lanes() -> (Lanes, Taking) {
    let (to, from) = channels::lanes::lanes();
    (Lanes(to), Taking(from))
}

impl Lanes {
    /// Puts one on its lane. One that finds no room is given back as what answers it.
    pub(super) fn put(&self, read: Read, stanza: Element) -> Option<Element> {
        let who = read.event.as_ref().map(|event| event.from.clone());
        let who = who.as_ref().map_or("", Contact::address);
        self.0.put(who, Came { read, stanza }).err().and_then(|full| full.read.refusal)
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
