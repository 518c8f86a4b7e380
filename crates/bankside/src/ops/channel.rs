//! `bankside channel`: how a channel is connected, and whether it works.

mod walk;

use anyhow::{Context as _, bail};
use bankside_adapters::http::HttpClient;
use clap::Subcommand;
use serde::Serialize;

use super::Place;
use crate::config::{Config, Connection};
use crate::exit::Misused;
use crate::out;

/// What can be asked.
#[derive(Debug, Subcommand)]
pub(crate) enum ChannelCommand {
    /// Say, step by step, how a channel of a kind is connected
    #[command(
        after_help = "Example:\n  bankside channel add telegram --bank harbour --url https://bank.example"
    )]
    Add {
        /// The kind
        #[arg(value_enum)]
        kind: walk::Kind,
        /// The channel's own short name; the kind's where none is given
        #[arg(long)]
        id: Option<String>,
        /// The bank that speaks there
        #[arg(long, default_value = "BANK")]
        bank: String,
        /// The bank's own origin
        #[arg(long, default_value = "https://YOUR-BANK")]
        url: String,
    },
    /// List what is connected, with the address to which each operator delivers
    #[command(after_help = "Example:\n  bankside channel list --config bankside.toml --json")]
    List {
        #[command(flatten)]
        place: Place,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Tell the operator where to deliver, or print what must be told it by hand
    #[command(after_help = "Example:\n  bankside channel announce telegram --config bankside.toml")]
    Announce {
        /// The channel
        id: String,
        #[command(flatten)]
        place: Place,
    },
    /// Ask each operator whether the bank's credentials work. Exits with 1 where one does not
    #[command(after_help = "Example:\n  bankside channel test telegram --config bankside.toml")]
    Test {
        /// Only these
        ids: Vec<String>,
        #[command(flatten)]
        place: Place,
        /// A JSON object a line
        #[arg(long)]
        json: bool,
    },
}

/// What a test found.
#[derive(Serialize)]
struct Tested<'a> {
    channel: &'a str,
    works: bool,
    says: String,
}

/// What is connected.
#[derive(Serialize)]
struct Listed<'a> {
    channel: &'a str,
    kind: &'static str,
    bank: &'a str,
    hook: String,
}

/// Answers; says whether all is fine.
///
/// # Errors
/// Where the configuration cannot be used, or there is no such channel.
pub(crate) async fn run(command: ChannelCommand) -> anyhow::Result<bool> {
    match command {
        ChannelCommand::Add { kind, id, bank, url } => {
            out::line(walk::through(kind, id.as_deref(), &bank, url.trim_end_matches('/')));
            Ok(true)
        }
        ChannelCommand::List { place, json } => list(&place.config()?, json).map(|()| true),
        ChannelCommand::Announce { id, place } => announce(&place.config()?, &id).await,
        ChannelCommand::Test { ids, place, json } => test(&place.config()?, &ids, json).await,
    }
}

fn list(config: &Config, json: bool) -> anyhow::Result<()> {
    let url = config.public_url_at(config.listen);
    for one in &config.connect {
        let (channel, bank, kind) = (one.channel.as_str(), one.bank.as_str(), one.kind()?);
        let hook = one.hook(&url);
        if json {
            out::line(serde_json::to_string(&Listed { channel, kind, bank, hook })?);
        } else {
            out::line(format_args!("{channel:<16} {kind:<10} {bank:<12} {hook}"));
        }
    }
    Ok(())
}

async fn announce(config: &Config, id: &str) -> anyhow::Result<bool> {
    let found = config.connect.iter().find(|one| one.channel == id);
    let one = found.ok_or_else(|| unknown(config, id))?;
    out::line(one.announce(&client()?, &config.public_url_at(config.listen)).await?);
    Ok(true)
}

async fn test(config: &Config, ids: &[String], json: bool) -> anyhow::Result<bool> {
    let known = |id: &&String| config.connect.iter().any(|one| one.channel == **id);
    if let Some(id) = ids.iter().find(|id| !known(id)) {
        return Err(unknown(config, id));
    }
    if config.connect.is_empty() {
        bail!("no channel is connected; `bankside channel add KIND` says how");
    }
    let (client, url) = (client()?, config.public_url_at(config.listen));
    let mut all_work = true;
    for one in &config.connect {
        if !ids.is_empty() && !ids.contains(&one.channel) {
            continue;
        }
        let tested = tested(one, &client, &url).await;
        all_work &= tested.works;
        if json {
            out::line(serde_json::to_string(&tested)?);
        } else {
            let word = if tested.works { "works" } else { "FAILS" };
            out::line(format_args!("{:<16} {word}: {}", tested.channel, tested.says));
        }
    }
    Ok(all_work)
}

async fn tested<'a>(one: &'a Connection, client: &HttpClient, url: &str) -> Tested<'a> {
    let says = async {
        let connected = one.open(client, url)?;
        Ok::<_, anyhow::Error>(connected.channel.test().await?)
    };
    let (works, says) = match says.await {
        Ok(says) => (true, says),
        Err(error) => (false, format!("{error:#}")),
    };
    Tested { channel: &one.channel, works, says }
}

fn client() -> anyhow::Result<HttpClient> {
    HttpClient::new().context("no TLS in this process")
}

fn unknown(config: &Config, id: &str) -> anyhow::Error {
    let known: Vec<_> = config.connect.iter().map(|one| one.channel.as_str()).collect();
    Misused(format!("no channel `{id}` is connected; there are: {}", known.join(", "))).into()
}
