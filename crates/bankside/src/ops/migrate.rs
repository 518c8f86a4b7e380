//! `bankside migrate`: brings the databases to this version, as a start would.

use bankside_store::Schema;

use super::Place;
use crate::data::DataDir;
use crate::{out, run};

/// Does it. A newer schema is refused and left as it is.
///
/// # Errors
/// Where another process works there, or the schema is newer than this program.
pub(crate) async fn run(place: &Place) -> anyhow::Result<()> {
    let config = place.existing()?;
    let _lock = DataDir::take_existing(&config.data)?;
    run::main_store(&config).await?.close().await;
    run::key_store(&config).await?.close().await;
    out::line(format_args!(
        "main schema {}, key schema {}",
        Schema::Main.version(),
        Schema::Keys.version()
    ));
    Ok(())
}
