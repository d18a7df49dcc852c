//! An output without its texts: sufficient to check whether a directory is still up to date.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::Path;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::Xxh3Default;

use super::WriteError;
use super::file_set::FileSet;
use super::lock::Lock;
use super::plan::{Plan, look};

/// The hash of a text: two different texts have the same one with a chance of one in 2^64.
pub type Fingerprint = u64;

/// The paths of an output, each with the fingerprint of its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprints(BTreeMap<String, Fingerprint>);

/// Returns the fingerprint of a value. It is the same in every run of one program.
pub fn fingerprint(what: &(impl Hash + ?Sized)) -> Fingerprint {
    let mut hasher = Xxh3Default::new();
    what.hash(&mut hasher);
    hasher.finish()
}

impl Fingerprints {
    /// Returns the fingerprints of an output.
    pub fn of(files: &FileSet) -> Self {
        Self(files.iter().map(|(path, text)| (path.to_owned(), fingerprint(text.as_bytes()))).collect())
    }

    /// The paths, sorted.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Compares a directory with the output, and changes nothing, like [`plan`](super::plan()). Every file is read.
    ///
    /// # Errors
    /// The same.
    pub fn plan(&self, directory: &Path) -> Result<Plan, WriteError> {
        let _lock = Lock::shared(directory)?;
        look(self.paths(), directory, &|path, place| {
            let bytes = fs::read(place).map_err(WriteError::io("cannot read", place))?;
            Ok(self.0.get(path) == Some(&fingerprint(bytes.as_slice())))
        })
    }
}
