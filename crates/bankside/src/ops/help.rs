//! Shell completions and manual pages, from the same definitions as `--help`.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use clap_complete::Shell;

use crate::out;

/// Prints the completions of a shell.
///
/// # Errors
/// Where standard output cannot be written.
pub(crate) fn completions(mut command: clap::Command, shell: Shell) -> anyhow::Result<()> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command, "bankside", &mut text);
    std::io::stdout().lock().write_all(&text).context("standard output cannot be written")
}

/// Writes a manual page for each command into `folder`, which is made where it is missing.
///
/// # Errors
/// Where a page cannot be written.
pub(crate) fn man(command: clap::Command, folder: &Path) -> anyhow::Result<()> {
    let failed = || format!("cannot write manual pages into `{}`", folder.display());
    fs::create_dir_all(folder).with_context(failed)?;
    clap_mangen::generate_to(command, folder).with_context(failed)?;
    out::line(format_args!("see: man {}", folder.join("bankside.1").display()));
    Ok(())
}
