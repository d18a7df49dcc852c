//! The documentation of failures. Most operations have the same ones, so each is converted once.

use std::collections::BTreeMap;

use super::docs::Doc;
use crate::ir::Api;

/// The documentation of each description that several responses have.
pub struct Failures<'a> {
    docs: BTreeMap<&'a str, Doc>,
}

impl<'a> Failures<'a> {
    /// Converts the descriptions of all failures that are repeated.
    pub fn of(api: &'a Api) -> Self {
        let responses = api.operations.iter().flat_map(|operation| &operation.responses);
        let failures = responses.filter(|response| !response.status.is_success());
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for failure in failures {
            *counts.entry(&failure.description).or_default() += 1;
        }
        let repeated = counts.into_iter().filter(|(_, count)| *count > 1);
        Self { docs: repeated.map(|(description, _)| (description, Doc::new().prose(description))).collect() }
    }

    /// Returns the documentation of a failure with this description.
    pub(super) fn doc(&self, description: &str) -> Doc {
        self.docs.get(description).cloned().unwrap_or_else(|| Doc::new().prose(description))
    }
}
