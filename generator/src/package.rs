//! The name and version of the crate, from the arguments, the spec or the title of the spec.
//!
//! Cargo, the compiler and file systems accept the name without a warning.

use heck::ToKebabCase as _;
use openapiv3::OpenAPI;
use semver::Version;

use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::Argument;
use crate::names;
use crate::pointer::Pointer;
use crate::slice::Slice;
use crate::templates;

/// The name and the version of a crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Package {
    /// The name in Cargo.
    pub name: String,
    /// The version, which Cargo accepts.
    pub version: String,
    /// Whether it has a feature for each tag.
    pub tag_features: bool,
    /// Its pages on the web, each after its key in a manifest.
    pub links: Vec<(&'static str, String)>,
    /// The arguments that determined it.
    pub arguments: Vec<(&'static str, Argument)>,
}

/// The choices of the arguments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// From `--crate-name`.
    pub name: Option<String>,
    /// From `--crate-version`.
    pub version: Option<String>,
    /// From `--tag-features`.
    pub tag_features: Option<bool>,
    /// From `--tag`, `--operation` and `--path`.
    pub slice: Slice,
}

impl Wanted {
    /// Adds the arguments of an earlier run, where these arguments make no choice. An argument that selects a slice
    /// replaces the whole earlier slice.
    #[must_use]
    pub fn or_remembered(self, manifest: &str) -> Self {
        // A manifest that cannot be read is not from an earlier run.
        let Ok(manifest) = manifest.parse::<toml::Table>() else { return self };
        let remembered = |key: &str| manifest.get("package")?.get("metadata")?.get(REMEMBERED)?.get(key);
        let text = |key: &str| remembered(key)?.as_str().map(str::to_owned);
        let list = |key: &str| {
            let items = remembered(key).and_then(toml::Value::as_array).map(Vec::as_slice).unwrap_or_default();
            items.iter().filter_map(toml::Value::as_str).map(str::to_owned).collect()
        };
        let slice = match self.slice.is_whole() {
            true => Slice { tags: list(TAGS), operations: list(OPERATIONS), paths: list(PATHS) },
            false => self.slice,
        };
        Self {
            name: self.name.or_else(|| text(NAME)),
            version: self.version.or_else(|| text(VERSION)),
            tag_features: self.tag_features.or_else(|| Some(text(TAG_FEATURES)? == ON)),
            slice,
        }
    }

    fn arguments(&self) -> Vec<(&'static str, Argument)> {
        let Self { name, version, tag_features, slice: Slice { tags, operations, paths } } = self;
        let tag_features = &tag_features.map(|on| if on { ON } else { OFF }.to_owned());
        let texts = [(NAME, name), (VERSION, version), (TAG_FEATURES, tag_features)];
        let texts = texts.into_iter().filter_map(|(key, text)| Some((key, Argument::Text(text.clone()?))));
        let lists = [(TAGS, tags), (OPERATIONS, operations), (PATHS, paths)];
        let lists = lists.into_iter().filter(|(_, items)| !items.is_empty());
        texts.chain(lists.map(|(key, items)| (key, Argument::List(items.clone())))).collect()
    }
}

/// The table below `package.metadata` in which a crate stores the arguments of its last run.
pub const REMEMBERED: &str = "generator";

const NAME: &str = "crate-name";
const VERSION: &str = "crate-version";
const TAG_FEATURES: &str = "tag-features";
const TAGS: &str = "tags";
const OPERATIONS: &str = "operations";
const PATHS: &str = "paths";

/// The values of the argument for features by tag.
pub const ON: &str = "on";
pub const OFF: &str = "off";

/// The name of a crate if the title of the spec yields none.
const FALLBACK: &str = "api-client";

/// Determines the name and version of a crate.
///
/// # Errors
/// The arguments or the spec set a name that no crate can have; or the arguments set a version that Cargo does not
/// accept.
pub fn package(document: &OpenAPI, wanted: &Wanted) -> Result<Package, Vec<Diagnostic>> {
    let info = &document.info;
    let at = Pointer::root().key("info");
    let mut problems = Vec::new();
    let described = info.extensions.get("x-crate-name").and_then(serde_json::Value::as_str);
    let name = match (&wanted.name, described) {
        (Some(name), _) => checked(name, Place::Value(at.clone()), "--crate-name ", &mut problems),
        (None, Some(name)) => checked(name, Place::Value(at.key("x-crate-name")), "x-crate-name: ", &mut problems),
        (None, None) => from_title(&info.title),
    };
    let version = match &wanted.version {
        Some(version) if Version::parse(version).is_err() => {
            let message = format!("`{version}` is not a version that Cargo accepts");
            let problem = Diagnostic::new(Code::InvalidVersion, Place::Value(at.key("version")), message);
            problems.push(problem.help("write three numbers: `--crate-version 1.4.0`"));
            String::new()
        }
        Some(version) => version.clone(),
        None => from_version(&info.version),
    };
    let described = info.extensions.get("x-tag-features").and_then(serde_json::Value::as_bool);
    let tag_features = wanted.tag_features.or(described).unwrap_or_default();
    let links = links(document, &mut problems);
    if problems.is_empty() {
        Ok(Package { name, version, tag_features, links, arguments: wanted.arguments() })
    } else {
        Err(problems)
    }
}

/// What `x-package` says of the web.
fn links(document: &OpenAPI, problems: &mut Vec<Diagnostic>) -> Vec<(&'static str, String)> {
    let Some(package) = document.info.extensions.get("x-package") else { return Vec::new() };
    let at = Pointer::root().key("info").key("x-package");
    let mut links = Vec::new();
    for key in ["repository", "documentation", "homepage"] {
        let Some(url) = package.get(key).and_then(serde_json::Value::as_str) else { continue };
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        if host.is_none_or(str::is_empty) || url.contains(|c: char| c.is_whitespace() || c.is_control()) {
            let message = format!("`{url}` is not the URL of a page");
            let problem = Diagnostic::new(Code::InvalidExtension, Place::Value(at.key(key)), message);
            problems.push(problem.help("write the whole URL: `https://example.com/my-crate`"));
        }
        links.push((key, url.to_owned()));
    }
    links
}

fn checked(name: &str, place: Place, way: &str, problems: &mut Vec<Diagnostic>) -> String {
    if let Err((message, better)) = check(name) {
        let help = match better {
            Some(better) => format!("write `{way}{better}`"),
            None => "use at most 64 lower-case letters, digits and `-`, a letter first".to_owned(),
        };
        problems.push(Diagnostic::new(Code::InvalidExtension, place, message).help(help));
    }
    name.to_owned()
}

/// Derives a name from a title.
fn from_title(title: &str) -> String {
    let words = deunicode::deunicode(title).to_kebab_case();
    let words = words.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    let short: String = words.chars().take(48).collect();
    let short =
        if short.len() < words.len() { short.rsplit_once('-').map_or(&*short, |(whole, _)| whole) } else { &short };
    let candidates = [short.to_owned(), format!("{short}-client")];
    candidates.into_iter().find(|name| check(name).is_ok()).unwrap_or_else(|| FALLBACK.to_owned())
}

/// Derives a version from another form of version: `v1.2` is 1.2.0.
fn from_version(version: &str) -> String {
    if Version::parse(version).is_ok() {
        return version.to_owned();
    }
    let numbers = version.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse::<u64>().ok());
    let mut numbers: Vec<u64> = numbers.take(3).collect();
    if numbers.is_empty() {
        return "0.1.0".to_owned();
    }
    numbers.resize(3, 0);
    format!("{}.{}.{}", numbers[0], numbers[1], numbers[2])
}

/// Names of a library with another meaning: parts of Rust, which the examples could mean too; serde, whose traits the
/// models implement; the module of the models, which is in scope there; devices of Windows, which no folder can be named
/// after.
const TAKEN: [&str; 29] = [
    "alloc",
    "core",
    "proc_macro",
    "std",
    "test",
    "serde",
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

/// Checks the name of a crate. The error is the problem, and a better name.
///
/// # Errors
/// Characters that crates.io does not accept, a library that is not in snake case, and names with another meaning.
fn check(name: &str) -> Result<(), (String, Option<String>)> {
    let is_letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
    if !name.bytes().all(is_letter) || !name.starts_with(|c: char| c.is_ascii_lowercase()) || name.len() > 64 {
        return Err((format!("`{name}` is not a name for a crate"), None));
    }
    let library = name.replace('-', "_");
    if library.contains("__") || library.ends_with('_') {
        let words: Vec<&str> = name.split(['-', '_']).filter(|word| !word.is_empty()).collect();
        let message = format!("`{name}` is not a name for a crate: each `-` or `_` must be between words");
        return Err((message, Some(words.join("-"))));
    }
    let other = Some(format!("{name}-client"));
    if names::is_keyword(&library) {
        return Err((format!("`{name}` is a keyword of Rust, so it cannot be the name of a crate"), other));
    }
    if TAKEN.contains(&library.as_str()) || is_dependency(&library) {
        let message = format!("`{name}` already has a meaning in Rust, in Windows or in the emitted crate");
        return Err((message, other));
    }
    Ok(())
}

/// Whether the emitted crate depends on a library of that name: the name would be ambiguous in its examples.
fn is_dependency(library: &str) -> bool {
    let is_dependencies = |heading: &str| matches!(heading, "dependencies]" | "dev-dependencies]");
    let tables = templates::MANIFEST.split("\n[").filter(|table| table.lines().next().is_some_and(is_dependencies));
    let mut dependencies = tables.flat_map(str::lines).filter_map(|line| Some(line.split_once('=')?.0.trim()));
    dependencies.any(|dependency| dependency.replace('-', "_") == library)
}

#[cfg(test)]
mod tests {
    use super::{check, from_title, from_version};

    #[test]
    fn the_name_of_a_crate_has_no_other_meaning() {
        for name in ["a", "datadog-org-groups", "org_groups", "v2", "a-b_c", "self-service", "console", "com10"] {
            assert_eq!(check(name), Ok(()), "{name}");
        }
        let long = "a".repeat(65);
        for name in ["", "2go", "-a", "_a", "My", "é", "a b", "a.b", "a/b", "a\u{202E}b", &long] {
            assert!(check(name).is_err_and(|(_, better)| better.is_none()), "{name}");
        }
        for (name, better) in [("a--b", "a-b"), ("a-", "a"), ("a_-b-", "a-b"), ("a__b", "a-b")] {
            assert!(check(name).is_err_and(|(_, said)| said.as_deref() == Some(better)), "{name}");
        }
        for name in ["enum", "self", "gen", "async", "std", "proc-macro", "test", "serde", "serde-json", "tokio", "con"]
        {
            assert!(check(name).is_err_and(|(_, said)| said == Some(format!("{name}-client"))), "{name}");
        }
    }

    #[test]
    fn a_name_is_derived_from_the_title() {
        for (title, name) in [
            ("Swagger Petstore", "swagger-petstore"),
            ("GitHub v3 REST API", "git-hub-v3-rest-api"),
            ("1Password Connect", "password-connect"),
            ("Übersicht", "ubersicht"),
            ("Tokio", "tokio-client"),
            ("", "api-client"),
            ("42", "api-client"),
        ] {
            assert_eq!(from_title(title), name, "{title}");
        }
        assert!(check(&from_title(&"long title ".repeat(20))).is_ok());
    }

    #[test]
    fn a_version_has_three_numbers() {
        for (version, made) in [
            ("1.2.3", "1.2.3"),
            ("1.2.3-rc.1", "1.2.3-rc.1"),
            ("v1.2", "1.2.0"),
            ("1", "1.0.0"),
            ("2021-10-01", "2021.10.1"),
            ("1.0.0.4", "1.0.0"),
            ("latest", "0.1.0"),
        ] {
            assert_eq!(from_version(version), made, "{version}");
        }
    }
}
