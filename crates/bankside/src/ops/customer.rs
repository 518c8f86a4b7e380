//! `bankside customer`: what the bank does for one customer.

use anyhow::{Context as _, bail};
use bankside_domain::bank::BankId;
use bankside_domain::id::CustomerId;
use bankside_service::invitations::{HOURS, MAX_HOURS, invite};
use bankside_service::ports::Clock as _;
use clap::Subcommand;
use serde::Serialize;

use super::Place;
use crate::clock::SystemClock;
use crate::config::Config;
use crate::entropy::SystemEntropy;
use crate::{look, out, run};

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum CustomerCommand {
    /// Print a single-use link with which a customer registers her first passkey, or one after she
    /// lost all of hers. Hand it to her by a way that you trust: whoever opens it first can sign in
    /// as her. May run beside the service
    #[command(after_help = "Example:\n  bankside customer invite --bank harbour \
                            --customer 018bcfe5-6800-7000-8000-000000000001 --hours 2 \
                            --config /etc/bankside/bankside.toml")]
    Invite(InviteArgs),
}

/// Who is invited.
#[derive(Debug, clap::Args)]
pub(crate) struct InviteArgs {
    /// The bank, by its id
    #[arg(long, value_name = "ID")]
    bank: BankId,
    /// The customer, by the id that the core gives
    #[arg(long, value_name = "UUID")]
    customer: CustomerId,
    /// How long the link is good
    #[arg(long, value_name = "N", default_value_t = HOURS,
          value_parser = clap::value_parser!(u16).range(1..=i64::from(MAX_HOURS)))]
    hours: u16,
    /// Where customers reach this installation, if not at its `public_url`
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// As `--json` prints it.
#[derive(Serialize)]
struct Made {
    url: String,
    until: String,
}

/// Does it.
///
/// # Errors
/// Where the bank does not know her, or the database does not open.
pub(crate) async fn run(command: CustomerCommand) -> anyhow::Result<()> {
    let CustomerCommand::Invite(args) = command;
    let config = args.place.existing()?;
    known(&config, &args.bank, args.customer).await?;
    let store = run::main_store(&config).await?;
    let now = SystemClock.now();
    let made = invite(&store, &SystemEntropy, now, &args.bank, args.customer, args.hours).await;
    store.close().await;
    let made = made?;
    let base = args.url.clone().unwrap_or_else(|| config.public_url_at(config.listen));
    let base = base.trim_end_matches('/');
    let url = format!("{base}/{}/invitation/{}", args.bank, made.token.expose());
    let until = jiff::Timestamp::from_millisecond(made.until.as_millis())
        .map(|at| at.strftime("%Y-%m-%d %H:%M UTC").to_string())
        .context("the clock of this machine")?;
    if args.json {
        out::line(serde_json::to_string_pretty(&Made { url, until })?);
        return Ok(());
    }
    out::line(&url);
    out::line(format_args!(
        "Opens once, until {until}. Give it to nobody but her; registering ends her other \
         invitations."
    ));
    Ok(())
}

/// Whether the bank is served here, and knows her. A core that is not connected cannot be asked.
async fn known(config: &Config, bank: &BankId, customer: CustomerId) -> anyhow::Result<()> {
    let core = look::core(config)?;
    let banks = core.banks().await?;
    if !banks.iter().any(|known| known.id == *bank) {
        let ids: Vec<&str> = banks.iter().map(|known| known.id.as_str()).collect();
        bail!("there is no bank `{bank}` here; there are: {}", ids.join(", "));
    }
    let found = core.customer(customer).await.context("the core does not know this customer")?;
    if found.bank != *bank {
        bail!("this customer is not one of `{bank}`");
    }
    Ok(())
}
