//! `bankside verify-log`: a whole log, or one customer's export, offline, against the public key.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use bankside_transparency::checkpoint::Checkpoint;
use bankside_transparency::export::Export;
use bankside_transparency::key::VerifierKey;
use bankside_transparency::keyset::LogKeys;
use bankside_transparency::verify::{Trust, verify_export, verify_log};
use serde::Serialize;

use super::Place;
use crate::keys::KeyFiles;
use crate::{exit, out};

/// Largest file that is read, in bytes: a bundle of 256 entries of 64 KiB and some.
const MAX_FILE: u64 = 32 * 1024 * 1024;
/// Largest export that is read, in bytes.
const MAX_EXPORT: u64 = 1024 * 1024 * 1024;

/// What to verify, and whom to believe.
#[derive(Debug, clap::Args)]
pub(crate) struct VerifyArgs {
    /// A log's directory (C2SP tlog-tiles), or a customer's export
    path: PathBuf,
    /// The log's first public key, `name+12345678+base64`, from a source other than the log;
    /// without it, the key of the installation here
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// A witness whose cosignature counts; may be repeated
    #[arg(long, value_name = "KEY")]
    witness: Vec<String>,
    /// How many of them must have cosigned
    #[arg(long, value_name = "N", default_value_t = 0)]
    quorum: usize,
    /// A checkpoint that was kept from before: the log may not have forked from it or shrunk
    #[arg(long, value_name = "FILE")]
    known: Option<PathBuf>,
    /// As JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    place: Place,
}

/// The verdict, as `--json` prints it.
#[derive(Debug, Serialize)]
struct Verdict {
    holds: bool,
    what: &'static str,
    origin: Option<String>,
    size: Option<u64>,
    root: Option<String>,
    cosignatures: usize,
    checked: BTreeMap<&'static str, u64>,
    findings: Vec<String>,
}

/// Verifies. 0 where everything holds, 1 with findings, 2 where there is nothing to verify.
pub(crate) fn run(args: &VerifyArgs) -> ExitCode {
    match verdict(args) {
        Ok(verdict) => {
            print(&verdict, &args.path, args.json);
            exit::verdict(verdict.holds)
        }
        Err(error) => {
            out::complain(format_args!("bankside: {error:#}"));
            ExitCode::from(exit::USAGE)
        }
    }
}

fn verdict(args: &VerifyArgs) -> anyhow::Result<Verdict> {
    let trust = trust(args)?;
    let path = &args.path;
    let metadata =
        fs::metadata(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    if metadata.is_dir() {
        let report = verify_log(&|name: &str| read(path, name), &trust);
        let findings = report.findings.iter().map(ToString::to_string).collect();
        let checked = BTreeMap::from([("entries", report.entries), ("tiles", report.tiles)]);
        let cosignatures = report.cosignatures.len();
        return Ok(Verdict::new("log", report.checkpoint, cosignatures, checked, findings));
    }
    if metadata.len() > MAX_EXPORT {
        bail!("`{}` is larger than 1 GiB", path.display());
    }
    let bytes = fs::read(path).with_context(|| format!("cannot read `{}`", path.display()))?;
    let export = Export::parse(&bytes).with_context(|| format!("`{}`", path.display()))?;
    let report = verify_export(&export, &trust);
    let findings = report.findings.iter().map(ToString::to_string).collect();
    let records = u64::try_from(report.records.len()).unwrap_or(u64::MAX);
    let checked = BTreeMap::from([("records", records), ("bodies", report.bodies)]);
    let cosignatures = report.cosignatures.len();
    Ok(Verdict::new("export", report.checkpoint, cosignatures, checked, findings))
}

impl Verdict {
    fn new(
        what: &'static str,
        checkpoint: Option<Checkpoint>,
        cosignatures: usize,
        checked: BTreeMap<&'static str, u64>,
        findings: Vec<String>,
    ) -> Self {
        Self {
            holds: findings.is_empty(),
            what,
            origin: checkpoint.as_ref().map(|c| c.origin().to_owned()),
            size: checkpoint.as_ref().map(Checkpoint::size),
            root: checkpoint.as_ref().map(|c| c.root().to_base64()),
            cosignatures,
            checked,
            findings,
        }
    }
}

fn print(verdict: &Verdict, path: &Path, json: bool) {
    if json {
        // A verdict is text and numbers, which JSON always holds.
        return out::line(serde_json::to_string_pretty(verdict).unwrap_or_default());
    }
    for finding in &verdict.findings {
        out::line(finding);
    }
    let checked: Vec<String> =
        verdict.checked.iter().map(|(what, n)| format!("{n} {what}")).collect();
    let checked = checked.join(", ");
    let (path, what) = (path.display(), verdict.what);
    match (verdict.holds, verdict.size, &verdict.origin) {
        (true, Some(size), Some(origin)) => out::line(format_args!(
            "`{path}` holds: {what} of `{origin}` under a tree of {size} entries; {checked} checked"
        )),
        _ => out::line(format_args!(
            "`{path}` does NOT hold: {} findings; {checked} checked",
            verdict.findings.len()
        )),
    }
}

fn trust(args: &VerifyArgs) -> anyhow::Result<Trust> {
    let key = match &args.key {
        // What `log key` prints may go on with the history.
        Some(text) => {
            let first = text.trim().lines().next().unwrap_or_default();
            VerifierKey::parse(first.trim()).context("--key")?
        }
        None => {
            let config = args.place.existing().context(
                "no --key is given, and there is no installation here whose key could be taken",
            )?;
            KeyFiles::new(&config.keys_folder()).read_log()?.first()
        }
    };
    let origin = key.name().to_owned();
    let keys = LogKeys::new(&origin, key).context("--key")?;
    let known = match &args.known {
        None => None,
        Some(path) => {
            let place = || format!("--known `{}`", path.display());
            let bytes = fs::read(path).with_context(place)?;
            Some(keys.open(&bytes).with_context(place)?.checkpoint().clone())
        }
    };
    let witnesses = args.witness.iter().map(|text| VerifierKey::parse(text.trim()));
    let witnesses = witnesses.collect::<Result<_, _>>().context("--witness")?;
    Ok(Trust { witnesses, quorum: args.quorum, known, ..Trust::in_keys(keys) })
}

/// A file of the log. The verifier asks for names of the specification alone.
fn read(folder: &Path, name: &str) -> io::Result<Option<Vec<u8>>> {
    let path = folder.join(name);
    match fs::metadata(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
        Ok(found) if found.len() > MAX_FILE => {
            return Err(io::Error::other("larger than 32 MiB"));
        }
        Ok(_) => {}
    }
    fs::read(&path).map(Some)
}
