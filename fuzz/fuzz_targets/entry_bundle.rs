//! Entry bundles are read or refused.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::transparency::entry_bundle(data));
