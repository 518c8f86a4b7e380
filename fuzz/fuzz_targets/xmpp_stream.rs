//! Streams of XMPP, and the stanzas that answer them.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::channels::xmpp_stream(data));
