//! Shared code of the suites.

use std::path::{Path, PathBuf};

pub mod calls;
pub mod changes;
pub mod crates;
pub mod fixtures;
pub mod messages;
pub mod models;
pub mod mutations;
pub mod schemas;
pub mod server;
pub mod shared;
pub mod spec;
pub mod unions;
pub mod values;

/// The folder of the whole workspace.
pub fn workspace_root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().expect("the package is a folder of the workspace").to_owned()
}

/// The Rust in the READMEs compiles.
#[cfg(doctest)]
mod readmes {
    #[doc = include_str!("../../README.md")]
    struct Repository;

    #[doc = include_str!("../../generated/README.md")]
    struct Crate;
}
