//! Transactions of a Matrix homeserver.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::channels::matrix_transaction(data));
