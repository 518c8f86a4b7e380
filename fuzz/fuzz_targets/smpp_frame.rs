//! Frames and deliveries of an SMSC are read whole or told apart.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::smpp::smpp_frame(data));
