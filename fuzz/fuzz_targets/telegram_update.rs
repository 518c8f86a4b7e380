//! Updates of Telegram's Bot API.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::channels::telegram_update(data));
