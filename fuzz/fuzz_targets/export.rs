//! Customers' exports are read, verified or refused.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::transparency::export(data));
