//! Random valid specs that combine features: nobody writes fixtures for combinations of rules.
//!
//! A seed determines a spec. The spec is accepted, or rejected with a way out; an accepted spec compiles without a
//! warning from rustc, clippy or rustdoc. `COMBINATIONS_SEEDS=100..200` sets other seeds than the usual ones, and
//! `COMBINATIONS_ATTEMPTS=60` shrinks a spec whose crate causes a warning.

mod bodies;
mod compiled;
mod document;
mod judge;
mod operations;
mod random;
mod sample;
mod scalars;
mod schemas;
mod shrink;
mod styles;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::panic::{self, AssertUnwindSafe};
use std::sync::LazyLock;

use generator::write::FileSet;
use serde_json::Value;
use tests::crates::Message;

use document::{crate_name, spec, text};

/// The seeds of every run.
const SEEDS: Range<u64> = 0..40;

/// The number of crates that are compiled in every run.
const COMPILED: usize = 3;

/// The number of crates that `.ci/run` compiles; with seeds set by hand, all are.
const ALL_COMPILED: usize = 10;

/// The minimum percentage of accepted specs.
const FLOOR: usize = 60;

/// Returns the maximum number of crates that are compiled to shrink a spec: none by default, because it takes long.
fn attempts() -> usize {
    std::env::var("COMBINATIONS_ATTEMPTS").ok().and_then(|attempts| attempts.parse().ok()).unwrap_or(0)
}

fn seeds() -> (Range<u64>, usize) {
    let Ok(given) = std::env::var("COMBINATIONS_SEEDS") else { return (SEEDS, ALL_COMPILED) };
    let ends = given.split_once("..").and_then(|(first, end)| Some(first.parse().ok()?..end.parse().ok()?));
    (ends.unwrap_or_else(|| panic!("`COMBINATIONS_SEEDS` is a range such as `100..200`, not `{given}`")), usize::MAX)
}

/// The results of all seeds.
#[derive(Default)]
struct Outcome {
    count: usize,
    /// The crates of accepted specs.
    crates: Vec<(String, FileSet)>,
    /// The number of rejected specs, by problem.
    refused: BTreeMap<String, usize>,
    /// The seeds of specs for which a property does not hold, by property.
    complaints: BTreeMap<String, Vec<u64>>,
}

static OUTCOME: LazyLock<Outcome> = LazyLock::new(|| quietly(outcome));

fn outcome() -> Outcome {
    let mut outcome = Outcome::default();
    for seed in seeds().0 {
        outcome.count += 1;
        match judged(&spec(seed)) {
            Ok(Ok(files)) => outcome.crates.push((crate_name(seed), files)),
            Ok(Err(problems)) => {
                for problem in problems {
                    *outcome.refused.entry(problem).or_default() += 1;
                }
            }
            Err(complaint) => outcome.complaints.entry(beginning(&complaint)).or_default().push(seed),
        }
    }
    outcome
}

/// Runs a function that catches panics, without printing them.
fn quietly<T>(run: impl FnOnce() -> T) -> T {
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let value = run();
    panic::set_hook(hook);
    value
}

#[test]
fn every_spec_is_accepted_or_rejected_with_a_way_out() {
    let Outcome { count, crates, refused, complaints } = &*OUTCOME;
    println!("{} of {count} specs are accepted; the others are refused for: {refused:#?}", crates.len());
    let report: String = complaints.iter().map(|(complaint, seeds)| smallest_judged(complaint, seeds)).collect();
    assert!(complaints.is_empty(), "{report}");
    assert!(crates.len() * 100 >= count * FLOOR, "too few specs are accepted to say much");
}

/// Checks a spec; the error is a property that does not hold.
fn judged(spec: &Value) -> Result<Result<FileSet, Vec<String>>, String> {
    panic::catch_unwind(AssertUnwindSafe(|| judge::judge(spec))).map_err(|complaint| {
        let owned = complaint.downcast_ref::<String>().cloned();
        owned.or_else(|| complaint.downcast_ref::<&str>().map(|text| (*text).to_owned())).unwrap_or_default()
    })
}

/// Returns the kind of a complaint: its beginning, without names and numbers.
fn beginning(complaint: &str) -> String {
    let words = complaint.lines().take(2).flat_map(str::split_whitespace);
    words
        .filter(|word| word.chars().all(|c| c.is_ascii_lowercase() || ",.:".contains(c)))
        .take(14)
        .collect::<Vec<_>>()
        .join(" ")
}

/// Returns the smallest spec for which the same property does not hold.
fn smallest_judged(complaint: &str, seeds: &[u64]) -> String {
    let fails = |spec: &Value| judged(spec).is_err_and(|other| beginning(&other) == complaint);
    let small = quietly(|| shrink::shrink(spec(seeds[0]), fails));
    let words = quietly(|| judged(&small)).err().unwrap_or_default();
    format!("\n=== seeds {seeds:?}: {words}\nThe smallest spec found:\n{}", text(&small))
}

#[test]
fn accepted_specs_compile() {
    assert_compiles(compiled::Extent::Clippy, COMPILED);
}

#[test]
#[ignore = "it compiles ten crates in four ways: `.ci/run` runs it"]
fn accepted_specs_pass_every_tool() {
    assert_compiles(compiled::Extent::EveryTool, seeds().1);
}

/// The first complaint of each kind is shown with the smallest spec.
fn assert_compiles(extent: compiled::Extent, count: usize) {
    let crates: Vec<(String, FileSet)> = OUTCOME.crates.iter().take(count).cloned().collect();
    let mut kinds: BTreeMap<String, Vec<Message>> = BTreeMap::new();
    for message in compiled::compile(&crates, extent) {
        kinds.entry(message.kind()).or_default().push(message);
    }
    let mut report = String::new();
    for (kind, messages) in &kinds {
        let targets: BTreeSet<&str> = messages.iter().map(|message| message.target.as_str()).collect();
        report.push_str(&format!("\n=== {kind}: {} times, of {targets:?}\n{}", messages.len(), messages[0].text));
        let seed = messages[0].target.rsplit('_').next().and_then(|seed| seed.parse().ok());
        if let Some(seed) = seed {
            report.push_str(&format!(
                "The smallest spec found, from seed {seed}:\n{}",
                smallest_compiled(seed, kind, extent)
            ));
        }
    }
    assert!(kinds.is_empty(), "{report}");
}

/// Returns the smallest spec whose crate causes the same message.
fn smallest_compiled(seed: u64, kind: &str, extent: compiled::Extent) -> String {
    let mut left = attempts();
    let fails = |spec: &Value| {
        if left == 0 {
            return false;
        }
        let Ok(generated) = generator::generate(&text(spec)) else { return false };
        left -= 1;
        let crates = [(crate_name(seed), generated.files)];
        compiled::compile(&crates, extent).iter().any(|message| message.kind() == kind)
    };
    text(&shrink::shrink(spec(seed), fails))
}

#[test]
fn a_failing_spec_is_shrunk() {
    let has_pages = |spec: &Value| spec.to_string().contains("x-pagination");
    let first = (0..).map(spec).find(has_pages).expect("some seed has pages");
    let small = shrink::shrink(first, has_pages);
    assert_eq!(small.to_string().matches(':').count(), 4, "paths, a path, its method, and what is looked for: {small}");
}
