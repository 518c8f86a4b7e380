//! Activities are read or refused, whatever they hold.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::direct_line::direct_line(data));
