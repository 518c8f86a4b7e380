//! `bankside log rotate-key`: the log gets another signing key, and says so for ever.
//!
//! INVARIANT: the new secret is durable before the database hands the log to it, and the old one
//! leaves the file only after that. What was interrupted is settled by the next start.

use anyhow::Context as _;
use bankside_service::ports::Entropy as _;
use bankside_transparency::key::{KeyKind, SigningKey};
use zeroize::Zeroizing;

use crate::config::Config;
use crate::data::DataDir;
use crate::entropy::SystemEntropy;
use crate::keys::KeyFiles;
use crate::{out, run};

/// Does it.
///
/// # Errors
/// Where the service runs, or there is nothing that both keys could sign.
pub(super) async fn run(config: &Config) -> anyhow::Result<()> {
    let _lock = DataDir::take_existing(&config.data)?;
    let service = run::offline(config).await?;
    let files = KeyFiles::new(&config.keys_folder());
    service.log.publish().await.context("the last checkpoint of the old key")?;
    let old = service.log.verifier();
    let mut seed = Zeroizing::new([0; 32]);
    SystemEntropy.fill(&mut *seed);
    let next = SigningKey::from_seed(service.log.origin(), KeyKind::Note, &seed)?;
    let new = next.verifier();
    files.stage_log(SigningKey::from_seed(service.log.origin(), KeyKind::Note, &seed)?)?;
    let size = service.log.rotate(next).await?;
    files.settle_log(Some(&new.to_string()))?;
    let first = service.log.first_key().await;
    service.store.close().await;
    out::line(format_args!("from {size} entries on, the log is signed by\n{new}"));
    out::line(format_args!("and up to there by\n{old}"));
    if let Ok(first) = first {
        out::line(format_args!(
            "Who verifies goes on with the log's first key, from which the published rotation \
             leads to the new one:\n{first}"
        ));
    }
    out::line(format_args!(
        "Back up `{}`, copy it to every other node, and give each witness the new key before you \
         start the service.",
        files.log().display()
    ));
    Ok(())
}
