//! Names of crates: what Cargo, the compiler and a file system take, without a warning.

use crate::names;
use crate::templates;

/// Names of a library that would be something else as well: parts of Rust, which the examples would mean too; the module
/// of the models, which is in scope there; devices of Windows, where no folder is called that.
const TAKEN: [&str; 28] = [
    "alloc",
    "core",
    "proc_macro",
    "std",
    "test",
    "models",
    "aux",
    "con",
    "nul",
    "prn",
    "com1",
    "com2",
    "com3",
    "com4",
    "com5",
    "com6",
    "com7",
    "com8",
    "com9",
    "lpt1",
    "lpt2",
    "lpt3",
    "lpt4",
    "lpt5",
    "lpt6",
    "lpt7",
    "lpt8",
    "lpt9",
];

/// Judges the name of a crate. An error is what is wrong, and the way out.
///
/// # Errors
///
/// Other characters than crates.io takes, a library that is no snake case, and names that mean something else.
pub(super) fn check(name: &str) -> Result<(), (String, String)> {
    let is_letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    if !name.bytes().all(is_letter) || !name.starts_with(|c: char| c.is_ascii_lowercase()) || name.len() > 64 {
        let help = "use at most 64 lower-case letters, digits and `-`, a letter first".to_owned();
        return Err((format!("`{name}` is no name for a crate"), help));
    }
    let library = name.replace('-', "_");
    if library.contains("__") || library.ends_with('_') {
        let words: Vec<&str> = name.split(['-', '_']).filter(|word| !word.is_empty()).collect();
        let message = format!("`{name}` is no name for a crate: a `-` or `_` in it has no word on each side");
        return Err((message, format!("put one `-` between words: `x-crate-name: {}`", words.join("-"))));
    }
    let other = format!("add a word: `x-crate-name: {name}-client`");
    if names::is_keyword(&library) {
        return Err((format!("`{name}` is a keyword of Rust, so no crate is called that"), other));
    }
    if TAKEN.contains(&library.as_str()) || is_dependency(&library) {
        let message = format!("`{name}` already means something to Rust, to Windows or in the emitted crate");
        return Err((message, other));
    }
    Ok(())
}

/// Whether the emitted crate depends on a library of that name: its examples would mean either.
fn is_dependency(library: &str) -> bool {
    let is_dependencies = |heading: &str| matches!(heading, "dependencies]" | "dev-dependencies]");
    let tables = templates::MANIFEST.split("\n[").filter(|table| table.lines().next().is_some_and(is_dependencies));
    let mut dependencies = tables.flat_map(str::lines).filter_map(|line| Some(line.split_once('=')?.0.trim()));
    dependencies.any(|dependency| dependency.replace('-', "_") == library)
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_crate_has_a_name_that_is_nothing_else() {
        for name in ["a", "datadog-org-groups", "org_groups", "v2", "a-b_c", "self-service", "console", "com10"] {
            assert_eq!(check(name), Ok(()), "{name}");
        }
        let long = "a".repeat(65);
        for name in ["", "2go", "-a", "_a", "My", "é", "a b", "a.b", "a/b", "a\u{202E}b", &long] {
            assert!(check(name).is_err_and(|(message, _)| message.ends_with("is no name for a crate")), "{name}");
        }
        for (name, help) in [("a--b", "a-b"), ("a-", "a"), ("a_-b-", "a-b"), ("a__b", "a-b")] {
            assert!(check(name).is_err_and(|(_, said)| said.ends_with(&format!("x-crate-name: {help}`"))), "{name}");
        }
        for name in ["enum", "self", "gen", "async", "std", "proc-macro", "test", "serde", "serde-json", "tokio", "con"]
        {
            assert!(check(name).is_err_and(|(_, said)| said.ends_with(&format!("{name}-client`"))), "{name}");
        }
    }
}
