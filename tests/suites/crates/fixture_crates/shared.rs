//! Crates in which several fixtures share the runtime, which takes much longer to compile than the code of a fixture.
//!
//! The code of a fixture is a module, in which `crate::models` is written with the module's name; everything else of it
//! is as emitted. Fixtures share a crate if the data about their APIs is the same, and no two have a method of the client
//! with the same name.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use generator::write::FileSet;

use super::Emitted;

/// The first line after the modules in `src/lib.rs`.
const EXPORTS: &str = "#[cfg(feature = \"blocking\")]\npub use runtime";

/// The first line after the exports: names for rustdoc, which depend on the API.
const LINK_TARGETS: &str = "crate::runtime::link_targets!";

/// A crate, and the fixtures whose code it has.
pub(super) struct Shared {
    pub(super) name: String,
    pub(super) features: BTreeSet<&'static str>,
    pub(super) fixtures: Vec<&'static Emitted>,
    methods: BTreeSet<String>,
}

/// Returns the crates in which these fixtures are compiled.
pub(super) fn shared(emitted: &'static [Emitted]) -> Vec<Shared> {
    let mut crates: Vec<Shared> = Vec::new();
    for fixture in emitted {
        let (methods, features) = (methods(&fixture.files), fixture.features());
        let fits = |one: &&mut Shared| {
            let first = one.fixtures[0];
            one.features.is_empty() == features.is_empty()
                && fixture.can_share()
                && first.can_share()
                && common(&first.files) == common(&fixture.files)
                && one.methods.is_disjoint(&methods)
        };
        if let Some(one) = crates.iter_mut().find(fits) {
            one.features.extend(features);
            one.fixtures.push(fixture);
            one.methods.extend(methods);
        } else {
            let name = format!("shared_{}", crates.len());
            crates.push(Shared { name, features: features.into_iter().collect(), fixtures: vec![fixture], methods });
        }
    }
    crates
}

/// Returns the parts of a crate that all its fixtures share.
fn common(files: &FileSet) -> [&str; 2] {
    [files.get("src/api.rs").expect("every crate has one"), exports(files).0]
}

/// Returns the exports of a crate, and the rest of `src/lib.rs`.
fn exports(files: &FileSet) -> (&str, &str) {
    let root = files.get("src/lib.rs").expect("every crate has one");
    let exports = &root[root.find(EXPORTS).expect("every crate has exports")..];
    exports.split_at(exports.find(LINK_TARGETS).unwrap_or(exports.len()))
}

/// Returns the methods that operations add to the client.
fn methods(files: &FileSet) -> BTreeSet<String> {
    let mut methods = BTreeSet::new();
    for (_, text) in files.iter().filter(|(path, _)| path.starts_with("src/operations/")) {
        let mut lines = text.lines();
        while lines.any(|line| line.starts_with("impl") && line.ends_with(" Client<M> {")) {
            let own = lines.by_ref().take_while(|line| *line != "}");
            let names = own.filter_map(|line| line.strip_prefix("    pub fn ")?.split(['(', '<']).next());
            methods.extend(names.map(str::to_owned));
        }
    }
    methods
}

impl Shared {
    /// Returns the files of the crate.
    pub(super) fn files(&self) -> FileSet {
        let first = self.fixtures[0];
        let mut files: Vec<(String, String)> = Vec::new();
        for (path, text) in first.files.iter() {
            if path == "Cargo.toml" {
                // The package and its library.
                let own = &first.described.api.crate_name;
                let text = [own.clone(), own.replace('-', "_")].iter().fold(text.to_owned(), |text, name| {
                    text.replace(&format!("name = {name:?}"), &format!("name = {:?}", self.name))
                });
                files.push((path.to_owned(), text));
            } else if path == "src/api.rs" || path.starts_with("src/runtime/") {
                files.push((path.to_owned(), text.to_owned()));
            }
        }
        let (exports, rest) = exports(&first.files);
        let mut root = format!(
            "//! Fixtures that share a runtime.\n\n#[cfg(feature = \"client\")]\nmod api;\nmod runtime;\n\
             mod exports {{\nuse crate::runtime;\n{exports}}}\n{rest}"
        );
        for fixture in &self.fixtures {
            let name = fixture.module();
            let within = |text: &str| {
                ["models", "operations"].iter().fold(text.to_owned(), |text, module| {
                    text.replace(&format!("crate::{module}"), &format!("crate::{name}::{module}"))
                })
            };
            for (path, text) in fixture.files.iter() {
                let Some(path) = path.strip_prefix("src/") else { continue };
                if path.starts_with("models/") || path.starts_with("operations/") {
                    files.push((format!("src/{name}/{path}"), within(text)));
                } else if path == "resources.rs" && !fixture.can_share() {
                    files.push((format!("src/{path}"), within(text)));
                    root.push_str("#[cfg(feature = \"testing\")]\nmod resources;\n");
                }
            }
            // Writing to a string cannot fail.
            let _ = write!(
                root,
                "\n/// The fixture.\npub mod {name} {{\npub mod models;\n#[cfg(feature = \"client\")]\npub mod operations;\n\
                 pub use crate::exports::*;\n}}\n"
            );
        }
        files.push(("src/lib.rs".to_owned(), root));
        FileSet::new(files).unwrap_or_else(|errors| panic!("{errors:?}"))
    }
}
