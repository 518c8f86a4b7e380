//! The fuzz targets of the channels on stable Rust: over their seeds, and small mutations of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, unreachable_pub)]

#[path = "../../../fuzz/src/mail.rs"]
mod mail;
#[path = "../../../fuzz/src/smoke.rs"]
mod smoke;
#[path = "../../../fuzz/src/smpp.rs"]
mod smpp;
#[path = "../../../fuzz/src/channels.rs"]
mod targets;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const MUTATIONS: usize = 2_000;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}

#[test]
fn deliveries() {
    let targets: [smoke::Target; 9] = [
        ("alexa_chain_url", targets::alexa_chain_url),
        ("alexa_request", targets::alexa_request),
        ("dialogflow_request", targets::dialogflow_request),
        ("kannel_query", targets::kannel_query),
        ("matrix_transaction", targets::matrix_transaction),
        ("meta_delivery", targets::meta_delivery),
        ("signed_request", targets::signed_request),
        ("telegram_update", targets::telegram_update),
        ("xmpp_stream", targets::xmpp_stream),
    ];
    smoke::run(&fuzz().join("seeds"), &targets, MUTATIONS);
}

#[test]
fn connections() {
    let targets: [smoke::Target; 4] = [
        ("lmtp", mail::lmtp),
        ("mail", mail::mail),
        ("smpp_frame", smpp::smpp_frame),
        ("smpp_receipt", smpp::smpp_receipt),
    ];
    smoke::run(&fuzz().join("seeds"), &targets, MUTATIONS);
}

/// Of whatever room, each target has seeds, and each folder of seeds a target.
#[test]
fn every_target_has_seeds() {
    let manifest = std::fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
    let (_, bins) = manifest.split_once("[[bin]]").unwrap();
    let named = bins.lines().filter_map(|line| line.strip_prefix("name = \""));
    let named: BTreeSet<_> = named.map(|name| name.trim_end_matches('"').to_owned()).collect();
    let folders = std::fs::read_dir(fuzz().join("seeds")).unwrap();
    let folders = folders.map(|folder| folder.unwrap().file_name().into_string().unwrap());
    assert_eq!(folders.collect::<BTreeSet<_>>(), named);
}
