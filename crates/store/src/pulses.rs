//! When a channel last did something: for its health, not for its work.

use bankside_domain::Timestamp;

use crate::waist::{StoreError, Tx};

/// What a channel last did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PulseRow {
    /// When its operator last took a message.
    pub sent: Option<Timestamp>,
    /// When its operator last delivered something.
    pub heard: Option<Timestamp>,
    /// When something last failed, and the operator's code.
    pub failed: Option<(Timestamp, String)>,
}

/// A channel's; empty where it never did anything.
///
/// # Errors
/// [`StoreError`].
pub async fn of(tx: &mut Tx, channel: &str) -> Result<PulseRow, StoreError> {
    let sql = "SELECT sent_ms, heard_ms, failed_ms, failure FROM channel_pulse WHERE channel = $1";
    let Some(row) = tx.row(sql, &[channel.into()]).await? else { return Ok(PulseRow::default()) };
    let time = |column| Ok::<_, StoreError>(row.maybe_int(column)?.map(Timestamp::from_millis));
    let failure = row.maybe_text(3)?.map(str::to_owned);
    Ok(PulseRow { sent: time(0)?, heard: time(1)?, failed: time(2)?.zip(failure) })
}

/// Its operator took a message.
///
/// # Errors
/// [`StoreError`].
pub async fn sent(tx: &mut Tx, channel: &str, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO channel_pulse (channel, sent_ms) VALUES ($1, $2) \
               ON CONFLICT (channel) DO UPDATE SET sent_ms = $2";
    tx.run(sql, &[channel.into(), now.into()]).await.map(drop)
}

/// Its operator delivered something.
///
/// # Errors
/// [`StoreError`].
pub async fn heard(tx: &mut Tx, channel: &str, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO channel_pulse (channel, heard_ms) VALUES ($1, $2) \
               ON CONFLICT (channel) DO UPDATE SET heard_ms = $2";
    tx.run(sql, &[channel.into(), now.into()]).await.map(drop)
}

/// Something failed.
///
/// # Errors
/// [`StoreError`].
pub async fn failed(
    tx: &mut Tx,
    channel: &str,
    failure: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO channel_pulse (channel, failed_ms, failure) VALUES ($1, $2, $3) \
               ON CONFLICT (channel) DO UPDATE SET failed_ms = $2, failure = $3";
    tx.run(sql, &[channel.into(), now.into(), failure.into()]).await.map(drop)
}
