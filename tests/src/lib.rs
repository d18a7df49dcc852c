//! What the suites share.

use std::path::{Path, PathBuf};

pub mod fixtures;
pub mod server;

/// The folder that holds the whole workspace.
pub fn workspace_root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().expect("the package is a folder of the workspace").to_owned()
}
