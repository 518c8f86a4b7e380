//! One message on its way to its operator.

use bankside_domain::Timestamp;
use bankside_domain::channel::Contact;
use bankside_domain::consent::{Consent, State};
use bankside_domain::conversation::{Author, Message};
use bankside_domain::id::{ConsentId, ConversationId};
use bankside_store::contacts::{self, ContactRow};
use bankside_store::conversations::{self, ConversationRow};
use bankside_store::dispatches::{self, DispatchRow};
use bankside_store::outbox::{self, Failure, Held, Hold, OutboxRow};
use bankside_store::{StoreError, Tx, consents, pulses, records, suspensions};

use super::{Courier, HOLD_MS, SEND_TIMEOUT, hold};
use crate::channels::plan::{Because, Frame, Plan, Setting};
use crate::channels::retraction::{OPERATOR_ID, RetractError, sent_at};
use crate::channels::{MAX_REASON, addresses, receipts};
use crate::commit::CommitError;
use crate::conversation::stored;
use crate::door::read_consent;
use crate::keys::{DataKey, KeyError, Subject, Unsealable};
use crate::ports::SendError;
use crate::suspension;

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::channels) enum Fate {
    /// The operator has all of it.
    Sent,
    /// To be tried again, not before so many milliseconds, and why.
    Later(Option<i64>, String),
    /// It waits until she is heard of again, after that time; she was told that there is something.
    Waits(Option<Timestamp>),
    /// It must not, or need not, be sent any more.
    Dropped(&'static str),
    /// She is gone from there.
    Gone(String),
    /// The operator refused it, and why: a dead letter.
    Dead(String),
    /// Another courier has it.
    Lost,
}

impl Fate {
    pub(super) const fn code(&self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Later(..) => "later",
            Self::Waits(_) => "waits",
            Self::Dropped(why) => why,
            Self::Gone(_) => "gone",
            Self::Dead(_) => "dead",
            Self::Lost => "lost",
        }
    }

    /// To be tried again after the usual pause.
    pub(super) fn later(why: &str) -> Self {
        Self::Later(None, why.to_owned())
    }

    /// Writes it down, unless another courier has it by now or it was dropped.
    pub(super) async fn write(
        &self,
        tx: &mut Tx,
        row: &OutboxRow,
        hold: Hold<'_>,
        next: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let (chat, seq) = (row.conversation, row.message_seq);
        let now = hold.until.plus_millis(-HOLD_MS);
        if outbox::keep(tx, row.id, hold).await? != Held::Mine {
            return Ok(());
        }
        if let Self::Later(_, why) | Self::Gone(why) | Self::Dead(why) = self {
            pulses::failed(tx, &row.channel, why, now).await?;
        }
        match self {
            Self::Lost => Ok(()),
            Self::Sent => {
                outbox::sent(tx, row.id).await?;
                conversations::set_sent(tx, chat, seq).await
            }
            Self::Waits(heard) => {
                outbox::wait(tx, row.id).await?;
                // She may have written while it was decided: nothing would wake it then.
                let contact = contacts::get(tx, chat).await?;
                if contact.is_some_and(|contact| contact.heard != *heard) {
                    outbox::wake(tx, chat, now).await?;
                }
                Ok(())
            }
            Self::Dropped(_) => {
                outbox::sent(tx, row.id).await?;
                conversations::set_delivery(tx, chat, seq, "failed").await
            }
            Self::Gone(_) => {
                contacts::left(tx, chat, now).await?;
                conversations::set_delivery(tx, chat, seq, "failed").await
            }
            Self::Later(_, reason) if next.is_some() => {
                outbox::put_off(tx, row.id, next, Failure { reason, at: now }).await
            }
            Self::Later(_, reason) | Self::Dead(reason) => {
                outbox::put_off(tx, row.id, None, Failure { reason, at: now }).await?;
                conversations::set_delivery(tx, chat, seq, "failed").await
            }
        }
    }
}

/// Why a message cannot be read.
#[derive(Debug, thiserror::Error)]
pub(in crate::channels) enum LetterError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Sealed(#[from] Unsealable),
    #[error(transparent)]
    Retract(#[from] RetractError),
}

/// A message with all that its sending needs.
pub(in crate::channels) struct Letter {
    to: Contact,
    pub(in crate::channels) chat: ConversationRow,
    heard: Option<Timestamp>,
    pub(in crate::channels) message: Message,
    /// Whether it rests on a consent.
    pub(in crate::channels) is_disclosure: bool,
    /// Parts that the operator has already.
    sent: i64,
    /// Seals what she was sent.
    key: DataKey,
    own: DataKey,
}

impl Courier {
    /// Opens a message by its place; nothing where it must not leave any more.
    pub(in crate::channels) async fn letter(
        &self,
        (conversation, seq): (ConversationId, i64),
    ) -> Result<Option<Letter>, LetterError> {
        let mut tx = self.store.read().await?;
        let Some(chat) = conversations::by_id(&mut tx, conversation).await? else {
            return Ok(None);
        };
        let contact = contacts::get(&mut tx, chat.id).await?;
        let Some(ContactRow { address_ct: Some(sealed), heard, left: None }) = contact else {
            return Ok(None);
        };
        let found = conversations::messages_after(&mut tx, chat.id, seq - 1, 1).await?;
        let Some(found) = found.into_iter().find(|found| found.seq == seq) else {
            return Ok(None);
        };
        let subject = chat.customer.map_or(Subject::Visitor(chat.id), Subject::Customer);
        let key = match self.keys.get(subject).await {
            Err(KeyError::NoKey) => return Ok(None),
            found => found?,
        };
        let ground = match (found.log_index, chat.customer) {
            (Some(index), Some(_)) => records::ground_of(&mut tx, index).await?,
            _ => None,
        };
        if !self.may_still_leave(&mut tx, &chat, &key, ground, found.at).await? {
            return Ok(None);
        }
        let sent = dispatches::of_message(&mut tx, chat.id, found.seq).await?;
        Ok(Some(Letter {
            to: addresses::open(&key, chat.id, &sealed)?,
            heard,
            message: stored::open(&key, &found)?,
            is_disclosure: ground.is_some(),
            sent: sent.last().map_or(0, |last| last.part + 1),
            own: addresses::key(&self.keys, &*self.clock).await?,
            key,
            chat,
        }))
    }

    /// Whether nothing that it rests on was taken back since it was sealed.
    async fn may_still_leave(
        &self,
        tx: &mut Tx,
        chat: &ConversationRow,
        key: &DataKey,
        ground: Option<ConsentId>,
        sealed: Timestamp,
    ) -> Result<bool, StoreError> {
        let subjects = [suspension::Subject::Channel(chat.channel.clone()).to_string()];
        for subject in subjects.iter().map(String::as_str).chain(["everything"]) {
            let suspended = suspensions::of(tx, subject).await?;
            // What was sealed since then holds nothing of hers: it may say what is suspended.
            if suspended.is_some_and(|suspended| suspended.since >= sealed) {
                return Ok(false);
            }
        }
        let (Some(ground), Some(customer)) = (ground, chat.customer) else { return Ok(true) };
        let consent = consents::get(tx, customer, ground).await?;
        let consent = consent.and_then(|row| read_consent(key, &row));
        // A consent for one answer was used up by the very answer.
        let holds = |consent: Consent| {
            consent.is_live(self.clock.now()) || matches!(consent.state(), State::Consumed { .. })
        };
        Ok(consent.is_some_and(holds))
    }
}

impl Letter {
    /// How the channel says it.
    pub(in crate::channels) fn plan(&self, courier: &Courier) -> Plan {
        let address = |link: &_| courier.address(link);
        let setting = Setting {
            can: courier.channel.can(),
            language: self.chat.language,
            address: &address,
            receipt: self.message.receipt.as_deref(),
        };
        // What rests on a consent holds something of hers, and what a person of the bank writes may.
        match self.is_disclosure || self.message.author == Author::Staff {
            true => Plan::of_disclosure(&self.message.body, &setting),
            false => Plan::of(&self.message.body, &setting),
        }
    }

    /// Sends what the operator does not have yet.
    pub(super) async fn send(self, courier: &Courier) -> Fate {
        let can = courier.channel.can();
        let now = courier.clock.now();
        if let Some(window) = can.window {
            let open = self.heard.is_some_and(|at| now < at.plus_millis(window.millis));
            if !open {
                return self.knock(courier, window.template).await;
            }
        }
        let plan = self.plan(courier);
        let skip = usize::try_from(self.sent).unwrap_or(usize::MAX);
        for (frame, part) in plan.frames.iter().zip(0_i64..).skip(skip) {
            let key = format!("{}/{part}", self.message.id);
            let sending = courier.channel.send(&self.to, frame, &key);
            let id = match tokio::time::timeout(SEND_TIMEOUT, sending).await {
                Ok(Ok(id)) => id,
                Ok(Err(SendError::WindowOver)) => {
                    let template = can.window.is_some_and(|window| window.template);
                    return self.knock(courier, template).await;
                }
                Ok(Err(error)) => return self.failed(&error),
                Err(_) => return Fate::later("no answer in time"),
            };
            match self.note(courier, part, id, (frame, &plan.because)).await {
                Ok(Held::Mine) => {}
                Ok(Held::Taken | Held::Dropped) => return Fate::Lost,
                Err(error) => {
                    tracing::warn!(%error, message = %self.message.id, "a sent part could not be noted");
                    return Fate::later("it could not be noted");
                }
            }
        }
        Fate::Sent
    }

    /// Tells her that there is a message, once, in words that hold nothing of hers.
    async fn knock(&self, courier: &Courier, template: bool) -> Fate {
        if !template {
            return Fate::Waits(self.heard);
        }
        match courier.channel.knock(&self.to, self.chat.language).await {
            Ok(_) => Fate::Waits(self.heard),
            Err(error @ (SendError::Later { .. } | SendError::Gone { .. })) => self.failed(&error),
            Err(error) => {
                tracing::warn!(%error, channel = %courier.id, "a template was not sent");
                Fate::Waits(self.heard)
            }
        }
    }

    fn failed(&self, error: &SendError) -> Fate {
        tracing::warn!(%error, message = %self.message.id, channel = %self.chat.channel, "not sent");
        match error {
            SendError::Later { after_millis, why } => Fate::Later(*after_millis, cut(why)),
            SendError::WindowOver => Fate::Waits(self.heard),
            SendError::Gone { why } => Fate::Gone(cut(why)),
            SendError::Refused { why } => Fate::Dead(cut(why)),
        }
    }

    /// Notes a part that the operator has, and whether the letter is still to be carried. Where the
    /// chat was emptied while it was on the wire, it is taken back.
    async fn note(
        &self,
        courier: &Courier,
        part: i64,
        id: Option<String>,
        (frame, because): (&Frame, &[Because]),
    ) -> Result<Held, CommitError<LetterError>> {
        let row = self.dispatch(courier, part, id.as_deref(), (frame, because));
        let row = row.map_err(CommitError::Refused)?;
        let (name, retractions) = (courier.name.clone(), courier.retractions.clone());
        let (outbox_id, channel, to) =
            (self.message.id, self.chat.channel.clone(), self.to.clone());
        let customer = self.chat.customer;
        courier
            .committer
            .commit(move |unit| {
                Box::pin(async move {
                    let held = outbox::keep(unit.tx, outbox_id, hold(&name, row.at)).await?;
                    pulses::sent(unit.tx, &channel, row.at).await?;
                    match (held, customer) {
                        (Held::Mine | Held::Taken, _) => receipts::sent(unit.tx, &row).await?,
                        (Held::Dropped, Some(customer)) => {
                            let (whose, at) =
                                ((customer, &*channel), (row.conversation, row.seq, part));
                            retractions.too_late_in(unit, whose, at, &to, id).await?;
                        }
                        (Held::Dropped, None) => {}
                    }
                    Ok(held)
                })
            })
            .await
    }

    /// What is noted of a part.
    pub(in crate::channels) fn dispatch(
        &self,
        courier: &Courier,
        part: i64,
        id: Option<&str>,
        (frame, because): (&Frame, &[Because]),
    ) -> Result<DispatchRow, LetterError> {
        let entropy = courier.keys.entropy();
        let operator = id.map(|id| {
            let sealed = self.own.seal(OPERATOR_ID, id.as_bytes(), entropy)?;
            Ok::<_, LetterError>((addresses::of_message(&self.own, &courier.id, id), sealed))
        });
        let place = sent_at((self.chat.id, self.message.seq, part));
        let frame = serde_json::to_vec(frame).map_err(|_| Unsealable)?;
        Ok(DispatchRow {
            conversation: self.chat.id,
            seq: self.message.seq,
            part,
            operator: operator.transpose()?,
            state: "sent".to_owned(),
            frame_ct: Some(self.key.seal(&place, &frame, entropy)?),
            retraction: None,
            because: codes(because),
            at: courier.clock.now(),
        })
    }
}

/// An operator's code, no longer than is kept.
fn cut(why: &str) -> String {
    why.chars().take(MAX_REASON).collect()
}

/// Why it looks so, as a dispatch keeps it.
fn codes(because: &[Because]) -> String {
    because.iter().map(|one| one.code()).collect::<Vec<_>>().join(" ")
}
