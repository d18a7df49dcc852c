//! Crates in which several APIs share the runtime, which takes much longer to compile than the code of a small API.
//!
//! The code of an API is a module, in which `crate::models` is written with the module's name; everything else of it
//! is as emitted. APIs share a crate if they export the same. If they are compiled with the client, the data about them
//! also has to be the same, and no two may have a method of the client with the same name.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use generator::write::FileSet;

/// The first line after the modules in `src/lib.rs`.
const EXPORTS: &str = "#[cfg(feature = \"blocking\")]\npub use runtime";

/// The first line after the exports: names for rustdoc, which depend on the API.
const LINK_TARGETS: &str = "crate::runtime::link_targets!";

/// An API whose code can be a module.
pub trait Api {
    /// The name of the module.
    fn module(&self) -> String;

    /// The name of its own crate.
    fn crate_name(&self) -> &str;

    /// The files of its own crate.
    fn files(&self) -> &FileSet;

    /// The features with which it is compiled.
    fn features(&self) -> Vec<&'static str>;

    /// Whether all of its code can be a module of another crate: the module `testing` has data of one API, and features
    /// by tag are in the manifest.
    fn can_share(&self) -> bool;
}

/// A crate, and the APIs whose code it has.
#[derive(Debug)]
pub struct Shared<'a, A> {
    /// The name of the package and of its library.
    pub name: String,
    /// The features with which it is compiled.
    pub features: BTreeSet<&'static str>,
    /// The APIs, each in its module.
    pub apis: Vec<&'a A>,
    methods: BTreeSet<String>,
}

/// Returns the crates in which these APIs are compiled; each has this name and a number.
///
/// # Panics
/// If the files of an API lack one that every crate has.
pub fn shared<'a, A: Api>(name: &str, apis: impl IntoIterator<Item = &'a A>) -> Vec<Shared<'a, A>> {
    let mut crates: Vec<Shared<A>> = Vec::new();
    for api in apis {
        let features = api.features();
        let methods = if features.is_empty() { BTreeSet::new() } else { methods(api.files()) };
        let fits = |one: &&mut Shared<A>| {
            let first = one.apis[0];
            one.features.is_empty() == features.is_empty()
                && api.can_share()
                && first.can_share()
                && exports(first.files()).0 == exports(api.files()).0
                && (features.is_empty() || data(first.files()) == data(api.files()))
                && one.methods.is_disjoint(&methods)
        };
        if let Some(one) = crates.iter_mut().find(fits) {
            one.features.extend(features);
            one.apis.push(api);
            one.methods.extend(methods);
        } else {
            let name = format!("{name}_{}", crates.len());
            crates.push(Shared { name, features: features.into_iter().collect(), apis: vec![api], methods });
        }
    }
    crates
}

/// Returns the data about an API for the client.
fn data(files: &FileSet) -> &str {
    files.get("src/api.rs").expect("every crate has one")
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

impl<A: Api> Shared<'_, A> {
    /// Returns the files of the crate.
    ///
    /// # Panics
    /// If two files have the same path.
    pub fn files(&self) -> FileSet {
        let first = self.apis[0];
        let mut files: Vec<(String, String)> = Vec::new();
        for (path, text) in first.files().iter() {
            if path == "Cargo.toml" {
                // The package and its library.
                let own = first.crate_name();
                let text = [own.to_owned(), own.replace('-', "_")].iter().fold(text.to_owned(), |text, name| {
                    text.replace(&format!("name = {name:?}"), &format!("name = {:?}", self.name))
                });
                files.push((path.to_owned(), text));
            } else if path == "src/api.rs" || path.starts_with("src/runtime/") {
                files.push((path.to_owned(), text.to_owned()));
            }
        }
        let (exports, rest) = exports(first.files());
        let mut root = format!(
            "//! APIs that share a runtime.\n\n#[cfg(feature = \"client\")]\nmod api;\nmod runtime;\n\
             mod exports {{\nuse crate::runtime;\n{exports}}}\n{rest}"
        );
        for api in &self.apis {
            let name = api.module();
            let within = |text: &str| {
                ["models", "operations"].iter().fold(text.to_owned(), |text, module| {
                    text.replace(&format!("crate::{module}"), &format!("crate::{name}::{module}"))
                })
            };
            for (path, text) in api.files().iter() {
                let Some(path) = path.strip_prefix("src/") else { continue };
                if path.starts_with("models/") || path.starts_with("operations/") {
                    files.push((format!("src/{name}/{path}"), within(text)));
                } else if path == "resources.rs" && !api.can_share() {
                    files.push((format!("src/{path}"), within(text)));
                    root.push_str("#[cfg(feature = \"testing\")]\nmod resources;\n");
                }
            }
            // Writing to a string cannot fail.
            let _ = write!(
                root,
                "\n/// The API.\npub mod {name} {{\npub mod models;\n#[cfg(feature = \"client\")]\npub mod operations;\n\
                 pub use crate::exports::*;\n}}\n"
            );
        }
        files.push(("src/lib.rs".to_owned(), root));
        FileSet::new(files).unwrap_or_else(|errors| panic!("{errors:?}"))
    }
}
