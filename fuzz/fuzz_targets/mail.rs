//! Messages of anybody are read or ignored.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::mail::mail(data));
