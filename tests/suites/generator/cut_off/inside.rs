//! Names that look like paths, in every place where a spec has a name: nothing is written outside of the directory.

use std::collections::BTreeSet;

use generator::diagnostics::Code;
use generator::write::{FileSet, LIST, apply};

use super::{scratch, state};

/// A spec with a different placeholder in each place whose name is used in the output: `{schema}` and so on.
const SPEC: &str = r#"
openapi: 3.0.3
info: { title: "{title}", version: 1.0.0, x-crate-name: "{crate}" }
servers: [{ url: https://api.example.com, x-site: "{site}", x-site-name: "{site_name}" }]
x-site-env: SITE
tags: [{ name: "{tag}" }]
paths:
  /things:
    get:
      operationId: "{operation}"
      tags: ["{tag}"]
      x-at-least-one-of: { name: "{choice}", parameters: ["{parameter}", other] }
      parameters:
        - { name: "{parameter}", in: query, schema: { type: string } }
        - { name: other, in: query, schema: { type: string } }
      responses:
        '200':
          description: One.
          content: { application/json: { schema: { $ref: '#/components/schemas/{schema}' } } }
components:
  schemas:
    "{schema}":
      type: object
      x-rust-name: "{rust_name}"
      properties:
        "{property}": { $ref: '#/components/schemas/Kind' }
    Kind: { type: string, enum: ["{value}", b], x-enum-varnames: ["{variant}", B], x-enum-descriptions: [A, B] }
"#;

/// The places, each with a valid name.
const PLACES: &[(&str, &str)] = &[
    ("{title}", "Things"),
    ("{crate}", "things"),
    ("{site}", "example.com"),
    ("{site_name}", "One"),
    ("{tag}", "All"),
    ("{operation}", "ListThings"),
    ("{choice}", "Filter"),
    ("{parameter}", "name"),
    ("{schema}", "Thing"),
    ("{rust_name}", "Thing"),
    ("{property}", "kind"),
    ("{value}", "a"),
    ("{variant}", "A"),
];

/// Names that are another place on some platform, or no place, in the form they have between double quotes in YAML.
const NAMES: &[&str] = &[
    "..",
    ".",
    "../x",
    "../../../x",
    "a/b",
    "/x",
    "//x/y",
    "~/x",
    r"..\\x",
    r"C:\\x",
    "C:x",
    r"\\\\server\\share",
    "CON",
    "con",
    "nul.rs",
    "Aux",
    "COM1",
    "lpt9",
    r"a\0b",
    r"\0",
    "x.",
    "x...",
    " x",
    "x ",
    r"a\nb",
    "a:b",
    "mod",
    "lib",
    "Cargo.toml",
    ".git",
    "target",
    ".generated-files",
    "%2e%2e%2fx",
    "\u{202e}x/..",
    "x/../../y",
];

fn spec(place: &str, name: &str) -> String {
    PLACES
        .iter()
        .fold(SPEC.to_owned(), |spec, (other, right)| spec.replace(other, if *other == place { name } else { right }))
}

#[test]
fn no_name_is_a_path_outside_of_the_directory() {
    let (mut written, mut refused) = (0, 0);
    // Where a file is written depends on its path alone, so that files of the same paths are written once.
    let mut paths: BTreeSet<Vec<String>> = BTreeSet::new();
    for (place, _) in PLACES {
        for name in NAMES.iter().copied().chain([long_name().as_str()]) {
            let case = format!("{place} = {name:?}");
            match generator::generate(&spec(place, name)) {
                Ok(generated) => {
                    written += 1;
                    if paths.insert(generated.files.iter().map(|(path, _)| path.to_owned()).collect()) {
                        assert_stays_inside(&generated.files, &case);
                    }
                }
                Err(problems) => {
                    refused += 1;
                    // The names are checked where they are read, before a path is made of them.
                    assert!(
                        problems.iter().all(|problem| problem.code != Code::GeneratorMistake),
                        "{case}: {problems:?}"
                    );
                }
            }
        }
    }
    assert!(written > 100 && refused > 50, "{written} were written, {refused} refused");
}

/// Writes the files, and asserts that nothing else was written.
fn assert_stays_inside(files: &FileSet, case: &str) {
    let folder = scratch();
    let out = "a/b/c/crate/";
    apply(files, &folder.path().join(out)).unwrap();
    let found = state(folder.path());
    let found = found.iter().filter(|(_, bytes)| bytes.is_some()).map(|(path, _)| path.strip_prefix(out));
    let found: BTreeSet<&str> = found.map(|path| path.unwrap_or_else(|| panic!("{case}: a file outside"))).collect();
    let expected: BTreeSet<&str> = files.iter().map(|(path, _)| path).chain([LIST]).collect();
    assert_eq!(found, expected, "{case}");
    assert_names_are_plain(&expected, case);
}

fn long_name() -> String {
    "x".repeat(10_000)
}

/// Asserts that files which cannot be replaced are never among those that cargo needs: see the documentation of the
/// stage.
fn assert_names_are_plain(paths: &BTreeSet<&str>, case: &str) {
    for path in paths {
        let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
        assert!(!folders.contains('.') && !folders.contains(char::is_uppercase), "{case}: {path}");
        let is_source = name.ends_with(".rs");
        assert!(!is_source || !name.contains(char::is_uppercase), "{case}: {path}");
        assert!(is_source || folders.is_empty(), "{case}: {path}");
    }
}
