//! Starting, stopping, being killed, and being told nonsense: the real binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod common;

use std::fs;
use std::path::Path;

use common::{Running, run, stderr, stdout};

fn read(data: &Path, name: &str) -> Vec<u8> {
    fs::read(data.join(name)).unwrap()
}

#[test]
fn a_demo_starts_keeps_its_state_and_begins_anew_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let first = Running::demo(&data, &[]);
    let ready = first.log.iter().find_map(|line| line.split_once("ready in ")).unwrap().1;
    let millis: u64 = ready.split(' ').next().unwrap().parse().unwrap();
    assert!(millis < 3_000, "ready in {millis} ms, unoptimised");
    assert_eq!(first.get("/healthz"), (200, "alive\n".to_owned()));
    let (status, body) = first.get("/readyz");
    assert_eq!(status, 200, "{body}");
    for part in ["database", "keys", "core", "log_publisher", "inbox"] {
        assert!(body.contains(&format!(r#"{{"name":"{part}","ok":true"#)), "{part}: {body}");
    }
    let busy = run(&["demo", "--data", data.to_str().unwrap(), "--listen", "127.0.0.1:0"]);
    assert_eq!(busy.status.code(), Some(75));
    assert!(stderr(&busy).contains("another process works in"), "{}", stderr(&busy));
    first.signal("-TERM");
    let (code, printed) = first.ends();
    assert_eq!(code, Some(0));
    assert!(printed.contains("http://localhost:") && printed.contains("harbour"), "{printed}");
    assert!(printed.contains("/console/"), "{printed}");

    let keys = [read(&data, "keys/master.key"), read(&data, "keys/log.key")];
    let journal = read(&data, "sandbox.jsonl");
    let second = Running::demo(&data, &[]);
    second.signal("-KILL");
    assert_eq!(second.ends().0, None);
    let third = Running::demo(&data, &[]);
    assert_eq!(third.get("/readyz").0, 200);
    third.signal("-INT");
    assert_eq!(third.ends().0, Some(0));
    assert_eq!(read(&data, "keys/master.key"), keys[0]);
    assert_eq!(read(&data, "sandbox.jsonl"), journal);

    let fresh = Running::demo(&data, &["--fresh", "--seed", "7"]);
    fresh.signal("-TERM");
    assert_eq!(fresh.ends().0, Some(0));
    assert_ne!(read(&data, "keys/master.key"), keys[0]);
    assert_ne!(read(&data, "keys/log.key"), keys[1]);
    let kept = Running::demo(&data, &[]);
    kept.signal("-TERM");
    assert_eq!(kept.ends().0, Some(0), "the seed need not be named again");
}

/// Between two texts.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    text.split_once(before).unwrap().1.split_once(after).unwrap().0
}

#[test]
fn what_was_acknowledged_is_answered_once_after_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let chat = "/harbour/chat/web";
    let mut demo = Running::demo(&data, &[]);
    let (status, header, page) = demo.ask("GET", chat, "", "");
    assert_eq!(status, 200);
    let cookie = format!("Cookie: {}\r\n", between(&header, "set-cookie: ", ";"));
    let client_id = between(&page, "name=\"client_id\" value=\"", "\"").to_owned();
    for round in 0..3 {
        let form = format!("text=help&client_id={client_id}{round}");
        let port = demo.port;
        let header = format!(
            "{cookie}Origin: http://localhost:{port}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n"
        );
        let (status, _, body) = demo.ask("POST", chat, &header, &form);
        demo.signal("-KILL");
        assert_eq!(status, 303, "{body}");
        assert_eq!(demo.ends().0, None);
        demo = Running::demo(&data, &[]);
        let answers = || demo.ask("GET", chat, &cookie, "").2.matches("I don’t know who").count();
        for _ in 0..200 {
            if answers() > round {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        assert_eq!(answers(), round + 1, "one answer for each message");
    }
    let live = demo.open(&format!("{chat}/events"), &cookie);
    demo.signal("-TERM");
    assert_eq!(demo.ends().0, Some(0), "a live chat does not keep it from ending");
    drop(live);
    let doctor = run(&["doctor", "--data", data.to_str().unwrap()]);
    assert_eq!(doctor.status.code(), Some(0), "{}{}", stdout(&doctor), stderr(&doctor));
}

#[test]
fn a_foreign_directory_and_a_missing_key_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("thesis.txt"), "years of work").unwrap();
    let path = folder.path().to_str().unwrap();
    let refused = run(&["demo", "--fresh", "--data", path, "--listen", "127.0.0.1:0"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(stderr(&refused).contains("not a Bankside data directory"), "{}", stderr(&refused));
    assert_eq!(read(folder.path(), "thesis.txt"), b"years of work");

    let data = folder.path().join("data");
    let demo = Running::demo(&data, &[]);
    demo.signal("-TERM");
    assert_eq!(demo.ends().0, Some(0));
    let start = || run(&["demo", "--data", data.to_str().unwrap(), "--listen", "127.0.0.1:0"]);
    fs::rename(data.join("keys/master.key"), folder.path().join("away")).unwrap();
    assert!(stderr(&start()).contains("put it back"), "{}", stderr(&start()));
    assert!(!data.join("keys/master.key").exists(), "no new key is made over old data");
    fs::rename(folder.path().join("away"), data.join("keys/master.key")).unwrap();
    let open: fs::Permissions = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    fs::set_permissions(data.join("keys/master.key"), open).unwrap();
    assert!(stderr(&start()).contains("chmod 600"), "{}", stderr(&start()));
}

const BANK: &str = "[[bank]]\nid = \"harbour\"\nname = \"Harbour\"\naccent = \"teal\"\n\
                    support_phone = \"+1 555 0100\"\ncountry = \"US\"\n";

#[test]
fn a_configuration_error_names_key_value_and_origin() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bankside.toml");
    let check = |text: &str, words: &[&str]| {
        fs::write(&file, text).unwrap();
        let output = run(&["config", "check", "--config", file.to_str().unwrap()]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(78), "{text}: {said}");
        for word in words {
            assert!(said.contains(word), "`{word}` is missing: {said}");
        }
        assert!(!said.contains("s3cret"), "{said}");
    };
    check("lisen = 1", &["`lisen`", "unknown field", "bankside.toml"]);
    check("[core]\nkind = \"paper\"", &["`core.kind`", "paper", "bankside.toml"]);
    check("listen = 80", &["`listen`", "80", "bankside.toml"]);
    check("", &["`bank`", "core.kind"]);
    check(&format!("public_url = \"http://bank.example\"\n{BANK}"), &["`public_url`", "https://"]);
    check(
        &format!("{BANK}[database]\nurl = \"mysql://u:s3cret@db/x\"\n"),
        &["`database.url`", "mysql://u:••@db/x", "postgres://"],
    );
    let telemetry = |url: &str| format!("{BANK}[telemetry]\notlp = {url:?}\n");
    check(&telemetry("collector:4318"), &["`telemetry.otlp`", "must be `http://HOST:PORT`"]);
    check(&telemetry("http://me:s3cret@collector"), &["`telemetry.otlp`", "`collector`"]);
    let mut command = common::bankside(&["config", "check", "--config", file.to_str().unwrap()]);
    fs::write(&file, BANK).unwrap();
    let output = command.env("BANKSIDE_CORE__SEED", "many").output().unwrap();
    let said = stderr(&output);
    assert!(said.contains("`core.seed`") && said.contains("environment"), "{said}");
    let missing = run(&["serve", "--config", "/nowhere/bankside.toml"]);
    assert_eq!(missing.status.code(), Some(78));
}

#[test]
fn flags_win_over_the_environment_which_wins_over_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bankside.toml");
    let text = format!("data = \"/from/file\"\n{BANK}[logging]\nfilter = \"debug\"\n");
    fs::write(&file, text).unwrap();
    let show = |more: &[&str], env: &[(&str, &str)]| {
        let mut args = vec!["config", "show", "--origin", "--config", file.to_str().unwrap()];
        args.extend(more);
        let output = common::bankside(&args).envs(env.iter().copied()).output().unwrap();
        stdout(&output)
    };
    let shown = show(&[], &[]);
    assert!(shown.contains("data = \"/from/file\"  # "), "{shown}");
    assert!(shown.contains("listen = \"127.0.0.1:8080\"  # default"), "{shown}");
    let shown = show(&[], &[("BANKSIDE_DATA", "/from/env"), ("BANKSIDE_LOGGING__FILTER", "warn")]);
    assert!(shown.contains("data = \"/from/env\"  # environment"), "{shown}");
    assert!(shown.contains("logging.filter = \"warn\"  # environment"), "{shown}");
    let shown = show(&["--data", "/from/flag"], &[("BANKSIDE_DATA", "/from/env")]);
    assert!(shown.contains("data = \"/from/flag\"  # flag"), "{shown}");
    let url = [("BANKSIDE_DATABASE__URL", "postgres://u:s3cret@db/x")];
    let shown = show(&[], &url);
    assert!(shown.contains("postgres://u:••@db/x") && !shown.contains("s3cret"), "{shown}");
}

#[test]
fn the_first_start_prints_a_link_once_and_a_recovered_one_replaces_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bankside.toml");
    let data = folder.path().join("data");
    let text = format!("listen = \"127.0.0.1:0\"\ndata = {:?}\n{BANK}", data.to_str().unwrap());
    fs::write(&file, text).unwrap();
    let file = file.to_str().unwrap();
    let token = |text: &str| {
        let (_, rest) = text.split_once("/setup/")?;
        Some(rest.split_whitespace().next()?.to_owned())
    };
    let first = Running::start(&["serve", "--config", file]);
    first.signal("-TERM");
    let (code, printed) = first.ends();
    assert_eq!(code, Some(0));
    let lost = token(&printed).unwrap();

    let second = Running::start(&["serve", "--config", file]);
    let (status, page) = second.get(&format!("/setup/{lost}"));
    assert!(status == 200 && page.contains("Harbour"), "{status} {page}");
    let recovered = run(&["admin", "recover", "--config", file]);
    let found = token(&stdout(&recovered)).unwrap();
    assert_eq!(second.get(&format!("/setup/{found}")).0, 200);
    assert_eq!(second.get("/console/").0, 303, "to the sign-in page");
    let (status, page) = second.get("/console/sign-in");
    assert!(status == 200 && !page.contains("this demo"), "{status} {page}");
    assert_eq!(second.get(&format!("/setup/{lost}")).0, 404, "the lost link ended");
    assert_eq!(second.get("/setup/guess").0, 404);
    second.signal("-TERM");
    let (_, printed) = second.ends();
    assert_eq!(token(&printed), None, "the link is printed once");
    assert!(!read(&data, "main.db").windows(found.len()).any(|w| w == found.as_bytes()));
    let mixed = run(&["demo", "--data", data.to_str().unwrap(), "--listen", "127.0.0.1:0"]);
    assert!(stderr(&mixed).contains("do not share data"), "{}", stderr(&mixed));
}

#[test]
fn the_packaged_configuration_and_unit_are_true() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let example = root.join("packaging/bankside.toml");
    let output = run(&["config", "check", "--config", example.to_str().unwrap()]);
    assert!(output.status.success(), "{}", stderr(&output));
    let unit = fs::read_to_string(root.join("packaging/bankside.service")).unwrap();
    let start = unit.lines().find_map(|line| line.strip_prefix("ExecStart=")).unwrap();
    let words: Vec<&str> = start.split(' ').skip(1).collect();
    // The command is known: what it lacks is the file, not the arguments.
    assert_eq!(run(&words).status.code(), Some(78), "{start}");
}

#[test]
fn every_command_in_the_operators_chapter_is_known() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let chapter = fs::read_to_string(root.join("docs/src/operators.md")).unwrap();
    let commands: Vec<&str> = chapter.lines().filter(|l| l.starts_with("bankside ")).collect();
    assert!(commands.len() > 12, "{commands:?}");
    for command in commands {
        // `--help` after the words makes clap read them all and do nothing.
        let mut words: Vec<&str> = command.split(' ').skip(1).collect();
        words.push("--help");
        let output = run(&words);
        assert_eq!(output.status.code(), Some(0), "{command}: {}", stderr(&output));
    }
}

#[test]
fn policies_are_checked_and_explained() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("own.cedar");
    let check = |text: &str, code: i32, words: &str| {
        fs::write(&file, text).unwrap();
        let output = run(&["policy", "check", file.to_str().unwrap()]);
        let said = stdout(&output) + &stderr(&output);
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(words), "{said}");
    };
    check("permit (principal, action, resource);", 0, "fine: 1 policies");
    check("permit (principal, action, resource)", 1, "`own.cedar`:1");
    check("forbid (principal, action, resource);", 1, "no policy permits anything");
    let ask = |purpose: &str, more: &[&str]| {
        let mut args = vec!["policy", "explain", "--party", "messenger", "--cluster", "balances"];
        args.extend(["--ceiling", "platform_readable", "--purpose", purpose]);
        args.extend(more);
        let output = run(&args);
        (output.status.code(), stdout(&output) + &stderr(&output))
    };
    let (code, said) = ask("account_information", &[]);
    assert!(code == Some(0) && said.contains("so `answer` may leave"), "{said}");
    let (code, said) = ask("advertising", &[]);
    assert!(code == Some(2) && said.contains("never given for advertising"), "{said}");
    let (code, said) = ask("account_information", &["--json"]);
    assert!(code == Some(0) && said.contains(r#""verdict""#), "{said}");
}

#[test]
fn something_happens_in_the_sandbox_while_it_runs_and_while_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let demo = Running::demo(&data, &[]);
    let inject = |words: &[&str]| {
        let place = ["--data", data.to_str().unwrap()];
        let output = run(&[&["sandbox", "inject"], words, &place[..]].concat());
        (output.status.code(), stdout(&output) + &stderr(&output))
    };
    let check = |words: &[&str], code: i32, expect: &str| {
        let (found, said) = inject(words);
        assert_eq!(found, Some(code), "{words:?}: {said}");
        assert!(said.contains(expect), "{words:?}: `{expect}` is missing: {said}");
    };
    let shop = ["--merchant", "Corner shop", "--customer", "maya", "--amount"];
    let purchase = |amount| [&["purchase"], &shop[..], &[amount]].concat();
    check(&purchase("12.50"), 0, "it happened, as transaction");
    check(&purchase("12,50"), 2, "digits with an optional point");
    check(&purchase("90000000"), 2, "does not cover it");
    let nobody = ["purchase", "--merchant", "x", "--customer", "mallory", "--amount", "1"];
    check(&nobody, 2, "there are: Maya");
    let journal = || fs::read_to_string(data.join("sandbox.jsonl")).unwrap();
    assert_eq!(journal().matches("Corner shop").count(), 1, "the running demo keeps it");
    demo.signal("-TERM");
    assert_eq!(demo.ends().0, Some(0));
    check(
        &["salary", "--employer", "Harbour works", "--customer", "maya", "--amount", "1500"],
        0,
        "it happened, as transaction",
    );
    assert_eq!(journal().matches("Harbour works").count(), 1);
    let again = Running::demo(&data, &[]);
    assert_eq!(again.get("/readyz").0, 200, "the next start has both in its books");
    again.signal("-TERM");
    assert_eq!(again.ends().0, Some(0));
    let doctor = run(&["doctor", "--data", data.to_str().unwrap()]);
    assert_eq!(doctor.status.code(), Some(0), "{}{}", stdout(&doctor), stderr(&doctor));
    let other = run(&[
        "sandbox",
        "inject",
        "salary",
        "--employer",
        "x",
        "--customer",
        "maya",
        "--amount",
        "1",
        "--data",
        folder.path().to_str().unwrap(),
    ]);
    assert!(stderr(&other).contains("not a Bankside data directory"), "{}", stderr(&other));
}
