//! The credentials that an operation needs, without scopes, which the client does not check.

use std::collections::BTreeMap;

use crate::ident::Ident;
use crate::ir::{Api, Security};

/// The methods of the builder for the credential of a scheme.
#[derive(Clone, Debug)]
pub struct Setters {
    pub setter: Ident,
    /// The setter of a provider that renews the credential, if it can be renewed.
    pub provider: Option<Ident>,
}

impl Setters {
    /// Returns the name of the credential in errors and documentation.
    pub fn name(&self) -> String {
        self.setter.unraw().to_string()
    }
}

/// Alternative sets of credentials, each with its schemes as indices in [`Api::schemes`].
pub type Sets = Vec<Vec<usize>>;

/// Returns the sets, each once. Sets that only differ in scopes are equal.
pub(super) fn sets(security: &Security) -> Sets {
    let mut sets = Sets::new();
    for requirement in security.requirements() {
        let set: Vec<usize> = requirement.credentials.iter().map(|credential| credential.scheme).collect();
        if !sets.contains(&set) {
            sets.push(set);
        }
    }
    sets
}

/// Returns the requirements of an unknown operation: those of the document, or else those of most operations; if
/// several are equally frequent, the first.
pub(super) fn usual(api: &Api) -> Sets {
    if api.security != Security::Nothing {
        return sets(&api.security);
    }
    let mut counted: BTreeMap<Sets, (usize, usize)> = BTreeMap::new();
    for (index, operation) in api.operations.iter().enumerate() {
        counted.entry(sets(api.security_of(operation))).or_insert((0, index)).0 += 1;
    }
    let most = counted.into_iter().max_by_key(|(_, (count, first))| (*count, std::cmp::Reverse(*first)));
    most.map(|(sets, _)| sets).unwrap_or_default()
}
