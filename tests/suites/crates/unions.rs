//! The unions of any description: no value is read as a variant that it cannot be, and each is written back unchanged.
//! Those of the fixtures are checked with the crates of the fixtures.

use std::fs;

use generator::write::FileSet;
use tests::crates::Crates;
use tests::{unions, workspace_root};

/// `UNIONS_OF` names files with descriptions, separated by spaces.
#[test]
#[ignore = "it needs descriptions that are not here"]
fn values_are_read_as_possible_variants() {
    let mut total = 0;
    for path in std::env::var("UNIONS_OF").expect("UNIONS_OF names files").split_whitespace() {
        let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
        let described = generator::describe(text).unwrap_or_else(|refused| panic!("{}", refused.render(false)));
        let files = described.generate().unwrap_or_else(|problems| panic!("{problems:?}")).files;
        let package = &described.api.crate_name;
        let support = workspace_root().join("tests/union_support.rs");
        let program = unions::program(&package.replace('-', "_"), &described);
        let count = program.matches("#[test]").count();
        println!("{path}: {count} unions");
        total += count;
        if count == 0 {
            continue;
        }
        // Cargo would confuse crates of the same name in several workspaces.
        let name = format!("unions-of-{package}");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[dependencies]\n{package} = {{ path = \"../described\", \
             default-features = false }}\nserde = {{ version = \"1\", default-features = false }}\nserde_json = \"1\"\n"
        );
        let tests = FileSet::new([
            ("Cargo.toml", manifest),
            ("src/lib.rs", String::new()),
            ("tests/unions.rs", format!("//! The unions.\n\n#[path = {support:?}]\nmod support;\n{program}")),
        ]);
        let tests = tests.unwrap_or_else(|errors| panic!("{errors:?}"));
        let crates = Crates::new(env!("CARGO_TARGET_TMPDIR"), &name, [("described", &files), ("unions", &tests)]);
        print!("{}", crates.cargo(&["test", "-p", &name, "--test", "unions"], &[]));
    }
    assert!(total > 0, "the descriptions have no unions");
}
