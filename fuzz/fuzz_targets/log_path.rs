//! Paths of log files are read back as written.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| bankside_fuzz::transparency::log_path(data));
