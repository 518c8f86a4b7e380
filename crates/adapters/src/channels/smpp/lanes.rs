//! What came in, on its way to be committed and answered.

use std::time::Duration;

use bankside_domain::channel::{Contact, Event, Inbound};
use bankside_service::ports::Inlet;
use futures_util::StreamExt as _;
use futures_util::future::{BoxFuture, join_all};
use futures_util::stream::FuturesUnordered;
use sha2::{Digest as _, Sha256};
use tokio::sync::mpsc;

use super::Smpp;
use super::assembly::{Assembly, Held, Key, Part, Put};
use super::deliver::{self, Read};
use super::frame::Frame;
use super::session::{Digest, Session};
use crate::channels;

/// How long a part of a long message waits for the others before it is acknowledged alone.
const HOLDING: Duration = Duration::from_secs(3);

/// A delivery and what it says.
struct Came {
    read: Read,
    frame: Frame,
}

/// Where deliveries are put.
pub(super) struct Lanes(channels::lanes::Lanes<Came>);

/// Where they are taken from.
pub(super) struct Taking(Vec<mpsc::Receiver<Came>>);

/// Both ends.
pub(super) fn lanes() -> (Lanes, Taking) {
    let (to, from) = channels::lanes::lanes();
    (Lanes(to), Taking(from))
}

impl Lanes {
    /// Puts one on its lane; whether it found room.
    pub(super) fn put(&self, read: Read, frame: Frame) -> bool {
        let who = match &read {
            Read::Said { from, .. } | Read::Part { from, .. } => from.clone(),
            Read::Went(went) => went.from.clone(),
            Read::Nothing | Read::Strange(_) => Contact::new(""),
        };
        self.0.put(who.address(), Came { read, frame }).is_ok()
    }
}

/// Where it is taken to.
#[derive(Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) smpp: &'a Smpp,
    pub(super) session: &'a Session,
    pub(super) inlet: &'a dyn Inlet,
}

/// A part that waits for the others.
type Waiting = BoxFuture<'static, (Key, u8, Held)>;

impl Desk<'_> {
    /// Commits what comes, and answers it then; ends once nothing can come and all is committed.
    pub(super) async fn run(&self, taking: Taking) {
        join_all(taking.0.into_iter().map(|lane| self.follow(lane))).await;
    }

    async fn follow(&self, mut lane: mpsc::Receiver<Came>) {
        let mut waiting = FuturesUnordered::<Waiting>::new();
        loop {
            tokio::select! {
                came = lane.recv() => match came {
                    Some(came) => waiting.extend(self.takes(came).await),
                    None => return,
                },
                Some((key, number, held)) = waiting.next(), if !waiting.is_empty() => {
                    if self.assembly(|assembly| assembly.release(&key, number, held)) {
                        self.acknowledge(held, true).await;
                    }
                }
            }
        }
    }

    fn assembly<T>(&self, with: impl FnOnce(&mut Assembly) -> T) -> T {
        with(&mut self.smpp.assembly())
    }

    async fn acknowledge(&self, held: Held, is_taken: bool) {
        self.session.acknowledge(held.sequence, Some(held.digest), is_taken).await;
    }

    /// A part that waits, where it is one.
    async fn takes(&self, came: Came) -> Option<Waiting> {
        let Came { read, frame } = came;
        let held = Held { sequence: frame.sequence(), digest: digest(&frame) };
        let is_taken = match read {
            Read::Nothing => true,
            Read::Strange(why) => self.inlet.keep_apart(why, frame.bytes()).await.is_ok(),
            Read::Went(went) => self.went(went).await,
            Read::Said { .. } | Read::Part { .. } if self.session.was_committed(&held.digest) => {
                self.acknowledge(held, true).await;
                return None;
            }
            Read::Said { from, event } => {
                let is_taken = self.said(from, event).await;
                self.acknowledge(held, is_taken).await;
                return None;
            }
            Read::Part { from, place, coding, octets } => {
                let key = Key::of(from.address(), place, coding);
                let part = Part { octets, frame, digest: held.digest, held: Some(held) };
                return self.part(from, key, place.number, part, held).await;
            }
        };
        self.session.acknowledge(held.sequence, None, is_taken).await;
        None
    }

    async fn went(&self, went: Inbound) -> bool {
        match self.smpp.of_whole(went) {
            Some(went) => self.inlet.take(&went).await.is_ok(),
            None => true,
        }
    }

    async fn said(&self, from: Contact, event: Event) -> bool {
        let id = self.session.name_event();
        let event = Inbound { id, from, at: None, language: None, event };
        self.inlet.take(&event).await.is_ok()
    }

    async fn part(
        &self,
        from: Contact,
        key: Key,
        number: u8,
        part: Part,
        held: Held,
    ) -> Option<Waiting> {
        let frame = part.frame.clone();
        match self.assembly(|assembly| assembly.put(&key, number, part)) {
            Put::Waits(before) => {
                if let Some(before) = before {
                    self.acknowledge(before, false).await;
                }
                return Some(Box::pin(async move {
                    tokio::time::sleep(HOLDING).await;
                    (key, number, held)
                }));
            }
            Put::Whole(octets) => self.whole(from, &key, &octets).await,
            Put::TooMany => {
                let why = "a part of one long message too many";
                let is_taken = self.inlet.keep_apart(why, frame.bytes()).await.is_ok();
                self.session.acknowledge(held.sequence, None, is_taken).await;
            }
            Put::Full => self.acknowledge(held, false).await,
        }
        None
    }

    async fn whole(&self, from: Contact, key: &Key, octets: &[u8]) {
        let is_taken = match deliver::said(key.coding, octets) {
            Ok(event) => self.said(from, event).await,
            Err(why) => self.kept_apart(why, key).await,
        };
        if is_taken {
            return self.finished(key).await;
        }
        for held in self.assembly(|assembly| assembly.held(key)) {
            self.acknowledge(held, false).await;
        }
    }

    /// All of a message is committed: it is answered, or known when it comes again.
    async fn finished(&self, key: &Key) {
        let (held, others) = self.assembly(|assembly| assembly.remove(key));
        self.session.doubt(others);
        for held in held {
            self.acknowledge(held, true).await;
        }
    }

    async fn kept_apart(&self, why: &str, key: &Key) -> bool {
        let frames = self.assembly(|assembly| assembly.frames(key));
        self.inlet.keep_apart(why, &frames).await.is_ok()
    }

    /// A minute went by: what does not become whole is kept apart.
    pub(super) async fn age(&self) {
        self.session.age();
        for key in self.assembly(Assembly::age) {
            if self.kept_apart("a long message whose other parts did not come", &key).await {
                self.finished(&key).await;
            }
        }
    }
}

/// What a delivery is known by when it comes again.
fn digest(frame: &Frame) -> Digest {
    Sha256::digest(frame.body()).into()
}
