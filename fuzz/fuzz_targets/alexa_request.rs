//! Requests of Alexa, behind their proof.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::channels::alexa_request(data));
