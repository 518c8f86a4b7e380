//! Requests of Dialogflow CX.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::channels::dialogflow_request(data));
