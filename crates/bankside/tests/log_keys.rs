//! The log's outside: witnesses that cosign it, and a key that changes; each checked by a verifier
//! that nobody here wrote.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs
)]

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use bankside_testkit::witness::TestWitness;
use bankside_testkit::world::ORIGIN;
use bankside_transparency::hash::Hash256;
use bankside_transparency::key::VerifierKey;
use common::installation::Installation;
use common::{Running, run, stderr, stdout};

/// Runs the verifiers of Go and Python over the logs below `root`; says which are there.
fn independent(root: &Path) -> Vec<&'static str> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../transparency/tests/independent/run")
        .canonicalize()
        .unwrap();
    let mut ran = Vec::new();
    for name in ["go", "python"] {
        let output = Command::new(&script).arg(name).arg(root).output().unwrap();
        if output.status.code() == Some(77) {
            eprintln!("SKIPPED {name}: {}", stderr(&output).trim());
            continue;
        }
        assert_eq!(stdout(&output).trim(), "log ok", "{name}: {}", stderr(&output));
        ran.push(name);
    }
    ran
}

/// The log as files in `ROOT/log`, with what its verifier believes beforehand.
fn export(here: &Installation, root: &str, witness: &VerifierKey) -> String {
    let log = here.path(&format!("{root}/log"));
    let exported = run(&["log", "export", &log, "--config", &here.config]);
    assert!(exported.status.success(), "{}", stderr(&exported));
    let trust = Path::new(&log).join("trust");
    fs::create_dir_all(&trust).unwrap();
    fs::write(trust.join("key"), format!("{}\n", here.key)).unwrap();
    fs::write(trust.join("witness"), format!("{witness}\n")).unwrap();
    log
}

fn configure(here: &Installation, witnesses: &[&TestWitness]) {
    let mut text = fs::read_to_string(&here.config).unwrap();
    for witness in witnesses {
        let (url, key) = (witness.url(), witness.key());
        text.push_str(&format!("[[log.witness]]\nurl = {url:?}\nkey = \"{key}\"\n"));
    }
    fs::write(&here.config, text).unwrap();
}

/// Asks until the answer suits.
fn until<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    for _ in 0..400 {
        if let Some(found) = ask() {
            return found;
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    panic!("{what} did not happen in ten seconds");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_configured_witness_cosigns_what_is_served_and_an_ill_one_is_named() {
    let here = Installation::new().await;
    let well = TestWitness::start(1, Some(VerifierKey::parse(&here.key).unwrap())).await;
    let ill = TestWitness::start(2, Some(VerifierKey::parse(&here.key).unwrap())).await;
    ill.saw(1_000_000, Hash256([7; 32]));
    configure(&here, &[&well, &ill]);
    let checked = run(&["config", "check", "--config", &here.config]);
    assert!(checked.status.success(), "{}", stderr(&checked));
    let shown = run(&["config", "show", "--config", &here.config]);
    assert!(stdout(&shown).contains("log.witness"), "{}", stdout(&shown));

    let start = ["serve", "--config", &here.config, "--listen", "127.0.0.1:0"];
    let running = Running::start(&start);
    let name = well.key().name().to_owned();
    until("a cosignature", || running.get("/log/checkpoint").1.contains(&name).then_some(()));
    let ready = until("the ill witness", || {
        let (status, body) = running.get("/readyz");
        assert_eq!(status, 200, "an ill witness does not make the service so: {body}");
        body.contains("1000000").then_some(body)
    });
    assert!(ready.contains("witness2.test/w"), "{ready}");
    assert!(ready.contains(r#"{"name":"witness","ok":true,"value":"#), "{ready}");
    running.signal("-TERM");
    assert_eq!(running.ends().0, Some(0));

    let log = export(&here, "cosigned", &well.key());
    let verify = |quorum: &str| {
        let (one, two) = (well.key().to_string(), ill.key().to_string());
        let witnesses = ["--witness", &one, "--witness", &two, "--quorum", quorum];
        let mut args = vec!["verify-log", &log, "--key", &here.key];
        args.extend(witnesses);
        run(&args).status.code()
    };
    assert_eq!((verify("1"), verify("2")), (Some(0), Some(1)));
    let root = here.folder.path().join("cosigned");
    println!("independent verifiers: {:?}", independent(&root));
    let doctor = run(&["doctor", "--config", &here.config, "--json"]);
    let said = stdout(&doctor);
    assert!(said.contains(r#""cosignatures": 1"#), "{said}{}", stderr(&doctor));
    assert!(said.contains("witness2.test/w"), "the one that lags is named: {said}");
}

#[test]
fn witnesses_that_cannot_be_asked_are_refused_by_the_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bankside.toml");
    const KEY: &str = "bank.example/log+2c6058c0+ARnhch1eKCn8TQzj937UyY8TUOlRL9cTRriNMsdrqdPN";
    let check = |url: &str, key: &str, words: &str| {
        let witness = format!("[[log.witness]]\nurl = {url:?}\nkey = {key:?}\n");
        fs::write(&file, format!("[core]\nkind = \"sandbox\"\n{witness}")).unwrap();
        let output = run(&["config", "check", "--config", file.to_str().unwrap()]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(78), "{said}");
        assert!(said.contains("`log.witness.0`") && said.contains(words), "{said}");
        assert!(!said.contains("s3cret"), "{said}");
    };
    check("http://witness.example", KEY, "must be `https://");
    check("https://me:s3cret@witness.example", KEY, "must be `https://");
    check("https://witness.example", "witness.example", "name+12345678+base64");
    check("https://witness.example", KEY, "is a log's key");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_changes_its_key_and_whoever_knows_the_first_follows() {
    let here = Installation::new().await;
    let witness = TestWitness::start(1, Some(VerifierKey::parse(&here.key).unwrap())).await;
    configure(&here, &[&witness]);
    let key = || stdout(&run(&["log", "key", "--config", &here.config]));
    assert_eq!(key().trim(), here.key);
    let start = ["serve", "--config", &here.config, "--listen", "127.0.0.1:0"];
    let running = Running::start(&start);
    until("a cosignature", || running.get("/log/checkpoint").1.contains("witness1").then_some(()));
    let rotate = || run(&["log", "rotate-key", "--config", &here.config]);
    assert_eq!(rotate().status.code(), Some(75), "not beside the service");
    running.signal("-TERM");
    assert_eq!(running.ends().0, Some(0));

    let rotated = rotate();
    assert!(rotated.status.success(), "{}", stderr(&rotated));
    assert!(stdout(&rotated).contains(&here.key), "{}", stdout(&rotated));
    let history = key();
    assert!(history.starts_with(&here.key), "{history}");
    let keys: Vec<&str> = history.lines().filter(|line| line.contains(ORIGIN)).collect();
    assert_eq!(keys.len(), 3, "the first, and both with their sizes: {history}");
    let file = fs::read_to_string(here.data.join("keys/log.key")).unwrap();
    assert_eq!(file.matches("PRIVATE+KEY+").count(), 1, "the old secret is gone");
    let again = rotate();
    assert_eq!(again.status.code(), Some(1));
    assert!(stderr(&again).contains("nothing was sealed since"), "{}", stderr(&again));
    assert_eq!(key(), history, "a refusal changes nothing");

    let running = Running::start(&start);
    assert_eq!(running.get("/log/key").1.trim(), here.key);
    let (status, note) = running.get("/log/rotation/1");
    assert!(status == 200 && note.starts_with("bankside/key-rotation/v1\n"), "{note}");
    for other in ["2", "01", "0", "-1", "x"] {
        assert_eq!(running.get(&format!("/log/rotation/{other}")).0, 404, "{other}");
    }
    running.signal("-TERM");
    assert_eq!(running.ends().0, Some(0));
    let doctor = run(&["doctor", "--config", &here.config]);
    assert_eq!(doctor.status.code(), Some(0), "{}{}", stdout(&doctor), stderr(&doctor));

    let log = export(&here, "rotated", &witness.key());
    for key in [here.key.as_str(), history.as_str()] {
        let verified = run(&["verify-log", &log, "--key", key]);
        assert_eq!(verified.status.code(), Some(0), "{}{}", stdout(&verified), stderr(&verified));
    }
    let of_before = run(&["verify-log", &here.path("export.json"), "--config", &here.config]);
    assert_eq!(of_before.status.code(), Some(0), "{}", stdout(&of_before));
    println!("independent verifiers: {:?}", independent(&here.folder.path().join("rotated")));

    let forged = Path::new(&log).join("rotation/1");
    let honest = fs::read_to_string(&forged).unwrap();
    fs::write(&forged, honest.replacen(ORIGIN, "bank.example/another", 1)).unwrap();
    let verified = run(&["verify-log", &log, "--key", &here.key]);
    assert_eq!(verified.status.code(), Some(1));
    assert!(stdout(&verified).contains("rotation/1"), "{}", stdout(&verified));

    // The key file of before the rotation cannot sign any more.
    let old = bankside_testkit::world::log_key().to_text();
    fs::write(here.data.join("keys/log.key"), old.as_bytes()).unwrap();
    let refused = run(&start);
    assert!(stderr(&refused).contains("was handed to the key"), "{}", stderr(&refused));
}
