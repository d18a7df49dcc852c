//! Lists the schemas of the spec with their models, which no macro can know: `models! { "Name": Model, … }`.
//!
//! It reads lines, not YAML, so that nothing more has to be built first. A test compares what it found with the spec.

use std::path::Path;
use std::{env, fs};

/// The lines of the spec before the components.
const SCHEMAS: &str = "\n  schemas:\n";

fn main() {
    let spec = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../spec/org_groups.yaml");
    println!("cargo:rerun-if-changed={}", spec.display());
    println!("cargo:rerun-if-changed=build.rs");
    let text = fs::read_to_string(&spec).expect("the spec can be read").replace("\r\n", "\n");
    let (_, schemas) = text.split_once(SCHEMAS).expect("the spec has schemas");
    let mut models: Vec<(&str, &str)> = Vec::new();
    for line in schemas.lines().take_while(|line| line.is_empty() || line.starts_with("    ")) {
        let Some(line) = line.strip_prefix("    ").filter(|line| !line.starts_with('#')) else { continue };
        if let Some(name) = line.strip_suffix(':').filter(|name| !name.starts_with(' ')) {
            models.push((name, name));
        } else if let (Some(name), Some(last)) = (line.strip_prefix("  x-rust-name: "), models.last_mut()) {
            last.1 = name;
        }
    }
    let lines: String = models.iter().map(|(schema, model)| format!("    \"{schema}\": {model},\n")).collect();
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("models.rs");
    fs::write(out, format!("models! {{\n{lines}}}\n")).expect("the list can be written");
}
