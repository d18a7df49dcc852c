//! Which credentials an operation asks for, scopes aside: those are not the client's to judge.

use std::collections::BTreeMap;

use crate::ident::Ident;
use crate::ir::{Api, Security};

/// The methods of the builder for the credential of a scheme.
#[derive(Clone, Debug)]
pub struct Setters {
    pub setter: Ident,
    /// The one that takes what renews the credential, where that can be.
    pub provider: Option<Ident>,
}

impl Setters {
    /// What the credential is called in errors and documentation.
    pub fn name(&self) -> String {
        self.setter.unraw().to_string()
    }
}

/// Sets of credentials of which one will do, each with its schemes by their places in [`Api::schemes`].
pub type Sets = Vec<Vec<usize>>;

/// The sets, each once. What differs in scopes alone is the same.
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

/// What an operation asks for that nobody knows: what the document says, else what most operations ask for, of several the
/// one that stands first.
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
