//! Records are read in their one encoding only.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::transparency::record(data));
