//! Short messages and delivery reports of Kannel.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::channels::kannel_query(data));
