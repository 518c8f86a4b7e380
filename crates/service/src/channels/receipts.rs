//! How far a part went, as its operator's receipts say. One that comes before the part is noted is
//! kept for an hour, and applied when it is.

use bankside_domain::Timestamp;
use bankside_store::dispatches::DispatchRow;
use bankside_store::{StoreError, Tx, conversations, dispatches, early_receipts};

/// How long an early one is kept, in milliseconds.
const KEPT_MS: i64 = 3_600_000;

/// Applies a receipt about the part that the operator knows by that id, or keeps it.
pub(super) async fn came(
    tx: &mut Tx,
    operator_hash: &[u8; 32],
    state: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    match dispatches::by_operator(tx, operator_hash).await? {
        Some(row) => note(tx, &row, state).await,
        None if early_receipts::keep(tx, operator_hash, state, now).await? => Ok(()),
        None => {
            metrics::counter!("bankside_early_receipts_dropped_total").increment(1);
            Ok(())
        }
    }
}

/// Notes a part that was sent, and applies what came about it before.
pub(super) async fn sent(tx: &mut Tx, row: &DispatchRow) -> Result<(), StoreError> {
    dispatches::insert(tx, row).await?;
    let Some((hash, _)) = &row.operator else { return Ok(()) };
    match early_receipts::take(tx, hash).await? {
        Some(state) => note(tx, row, &state).await,
        None => Ok(()),
    }
}

/// Notes how far a part went; never back.
pub(super) async fn note(tx: &mut Tx, row: &DispatchRow, state: &str) -> Result<(), StoreError> {
    if row.state == "retracted" || (row.state == "read" && state == "delivered") {
        return Ok(());
    }
    let (chat, seq) = (row.conversation, row.seq);
    dispatches::set_state(tx, chat, seq, row.part, state).await?;
    if state == "read" {
        conversations::read_up_to(tx, chat, seq).await?;
    }
    conversations::set_delivery(tx, chat, seq, state).await
}

/// Lets go of those that nothing came for.
pub(super) async fn sweep(tx: &mut Tx, now: Timestamp) -> Result<u64, StoreError> {
    early_receipts::sweep(tx, now.plus_millis(-KEPT_MS)).await
}
