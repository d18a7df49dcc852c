//! Specs that are edited as trees, so that many of them are accepted and reach the last stages.

#![no_main]

mod edits;
mod json;
mod oracles;
mod scopes;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use edits::{Donors, Random};
use generator::source;

/// The parts of the fixtures, for use in other specs.
static DONORS: LazyLock<Donors> = LazyLock::new(|| {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let mut specs: Vec<_> = fs::read_dir(fixtures)
        .expect("the fixtures are there")
        .map(|entry| entry.expect("readable").path().join("spec.yaml"))
        .filter(|path| path.exists())
        .collect();
    specs.sort();
    Donors::new(specs.iter().map(|path| fs::read_to_string(path).expect("text")))
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(text) = std::str::from_utf8(bytes) {
        oracles::judge(text);
    }
});

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let mut random = Random::new(seed);
    let tree = std::str::from_utf8(&data[..size]).ok().and_then(|text| source::parse(text).ok());
    // Occasionally bytes too, for texts that no edit would produce.
    if let Some(tree) = tree.filter(|_| !random.one_in(16)) {
        let text = json::text(&edits::edited(tree.root(), &DONORS, &mut random));
        if text.len() <= max_size {
            data[..text.len()].copy_from_slice(text.as_bytes());
            return text.len();
        }
    }
    libfuzzer_sys::fuzzer_mutate(data, size, max_size)
});
