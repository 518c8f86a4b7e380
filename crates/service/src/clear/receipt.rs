//! The text of the receipt: what was destroyed, when, and what stays and why.
//!
//! INVARIANT: the first line names the kind of note and the third is no number, so that it can
//! never pass for a checkpoint. It names no entry of the log: what stays there belongs to nobody.

use std::fmt;

use bankside_domain::Timestamp;
use bankside_domain::id::CustomerId;

use super::Erased;

/// First line.
pub(super) const HEADER: &str = "bankside/clearing/v1";

/// Everything that the receipt says.
pub(super) struct Text<'a> {
    pub(super) origin: &'a str,
    pub(super) bank: &'a str,
    pub(super) customer: CustomerId,
    pub(super) asked: Timestamp,
    pub(super) done: Timestamp,
    pub(super) erased: &'a Erased,
    /// Whether the data lie in files that were scrubbed here.
    pub(super) embedded: bool,
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Erased { consents, chats, messages, records, asked_back, kept_there } = self.erased;
        writeln!(f, "{HEADER}\n{}", self.origin)?;
        writeln!(f, "bank: {}\ncustomer: {}", self.bank, self.customer)?;
        writeln!(f, "asked: {}\ndone: {}", self.asked, self.done)?;
        writeln!(f, "destroyed: the customer's data key and the secret of her log stream")?;
        writeln!(f, "destroyed: {consents} consents, all ended first")?;
        writeln!(f, "destroyed: {chats} chats with {messages} messages")?;
        writeln!(f, "destroyed: {records} entries of the disclosure log with what was sent")?;
        writeln!(f, "destroyed: sessions and links")?;
        if *asked_back > 0 {
            writeln!(f, "asked: operators of channels to delete {asked_back} messages")?;
        }
        if *kept_there > 0 {
            writeln!(f, "stays: {kept_there} messages that operators of channels never give back")?;
        }
        writeln!(f, "stays: the bank's own ledger, in its core system, as the law demands")?;
        writeln!(f, "stays: the public leaves of the log; nobody can tell what they meant")?;
        writeln!(f, "stays: passkeys, which are the customer's sign-in at the bank")?;
        writeln!(f, "stays: this receipt")?;
        let bound = if self.embedded {
            "bound: the files here hold none of it; backups made before hold it unreadable, \
             without its key"
        } else {
            "bound: the database server's own logs and replicas may hold the wrapped key until \
             the bank destroys the master key of that time"
        };
        writeln!(f, "{bound}")
    }
}
