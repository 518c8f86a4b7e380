//! Consents that run out: announced 14 and 3 days ahead and on the last day, and said once they
//! have.
//!
//! INVARIANT: words and the note that they were said are one transaction, so that each is said
//! once. A consent that was given for less time than that is not announced so far ahead.

use std::sync::Arc;

use bankside_domain::Timestamp;
use bankside_domain::consent::{Consent, Duration, State};
use bankside_domain::conversation::Outgoing;
use bankside_domain::customer::Customer;
use bankside_domain::time::{DAY_MS, TimeZone};
use bankside_language::{Catalogue, Formats, Msg};
use bankside_store::consents::{self, ConsentRow};
use bankside_store::conversations::{self, ConversationRow};
use bankside_store::{Store, StoreError};

use crate::commit::CommitError;
use crate::consents::{Consents, owner_of};
use crate::conversation::{Also, AnnounceError, Announcer};
use crate::door::{Owner, SealError, read_consent};
use crate::keys::{KeyError, KeyRing};
use crate::ports::{Clock, CoreBank, CoreError};

/// Days ahead; the nearest first, so that a node that was down says only that.
const AHEAD_DAYS: [i64; 3] = [0, 3, 14];
/// Consents that one run looks at, for each number of days.
const RUN_LIMIT: i64 = 500;

/// What one run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ran {
    /// Announced.
    pub announced: usize,
    /// Ended, because their time was over.
    pub expired: usize,
    /// Left to the next run, because something failed.
    pub waiting: usize,
}

/// Why one consent is left to the next run.
#[derive(Debug, thiserror::Error)]
enum Later {
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error("the consent cannot be opened")]
    Unreadable,
    #[error(transparent)]
    Core(#[from] CoreError),
    #[error(transparent)]
    Announce(#[from] AnnounceError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The use case. Cheap to clone.
#[derive(Clone)]
pub struct Expiry {
    pub(crate) store: Store,
    pub(crate) keys: KeyRing,
    pub(crate) core: Arc<dyn CoreBank>,
    pub(crate) consents: Consents,
    pub(crate) announcer: Announcer,
    pub(crate) clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Expiry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Expiry")
    }
}

/// One consent, with all that is needed to speak of it.
struct Case {
    owner: Owner,
    customer: Customer,
    consent: Consent,
    zone: TimeZone,
    /// Where it is spoken of: the linked chats of its party.
    chats: Vec<ConversationRow>,
}

impl Expiry {
    /// Announces and ends what is due. To be run every minute or so; at once on several nodes does
    /// no harm.
    ///
    /// # Errors
    /// [`StoreError`] where it is not known what is due. One consent that fails keeps no other.
    pub async fn run_due(&self) -> Result<Ran, StoreError> {
        let now = self.clock.now();
        let mut ran = Ran::default();
        let mut tx = self.store.read().await?;
        let due = consents::due(&mut tx, now, RUN_LIMIT).await?;
        drop(tx);
        for row in due {
            match self.end(&row).await {
                Ok(()) => ran.expired += 1,
                Err(error) => waits(&mut ran, &error),
            }
        }
        for days in AHEAD_DAYS {
            let mut tx = self.store.read().await?;
            let before = now.plus_days(days.max(1));
            let soon = consents::to_announce(&mut tx, before, days, RUN_LIMIT).await?;
            drop(tx);
            for row in soon.iter().filter(|row| row.until > now) {
                match self.announce(row, days, now).await {
                    Ok(said) => ran.announced += usize::from(said),
                    Err(error) => waits(&mut ran, &error),
                }
            }
        }
        Ok(ran)
    }

    /// Says that it runs out, and notes that it was said. `false` where there was nothing to say.
    async fn announce(&self, row: &ConsentRow, days: i64, now: Timestamp) -> Result<bool, Later> {
        let case = self.open(row).await?;
        let last_day = row.until.date_in(&case.zone) == now.date_in(&case.zone);
        if days == 0 && !last_day {
            return Ok(false);
        }
        let words = if case.wants(days) {
            case.words(|c, l| c.soon(l, row.until, now))
        } else {
            Vec::new()
        };
        let said = !words.is_empty();
        let id = row.id;
        let note: Also = Box::new(move |unit| {
            Box::pin(async move {
                consents::announced(unit.tx, id, days).await.map_err(|error| match error {
                    StoreError::Conflict => SealError::Done,
                    other => other.into(),
                })
            })
        });
        match self.announcer.say_in(&case.owner, words, note).await {
            Ok(_) => Ok(said),
            Err(AnnounceError::Seal(CommitError::Refused(SealError::Done))) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Ends it, and says so where it had been given.
    async fn end(&self, row: &ConsentRow) -> Result<(), Later> {
        let case = self.open(row).await?;
        let given = matches!(case.consent.state(), State::Authorised { .. });
        let words = if given { case.words(Case::over) } else { Vec::new() };
        self.announcer.say_in(&case.owner, words, self.ending(&case)).await?;
        Ok(())
    }

    fn ending(&self, case: &Case) -> Also {
        let (consents, owner, id) = (self.consents.clone(), case.owner.clone(), case.consent.id());
        Box::new(move |unit| {
            Box::pin(async move { Ok(consents.expire_in(unit, &owner, id).await?) })
        })
    }

    async fn open(&self, row: &ConsentRow) -> Result<Case, Later> {
        let bank = row.bank.parse().map_err(|_| Later::Unreadable)?;
        let owner = owner_of(&self.keys, row.customer, bank).await?;
        let consent = read_consent(&owner.key, row).ok_or(Later::Unreadable)?;
        let customer = self.core.customer(row.customer).await?;
        let mut tx = self.store.read().await?;
        let mut chats = conversations::of(&mut tx, row.customer).await?;
        chats.retain(|chat| row.party_kind == "channel" && chat.channel == row.party_id);
        let zone = TimeZone::get(&customer.time_zone).unwrap_or(TimeZone::UTC);
        Ok(Case { owner, customer, consent, zone, chats })
    }
}

impl Case {
    /// Whether it was given for longer than that, so that it is worth saying.
    fn wants(&self, days: i64) -> bool {
        let lasting = self.consent.terms().duration() != Duration::Once;
        match self.consent.state() {
            State::Authorised { at, until, .. } => {
                lasting && until.millis_since(*at) > days.max(1).saturating_mul(DAY_MS)
            }
            _ => false,
        }
    }

    /// The words for each chat, in its language.
    fn words(&self, say: impl Fn(&Self, Catalogue) -> String) -> Vec<(ConversationRow, Outgoing)> {
        let in_each = self.chats.iter().map(|chat| {
            let catalogue = Catalogue::for_reader(chat.language, &self.customer.region);
            (chat.clone(), Outgoing::text(say(self, catalogue)))
        });
        in_each.collect()
    }

    fn soon(&self, catalogue: Catalogue, until: Timestamp, now: Timestamp) -> String {
        let party = self.consent.terms().party().name.as_str();
        let date = until.date_in(&self.zone);
        if date == now.date_in(&self.zone) {
            return catalogue.text(Msg::ExpiryToday { party });
        }
        let formats = Formats::new(catalogue.language(), &self.customer.region, self.zone.clone());
        let days = until.millis_since(now).saturating_add(DAY_MS - 1) / DAY_MS;
        let days = usize::try_from(days).unwrap_or(1);
        catalogue.text(Msg::ExpirySoon { date: &formats.date_long(date), days, party })
    }

    fn over(&self, catalogue: Catalogue) -> String {
        let party = self.consent.terms().party().name.as_str();
        catalogue.text(Msg::ExpiryOver { party })
    }
}

fn waits(ran: &mut Ran, error: &Later) {
    tracing::warn!(%error, "a consent that runs out waits for the next run");
    ran.waiting += 1;
}
