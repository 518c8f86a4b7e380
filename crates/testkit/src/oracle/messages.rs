//! Conversations: every message opens, every answer to a linked customer is the very body of a
//! sealed record, every message of hers is answered once or waits.

use std::collections::{BTreeMap, BTreeSet};

use bankside_domain::conversation::Outgoing;
use bankside_domain::id::ConversationId;
use bankside_service::Service;
use bankside_service::keys::Subject;
use bankside_store::conversations::{self, ConversationRow, MessageRow};
use bankside_transparency::record::{Kind, PartyKind};

use super::Audit;
use super::streams::{Entry, Stream};

pub(super) async fn audit(service: &Service, streams: &[Stream], audit: &mut Audit) {
    let mut tx = service.store.read().await.unwrap();
    let ids = tx.rows("SELECT id FROM conversation", &[]).await.unwrap();
    let mut said = BTreeSet::new();
    for id in ids {
        let id: ConversationId = id.parsed(0).unwrap();
        let row = conversations::by_id(&mut tx, id).await.unwrap().unwrap();
        let messages = conversations::messages_after(&mut tx, id, 0, i64::MAX).await.unwrap();
        let inbox = inbox(&mut tx, id).await;
        conversation(service, streams, &row, &messages, &inbox, &mut said, audit).await;
    }
    drop(tx);
    for stream in streams {
        let withdrawn = stream.entries.iter().any(|e| e.record.kind == Kind::ChannelWithdrawn);
        for entry in stream.entries.iter().filter(|e| e.record.kind == Kind::Disclose) {
            // What a recipient was told stands in no conversation.
            let told = entry.record.party.as_ref().is_some_and(|p| p.kind == PartyKind::Recipient);
            audit.must(withdrawn || told || said.contains(&entry.log_index), || {
                format!("entry {} of {} was never said", entry.record.seq, stream.customer)
            });
        }
    }
}

async fn inbox(tx: &mut bankside_store::Tx, id: ConversationId) -> BTreeMap<i64, String> {
    let sql = "SELECT message_seq, state FROM inbox WHERE conversation_id = $1";
    let rows = tx.rows(sql, &[id.into()]).await.unwrap();
    let states: BTreeMap<_, _> =
        rows.iter().map(|r| (r.int(0).unwrap(), r.text(1).unwrap().to_owned())).collect();
    assert_eq!(states.len(), rows.len(), "one message stands twice in the inbox of {id}");
    states
}

async fn conversation(
    service: &Service,
    streams: &[Stream],
    row: &ConversationRow,
    messages: &[MessageRow],
    inbox: &BTreeMap<i64, String>,
    said: &mut BTreeSet<i64>,
    audit: &mut Audit,
) {
    let id = row.id;
    let subject = row.customer.map_or(Subject::Visitor(id), Subject::Customer);
    let key = service.keys.get(subject).await;
    let stream = streams.iter().find(|s| Some(s.customer) == row.customer);
    let mut sealed_before = false;
    let mut asked = BTreeMap::new();
    for (message, expected) in messages.iter().zip(messages.first().map_or(1, |m| m.seq)..) {
        let here = format!("message {} of {id}", message.seq);
        audit.must(message.seq == expected, || format!("{here} stands where {expected} must"));
        let place = format!("message/{id}/{}", message.seq);
        let opened = key.as_ref().ok().and_then(|key| key.open(&place, &message.body_ct).ok());
        let Some(json) = opened else {
            audit.find(format!("{here} ({}) does not open", message.author));
            continue;
        };
        let body = serde_json::from_slice::<Outgoing>(&json);
        audit.must(body.is_ok(), || format!("{here} is no message"));
        audit.messages += 1;
        if message.author == "customer" {
            asked.insert(message.seq, 0);
            continue;
        }
        match (message.log_index, stream) {
            (Some(index), Some(stream)) => {
                sealed_before = true;
                audit.must(said.insert(index), || format!("{here} repeats entry at {index}"));
                let entry = stream.entries.iter().find(|e| e.log_index == index);
                audit.must(entry.is_some_and(|e| is_its(e, message, &json, row)), || {
                    format!("{here} is not what was sealed at {index}")
                });
            }
            (None, _) => {
                let before = row.linked.is_none_or(|linked| message.at <= linked);
                audit.must(before && !sealed_before, || format!("{here} was never sealed"));
            }
            (Some(_), None) => audit.find(format!("{here} is sealed but nobody's")),
        }
    }
    let next = messages.last().map_or(row.next_seq, |m| m.seq + 1);
    audit.must(row.next_seq == next, || format!("{id} counts {} messages", row.next_seq - 1));
    questions(id, &asked, inbox, messages, audit);
}

/// Each message of hers stands in the inbox; each that was answered has something after it.
fn questions(
    id: ConversationId,
    asked: &BTreeMap<i64, usize>,
    inbox: &BTreeMap<i64, String>,
    messages: &[MessageRow],
    audit: &mut Audit,
) {
    let known: BTreeSet<_> = inbox.keys().collect();
    audit.must(known == asked.keys().collect(), || {
        format!("the inbox of {id} is not what the customer said")
    });
    let answered = inbox.values().filter(|s| *s == "answered").count();
    let answers = messages.iter().filter(|m| m.author == "bank").count();
    audit.must(answers >= answered, || {
        format!("{id} has {answers} answers to {answered} messages that count as answered")
    });
    audit.pending += inbox.values().filter(|s| *s == "pending").count();
    audit.dead += inbox.values().filter(|s| *s == "dead").count();
}

/// The very bytes, to this channel, under this receipt.
fn is_its(entry: &Entry, message: &MessageRow, json: &[u8], row: &ConversationRow) -> bool {
    let party = entry.record.party.as_ref();
    entry.body == json
        && Some(&entry.receipt) == message.receipt.as_ref()
        && entry.record.kind == Kind::Disclose
        && party.is_some_and(|p| p.id == row.channel)
        && entry.record.bank == row.bank.as_str()
}
