//! The command line: what can be asked, and how a question ends.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};
use clap_complete::Shell;

use crate::clock::Stopwatch;
use crate::demo::{self, DemoArgs};
use crate::ops::Place;
use crate::ops::admin::AdminCommand;
use crate::ops::backup::{BackupArgs, RestoreArgs};
use crate::ops::channel::ChannelCommand;
use crate::ops::config::ConfigCommand;
use crate::ops::conformance::ConformanceCommand;
use crate::ops::customer::CustomerCommand;
use crate::ops::doctor::DoctorArgs;
use crate::ops::keys::KeysCommand;
use crate::ops::log::LogCommand;
use crate::ops::policy::PolicyCommand;
use crate::ops::sandbox::SandboxCommand;
use crate::ops::suspend::SuspendCommand;
use crate::ops::verify::VerifyArgs;
use crate::serve::{self, ServeArgs};
use crate::{exit, ops, out};

/// Banking in any chat, with the data staying on the bank's side
#[derive(Debug, Parser)]
#[command(name = "bankside", version, after_help = exit::HELP)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run everything on one port with a seeded bank, to try it
    #[command(after_help = "Example:\n  bankside demo --data /tmp/bank --listen 127.0.0.1:9000")]
    Demo(DemoArgs),
    /// Run it for a bank, as configured
    #[command(after_help = "Example:\n  bankside serve --config /etc/bankside/bankside.toml")]
    Serve(ServeArgs),
    /// Verify a whole disclosure log, or one customer's export, offline. Exits with 0 where
    /// everything holds, 1 with findings, 2 where there is nothing to verify
    #[command(after_help = "Example:\n  bankside verify-log export.json --key \
                            bank.example/log+2c6058c0+ARnhch1eKCn8TQzj937UyY8TUOlRL9cTRriNMsdrqdPN")]
    VerifyLog(VerifyArgs),
    /// The public half of the disclosure log, as files
    #[command(subcommand)]
    Log(LogCommand),
    /// A bank's own rules: check and explain them
    #[command(subcommand)]
    Policy(PolicyCommand),
    /// The kill switch: stop a channel, a data recipient or a purpose at once, on every node
    #[command(subcommand, after_help = ops::suspend::HELP)]
    Suspend(SuspendCommand),
    /// The invented bank of a demo: make something happen in it
    #[command(subcommand)]
    Sandbox(SandboxCommand),
    /// Examine an installation: databases, keys, log, consents, books. Exits with 1 with findings
    #[command(
        after_help = "Example:\n  bankside doctor --config /etc/bankside/bankside.toml --json"
    )]
    Doctor(DoctorArgs),
    /// Bring the databases to this version, as a start would
    #[command(after_help = "Example:\n  bankside migrate --config /etc/bankside/bankside.toml")]
    Migrate(Place),
    /// Generations of the master key
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Copy the data, sealed, while the service runs; and verify such a copy
    Backup(BackupArgs),
    /// Make a data directory from a backup
    #[command(after_help = ops::backup::RESTORE_HELP)]
    Restore(RestoreArgs),
    /// See and check the configuration
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Messengers and other channels: how they are connected, and whether they work
    #[command(subcommand)]
    Channel(ChannelCommand),
    /// What every channel must do, asked of this program's adapters
    #[command(subcommand)]
    Conformance(ConformanceCommand),
    /// What the bank does for one customer
    #[command(subcommand)]
    Customer(CustomerCommand),
    /// Ways back in
    #[command(subcommand)]
    Admin(AdminCommand),
    /// Print completions for a shell
    #[command(
        after_help = "Example:\n  bankside completions bash > /etc/bash_completion.d/bankside"
    )]
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// Write manual pages into a folder
    #[command(after_help = "Example:\n  bankside man /usr/local/share/man/man1")]
    Man {
        /// Where to
        folder: PathBuf,
    },
}

/// Reads the arguments and does what they say.
pub(crate) fn main() -> ExitCode {
    let since = Stopwatch::start();
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            out::complain(format_args!("bankside: no threads: {error}"));
            return ExitCode::from(exit::FAILED);
        }
    };
    let ended = runtime.block_on(command(cli.command, since));
    runtime.shutdown_background();
    ended.unwrap_or_else(|error| {
        out::complain(format_args!("bankside: {error:#}"));
        exit::code(&error)
    })
}

async fn command(command: Command, since: Stopwatch) -> anyhow::Result<ExitCode> {
    match command {
        Command::Demo(args) => Box::pin(demo::run(args, since)).await.map(fine),
        Command::Serve(args) => Box::pin(serve::run(args, since)).await.map(fine),
        Command::VerifyLog(args) => Ok(ops::verify::run(&args)),
        Command::Log(command) => ops::log::run(command).await.map(fine),
        Command::Policy(command) => ops::policy::run(&command).await.map(fine),
        Command::Suspend(command) => ops::suspend::run(command).await.map(fine),
        Command::Sandbox(command) => ops::sandbox::run(command).await.map(fine),
        Command::Doctor(args) => ops::doctor::run(&args).await.map(exit::verdict),
        Command::Migrate(place) => ops::migrate::run(&place).await.map(fine),
        Command::Keys(command) => ops::keys::run(command).await.map(fine),
        Command::Backup(args) => ops::backup::run(args).await.map(exit::verdict),
        Command::Restore(args) => ops::backup::restore(&args).map(fine),
        Command::Config(command) => ops::config::run(&command).map(fine),
        Command::Channel(command) => ops::channel::run(command).await.map(exit::verdict),
        Command::Conformance(command) => ops::conformance::run(command).await.map(exit::verdict),
        Command::Customer(command) => ops::customer::run(command).await.map(fine),
        Command::Admin(command) => ops::admin::run(command).await.map(fine),
        Command::Completions { shell } => ops::help::completions(Cli::command(), shell).map(fine),
        Command::Man { folder } => ops::help::man(Cli::command(), &folder).map(fine),
    }
}

fn fine((): ()) -> ExitCode {
    ExitCode::SUCCESS
}
