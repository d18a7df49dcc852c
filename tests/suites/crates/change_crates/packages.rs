//! The packages of the workspace: crates of specs, and code that depends on them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use generator::Described;
use generator::write::{self, FileSet};
use tests::shared::{Api, Shared};

/// One of the specs of a case, whose models are compiled.
pub(super) struct Side {
    pub(super) name: String,
    described: Described,
    files: FileSet,
}

impl Side {
    pub(super) fn new(name: String, spec: &str) -> Self {
        let described = generator::describe(spec).unwrap_or_else(|refused| panic!("{name}: {}", refused.render(false)));
        let files = described.generate().unwrap_or_else(|problems| panic!("{name}: {problems:?}")).files;
        Self { name, described, files }
    }
}

impl Api for Side {
    fn module(&self) -> String {
        format!("of_{}", self.name)
    }

    fn crate_name(&self) -> &str {
        &self.described.api.crate_name
    }

    fn files(&self) -> &FileSet {
        &self.files
    }

    fn features(&self) -> Vec<&'static str> {
        Vec::new()
    }

    fn can_share(&self) -> bool {
        self.described.surface.features.is_none()
    }
}

/// The code of a spec, as other packages name it.
#[derive(Clone)]
pub(super) struct Library {
    pub(super) folder: String,
    package: String,
    /// The path of the code in Rust.
    pub(super) path: String,
}

impl Library {
    /// The crate that [`lay_out`] writes under this name.
    pub(super) fn own(name: &str) -> Self {
        Self { folder: name.to_owned(), package: format!("{name}-groups"), path: name.to_owned() }
    }

    /// A module of a crate.
    pub(super) fn module<A: Api>(shared: &Shared<A>, api: &A) -> Self {
        let (folder, package) = (shared.name.clone(), shared.name.clone());
        Self { folder, package, path: format!("{}::{}", shared.name, api.module()) }
    }
}

/// Writes the crate of a spec under a unique name, because a workspace has each name once.
pub(super) fn lay_out(root: &Path, name: &str, spec: &str) {
    let generated = generator::generate(spec).unwrap_or_else(|problems| panic!("{name}: {problems:?}"));
    let files = generated.files.iter().map(|(path, text)| {
        let is_manifest = path == "Cargo.toml";
        let text =
            if is_manifest { text.replacen("name = \"", &format!("name = \"{name}-"), 1) } else { text.to_owned() };
        (path.to_owned(), text)
    });
    apply(&root.join(name), &FileSet::new(files).unwrap_or_else(|errors| panic!("{errors:?}")));
}

/// Writes only changed files, so that cargo compiles only those.
pub(super) fn apply(directory: &Path, files: &FileSet) {
    fs::create_dir_all(directory).expect("writable");
    write::apply(files, directory).unwrap_or_else(|error| panic!("{error}"));
}

/// A package that depends on crates.
pub(super) struct Package {
    name: String,
    /// The packages and features of the crates, by folder.
    crates: BTreeMap<String, (String, BTreeSet<String>)>,
    /// The lines of other dependencies.
    pub(super) others: &'static str,
    pub(super) files: Vec<(String, String)>,
    /// The `mod` lines of `src/lib.rs`, if the package consists of modules.
    modules: String,
}

impl Package {
    pub(super) fn new(name: &str) -> Self {
        let (crates, files) = (BTreeMap::new(), Vec::new());
        Self { name: name.to_owned(), crates, others: "", files, modules: String::new() }
    }

    pub(super) fn depend(&mut self, library: &Library, features: impl IntoIterator<Item = String>) {
        let new = || (library.package.clone(), BTreeSet::new());
        self.crates.entry(library.folder.clone()).or_insert_with(new).1.extend(features);
    }

    /// Adds a module in which a library is named `api`.
    pub(super) fn add_module(&mut self, name: &str, library: &Library, text: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.modules, "pub mod {name};");
        self.files.push((format!("src/{name}.rs"), with_api(library, text)));
    }

    /// Sets the code of the package, in which a library is named `api`.
    pub(super) fn set_root(&mut self, library: &Library, text: &str) {
        self.files.push(("src/lib.rs".to_owned(), with_api(library, text)));
    }

    /// Writes the package, and returns its name.
    pub(super) fn write(mut self, root: &Path) -> String {
        let mut manifest = format!("[package]\nname = {:?}\nedition = \"2024\"\n\n[dependencies]\n", self.name);
        for (folder, (package, features)) in &self.crates {
            // Writing to a string cannot fail.
            let _ = writeln!(
                manifest,
                "{folder} = {{ path = \"../{folder}\", package = {package:?}, default-features = false, \
                 features = {:?} }}",
                features.iter().collect::<Vec<_>>()
            );
        }
        self.files.push(("Cargo.toml".to_owned(), manifest + self.others));
        if !self.modules.is_empty() {
            self.files.push(("src/lib.rs".to_owned(), format!("//! Callers that must compile.\n\n{}", self.modules)));
        }
        apply(&root.join(&self.name), &FileSet::new(self.files).unwrap_or_else(|errors| panic!("{errors:?}")));
        self.name
    }
}

fn with_api(library: &Library, text: &str) -> String {
    let (docs, code): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with("//!"));
    format!("{}\n\nuse {} as api;\n{}\n", docs.join("\n"), library.path, code.join("\n"))
}
