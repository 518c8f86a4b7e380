//! Messages: what the bank said in a linked chat was sealed before, and who asked was answered.

use bankside_domain::id::ConversationId;
use bankside_service::Service;
use bankside_store::inbox;

use super::Report;

pub(super) async fn examine(service: &Service, report: &mut Report) -> anyhow::Result<()> {
    let mut tx = service.store.read().await?;
    let total = tx.row("SELECT COUNT(*) FROM message", &[]).await?;
    report.count("messages", u64::try_from(total.map_or(Ok(0), |row| row.int(0))?)?);
    let unsealed = tx
        .rows(
            "SELECT m.conversation_id, m.seq FROM message m \
             JOIN conversation c ON c.id = m.conversation_id \
             WHERE c.linked_ms IS NOT NULL AND m.author = 'bank' AND m.log_index IS NULL \
             AND (m.at_ms > c.linked_ms OR EXISTS (SELECT 1 FROM message b \
             WHERE b.conversation_id = m.conversation_id AND b.seq < m.seq \
             AND b.log_index IS NOT NULL)) ORDER BY m.conversation_id, m.seq",
            &[],
        )
        .await?;
    for row in &unsealed {
        let (chat, seq): (ConversationId, i64) = (row.parsed(0)?, row.int(1)?);
        report.find(format!("message {seq} of {chat} went to a customer and was never sealed"));
    }
    let strangers = tx
        .rows(
            "SELECT m.conversation_id, m.seq, m.log_index FROM message m \
             LEFT JOIN record r ON r.log_index = m.log_index \
             WHERE m.log_index IS NOT NULL AND r.log_index IS NULL \
             ORDER BY m.conversation_id, m.seq",
            &[],
        )
        .await?;
    for row in &strangers {
        let (chat, seq): (ConversationId, i64) = (row.parsed(0)?, row.int(1)?);
        let index = row.int(2)?;
        report.find(format!("message {seq} of {chat} names entry {index}, which has no record"));
    }
    let (waiting, dead) = inbox::depth(&mut tx).await?;
    report.count("messages that await an answer", u64::try_from(waiting)?);
    report.count("messages that were given up", u64::try_from(dead)?);
    Ok(())
}
