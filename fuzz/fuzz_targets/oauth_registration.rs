//! Registrations of OAuth clients.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::oauth::oauth_registration(data));
