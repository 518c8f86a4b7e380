//! Proofs, frontiers and whole logs never make the verifier panic.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::transparency::tree(data));
