//! What an operator does with an installation in which a customer talked to her bank.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use bankside_testkit::World;
use bankside_testkit::world::{Database, ORIGIN, Recipe, databases};
use bankside_transparency::key::{KeyKind, SigningKey, VerifierKey};
use bankside_transparency::keyset::LogKeys;
use common::installation::{Installation, SERVER};
use common::{Running, run, stderr, stdout};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_and_an_export_verify_until_a_bit_is_changed() {
    let here = Installation::new().await;
    let (log, export) = (here.path("log"), here.path("export.json"));
    let exported = run(&["log", "export", &log, "--config", &here.config]);
    assert!(exported.status.success(), "{}", stderr(&exported));
    let again = run(&["log", "export", &log, "--config", &here.config]);
    assert!(again.status.success(), "an export is brought up to date: {}", stderr(&again));
    for path in [&log, &export] {
        let verified = run(&["verify-log", path, "--key", &here.key]);
        assert_eq!(verified.status.code(), Some(0), "{}{}", stdout(&verified), stderr(&verified));
        let known = format!("{log}/checkpoint");
        let verified =
            run(&["verify-log", path, "--config", &here.config, "--known", &known, "--json"]);
        assert!(stdout(&verified).contains(r#""holds": true"#), "{}", stdout(&verified));
    }
    for path in files(Path::new(&log)) {
        let honest = fs::read(&path).unwrap();
        let mut changed = honest.clone();
        *changed.last_mut().unwrap() ^= 1;
        fs::write(&path, changed).unwrap();
        let verified = run(&["verify-log", &log, "--key", &here.key]);
        assert_eq!(verified.status.code(), Some(1), "{}", path.display());
        fs::write(&path, honest).unwrap();
    }
    let text = fs::read_to_string(&export).unwrap();
    fs::write(&export, text.replacen("\\\"seq\\\":1", "\\\"seq\\\":2", 1)).unwrap();
    let verified = run(&["verify-log", &export, "--key", &here.key]);
    assert_eq!(verified.status.code(), Some(1));
    assert!(stdout(&verified).contains("entry 1"), "{}", stdout(&verified));

    let other = SigningKey::from_seed(ORIGIN, KeyKind::Note, &[8; 32]).unwrap();
    let verified = run(&["verify-log", &log, "--key", &other.verifier().to_string()]);
    assert_eq!(verified.status.code(), Some(1), "another key");
    let nothing = run(&["verify-log", &here.path("nothing"), "--key", &here.key]);
    assert_eq!(nothing.status.code(), Some(2));
    let foreign = run(&["log", "export", here.data.to_str().unwrap(), "--config", &here.config]);
    assert!(stderr(&foreign).contains("holds no log"), "{}", stderr(&foreign));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_is_served_under_the_checkpoint_that_was_signed() {
    let here = Installation::new().await;
    let key = VerifierKey::parse(&here.key).unwrap();
    let keys = LogKeys::new(ORIGIN, key).unwrap();
    let running = Running::start(&["serve", "--config", &here.config, "--listen", "127.0.0.1:0"]);
    let (status, note) = running.get("/log/checkpoint");
    assert_eq!(status, 200);
    let size = keys.open(note.as_bytes()).unwrap().checkpoint().size();
    assert_eq!(running.get(&format!("/log/tile/0/000.p/{size}")).0, 200);
    assert_eq!(running.get(&format!("/log/tile/0/000.p/{}", size + 1)).0, 404);
    let beside = run(&["doctor", "--config", &here.config]);
    assert_eq!(beside.status.code(), Some(0), "beside the service: {}", stdout(&beside));
    let rotate = run(&["keys", "rotate", "--config", &here.config]);
    assert_eq!(rotate.status.code(), Some(75), "not beside the service");
    running.signal("-TERM");
    assert_eq!(running.ends().0, Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_policies_are_asked_about_the_past() {
    let here = Installation::new().await;
    let file = here.path("new.cedar");
    let check = |text: &str, words: &[&str]| {
        fs::write(&file, text).unwrap();
        let output = run(&["policy", "simulate", &file, "--config", &here.config]);
        let said = stdout(&output) + &stderr(&output);
        assert!(output.status.success(), "{said}");
        for word in words {
            assert!(said.contains(word), "`{word}` is missing: {said}");
        }
    };
    check("permit (principal, action, resource);", &["2 past disclosures, 2 as they were"]);
    let one = "permit (principal, action, resource == Cluster::\"balances\");";
    check(one, &["2 past disclosures, 1 as they were", "1 refused", "transactions"]);
}

/// On PostgreSQL; a missing server is named aloud.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_installation_on_a_server_starts_and_is_examined() {
    for database in databases("bankside_serve").await {
        if matches!(database, Database::Sqlite) {
            continue;
        }
        let here = Box::pin(Installation::on(&database)).await;
        let doctor = run(&["doctor", "--config", &here.config]);
        assert_eq!(doctor.status.code(), Some(0), "{}{}", stdout(&doctor), stderr(&doctor));
        let start = ["serve", "--config", &here.config, "--listen", "127.0.0.1:0"];
        let running = Running::start(&start);
        assert_eq!(running.get("/readyz").0, 200);
        assert_eq!(running.get("/log/checkpoint").0, 200);
        running.signal("-TERM");
        assert_eq!(running.ends().0, Some(0));
        fs::remove_file(here.data.join("keys/log.key")).unwrap();
        let refused = run(&start);
        assert!(stderr(&refused).contains("put it back"), "{}", stderr(&refused));
        World::open(&here.data, database, Recipe::default()).await.end().await;
    }
}

/// On PostgreSQL; a missing server is named aloud.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_start_on_an_empty_server_makes_its_keys() {
    for database in databases("bankside_first").await {
        let Database::Postgres(name) = &database else { continue };
        let folder = tempfile::tempdir().unwrap();
        let (data, config) = (folder.path().join("data"), folder.path().join("bankside.toml"));
        let text = format!(
            "data = {:?}\nlisten = \"127.0.0.1:0\"\n[core]\nkind = \"sandbox\"\n\
             [database]\nurl = \"{SERVER}\"\nschema = \"{name}_main\"\n\
             [keys]\nurl = \"{SERVER}\"\nschema = \"{name}_keys\"\n",
            data.to_str().unwrap()
        );
        fs::write(&config, text).unwrap();
        for _ in 0..2 {
            let running = Running::start(&["serve", "--config", config.to_str().unwrap()]);
            assert_eq!(running.get("/readyz").0, 200);
            running.signal("-TERM");
            assert_eq!(running.ends().0, Some(0));
        }
        assert!(data.join("keys/master.key").exists() && !data.join("main.db").exists());
        World::open(folder.path(), database, Recipe::default()).await.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_doctor_finds_what_was_changed() {
    let check = |sql: &'static str, words: &'static str| async move {
        let here = Installation::new().await;
        if !sql.is_empty() {
            here.tamper(sql).await;
        }
        let output = run(&["doctor", "--config", &here.config]);
        let said = stdout(&output);
        let code = Some(i32::from(!sql.is_empty()));
        assert_eq!(output.status.code(), code, "{sql}: {said}{}", stderr(&output));
        assert!(said.contains(words), "{sql}: {said}");
        let left = files(&here.data);
        assert!(!left.iter().any(|p| p.to_string_lossy().contains(".scratch")), "{left:?}");
    };
    check("", "all is well").await;
    check("DELETE FROM log_leaf WHERE idx = 1", "is missing").await;
    check("UPDATE log_tile SET hashes = zeroblob(64)", "is not that of its leaves").await;
    check("UPDATE log_state SET frontier = zeroblob(8)", "edge").await;
    check("DELETE FROM record WHERE seq = 0", "should follow").await;
    check("UPDATE record SET body_ct = record_ct WHERE seq = 1", "does not open").await;
    check("UPDATE stream SET head = zeroblob(32)", "is not its newest entry").await;
    check("UPDATE consent SET state = 'revoked'", "cannot be opened").await;
    let newest = "UPDATE message SET log_index = NULL WHERE seq = (SELECT MAX(seq) FROM message)";
    check(newest, "was never sealed").await;
    let elsewhere = "UPDATE message SET log_index = log_index + 90 WHERE log_index IS NOT NULL";
    check(elsewhere, "has no record").await;
    check("UPDATE checkpoint SET note = replace(note, ' ', '  ')", "the newest checkpoint").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_is_sealed_verifies_and_comes_back() {
    let here = Installation::new().await;
    let (data, keys) = (here.path("backup"), here.path("backup-keys"));
    let master = here.data.join("keys/master.key");
    let master = master.to_str().unwrap();
    let made = run(&["backup", &data, "--keys", &keys, "--config", &here.config]);
    assert!(made.status.success(), "{}", stderr(&made));
    let same =
        run(&["backup", &here.path("x"), "--keys", &here.path("x"), "--config", &here.config]);
    assert!(stderr(&same).contains("never lie in the same folder"), "{}", stderr(&same));
    for file in files(Path::new(&data)).into_iter().chain(files(Path::new(&keys))) {
        let bytes = fs::read(&file).unwrap();
        assert!(!bytes.starts_with(b"SQLite format"), "{}", file.display());
    }
    let verify = || run(&["backup", "verify", &data, "--keys", &keys, "--master", master]);
    assert_eq!(verify().status.code(), Some(0), "{}{}", stdout(&verify()), stderr(&verify()));
    assert!(stdout(&verify()).contains("all is well"), "{}", stdout(&verify()));

    let rotated = run(&["keys", "rotate", "--drop-old", "--config", &here.config]);
    assert!(rotated.status.success(), "{}", stderr(&rotated));
    assert!(stdout(&rotated).contains("generation 2"), "{}", stdout(&rotated));
    let doctor = run(&["doctor", "--config", &here.config]);
    assert_eq!(doctor.status.code(), Some(0), "{}{}", stdout(&doctor), stderr(&doctor));
    assert_eq!(verify().status.code(), Some(1), "an old backup needs the old master key");

    let old = here.path("old.key");
    fs::write(&old, format!("bankside-master:1:{}\n", "5a".repeat(32))).unwrap();
    let to = here.path("restored");
    let restore = || run(&["restore", &data, "--keys", &keys, "--master", &old, "--to", &to]);
    assert!(restore().status.success());
    assert!(stderr(&restore()).contains("exists"), "a restore never writes over anything");
    let config = here.path("restored.toml");
    let text = fs::read_to_string(&here.config).unwrap().replace("/data\"", "/restored\"");
    fs::write(&config, text).unwrap();
    let doctor = run(&["doctor", "--config", &config]);
    assert_eq!(doctor.status.code(), Some(0), "{}{}", stdout(&doctor), stderr(&doctor));

    let archive = format!("{data}/data.sealed");
    let mut bytes = fs::read(&archive).unwrap();
    let middle = bytes.len() / 2;
    *bytes.get_mut(middle).unwrap() ^= 1;
    fs::write(&archive, bytes).unwrap();
    let spoilt = run(&["backup", "verify", &data, "--keys", &keys, "--master", &old]);
    assert_eq!(spoilt.status.code(), Some(1));
    assert!(stderr(&spoilt).contains("changed or cut"), "{}", stderr(&spoilt));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_kill_switch_works_beside_the_service_and_leaves_evidence() {
    let here = Installation::new().await;
    let evidence = here.path("evidence.json");
    let suspend = |words: &[&str]| {
        let words = [&["suspend"], words, &["--config", here.config.as_str()]].concat();
        let output = run(&words);
        (output.status.code(), stdout(&output) + &stderr(&output))
    };
    let check = |words: &[&str], code: i32, expect: &str| {
        let (found, said) = suspend(words);
        assert_eq!(found, Some(code), "{words:?}: {said}");
        assert!(said.contains(expect), "{words:?}: `{expect}` is missing: {said}");
    };
    check(&["export", &evidence], 1, "nothing was ever suspended");
    check(&["list"], 0, "can be suspended: channel:web, purpose:account_information");
    let why = "--reason";
    check(&["channel", "web", why, "before the start", "--by", "Robin"], 0, "from now on; receipt");

    let running = Running::start(&["serve", "--config", &here.config, "--listen", "127.0.0.1:0"]);
    check(&["channel", "web", why, "again"], 0, "suspended already; nothing changed");
    check(&["lift", "channel", "web", why, "mended", "--by", "Robin"], 0, "from now on; receipt");
    check(
        &["purpose", "offers", why, "a drill", "--by", "Kim"],
        0,
        "`purpose:offers` is suspended",
    );
    check(&["everything", why, "a drill"], 0, "`everything` is suspended from now on");
    check(&["lift", "everything", why, "it is over"], 0, "not suspended from now on");
    check(&["list", "--json"], 0, r#""subject": "purpose:offers""#);
    check(&["history"], 0, "suspended purpose:offers by Kim: a drill");

    check(&["channel", "telegraph", why, "x"], 2, "what can be: channel:web");
    check(&["purpose", "ads", why, "x"], 2, "never given for advertising");
    check(&["lift", "channel", why, "x"], 2, "required");
    check(&["channel", "web"], 2, "--reason");
    check(&["channel", "web", why, "  "], 2, "give a reason");

    check(&["export", &evidence], 0, "5 acts");
    let verified = run(&["verify-log", &evidence, "--key", &here.key]);
    assert_eq!(verified.status.code(), Some(0), "{}{}", stdout(&verified), stderr(&verified));
    let text = fs::read_to_string(&evidence).unwrap();
    fs::write(&evidence, text.replacen("Robin", "Robyn", 1)).unwrap();
    let verified = run(&["verify-log", &evidence, "--key", &here.key]);
    assert_eq!(verified.status.code(), Some(1), "{}", stdout(&verified));
    let doctor = run(&["doctor", "--config", &here.config]);
    assert_eq!(doctor.status.code(), Some(0), "{}{}", stdout(&doctor), stderr(&doctor));
    running.signal("-TERM");
    assert_eq!(running.ends().0, Some(0));
}
