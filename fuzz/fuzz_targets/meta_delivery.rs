//! Signed deliveries of Messenger and WhatsApp, and their signature header.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::channels::meta_delivery(data));
