//! Forms and queries of OAuth.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::oauth::oauth_form(data));
