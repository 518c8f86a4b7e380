//! The secure view: the answer to a question, on the bank's own origin, for her own eyes.
//!
//! No disclosure: nothing leaves to another party. It takes her own session, and nothing else.

use std::sync::Arc;

use bankside_domain::bank::Bank;
use bankside_domain::conversation::{LinkTarget, Outgoing};
use bankside_domain::customer::{Language, SessionEnded};
use bankside_domain::disclosure::Level;
use bankside_domain::disclosure::project::Project;
use bankside_domain::money::MoneyError;
use bankside_domain::party::{Ceiling, PartyKind};
use bankside_domain::raw::NotHers;
use bankside_domain::time::TimeZone;
use bankside_domain::{OwnView, Party};
use bankside_language::{Catalogue, Task};

use super::query::Query;
use super::render::{self, Style};
use crate::ports::{Clock, CoreBank, CoreError};
use crate::sign_in::SignedIn;

/// Why there is nothing to see.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// Her session is over.
    #[error(transparent)]
    Ended(#[from] SessionEnded),
    /// The core bank does not answer.
    #[error(transparent)]
    Core(#[from] CoreError),
    /// The data are another's. A defect.
    #[error(transparent)]
    NotHers(#[from] NotHers),
    /// A sum left the range.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// There is nothing to show for this question.
    #[error("there is nothing to show for this question")]
    Nothing,
}

/// What the page shows.
#[derive(Clone, Debug)]
pub struct SecureView {
    /// Words and cards, whole.
    pub shown: Outgoing,
    /// Language that they are in.
    pub language: Language,
}

/// The use case. Cheap to clone.
#[derive(Clone)]
pub struct Viewer {
    pub(crate) core: Arc<dyn CoreBank>,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Viewer {
    /// Answers `task` in full for the customer who is signed in.
    ///
    /// # Errors
    /// [`ViewError`].
    pub async fn view(
        &self,
        signed_in: &SignedIn,
        bank: &Bank,
        task: &Task,
        language: Language,
    ) -> Result<SecureView, ViewError> {
        let now = self.clock.now();
        let view = signed_in.own_view(now)?;
        let customer = self.core.customer(signed_in.session.customer).await?;
        let zone = TimeZone::get(&customer.time_zone).unwrap_or(TimeZone::UTC);
        let today = now.date_in(&zone);
        let party = Party {
            kind: PartyKind::Channel,
            id: "own-view".to_owned(),
            name: bank.name.clone(),
            ceiling: Ceiling::BankOwned,
        };
        let style = Style {
            catalogue: Catalogue::for_reader(language, &customer.region),
            region: &customer.region,
            zone: &zone,
            bank: &bank.name,
            party: &party,
            task,
            today,
            since: None,
            secure_view: LinkTarget::Page { path: "/".to_owned() },
        };
        let query = Query::new(task, now, &zone, today);
        let shown = self.show(&view, query, task, &style).await?;
        Ok(SecureView { shown, language })
    }

    async fn show(
        &self,
        view: &OwnView,
        query: Query,
        task: &Task,
        s: &Style<'_>,
    ) -> Result<Outgoing, ViewError> {
        let core = &*self.core;
        Ok(match task {
            Task::Balances { .. } => {
                render::balances(Some(whole(query.balances(core, view).await?, view)?), s)
            }
            Task::Transactions { .. } => {
                render::transactions(Some(whole(query.transactions(core, view).await?, view)?), s)
            }
            Task::Spending { .. } => {
                render::spending(Some(whole(query.spending(core, view).await?, view)?), s)
            }
            Task::Recurring => {
                render::recurring(Some(whole(query.recurring(core, view).await?, view)?), s)
            }
            Task::Upcoming { .. } => {
                render::upcoming(Some(whole(query.recurring(core, view).await?, view)?), s)
            }
            Task::AccountNumber { .. } => {
                render::numbers(Some(whole(query.numbers(core, view).await?, view)?), s)
            }
            Task::Enough { .. } => {
                render::enough(Some(whole(query.enough(core, view).await?, view)?), s)
            }
            _ => return Err(ViewError::Nothing),
        })
    }
}

/// Everything, for her own eyes.
fn whole<R: Project>(raw: bankside_domain::Raw<R>, view: &OwnView) -> Result<R::Shown, ViewError> {
    Ok(raw.for_owner(view)?.show(Level::Detail)?)
}
