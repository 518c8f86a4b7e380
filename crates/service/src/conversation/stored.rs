//! Messages as they lie in the store: sealed, and bound to their place.

use bankside_domain::conversation::{Author, Delivery, Message, Outgoing};
use bankside_domain::id::ConversationId;
use bankside_store::StoreError;
use bankside_store::conversations::MessageRow;

use crate::keys::{DataKey, Unsealable};
use crate::ports::Entropy;

/// Where a message is sealed.
pub(super) fn place(conversation: ConversationId, seq: i64) -> String {
    format!("message/{conversation}/{seq}")
}

/// Where a conversation's own state is sealed.
pub(super) fn memory_place(conversation: ConversationId) -> String {
    format!("memory/{conversation}")
}

/// Where its session phrase is sealed.
pub(super) fn phrase_place(conversation: ConversationId) -> String {
    format!("phrase/{conversation}")
}

/// Seals a body for its place.
pub(super) fn seal(
    key: &DataKey,
    conversation: ConversationId,
    seq: i64,
    body: &Outgoing,
    entropy: &dyn Entropy,
) -> Result<Vec<u8>, Unsealable> {
    let json = serde_json::to_vec(body).map_err(|_| Unsealable)?;
    key.seal(&place(conversation, seq), &json, entropy)
}

/// Opens a row.
pub(crate) fn open(key: &DataKey, row: &MessageRow) -> Result<Message, StoreError> {
    let json = key.open(&place(row.conversation, row.seq), &row.body_ct);
    let json = json.map_err(|_| StoreError::Shape)?;
    Ok(Message {
        id: row.id,
        seq: row.seq,
        author: match row.author.as_str() {
            "customer" => Author::Customer,
            "bank" => Author::Bank,
            "staff" => Author::Staff,
            _ => return Err(StoreError::Shape),
        },
        body: serde_json::from_slice(&json).map_err(|_| StoreError::Shape)?,
        receipt: row.receipt.clone(),
        at: row.at,
        delivery: match row.delivery.as_str() {
            "accepted" => Delivery::Accepted,
            "sent" => Delivery::Sent,
            "delivered" => Delivery::Delivered,
            "read" => Delivery::Read,
            _ => Delivery::Failed,
        },
    })
}
