//! Keys and receipt numbers are read back as written.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::transparency::key(data));
