//! The private half: each customer's stream, opened with her key and recomputed from its secret;
//! and her consents.

use std::sync::Arc;

use bankside_domain::bank::BankId;
use bankside_domain::id::CustomerId;
use bankside_service::Service;
use bankside_service::door::Owner;
use bankside_service::keys::{DataKey, KeyError, Subject};
use bankside_store::records::{self, RecordRow};
use bankside_store::{Row, Tx, consents, log};
use bankside_transparency::hash::Hash256;
use bankside_transparency::leaf::{Commitment, StreamId, StreamSecret, body_hash};
use bankside_transparency::record::Record;
use zeroize::Zeroizing;

use super::Report;

/// Records that are held in memory at once.
const PAGE: i64 = 256;

/// A stream on the way.
struct Walk {
    customer: CustomerId,
    id: StreamId,
    key: DataKey,
    secret: StreamSecret,
    prev: Commitment,
    seq: i64,
    index: i64,
}

pub(super) async fn examine(service: &Service, report: &mut Report) -> anyhow::Result<()> {
    let mut tx = service.store.read().await?;
    let sql = "SELECT customer_id, stream_id, secret_ct, next_seq, head, head_index FROM stream";
    let streams = tx.rows(sql, &[]).await?;
    let mut records = 0;
    for row in &streams {
        records += stream(service, &mut tx, row, report).await?;
    }
    report.count("streams", u64::try_from(streams.len())?);
    report.count("records", records);
    let sql = "SELECT DISTINCT customer_id, bank FROM consent ORDER BY customer_id";
    let holders = tx.rows(sql, &[]).await?;
    let mut read = 0;
    for row in &holders {
        read += consents_of(service, &mut tx, row.parsed(0)?, row.parsed(1)?, report).await?;
    }
    report.count("consents", read);
    Ok(())
}

async fn stream(
    service: &Service,
    tx: &mut Tx,
    row: &Row,
    report: &mut Report,
) -> anyhow::Result<u64> {
    let customer: CustomerId = row.parsed(0)?;
    let id = StreamId(row.array(1)?);
    let key = match service.keys.get(Subject::Customer(customer)).await {
        Ok(key) => key,
        Err(KeyError::NoKey) => {
            // Cleared: the head stays for the log's proofs, and nothing else.
            report.must(row.bytes(2)?.is_empty(), || {
                format!("stream {id} has a secret but no key that opens it")
            });
            return Ok(0);
        }
        // Named among the data keys already.
        Err(_) => return Ok(0),
    };
    let opened = key.open(&format!("stream/{customer}"), row.bytes(2)?).map(Zeroizing::new);
    let secret = opened.ok().and_then(|bytes| <[u8; 32]>::try_from(bytes.as_slice()).ok());
    let Some(secret) = secret else {
        report.find(format!("the secret of stream {id} does not open with its customer's key"));
        return Ok(0);
    };
    let secret = StreamSecret::from_bytes(secret);
    let mut walk = Walk { customer, id, key, secret, prev: Commitment::NONE, seq: 0, index: -1 };
    loop {
        let page = records::from(tx, customer, walk.seq, PAGE).await?;
        if page.is_empty() {
            break;
        }
        for record in &page {
            walk.entry(tx, record, report).await?;
        }
    }
    let (next, head, head_index) = (row.int(3)?, row.array::<32>(4)?, row.int(5)?);
    report.must(walk.seq == next, || {
        format!("stream {id} counts {next} entries and has {}", walk.seq)
    });
    report.must(walk.prev.0.0 == head && walk.index == head_index, || {
        format!("the head of stream {id} is not its newest entry")
    });
    Ok(u64::try_from(walk.seq)?)
}

impl Walk {
    /// Recomputes one entry and moves on.
    async fn entry(
        &mut self,
        tx: &mut Tx,
        row: &RecordRow,
        report: &mut Report,
    ) -> anyhow::Result<()> {
        let (customer, n) = (self.customer, row.seq);
        let here = format!("entry {n} of stream {}", self.id);
        report.must(n == self.seq, || format!("{here}: {} should follow", self.seq));
        report.must(row.log_index > self.index, || format!("{here} lies before its predecessor"));
        let commitment = Commitment(Hash256(row.commitment));
        let leaf = log::leaves(tx, row.log_index, row.log_index + 1).await?.pop();
        report.must(leaf.as_deref() == Some(commitment.leaf().to_bytes().as_slice()), || {
            format!("{here}: leaf {} of the log is another", row.log_index)
        });
        match self.open(row) {
            None => report.find(format!("{here} does not open with its customer's key")),
            Some((text, record, body)) => {
                let seq = u64::try_from(n)?;
                let salted = body_hash(&self.secret.body_salt(seq), &body);
                for (holds, what) in [
                    (record.seq == seq && record.stream == self.id, "is another's inside"),
                    (record.prev == self.prev, "does not name the entry before it"),
                    (record.body == Some(salted), "has another body"),
                    (
                        Commitment::to_record(&self.secret.blinding(seq), &text) == commitment,
                        "is not what was committed to",
                    ),
                ] {
                    report.must(holds, || format!("{here} {what} ({customer})"));
                }
            }
        }
        (self.prev, self.seq, self.index) = (commitment, n + 1, row.log_index);
        Ok(())
    }

    fn open(&self, row: &RecordRow) -> Option<(Vec<u8>, Record, Vec<u8>)> {
        let (customer, n) = (self.customer, row.seq);
        let text = self.key.open(&format!("record/{customer}/{n}"), &row.record_ct).ok()?;
        let body = self.key.open(&format!("body/{customer}/{n}"), &row.body_ct).ok()?;
        let record = Record::parse(&text).ok()?;
        Some((text, record, body))
    }
}

/// Each of her consents opens, and says what its columns say.
async fn consents_of(
    service: &Service,
    tx: &mut Tx,
    customer: CustomerId,
    bank: BankId,
    report: &mut Report,
) -> anyhow::Result<u64> {
    let rows = consents::of(tx, customer).await?;
    let Ok(key) = service.keys.get(Subject::Customer(customer)).await else {
        report.find(format!("{customer} has {} consents but no key", rows.len()));
        return Ok(0);
    };
    let owner = Owner { customer, bank, key: Arc::new(key) };
    for row in &rows {
        match service.consents.get(&owner, row.id).await {
            Err(error) => report.find(format!("consent {}: {error}", row.id)),
            Ok(consent) => {
                let same = consent.state().code() == row.state
                    && i64::from(consent.version()) == row.version
                    && consent.terms().purpose().code() == row.purpose
                    && consent.terms().party().id == row.party_id;
                report.must(same, || {
                    format!("consent {} says another thing than its columns", row.id)
                });
            }
        }
    }
    Ok(u64::try_from(rows.len())?)
}
