//! The fuzz targets of OAuth on stable Rust: over their seeds, and small mutations of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, unreachable_pub)]

#[path = "../../../fuzz/src/smoke.rs"]
mod smoke;
#[path = "../../../fuzz/src/oauth.rs"]
mod targets;

const MUTATIONS: usize = 3_000;

#[test]
fn forms_registrations_and_redirects() {
    let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    let targets: [smoke::Target; 3] = [
        ("oauth_form", targets::oauth_form),
        ("oauth_redirect", targets::oauth_redirect),
        ("oauth_registration", targets::oauth_registration),
    ];
    smoke::run(&seeds, &targets, MUTATIONS);
}
