//! Renders every sample page and checks what must hold of any page.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use std::collections::BTreeSet;

use bankside_web::assets;
use bankside_web::ui::accent::Accent;

#[path = "../examples/gallery/samples/mod.rs"]
mod samples;

/// Elements without an end tag (HTML Living Standard, 13.1.2).
const VOID: [&str; 5] = ["meta", "link", "input", "br", "hr"];

/// A start tag or an end tag, without its brackets.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).map(|piece| piece.split('>').next().unwrap())
}

fn attributes<'a>(tag: &'a str, name: &str) -> Vec<&'a str> {
    let mark = format!(" {name}=\"");
    tag.split(&mark).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// What is wrong with a page, if anything.
fn faults(html: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut ids = BTreeSet::new();
    let served: BTreeSet<&str> = assets::all().map(|(url, _)| url).collect();
    for tag in tags(html).filter(|tag| !tag.starts_with('!')) {
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                faults.push(format!("`</{name}>` closes nothing"));
            }
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap();
        if !VOID.contains(&name) {
            open.push(name);
        }
        for id in attributes(tag, "id") {
            if !ids.insert(id) {
                faults.push(format!("id `{id}` twice"));
            }
        }
        for banned in ["style", "onclick", "hx-on"] {
            if !attributes(tag, banned).is_empty() {
                faults.push(format!("`{banned}` on <{name}>"));
            }
        }
        for url in attributes(tag, "href").into_iter().chain(attributes(tag, "src")) {
            let path = url.split('#').next().unwrap();
            if path.starts_with("/assets") && !served.contains(path) {
                faults.push(format!("`{url}` is not served"));
            }
        }
        if name == "script" && attributes(tag, "src").is_empty() {
            faults.push("an inline script".to_owned());
        }
    }
    faults.extend(open.iter().map(|name| format!("<{name}> stays open")));
    faults.extend(dangling(html, &ids));
    faults
}

/// References to ids that are not on the page.
fn dangling(html: &str, ids: &BTreeSet<&str>) -> Vec<String> {
    let mut faults = Vec::new();
    for tag in tags(html) {
        for name in ["for", "aria-describedby", "aria-labelledby", "form"] {
            for id in attributes(tag, name).into_iter().flat_map(str::split_whitespace) {
                if !ids.contains(id) {
                    faults.push(format!("`{name}` names `{id}`, which is not there"));
                }
            }
        }
    }
    faults
}

#[test]
fn every_page_is_well_formed() {
    for lang in samples::LANGS {
        for (name, page) in samples::pages(lang) {
            let faults = faults(&page.into_string());
            assert!(faults.is_empty(), "{}/{name}: {faults:#?}", lang.tag());
        }
    }
}

#[test]
fn the_checker_finds_faults() {
    for (html, expected) in [
        ("<p><b></p>", "`</p>` closes nothing"),
        ("<p>", "<p> stays open"),
        ("<p id=\"a\"></p><p id=\"a\"></p>", "id `a` twice"),
        ("<p style=\"x\"></p>", "`style` on <p>"),
        ("<a href=\"/assets/no.css\"></a>", "`/assets/no.css` is not served"),
        ("<label for=\"x\"></label>", "`for` names `x`, which is not there"),
        ("<script></script>", "an inline script"),
    ] {
        assert!(faults(html).iter().any(|fault| fault == expected), "{html}: {:?}", faults(html));
    }
}

#[test]
fn a_page_carries_its_language_direction_and_accent() {
    for (lang, dir) in [(samples::Lang::En, "ltr"), (samples::Lang::Ar, "rtl")] {
        for (name, page) in samples::pages(lang) {
            let html = page.into_string();
            let root = tags(&html).find(|tag| tag.starts_with("html")).unwrap();
            assert_eq!(attributes(root, "lang"), [lang.tag()], "{name}");
            assert_eq!(attributes(root, "dir"), [dir], "{name}");
            assert_eq!(attributes(root, "class"), [Accent::Teal.class()], "{name}");
            assert_eq!(html.matches("<h1").count(), 1, "{name}: one main heading");
        }
    }
}

#[test]
fn text_from_outside_is_escaped() {
    use bankside_web::ui::chat::words;
    let html = words("<script>alert(1)</script>\n\n\"&").into_string();
    assert_eq!(
        html,
        "<p dir=\"auto\">&lt;script&gt;alert(1)&lt;/script&gt;</p><p dir=\"auto\">&quot;&amp;</p>"
    );
}
