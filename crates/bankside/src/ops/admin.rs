//! `bankside admin`: ways back in.

use bankside_service::staff;
use clap::Subcommand;

use super::Place;
use crate::clock::SystemClock;
use crate::entropy::SystemEntropy;
use crate::{out, run, setup};

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum AdminCommand {
    /// Make a new set-up link, with which one more operator registers a passkey; the link before
    /// ends. Operators and passkeys that there are stay
    #[command(
        after_help = "Example:\n  bankside admin recover --config /etc/bankside/bankside.toml"
    )]
    Recover(Place),
}

/// Does it. May run beside the service.
///
/// # Errors
/// Where the database does not open.
pub(crate) async fn run(command: AdminCommand) -> anyhow::Result<()> {
    let AdminCommand::Recover(place) = command;
    let config = place.existing()?;
    let store = run::main_store(&config).await?;
    let token = staff::new_link(&store, &SystemEntropy, &SystemClock).await?;
    store.close().await;
    out::line(setup::announce(&config.public_url_at(config.listen), &token));
    Ok(())
}
