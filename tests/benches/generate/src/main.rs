//! The cost of `generator::generate` for the org groups spec and for copies of it.
//!
//! `generate-cost ratio` and `generate-cost growth` print tables; `generate-cost once generate|yaml|nothing COPIES`
//! runs it once, for an external counter. Without copies, it reads the unchanged spec.

mod copies;
mod memory;

use std::hint::black_box;
use std::time::Instant;

use generator::Generated;
use openapiv3::OpenAPI;

const SPEC: &str = include_str!("../../../../spec/org_groups.yaml");

fn generate(text: &str) -> Generated {
    match generator::generate(black_box(text)) {
        Ok(generated) => generated,
        Err(problems) => panic!("{}", generator::render(&problems, "spec", text, false)),
    }
}

/// The baseline of the comparison.
fn read(text: &str) -> OpenAPI {
    serde_yaml::from_str(black_box(text)).expect("the spec is an OpenAPI document")
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["ratio"] => ratio(),
        ["growth"] => growth(),
        ["once", "generate", count] => drop(generate(&text(count))),
        ["once", "yaml", count] => drop(read(&text(count))),
        ["once", "nothing", count] => drop(black_box(text(count))),
        _ => panic!("unknown arguments: {arguments:?}"),
    }
}

fn text(count: &str) -> String {
    match count.parse().expect("a number of copies") {
        0 => SPEC.to_owned(),
        count => copies::copies(SPEC, count),
    }
}

/// Both in turns, so that other load on the machine affects both.
fn ratio() {
    let (mut all, mut yaml) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..200 {
        all = all.min(milliseconds(|| generate(SPEC)));
        yaml = yaml.min(milliseconds(|| read(SPEC)));
    }
    println!("generate {all:.2} ms, serde_yaml into openapiv3 {yaml:.2} ms: {:.2}", all / yaml);
}

fn growth() {
    println!("{:>7} {:>9} {:>10} {:>9} {:>10} {:>9}", "copies", "MB spec", "ms", "ms/copy", "MB peak", "MB/copy");
    for count in [1, 10, 100] {
        let text = copies::copies(SPEC, count);
        let time = (0..5).map(|_| milliseconds(|| generate(&text))).fold(f64::INFINITY, f64::min);
        let peak = megabytes(memory::peak(|| generate(&text)));
        let each = count as f64;
        let size = megabytes(text.len());
        println!("{count:>7} {size:>9.2} {time:>10.1} {:>9.2} {peak:>10.2} {:>9.2}", time / each, peak / each);
    }
}

fn milliseconds<T>(work: impl Fn() -> T) -> f64 {
    let start = Instant::now();
    let kept = black_box(work());
    let time = start.elapsed();
    drop(kept);
    time.as_secs_f64() * 1e3
}

fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
