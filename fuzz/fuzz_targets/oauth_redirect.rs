//! Redirect URIs, and that only what was registered is one.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::oauth::oauth_redirect(data));
