//! The core as commands look at it beside the service: read, never written.

use std::sync::Arc;

use anyhow::Context as _;
use bankside_adapters::core::sandbox::{Forgetful, OpenError, Sandbox, Settings};
use bankside_service::ports::{Clock as _, CoreBank};

use crate::clock::SystemClock;
use crate::config::{Config, CoreKind};
use crate::core_none::NoCore;
use crate::run;

/// The sandbox as its journal has it; none where there is no journal.
///
/// # Errors
/// Where the journal cannot be read at all.
pub(crate) fn sandbox(config: &Config) -> anyhow::Result<Option<Result<Sandbox, OpenError>>> {
    let path = config.data.join(run::SANDBOX);
    if !path.exists() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(&path).context("the sandbox's journal")?;
    // A last line without its end was never acknowledged.
    let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let lines: Vec<String> = whole.lines().map(str::to_owned).collect();
    let settings =
        Settings { seed: run::seed_of(&lines).unwrap_or_default(), ..Settings::default() };
    Ok(Some(Sandbox::open(settings, Forgetful, &lines, SystemClock.now())))
}

/// The configured core.
///
/// # Errors
/// Where it cannot be looked at.
pub(crate) fn core(config: &Config) -> anyhow::Result<Arc<dyn CoreBank>> {
    Ok(match config.core.kind {
        CoreKind::None => Arc::new(NoCore::new(config.bank.clone())),
        CoreKind::Sandbox => {
            let sandbox = sandbox(config)?.context("the sandbox was never started here")?;
            Arc::new(sandbox?)
        }
    })
}
