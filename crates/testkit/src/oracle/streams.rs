//! The private half: each customer's stream, opened with her key and recomputed from its secret.

use std::collections::BTreeSet;
use std::sync::Arc;

use bankside_domain::CustomerId;
use bankside_service::Service;
use bankside_service::keys::{DataKey, Subject};
use bankside_store::records::{self, RecordRow};
use bankside_transparency::hash::Hash256;
use bankside_transparency::heads::Head;
use bankside_transparency::leaf::{Commitment, Leaf, StreamId, StreamSecret, body_hash};
use bankside_transparency::receipt::ReceiptNumber;
use bankside_transparency::record::Record;

use super::Audit;

/// A stream as it was found.
pub(super) struct Stream {
    pub(super) id: StreamId,
    pub(super) customer: CustomerId,
    /// Nothing where her key was destroyed.
    pub(super) key: Option<Arc<DataKey>>,
    pub(super) entries: Vec<Entry>,
    /// The index of each leaf with the head that it made.
    pub(super) heads: Vec<(usize, Head)>,
}

/// An entry that opened.
pub(super) struct Entry {
    pub(super) record: Record,
    pub(super) body: Vec<u8>,
    pub(super) log_index: i64,
    pub(super) receipt: String,
}

/// Opens and recomputes every stream; each commitment of the log must be somebody's.
pub(super) async fn audit(service: &Service, leaves: &[Leaf], audit: &mut Audit) -> Vec<Stream> {
    let mut tx = service.store.read().await.unwrap();
    let sql = "SELECT customer_id, stream_id, secret_ct, next_seq, head, head_index FROM stream";
    let rows = tx.rows(sql, &[]).await.unwrap();
    drop(tx);
    let (mut streams, mut claimed, mut cleared) = (Vec::new(), BTreeSet::new(), false);
    for row in rows {
        let customer: CustomerId = row.parsed(0).unwrap();
        let id = StreamId(row.array(1).unwrap());
        let (next, head) = (row.int(3).unwrap(), row.array::<32>(4).unwrap());
        let head_index = row.int(5).unwrap();
        let head = Commitment(Hash256(head));
        let Ok(key) = service.keys.get(Subject::Customer(customer)).await else {
            cleared = true;
            let sealed = row.bytes(2).unwrap();
            audit.must(sealed.is_empty(), || format!("stream {id} has no key but a secret"));
            let seq = u64::try_from(next - 1).unwrap();
            let heads =
                vec![(usize::try_from(head_index).unwrap(), Head { seq, commitment: head })];
            streams.push(Stream { id, customer, key: None, entries: Vec::new(), heads });
            continue;
        };
        let secret = key.open(&format!("stream/{customer}"), row.bytes(2).unwrap()).unwrap();
        let secret = StreamSecret::from_bytes(secret.try_into().unwrap());
        let mut stream = Stream {
            id,
            customer,
            key: Some(Arc::new(key)),
            entries: Vec::new(),
            heads: Vec::new(),
        };
        let mut prev = Commitment::NONE;
        for record in all_records(service, customer).await {
            prev = entry(&mut stream, &record, prev, &secret, leaves, audit);
            audit.must(claimed.insert(record.log_index), || {
                format!("leaf {} has two records", record.log_index)
            });
        }
        let found = i64::try_from(stream.entries.len()).unwrap();
        audit.must(found == next, || format!("stream {id} counts {next} and has {found} entries"));
        audit.must(prev == head, || format!("the head of stream {id} is not its newest entry"));
        let last = stream.entries.last().map_or(-1, |e| e.log_index);
        audit.must(last == head_index, || format!("stream {id} has its head at {head_index}"));
        audit.records += stream.entries.len();
        streams.push(stream);
    }
    for (index, _) in (0..).zip(leaves).filter(|(_, l)| matches!(l, Leaf::Commitment(_))) {
        audit.must(cleared || claimed.contains(&index), || format!("leaf {index} is nobody's"));
    }
    streams
}

async fn all_records(service: &Service, customer: CustomerId) -> Vec<RecordRow> {
    let mut tx = service.store.read().await.unwrap();
    let mut rows = records::page(&mut tx, customer, i64::MAX, i64::MAX).await.unwrap();
    rows.reverse();
    rows
}

/// Recomputes one entry; its commitment.
fn entry(
    stream: &mut Stream,
    row: &RecordRow,
    prev: Commitment,
    secret: &StreamSecret,
    leaves: &[Leaf],
    audit: &mut Audit,
) -> Commitment {
    let (customer, n) = (stream.customer, row.seq);
    let here = format!("entry {n} of {customer}");
    let key = stream.key.clone().unwrap();
    let seq = u64::try_from(n).unwrap();
    let bytes = key.open(&format!("record/{customer}/{n}"), &row.record_ct).unwrap();
    let body = key.open(&format!("body/{customer}/{n}"), &row.body_ct).unwrap();
    let record = Record::parse(&bytes).unwrap();
    let commitment = Commitment::to_record(&secret.blinding(seq), &bytes);
    let leaf = leaves.get(usize::try_from(row.log_index).unwrap());
    let kind = serde_json::to_value(record.kind).unwrap();
    for (holds, what) in [
        (stream.entries.len() == usize::try_from(n).unwrap(), "is out of order"),
        (record.seq == seq, "has another number inside"),
        (record.stream == stream.id, "is of another stream"),
        (record.prev == prev, "does not follow the one before"),
        (record.body == Some(body_hash(&secret.body_salt(seq), &body)), "has another body"),
        (row.commitment == commitment.0.0, "has another commitment"),
        (leaf == Some(&commitment.leaf()), "is not its leaf in the log"),
        (row.receipt == ReceiptNumber::of(commitment).to_string(), "has another receipt"),
        (kind == row.kind.as_str(), "has another kind in its column"),
        (record.party.as_ref().map(|p| p.id.clone()) == row.party, "has another party"),
        (
            record.consent.as_ref().map(|c| c.id.clone()) == row.consent.map(|c| c.to_string()),
            "has another consent",
        ),
        (i64::try_from(record.time.as_unix()).unwrap() == row.at.as_millis(), "has another time"),
    ] {
        audit.must(holds, || format!("{here} {what}"));
    }
    let index = usize::try_from(row.log_index).unwrap();
    audit.must(stream.heads.last().is_none_or(|(i, _)| *i < index), || {
        format!("{here} lies before its predecessor in the log")
    });
    stream.heads.push((index, Head { seq, commitment }));
    let (log_index, receipt) = (row.log_index, row.receipt.clone());
    stream.entries.push(Entry { record, body, log_index, receipt });
    commitment
}
