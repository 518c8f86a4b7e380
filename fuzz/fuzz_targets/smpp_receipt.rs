//! Receipts of an SMSC are read within their bounds.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::smpp::smpp_receipt(data));
