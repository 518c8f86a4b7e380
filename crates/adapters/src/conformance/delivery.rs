//! What an operator delivers, and the same with its proof spoiled.

use bankside_domain::Timestamp;
use bankside_domain::channel::Event;
use bankside_service::ports::{Answer, Channel, Delivered, Distrust, Reply, Taken};

/// When deliveries come: 2026-11-21T18:00:00Z.
pub(super) const NOW: Timestamp = Timestamp::from_millis(1_795_284_000_000);

/// One thing that happens at the operator's, with a number that makes its id.
#[derive(Clone, Debug)]
pub(super) struct Happening {
    pub(super) number: u32,
    pub(super) at: Timestamp,
    pub(super) event: Event,
}

impl Happening {
    pub(super) fn new(number: u32, event: Event) -> Self {
        Self { number, at: NOW, event }
    }

    pub(super) fn words(number: u32, text: &str) -> Self {
        Self::new(number, Event::Message { text: text.to_owned().into() })
    }
}

/// Where a delivery shows whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Proof {
    /// In a header that holds a secret.
    Header(&'static str),
    /// In a parameter of the query that holds a secret.
    Parameter(&'static str),
    /// In a header that signs the body.
    Signature(&'static str),
    /// In the body itself, which signs what is in it.
    Body,
    /// It comes by the connection that the bank made, with so many things in it.
    Line {
        /// How many things.
        things: usize,
    },
}

/// A request to a webhook, or the bytes that come by a connection.
#[derive(Clone, Debug)]
pub(super) struct Delivery {
    pub(super) method: &'static str,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
    pub(super) proof: Proof,
}

impl Delivery {
    /// What comes by a connection.
    pub(super) fn by_line(bytes: impl Into<Vec<u8>>, things: usize) -> Self {
        Self {
            method: "",
            path: String::new(),
            query: String::new(),
            headers: Vec::new(),
            body: bytes.into(),
            proof: Proof::Line { things },
        }
    }

    /// What the adapter makes of a request.
    pub(super) async fn given_to(&self, channel: &dyn Channel) -> Result<Taken, Distrust> {
        let header = |name: &str| self.header(name);
        let request = self.delivered(&header);
        channel.prepare(&request).await;
        channel.take(&request)
    }

    /// What the adapter answers to a request with what the bank says.
    pub(super) fn answered_by(&self, channel: &dyn Channel, reply: &Reply) -> Answer {
        let header = |name: &str| self.header(name);
        channel.respond(&self.delivered(&header), reply)
    }

    fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }

    fn delivered<'a>(
        &'a self,
        header: &'a (dyn Fn(&str) -> Option<&'a str> + Sync),
    ) -> Delivered<'a> {
        Delivered {
            method: self.method,
            path: &self.path,
            query: &self.query,
            header,
            body: &self.body,
            at: NOW,
        }
    }

    /// The same with each kind of spoiled proof: none, an empty one, another, a longer one.
    pub(super) fn unproven(&self) -> Vec<(&'static str, Self)> {
        let spoiled = [
            ("an empty proof", String::new as fn() -> String),
            ("another proof", || "0".repeat(64)),
        ];
        let mut all = vec![("no proof", self.with_proof(None))];
        all.extend(spoiled.map(|(what, proof)| (what, self.with_proof(Some(&|_| proof())))));
        all.push(("a longer proof", self.with_proof(Some(&|proof| format!("{proof}0")))));
        all.push(("a shorter proof", self.with_proof(Some(&|proof| shorter(proof)))));
        all
    }

    /// With its proof changed, or without one.
    fn with_proof(&self, change: Option<&dyn Fn(&str) -> String>) -> Self {
        let mut spoiled = self.clone();
        match self.proof {
            Proof::Header(name) | Proof::Signature(name) => {
                let old = spoiled.headers.iter().position(|(known, _)| *known == name);
                let old = old.map(|at| spoiled.headers.swap_remove(at).1).unwrap_or_default();
                spoiled.headers.extend(change.map(|change| (name, change(&old))));
            }
            Proof::Parameter(name) => {
                let pairs = self.query.split('&').filter_map(|pair| {
                    let (known, value) = pair.split_once('=').unwrap_or((pair, ""));
                    if known != name {
                        return Some(pair.to_owned());
                    }
                    change.map(|change| format!("{known}={}", change(value)))
                });
                spoiled.query = pairs.collect::<Vec<_>>().join("&");
            }
            // Nobody else can speak there.
            Proof::Body | Proof::Line { .. } => {}
        }
        spoiled
    }
}

fn shorter(proof: &str) -> String {
    let mut proof = proof.to_owned();
    proof.pop();
    proof
}
