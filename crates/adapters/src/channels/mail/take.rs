//! A message that came by LMTP, on its way to be committed.

use std::sync::Arc;

use async_trait::async_trait;
use bankside_domain::channel::Inbound;
use bankside_service::ports::Inlet;

use super::lmtp::{Desk, Envelope, Verdict};
use super::proof::{Judge, Proof};
use super::read::{Letter, Read, read};
use super::recent::Recent;
use super::settings::Settings;

/// Takes messages in.
pub(super) struct Intake {
    settings: Arc<Settings>,
    recent: Arc<Recent>,
    judge: Judge,
    inlet: Arc<dyn Inlet>,
}

impl Intake {
    /// One that hands in there; nothing where no DNS server is known.
    pub(super) fn new(
        settings: Arc<Settings>,
        recent: Arc<Recent>,
        inlet: Arc<dyn Inlet>,
    ) -> Option<Self> {
        let judge = Judge::new(settings.resolver)?;
        Some(Self { settings, recent, judge, inlet })
    }

    async fn letter(&self, letter: &Letter, message: &[u8]) -> Verdict {
        let proof = match letter.found {
            true => Proof::Proven(None),
            false => self.judge.judge(message, &letter.from.domain).await,
        };
        let events = match proof {
            Proof::Proven(signed) => letter.events(signed.as_ref()),
            // Nobody is told: the one who is named as its sender may never have written it.
            Proof::None => return Verdict::Taken,
            Proof::NotNow => return Verdict::Later,
        };
        if !events.is_empty()
            && let Some(id) = &letter.id
        {
            self.recent.heard(&letter.from, id);
        }
        self.events(&events).await
    }

    async fn events(&self, events: &[Inbound]) -> Verdict {
        for event in events {
            if self.inlet.take(event).await.is_err() {
                return Verdict::Later;
            }
        }
        Verdict::Taken
    }
}

#[async_trait]
impl Desk for Intake {
    fn own(&self) -> String {
        self.settings.own()
    }

    fn opened(&self) {
        self.inlet.connected();
    }

    async fn take(&self, envelope: &Envelope, message: &[u8]) -> Verdict {
        match read(&self.settings, envelope, message) {
            Read::Ignored => Verdict::Taken,
            Read::Events(events) => self.events(&events).await,
            Read::Letter(letter) => self.letter(&letter, message).await,
            Read::Strange(why) => match self.inlet.keep_apart(why, message).await {
                Ok(()) => Verdict::Taken,
                Err(_) => Verdict::Later,
            },
        }
    }
}
