//! `bankside sandbox`: makes something happen in the invented bank of a demo.
//!
//! The books of a running demo are in its memory, so a command beside it leaves a wish in the
//! database, which the demo takes up within a second. While none runs, the command opens the
//! sandbox itself; the next start finds it in the books.

use std::time::Duration;

use anyhow::bail;
use bankside_service::ports::{Clock as _, Entropy as _};
use bankside_service::sandbox::{self, Fate, Wish, WishError, WishKind};
use clap::Subcommand;

use super::Place;
use crate::clock::SystemClock;
use crate::config::{Config, CoreKind};
use crate::data::{DataDir, DataError};
use crate::entropy::SystemEntropy;
use crate::exit::Misused;
use crate::{out, run};

/// How often a wish is looked at, and how many times.
const LOOK: (Duration, u32) = (Duration::from_millis(100), 100);

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum SandboxCommand {
    /// Make something happen to one of the invented customers, now. It may run beside the demo
    #[command(subcommand, after_help = HELP)]
    Inject(Happening),
}

const HELP: &str = "Examples:
  bankside sandbox inject purchase --customer maya --amount 12.50 --merchant \"Corner shop\"
  bankside sandbox inject salary --customer maya --amount 1500 --employer \"Harbour works\"
  bankside sandbox inject refund --customer maya --amount 12.50 --merchant \"Corner shop\"

Exit codes: 0 it happened; 1 it failed; 2 the sandbox refuses it, and says why.";

/// What is to happen.
#[derive(Debug, Subcommand)]
pub(crate) enum Happening {
    /// One of her cards pays: a hold now, the booking a day later
    Purchase {
        /// Whom it pays
        #[arg(long, value_name = "NAME")]
        merchant: String,
        /// What for: groceries, eating_out, transport, ... Without it, shopping
        #[arg(long, value_name = "CODE")]
        category: Option<String>,
        #[command(flatten)]
        whose: Whose,
    },
    /// Wages arrive on her account
    Salary {
        /// From whom
        #[arg(long, value_name = "NAME")]
        employer: String,
        #[command(flatten)]
        whose: Whose,
    },
    /// A merchant returns money to one of her cards
    Refund {
        /// Who returns it
        #[arg(long, value_name = "NAME")]
        merchant: String,
        #[command(flatten)]
        whose: Whose,
    },
}

/// Whose account, and how much.
#[derive(Debug, clap::Args)]
pub(crate) struct Whose {
    /// One of the customers whom the demo introduces, by her given name, or by id
    #[arg(long, value_name = "NAME")]
    customer: String,
    /// Which account, by name or id; without it, her first that suits
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// How much: digits with an optional point, in the account's currency
    #[arg(long, value_name = "12.50")]
    amount: String,
    #[command(flatten)]
    place: Place,
}

/// Does it.
///
/// # Errors
/// [`Misused`] where the sandbox refuses it.
pub(crate) async fn run(command: SandboxCommand) -> anyhow::Result<()> {
    let SandboxCommand::Inject(happening) = command;
    let (kind, who, category, whose) = match happening {
        Happening::Purchase { merchant, category, whose } => {
            (WishKind::Purchase, merchant, category, whose)
        }
        Happening::Salary { employer, whose } => (WishKind::Salary, employer, None, whose),
        Happening::Refund { merchant, whose } => (WishKind::Refund, merchant, None, whose),
    };
    let Whose { customer, account, amount, place } = whose;
    let config = place.existing()?;
    if config.core.kind != CoreKind::Sandbox {
        bail!("the core of this installation is no sandbox; nothing can be made to happen in it");
    }
    let wish = Wish { kind, customer, account, amount, who, category };
    let fate = match DataDir::take_existing(&config.data) {
        Ok(data) => alone(&data, &wish).await?,
        Err(DataError::Busy(..)) => beside(&config, &wish).await?,
        Err(other) => return Err(other.into()),
    };
    match fate {
        Fate::Done(id) => out::line(format_args!("it happened, as transaction {id}")),
        Fate::Refused(words) => return Err(Misused(words).into()),
    }
    Ok(())
}

/// In the sandbox itself, while nobody else works with it.
async fn alone(data: &DataDir, wish: &Wish) -> anyhow::Result<Fate> {
    let sandbox = run::sandbox(data, None)?;
    match wish.come_true(&*sandbox, &new_key()).await {
        Ok(id) => Ok(Fate::Done(id)),
        Err(error @ (WishError::Core(_) | WishError::Store(_))) => Err(error.into()),
        Err(refused) => Ok(Fate::Refused(refused.to_string())),
    }
}

/// By the demo that runs.
async fn beside(config: &Config, wish: &Wish) -> anyhow::Result<Fate> {
    let (store, key) = (run::main_store(config).await?, new_key());
    sandbox::leave(&store, &key, wish, SystemClock.now()).await?;
    let (pause, times) = LOOK;
    for _ in 0..times {
        if let Some(fate) = sandbox::fate(&store, &key).await? {
            store.close().await;
            return Ok(fate);
        }
        tokio::time::sleep(pause).await;
    }
    bail!("whoever works in the data directory did not take it up; it comes about once a demo does")
}

/// A key that nobody used before.
fn new_key() -> String {
    let mut bytes = [0; 16];
    SystemEntropy.fill(&mut bytes);
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
