//! E-mail, through the bank's own mail server: out by message submission (RFC 6409), in by LMTP (RFC
//! 2033), which that server speaks to us.
//!
//! The bank has one address. A conversation is with one mailbox, whatever name stands beside it.
//!
//! INVARIANT: no word that rests on bank data goes by mail: it lies in many hands for years. The table says
//! [`Links::Alone`]: an answer that holds something of hers becomes a link to the bank's own pages.
//! INVARIANT: a sender is believed only for a proof (`proof`); a bounce, a complaint or a wish to be
//! left alone for an address that only the bank can have made (`ids`). Everything else is ignored,
//! without an answer: whoever is named as its sender may never have written it.
//! INVARIANT: the mail server is told that a message was taken after it is committed.
//!
//! Deliberately absent: encryption and signatures of the mail itself (OpenPGP, S/MIME). Files that she
//! sends, which are refused kindly, as a picture is elsewhere.

mod address;
mod fault;
mod html;
mod ids;
mod leave;
pub mod lmtp;
mod post;
mod proof;
mod read;
mod recent;
mod report;
mod results;
pub mod said;
mod settings;
mod sign;
mod take;
mod write;

use std::sync::Arc;

use async_trait::async_trait;
use bankside_domain::channel::{Capabilities, Contact, Count, Inbound, Links, Retraction, Text};
use bankside_service::channels::Frame;
use bankside_service::ports::{Channel, Delivered, Distrust, Ended, Inlet, SendError, Taken};

use address::Address;
use ids::Use;
use post::Post;
use read::Read;
use recent::Recent;
pub use settings::{Given, Settings, SettingsError};
use take::Intake;

/// Bytes of a text.
const MAX_TEXT: usize = 16 * 1024;

/// A bounce tells that a message failed; few servers tell that it arrived, and nobody that it was read.
const CAN: Capabilities = Capabilities {
    text: Text { most: MAX_TEXT, count: Count::Bytes },
    messages: 1,
    buttons: None,
    list: None,
    links: Links::Alone,
    rich: false,
    spoken: false,
    window: None,
    retraction: Retraction::Never,
    edits: false,
    delivered: false,
    read: false,
    typing: false,
};

/// A channel of mail. [`Channel::listen`] serves LMTP.
#[derive(Debug)]
pub struct Mail {
    settings: Arc<Settings>,
    post: Post,
    recent: Arc<Recent>,
}

impl Mail {
    /// What a message would say if it were proven: nothing, for most of what comes.
    pub fn reading(settings: &Settings, envelope: &lmtp::Envelope, message: &[u8]) -> Vec<Inbound> {
        match read::read(settings, envelope, message) {
            Read::Letter(letter) => letter.events(None),
            Read::Events(events) => events,
            Read::Ignored | Read::Strange(_) => Vec::new(),
        }
    }

    /// One that is not connected yet.
    ///
    /// # Errors
    /// [`SendError::Refused`] where no TLS can be made of the settings.
    pub fn new(settings: Settings) -> Result<Self, SendError> {
        let post = Post::new(&settings)?;
        Ok(Self { settings: Arc::new(settings), post, recent: Arc::default() })
    }
}

#[async_trait]
impl Channel for Mail {
    fn can(&self) -> &Capabilities {
        &CAN
    }

    /// The id of a message is its `Message-ID`, which follows from its key: who gets it twice has it once.
    async fn send(
        &self,
        to: &Contact,
        frame: &Frame,
        key: &str,
    ) -> Result<Option<String>, SendError> {
        let to = Address::of(to).ok_or_else(|| fault::refused("not an address of mail"))?;
        let ids = &self.settings.ids;
        let draft = write::Draft { to: &to, frame, key, answers: self.recent.of(&to) };
        let message = write::message(&self.settings, &draft)?;
        self.post.send(&ids.address(Use::Bounce, key, &to), &to, &message).await?;
        Ok(Some(ids.message(key)))
    }

    fn take(&self, request: &Delivered<'_>) -> Result<Taken, Distrust> {
        leave::take(&self.settings.ids.secret, request)
    }

    async fn listen(&self, inlet: Arc<dyn Inlet>) -> Ended {
        let made = Intake::new(self.settings.clone(), self.recent.clone(), inlet);
        let Some(desk) = made else {
            return Ended::Broken { why: "no DNS server is known".to_owned() };
        };
        Ended::Broken { why: lmtp::serve(&self.settings.lmtp, Arc::new(desk)).await }
    }

    async fn test(&self) -> Result<String, SendError> {
        self.post.test().await?;
        Ok(format!("{} takes mail from `{}`", self.settings.host, self.settings.own()))
    }
}

#[cfg(test)]
mod tests;
