//! What each party was shown, counted by field class.

use std::collections::BTreeMap;

use bankside_store::records;
use bankside_transparency::record::{Decision, Kind};

use super::{Log, LogError, MAX_SCAN};
use crate::door::{Owner, code_of};
use crate::log::read::open;

/// What one party was shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Messages that held something of hers.
    pub disclosures: usize,
    /// How often each field class was among it, by its code.
    pub fields: BTreeMap<String, usize>,
}

impl Log {
    /// What each party was shown, by its short name, over the newest [`MAX_SCAN`] disclosures.
    ///
    /// # Errors
    /// [`LogError`].
    pub async fn tally(&self, owner: &Owner) -> Result<BTreeMap<String, Tally>, LogError> {
        let kind = code_of(&Kind::Disclose);
        let limit = i64::try_from(MAX_SCAN).unwrap_or(i64::MAX);
        let mut tx = self.store.read().await?;
        let rows =
            records::page_of(&mut tx, owner.customer, i64::MAX, None, Some(&kind), limit).await?;
        drop(tx);
        let mut tallies = BTreeMap::<String, Tally>::new();
        for row in rows {
            let record = open(owner, row)?.record;
            let Some(party) = record.party.filter(|_| record.decision != Decision::Refuse) else {
                continue;
            };
            let tally = tallies.entry(party.id).or_default();
            tally.disclosures += usize::from(!record.fields.is_empty());
            for field in record.fields {
                *tally.fields.entry(field).or_default() += 1;
            }
        }
        Ok(tallies)
    }
}
