//! The oracle: rebuilds from what is stored what must be stored, and names every difference.
//!
//! INVARIANT: nothing here calls the code that wrote what it audits, except to decrypt and to hash;
//! places of sealed texts and the order of things are stated anew.

mod consents;
mod log;
mod messages;
mod streams;

use bankside_service::Service;
use bankside_transparency::checkpoint::Checkpoint;

/// What was found to hold.
#[derive(Clone, Debug, Default)]
pub struct Audit {
    /// Leaves of the log.
    pub leaves: u64,
    /// Records that opened, with their bodies.
    pub records: usize,
    /// Messages that opened.
    pub messages: usize,
    /// Disclosures that held data.
    pub disclosures: usize,
    /// Customers' messages that await their answer.
    pub pending: usize,
    /// Customers' messages that were given up.
    pub dead: usize,
    findings: Vec<String>,
}

impl Audit {
    fn find(&mut self, finding: impl Into<String>) {
        self.findings.push(finding.into());
    }

    fn must(&mut self, holds: bool, finding: impl FnOnce() -> String) {
        if !holds {
            self.findings.push(finding());
        }
    }
}

/// Audits everything, publishes a checkpoint, and verifies the log from it.
///
/// # Panics
/// With everything that does not hold.
pub async fn check(service: &Service, known: Option<&Checkpoint>) -> (Audit, Option<Checkpoint>) {
    service.log.publish().await.expect("a checkpoint is published");
    let (audit, checkpoint) = audit(service, known).await;
    assert!(audit.findings.is_empty(), "the oracle found:\n  {}", audit.findings.join("\n  "));
    (audit, checkpoint)
}

/// Everything that does not hold, as it is: no checkpoint is published for it.
pub async fn findings(service: &Service) -> Vec<String> {
    audit(service, None).await.0.findings
}

async fn audit(service: &Service, known: Option<&Checkpoint>) -> (Audit, Option<Checkpoint>) {
    let mut audit = Audit::default();
    let leaves = log::audit(service, &mut audit).await;
    let streams = streams::audit(service, &leaves, &mut audit).await;
    for stream in &streams {
        let replayed = consents::audit(stream, &mut audit);
        consents::stored(service, stream, &replayed, &mut audit).await;
    }
    messages::audit(service, &streams, &mut audit).await;
    let checkpoint = log::verify(service, &streams, &leaves, known, &mut audit).await;
    (audit, checkpoint)
}
