//! Addresses that Alexa's certificates may come from.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::channels::alexa_chain_url(data));
