//! Features by tag: which of them enable an operation or a type.
//!
//! An operation exists with any of its tags, and always if it has none. A type exists if an operation that reaches it
//! exists, so that the code of a feature set never names an absent item.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::ir::{Api, Operation, TypeId, TypeRef};
use crate::names::Names;

/// The features that the crate has for tags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Features {
    /// One feature per tag with an operation, in the order of the tags.
    pub list: Vec<Feature>,
}

/// A feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    pub name: Arc<str>,
    /// Its tag.
    pub tag: String,
}

/// The features that an item needs: any of them. `None` always exists.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gate(Option<BTreeSet<Arc<str>>>);

/// The gates of all items.
pub(super) struct Gates {
    /// Of [`Api::types`].
    pub(super) types: Vec<Gate>,
    /// Of [`Api::operations`].
    pub(super) operations: Vec<Gate>,
}

impl Gate {
    /// The features, any of which is sufficient; `None` if the item always exists.
    pub fn features(&self) -> Option<&BTreeSet<Arc<str>>> {
        self.0.as_ref()
    }

    /// Returns the gate of an item that exists as soon as one of these does.
    pub fn any<'g>(gates: impl IntoIterator<Item = &'g Self>) -> Self {
        let features: Option<Vec<&BTreeSet<Arc<str>>>> = gates.into_iter().map(Self::features).collect();
        Self(features.map(|sets| sets.into_iter().flatten().cloned().collect()))
    }

    /// Whether an item with this gate exists whenever one with the other does.
    pub fn holds_for(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(own), Some(other)) => other.is_subset(own),
        }
    }
}

/// Returns the features; `None` if the crate has none for tags.
pub(super) fn features(api: &Api, names: &Names) -> Option<Features> {
    let list = names.features.iter().map(|(tag, name)| Feature { name: name.as_str().into(), tag: tag.clone() });
    api.tag_features.then(|| Features { list: list.collect() })
}

pub(super) fn gates(api: &Api, features: Option<&Features>) -> Gates {
    let Some(features) = features else {
        return Gates {
            types: vec![Gate::default(); api.types.len()],
            operations: vec![Gate::default(); api.operations.len()],
        };
    };
    let gate = |operation: &Operation| {
        let named = |tag: &String| features.list.iter().find(|feature| feature.tag == *tag);
        let own: BTreeSet<Arc<str>> = operation.tags().filter_map(named).map(|feature| feature.name.clone()).collect();
        Gate((!own.is_empty()).then_some(own))
    };
    let operations: Vec<Gate> = api.operations.iter().map(gate).collect();
    let mut types: Vec<Option<Gate>> = vec![None; api.types.len()];
    for (operation, gate) in api.operations.iter().zip(&operations) {
        for id in reached(api, operation) {
            types[id.0] = Some(match &types[id.0] {
                Some(known) => Gate::any([known, gate]),
                None => gate.clone(),
            });
        }
    }
    // A type that no operation reaches always exists, with all types that it contains.
    let mut always = BTreeSet::new();
    for (id, _) in api.types.iter().filter(|(id, _)| types[id.0].is_none()) {
        api.types.reach(&TypeRef::Named(id), &mut always);
    }
    always.into_iter().for_each(|id: TypeId| types[id.0] = None);
    Gates { types: types.into_iter().map(Option::unwrap_or_default).collect(), operations }
}

/// Returns the types that the code of an operation names, with all types that they contain.
fn reached(api: &Api, operation: &Operation) -> BTreeSet<TypeId> {
    let mut reached = BTreeSet::new();
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    let body = operation.body.iter().map(|body| &body.content.ty);
    let answers = operation.responses.iter().filter_map(|response| response.content.as_ref());
    let headers = operation.responses.iter().flat_map(|response| &response.headers).map(|header| &header.ty);
    for ty in parameters.chain(body).chain(answers.map(|content| &content.ty)).chain(headers) {
        api.types.reach(ty, &mut reached);
    }
    reached
}
