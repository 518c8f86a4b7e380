//! Connections of LMTP are answered, however their bytes are cut.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::mail::lmtp(data));
