//! Channels that want the answer in the very request, as voice assistants do.
//!
//! INVARIANT: the turn is the one of every channel: committed, answered through the door, sealed, put
//! on its way. Here its end is awaited, with a bound, and what is on its way is given to the request
//! instead of a courier. Before it is given, the consent that it rests on and the kill switch are read
//! once more, as a courier does.
//! INVARIANT: a message is given to one request. The same request again runs no second turn and is
//! given the same messages, as far as what they rest on still stands.
//!
//! What comes later than the bound waits for her next request, and says that it is an earlier answer.
//! Data wait for minutes only: who is in the room then may be somebody else.

use std::pin::pin;
use std::time::Duration;

use bankside_domain::Timestamp;
use bankside_domain::bank::Bank;
use bankside_domain::channel::{Event, Inbound};
use bankside_domain::customer::Language;
use bankside_domain::id::{ConversationId, MessageId};
use bankside_language::{Catalogue, Msg};
use bankside_store::dispatches::{self, DispatchRow};
use bankside_store::inbox::{self, FateRow};
use bankside_store::{StoreError, Tx, conversations, outbox};
use futures_util::future::{Either, select};

use super::courier::{Courier, Letter, LetterError};
use super::plan::{Because, Frame};
use super::{Channels, Reached, ReceiveError, addresses};
use crate::commit::CommitError;
use crate::conversation::{Chat, ChatError};
use crate::ports::{Answer, Aside, Channel, Delivered, Reply};

/// How often the inbox is looked at when nobody says that there is something.
const LOOK: Duration = Duration::from_millis(250);
/// After so long she is told that the answer takes a moment, where the operator lets it.
const SLOW: Duration = Duration::from_millis(1_500);
/// Messages of a conversation that one request looks at.
const LOOKED_AT: i64 = 64;
/// Earlier ones that it is given.
const EARLIER: usize = 3;
/// How long data wait for her next request, in milliseconds: fifteen minutes.
const DATA_WAIT_MS: i64 = 15 * 60 * 1000;
/// How long anything else does, in milliseconds: a week.
pub(super) const WAIT_MS: i64 = 7 * 24 * 3_600_000;

/// A request with what it came to.
struct Asked<'a> {
    all: &'a Channels,
    reached: &'a Reached,
    courier: Courier,
    chat: Chat,
    /// The id that its messages are kept under, and the same keyed.
    operator: (String, [u8; 32]),
}

impl Channels {
    /// The answer to a request whose event was taken in. Returns after the channel's bound at the
    /// latest.
    ///
    /// # Errors
    /// [`ReceiveError`].
    pub async fn answer(
        &self,
        channel: &str,
        event: &Inbound,
        request: &Delivered<'_>,
    ) -> Result<Answer, ReceiveError> {
        let Some((id, reached)) = self.connected.get_key_value(channel) else {
            return Ok(Answer::default());
        };
        let reply = match &event.event {
            Event::Message { .. }
            | Event::Choice { .. }
            | Event::Edit { .. }
            | Event::Begin { .. }
            | Event::Media
            | Event::Wish { .. } => self.reply((id, reached), event, request).await?,
            _ => Reply::default(),
        };
        Ok(reached.channel.respond(request, &reply))
    }

    async fn reply(
        &self,
        (channel, reached): (&str, &Reached),
        event: &Inbound,
        request: &Delivered<'_>,
    ) -> Result<Reply, ReceiveError> {
        let own = addresses::key(&self.keys, &*self.clock).await?;
        let hash = addresses::of_contact(&own, channel, &event.from);
        let chat = match self.chats.by_hash(&hash).await {
            // Nothing was said that would open one: an empty message.
            Err(ChatError::Unknown) => return Ok(Reply::default()),
            found => found?,
        };
        let provider = format!("{}/{}", chat.id, addresses::of_event(&own, channel, &event.id));
        let within = reached.channel.answers_within().unwrap_or_default();
        let words = Catalogue::of(chat.language).text(Msg::ChannelHoldOn);
        let over = pin!(self.turn_is_over(chat.id, (channel, &provider), within));
        let slow = pin!(slow(&*reached.channel, request, &words));
        let fate = match select(over, slow).await {
            Either::Left((fate, _)) => fate?,
            Either::Right(((), over)) => over.await?,
        };
        let id = format!("request/{}", event.id);
        let hash = addresses::of_message(&own, channel, &id);
        let operator = (id, hash);
        let courier = self.courier(channel, reached);
        let asked = Asked { all: self, reached, courier, chat, operator };
        match fate {
            Some(fate) => asked.answered(&fate).await,
            None => Ok(asked.late()),
        }
    }

    /// What became of a message once its turn is over; nothing where that takes too long.
    async fn turn_is_over(
        &self,
        chat: ConversationId,
        (channel, provider): (&str, &str),
        within: Duration,
    ) -> Result<Option<FateRow>, StoreError> {
        let mut listener = self.notifier.listen(chat);
        let waiting = async {
            loop {
                let mut look = self.store.look().await?;
                let fate = inbox::fate(&mut look, channel, provider).await?;
                drop(look);
                match fate {
                    Some(fate) if fate.is_over => return Ok(fate),
                    // Emptied meanwhile: there is nothing left to wait for.
                    None => return Ok(FateRow { is_over: true, answer_seq: None }),
                    // Another node may answer, of whom this one hears nothing.
                    Some(_) => drop(tokio::time::timeout(LOOK, listener.next()).await),
                }
            }
        };
        tokio::time::timeout(within, waiting).await.ok().transpose()
    }

    /// Lets go of what waited too long for a request.
    pub(super) async fn expire_waiting(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let before = self.clock.now().plus_millis(-WAIT_MS);
        for (id, reached) in self.connected.iter() {
            if reached.channel.answers_within().is_some() {
                outbox::expire(tx, id, before).await?;
            }
        }
        Ok(())
    }
}

async fn slow(channel: &dyn Channel, request: &Delivered<'_>, words: &str) {
    tokio::time::sleep(SLOW).await;
    channel.hold_on(request, words).await;
}

impl Asked<'_> {
    fn bank(&self) -> &Bank {
        &self.reached.bank
    }

    /// The answer is not ready; nothing is given to this request.
    fn late(&self) -> Reply {
        let catalogue = Catalogue::of(self.chat.language);
        let text = catalogue.text(Msg::ChannelLate { bank: &self.bank().name });
        metrics::counter!("bankside_answers_late_total", "channel" => self.chat.party.id.clone())
            .increment(1);
        self.plain(text, self.chat.language)
    }

    fn plain(&self, text: String, language: Language) -> Reply {
        Reply {
            language,
            frames: vec![Frame { text, ..Frame::default() }],
            again: Some(Catalogue::of(language).text(Msg::ChannelAgain)),
            aside: None,
        }
    }

    async fn answered(&self, fate: &FateRow) -> Result<Reply, ReceiveError> {
        let giving = self.giving(fate).await?;
        let given: Result<Vec<i64>, CommitError<StoreError>> =
            self.all.committer.commit(move |unit| Box::pin(giving.run(unit.tx))).await;
        let mut letters = Vec::new();
        for seq in given? {
            letters.extend(self.letter(seq).await?);
        }
        if letters.is_empty() {
            let words = Catalogue::of(self.chat.language).text(Msg::ChatError);
            return Ok(self.plain(words, self.chat.language));
        }
        Ok(self.said(&letters, fate.answer_seq))
    }

    async fn letter(&self, seq: i64) -> Result<Option<Letter>, ReceiveError> {
        self.courier.letter((self.chat.id, seq)).await.map_err(unreadable)
    }

    /// What is on its way in her conversation, and what of it this request is given.
    async fn giving(&self, fate: &FateRow) -> Result<Giving, ReceiveError> {
        let mut look = self.all.store.look().await?;
        let rows = outbox::of(&mut look, self.chat.id, LOOKED_AT).await?;
        drop(look);
        let now = self.all.clock.now();
        let (mut fresh, mut stale, mut earlier) = (Vec::new(), Vec::new(), 0);
        for row in rows {
            let seq = row.message_seq;
            let Some(letter) = self.letter(seq).await? else {
                stale.push((row.id, seq));
                continue;
            };
            let is_earlier = fate.answer_seq.is_none_or(|first| seq < first);
            if is_earlier && has_expired(&letter, now) {
                stale.push((row.id, seq));
            } else if !is_earlier || earlier < EARLIER {
                earlier += usize::from(is_earlier);
                fresh.push((row.id, self.noted(&letter)?));
            }
        }
        Ok(Giving { chat: self.chat.id, operator: self.operator.1, fresh, stale })
    }

    /// What is noted of a letter that a request is given, whole.
    fn noted(&self, letter: &Letter) -> Result<DispatchRow, ReceiveError> {
        let plan = letter.plan(&self.courier);
        let frame = plan.frames.first().cloned().unwrap_or_default();
        let said = (&frame, plan.because.as_slice());
        letter.dispatch(&self.courier, 0, Some(&self.operator.0), said).map_err(unreadable)
    }

    /// The letters as one reply.
    fn said(&self, letters: &[Letter], answer: Option<i64>) -> Reply {
        let language = letters.last().map_or(self.chat.language, |last| last.chat.language);
        let catalogue = Catalogue::of(language);
        let (mut frames, mut elsewhere) = (Vec::new(), false);
        for letter in letters {
            let mut plan = letter.plan(&self.courier);
            elsewhere |= plan.because.contains(&Because::LinksElsewhere);
            let is_earlier = answer.is_none_or(|first| letter.message.seq < first);
            if let Some(first) = plan.frames.first_mut().filter(|_| is_earlier) {
                first.text = catalogue.text(Msg::ChannelEarlier { words: &first.text });
            }
            frames.extend(plan.frames);
        }
        let asks = letters.last().is_some_and(|last| {
            !last.message.body.choices.is_empty() || last.chat.customer.is_none()
        });
        let bank = self.bank().name.as_str();
        Reply {
            language,
            frames,
            again: asks.then(|| catalogue.text(Msg::ChannelAgain)),
            aside: elsewhere.then(|| Aside {
                title: bank.to_owned(),
                text: catalogue.text(Msg::ChannelAside { bank }),
            }),
        }
    }
}

fn unreadable(error: LetterError) -> ReceiveError {
    match error {
        LetterError::Store(error) => error.into(),
        LetterError::Key(error) => error.into(),
        LetterError::Sealed(error) => ChatError::from(error).into(),
        LetterError::Retract(error) => error.into(),
    }
}

/// Whether an answer is too old to be told to a later request.
fn has_expired(letter: &Letter, now: Timestamp) -> bool {
    let wait = if letter.is_disclosure { DATA_WAIT_MS } else { WAIT_MS };
    now.millis_since(letter.message.at) >= wait
}

/// What a request is given.
struct Giving {
    chat: ConversationId,
    /// The request's id, keyed.
    operator: [u8; 32],
    /// Ids, and what is noted of each.
    fresh: Vec<(MessageId, DispatchRow)>,
    stale: Vec<(MessageId, i64)>,
}

impl Giving {
    /// Takes them off the outbox, once; says the numbers of those that the request was given, now or
    /// when it came before.
    async fn run(self, tx: &mut Tx) -> Result<Vec<i64>, StoreError> {
        let before = dispatches::all_by_operator(tx, &self.operator).await?;
        if !before.is_empty() {
            return Ok(before.into_iter().map(|row| row.seq).collect());
        }
        for (id, seq) in self.stale {
            if outbox::give(tx, id).await? {
                conversations::set_delivery(tx, self.chat, seq, "failed").await?;
            }
        }
        let mut given = Vec::with_capacity(self.fresh.len());
        for (id, row) in self.fresh {
            if !outbox::give(tx, id).await? {
                continue;
            }
            dispatches::insert(tx, &row).await?;
            conversations::set_delivery(tx, self.chat, row.seq, "sent").await?;
            given.push(row.seq);
        }
        Ok(given)
    }
}
