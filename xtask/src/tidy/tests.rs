//! Each rule on a few lines of source: what it finds, and what it lets pass.

use super::finding::Finding;
use super::house::House;
use super::tree::Tree;
use super::{arrows, budgets, calls, docs, manifests, reach, words};

type Rule = fn(&House) -> Vec<Finding>;

/// Runs one rule over files; expects exactly these findings, as `path:line: rule`.
#[track_caller]
fn check(rule: Rule, files: &[(&str, &str)], expect: &[&str]) {
    let mut tree = Tree::default();
    for (path, text) in files {
        tree.insert(path, text);
    }
    let house = House::new(tree);
    assert_eq!(house.unreadable(), Vec::new(), "the fixture itself must parse");
    let found: Vec<String> = rule(&house).iter().map(place).collect();
    assert_eq!(found, expect);
}

/// `path:line: rule`, without the advice.
fn place(finding: &Finding) -> String {
    finding.to_string().splitn(4, ':').take(3).collect::<Vec<_>>().join(":")
}

/// Runs one rule over one file of a shipped room.
#[track_caller]
fn check_code(rule: Rule, code: &str, expect: &[&str]) {
    let manifest = ("crates/domain/Cargo.toml", "[package]\nname = \"bankside-domain\"\n");
    check(rule, &[manifest, ("crates/domain/src/lib.rs", code)], expect);
}

/// Checks the arrows of one room that has these lines in its manifest.
#[track_caller]
fn check_arrows(room: &str, lines: &str, expect: &[&str]) {
    let root = "[workspace.dependencies]\nalias = { package = \"tokio\", version = \"1\" }\n";
    let manifest = format!("[package]\nname = \"bankside-{room}\"\n{lines}\n");
    let path = format!("crates/{room}/Cargo.toml");
    let mut files = vec![("Cargo.toml", root), (path.as_str(), manifest.as_str())];
    let others = [
        ("crates/domain/Cargo.toml", "[package]\nname = \"bankside-domain\"\n"),
        ("crates/web/Cargo.toml", "[package]\nname = \"bankside-web\"\n"),
    ];
    files.extend(others.iter().filter(|(other, _)| *other != path));
    check(arrows::check, &files, expect);
}

#[test]
fn arrows_point_down() {
    check_arrows("store", "[dependencies]\nbankside-domain.workspace = true", &[]);
    let up = "[dependencies]\nbankside-web.workspace = true";
    check_arrows("store", up, &["crates/store/Cargo.toml:4: arrows"]);
    check_arrows("domain", up, &["crates/domain/Cargo.toml:4: arrows"]);
    check_arrows("store", "[dev-dependencies]\nbankside-web.workspace = true", &[]);
    let build = "[build-dependencies]\nbankside-web = { path = \"../web\" }";
    check_arrows("store", build, &["crates/store/Cargo.toml:4: arrows"]);
    let platform = "[target.'cfg(unix)'.dependencies]\nbankside-web.workspace = true";
    check_arrows("store", platform, &["crates/store/Cargo.toml:4: arrows"]);
    check_arrows("cellar", "", &["crates/cellar/Cargo.toml:1: arrows"]);
}

#[test]
fn pure_rooms_stay_pure_and_fences_hold() {
    let tokio = "[dependencies]\nserde = \"1\"\ntokio = \"1\"";
    check_arrows("domain", tokio, &["crates/domain/Cargo.toml:5: arrows"]);
    check_arrows("service", tokio, &[]);
    let renamed = "[dependencies]\nalias.workspace = true";
    check_arrows("fraud", renamed, &["crates/fraud/Cargo.toml:4: arrows"]);
    let local = "[dependencies]\nx = { package = \"getrandom\", version = \"0.4\" }";
    check_arrows("fapi", local, &["crates/fapi/Cargo.toml:4: arrows"]);
    let sql = "[dependencies]\nsqlx = \"0.9\"";
    check_arrows("store", sql, &[]);
    check_arrows("service", sql, &["crates/service/Cargo.toml:4: arrows"]);
}

#[test]
fn lints_are_inherited_and_not_weakened() {
    let inherits = "[package]\nname = \"a\"\n[lints]\nworkspace = true\n";
    check(manifests::check, &[("xtask/Cargo.toml", inherits)], &[]);
    let own = "[package]\nname = \"a\"\n[lints.clippy]\nall = \"allow\"\n";
    check(manifests::check, &[("xtask/Cargo.toml", own)], &["xtask/Cargo.toml:1: lints"]);
    check(manifests::check, &[("fuzz/Cargo.toml", own)], &[]);
    let denied = "dbg_macro = 'deny'\nall = { level = 'deny', priority = -1 }\npanic = 'deny'\n\
        unwrap_used = 'deny'\nexpect_used = 'deny'\nindexing_slicing = 'deny'\ntodo = 'deny'\n\
        unimplemented = 'deny'\nunreachable = 'deny'\nfloat_arithmetic = 'deny'\n\
        disallowed_methods = 'deny'\n[workspace.lints.rust]\nunused_must_use = 'deny'\n";
    let strong = format!("[workspace.lints.clippy]\n{denied}unsafe_code = 'forbid'\n");
    check(manifests::check, &[("Cargo.toml", &strong)], &[]);
    let weak = format!("[workspace.lints.clippy]\n{denied}unsafe_code = 'warn'\n");
    check(manifests::check, &[("Cargo.toml", &weak)], &["Cargo.toml:15: lints"]);
    check(
        manifests::check,
        &[("Cargo.toml", &strong.replace("panic = 'deny'", "panic = 'allow'"))],
        &["Cargo.toml:4: lints"],
    );
}

#[test]
fn a_dependency_is_used_or_removed() {
    let manifest = "[package]\nname = \"a\"\n[lints]\nworkspace = true\n[dependencies]\n\
        once-cell = \"1\"\nquiet = \"1\"\n[dev-dependencies]\nfree = \"1\"\n";
    let code = "//! Text that says quiet.\nmacro_rules! m { () => { once_cell::f() } }\n";
    check(
        manifests::check,
        &[("xtask/Cargo.toml", manifest), ("xtask/src/main.rs", code)],
        &["xtask/Cargo.toml:7: unused-dependency"],
    );
}

#[test]
fn a_module_says_what_it_is() {
    let found = &["crates/domain/Cargo.toml:1: lints", "crates/domain/src/lib.rs:1: module-head"];
    check_code(manifests::check, "struct A;\n", found);
    check_code(manifests::check, "//! What it is.\nstruct A;\n", &found[..1]);
    check_code(manifests::check, "#![cfg(unix)]\n//! What it is.\nstruct A;\n", &found[..1]);
    check_code(manifests::check, "struct A;\nmod a {\n    //! Inner.\n}\n", found);
}

/// A function of this many lines, from signature to closing brace.
fn function(lines: usize) -> String {
    format!("fn f() {{\n{}}}\n", "    g();\n".repeat(lines - 2))
}

#[test]
fn a_function_has_a_cap() {
    let limit = "xtask/src/tidy/budgets.rs:1: budget";
    check_code(budgets::check, &function(45), &[]);
    check_code(budgets::check, &function(46), &[limit]);
    check_code(budgets::check, &function(70), &[limit]);
    let long = "crates/domain/src/lib.rs:2: function-lines";
    check_code(budgets::check, &format!("/// Doc.\n{}", function(71)), &[long, limit]);
    let method = format!("struct A;\nimpl A {{\n{}}}\n", function(71));
    check_code(budgets::check, &method, &["crates/domain/src/lib.rs:3: function-lines", limit]);
    check_code(budgets::check, &format!("#[cfg(test)]\nmod t {{\n{}}}\n", function(100)), &[]);
    check_code(budgets::check, &format!("#[test]\n{}", function(100)), &[]);
}

#[test]
fn a_file_has_a_cap_and_tests_do_not_count() {
    // One file is both the median and the 95th percentile.
    let limits = ["xtask/src/tidy/budgets.rs:1: budget"; 2];
    let cap = "crates/domain/src/lib.rs:1: file-lines";
    check_code(budgets::check, &"struct A;\n".repeat(150), &[]);
    check_code(budgets::check, &"struct A;\n".repeat(800), &limits);
    check_code(budgets::check, &"struct A;\n".repeat(801), &[cap, limits[0], limits[1]]);
    let tests = |lines| format!("struct A;\n#[cfg(test)]\nmod t {{\n{}}}\n", "\n".repeat(lines));
    check_code(budgets::check, &tests(147), &[]);
    check_code(budgets::check, &tests(148), &["crates/domain/src/lib.rs:2: inline-tests"]);
    let generic = format!("#[cfg(test)]\nfn f<A, B>() -> C<A, B> {{\n{}}}\n", "\n".repeat(148));
    check_code(budgets::check, &generic, &["crates/domain/src/lib.rs:1: inline-tests"]);
}

#[test]
fn a_test_file_is_free() {
    let long = "struct A;\n".repeat(900);
    let crate_files = |head: &'static str| {
        [
            ("crates/domain/Cargo.toml", "[package]\nname = \"bankside-domain\"\n".to_owned()),
            ("crates/domain/src/lib.rs", head.to_owned()),
            ("crates/domain/src/tests.rs", long.clone()),
            ("crates/domain/tests/story.rs", long.clone()),
        ]
    };
    let files = crate_files("#[cfg(test)]\nmod tests;\n");
    check(budgets::check, &files.each_ref().map(|(path, text)| (*path, text.as_str())), &[]);
    let files = crate_files("mod tests;\n");
    let found = ["crates/domain/src/tests.rs:1: file-lines", "xtask/src/tidy/budgets.rs:1: budget"];
    check(budgets::check, &files.each_ref().map(|(path, text)| (*path, text.as_str())), &found);
}

#[test]
fn time_and_randomness_are_arguments() {
    let clock = "fn f() { let a = std::time::Instant::now(); }\n";
    check_code(calls::check, clock, &["crates/domain/src/lib.rs:1: ambient"]);
    let hidden = "fn f() {\n    page! { p { (jiff::Timestamp::now()) } }\n}\n";
    check_code(calls::check, hidden, &["crates/domain/src/lib.rs:2: ambient"]);
    check_code(calls::check, "use rand::thread_rng;\n", &["crates/domain/src/lib.rs:1: ambient"]);
    check_code(calls::check, "fn f(now: Instant) { g(clock.now()) }\n", &[]);
    check_code(calls::check, "// Instant::now\nconst A: &str = \"Instant::now\";\n", &[]);
    check_code(calls::check, &format!("#[cfg(test)]\nmod t {{\n{clock}}}\n"), &[]);
    check_code(
        calls::check,
        &format!("#[cfg(test)]\nuse a::b;\n{clock}"),
        &["crates/domain/src/lib.rs:3: ambient"],
    );
    let files = [
        ("crates/bankside/Cargo.toml", "[package]\nname = \"bankside\"\n"),
        ("crates/bankside/src/main.rs", clock),
        ("crates/testkit/Cargo.toml", "[package]\nname = \"bankside-testkit\"\n"),
        ("crates/testkit/src/lib.rs", clock),
    ];
    check(calls::check, &files, &[]);
}

#[test]
fn a_lint_is_switched_off_with_a_reason() {
    let at = "crates/domain/src/lib.rs:1: lint-attribute";
    check_code(calls::check, "#[allow(dead_code)]\nfn f() {}\n", &[at]);
    check_code(calls::check, "#![allow(dead_code)]\nfn f() {}\n", &[at]);
    check_code(calls::check, "#[expect(dead_code)]\nfn f() {}\n", &[at]);
    check_code(calls::check, "#[expect(dead_code, reason = \"because\")]\nfn f() {}\n", &[]);
    check_code(calls::check, "#![cfg_attr(test, allow(clippy::panic))]\nfn f() {}\n", &[]);
    check_code(calls::check, "#![cfg_attr(unix, allow(clippy::panic))]\nfn f() {}\n", &[at]);
    check_code(calls::check, "#[cfg(test)]\nmod t {\n#![allow(dead_code)]\n}\n", &[]);
}

#[test]
fn a_test_runs() {
    let at = "crates/domain/src/lib.rs:2: ignored-test";
    check_code(calls::check, "#[test]\n#[ignore]\nfn f() {}\n", &[at]);
    check_code(calls::check, "#[test]\n#[ignore = \"slow\"]\nfn f() {}\n", &[at]);
    check_code(calls::check, "/// Doc.\n/// ```ignore\n/// ```\nfn f() {}\n", &[at]);
    check_code(calls::check, "/// ```compile_fail\n/// ```\nfn f() { ignore(1) }\n", &[]);
}

#[test]
fn words_are_about_the_thing() {
    let check = |text: &str, expect: &[&str]| check(words::check, &[("README.md", text)], expect);
    check("The agent answers; the session ends; a prompt for a passkey.", &[]);
    check("fine\n// TODO later", &["README.md:2: word"]);
    check("a Hack, a todo list, DEUTDEFFXXX and MTODO", &[]);
    check("`\"XXX\"` is the currency code for none", &[]);
    check("XXX mend", &["README.md:1: word"]);
    check("see /work/main", &["README.md:1: word"]);
    check("see https://example.org/networks/", &[]);
    check("as Issue #12 says, and issue 3", &["README.md:1: word"]);
    check("issue a card, issue tokens", &[]);
    check("kept in a worktree", &["README.md:1: word"]);
}

#[test]
fn vendored_files_keep_their_words() {
    let path = "crates/web/assets/vendor/lib.js";
    check(words::check, &[(path, "// TODO theirs")], &[]);
    check(
        words::check,
        &[("crates/web/assets/own.js", "// TODO ours")],
        &["crates/web/assets/own.js:1: word"],
    );
}

#[test]
fn every_source_is_reached() {
    let manifest = ("xtask/Cargo.toml", "[package]\nname = \"x\"\n");
    let files = |main: &'static str| {
        [
            manifest,
            ("xtask/src/main.rs", main),
            ("xtask/src/a.rs", "mod b;"),
            ("xtask/src/a/b.rs", ""),
            ("xtask/src/c/mod.rs", "mod d;"),
            ("xtask/src/c/d.rs", ""),
            ("xtask/tests/story.rs", "fn f() { t.compile_fail(\"tests/ui/*.rs\"); }"),
            ("xtask/tests/ui/forged.rs", ""),
        ]
    };
    check(reach::check, &files("mod a; mod c;"), &[]);
    check(
        reach::check,
        &files("mod a;"),
        &["xtask/src/c/d.rs:1: dead-file", "xtask/src/c/mod.rs:1: dead-file"],
    );
    check(
        reach::check,
        &files("#[path = \"a/b.rs\"] mod z; mod c;"),
        &["xtask/src/a.rs:1: dead-file"],
    );
    let inline = [manifest, ("xtask/src/main.rs", "mod i { mod j; }"), ("xtask/src/i/j.rs", "")];
    check(reach::check, &inline, &[]);
    let orphan = [manifest, ("xtask/tests/other/orphan.rs", "")];
    check(reach::check, &orphan, &["xtask/tests/other/orphan.rs:1: dead-file"]);
    let named = "[package]\nname = \"f\"\n[[bin]]\nname = \"t\"\npath = \"targets/t.rs\"\n";
    check(reach::check, &[("fuzz/Cargo.toml", named), ("fuzz/targets/t.rs", "")], &[]);
}

#[test]
fn every_asset_is_named() {
    let asset = ("crates/web/assets/app.js", "");
    let dead = "crates/web/assets/app.js:1: dead-asset";
    check(reach::check, &[asset], &[dead]);
    check(reach::check, &[asset, ("a.css", "url(app.js)")], &[]);
    check(reach::check, &[asset, ("a.css", "url(my-app.js)")], &[dead]);
    check(reach::check, &[asset, ("a.css", "icon(\"app\")")], &[]);
    check(reach::check, &[("crates/web/assets/LICENSE-inter.txt", "")], &[]);
}

#[test]
fn pages_and_decisions_are_listed() {
    let summary = ("docs/src/SUMMARY.md", "- [One](one.md)\n- [Two](two.md)\n");
    let one = ("docs/src/one.md", "");
    check(docs::check, &[summary, one], &["docs/src/SUMMARY.md:2: dead-link"]);
    let two = ("docs/src/two.md", "");
    let three = ("docs/src/deep/three.md", "");
    check(docs::check, &[summary, one, two, three], &["docs/src/deep/three.md:1: dead-page"]);
    let index = ("docs/adr/README.md", "0001-a.md 0003-c.md");
    check(
        docs::check,
        &[index, ("docs/adr/0001-a.md", ""), ("docs/adr/0003-c.md", "")],
        &["docs/adr/0003-c.md:1: decision"],
    );
    check(docs::check, &[index, ("docs/adr/0001-b.md", "")], &["docs/adr/0001-b.md:1: decision"]);
}

#[test]
fn links_lead_somewhere() {
    let check = |text: &str, expect: &[&str]| {
        check(docs::check, &[("docs/a.md", text), ("crates/web/x.rs", "")], expect);
    };
    check("[`web`](../crates/web/x.rs#L1) [folder](../crates/web) [top](#top)", &[]);
    check("[out](https://example.org/x) `[code](gone.md)`\n```\n[code](gone.md)\n```\n", &[]);
    check("[gone](gone.md)", &["docs/a.md:1: dead-link"]);
}
