//! Any text: the accepted part is read, and the rest is reported.

#![no_main]

mod json;
mod oracles;
mod scopes;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        oracles::judge(text);
    }
});
