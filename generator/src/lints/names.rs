//! `case-only-difference`: names that a reader, a search or a file system takes for the same. Names that also become
//! the same in Rust are handled by `names`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::warning;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Api, Location, Origin, Shape};

pub(super) fn case_only_differences(api: &Api) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    let components = api.types.iter().filter(|(_, def)| def.origin == Origin::Component);
    compare(components.map(|(_, def)| (def.name.as_str(), Place::Key(def.pointer.clone()))), &mut warnings);
    for (_, def) in api.types.iter() {
        match &def.shape {
            Shape::Object { fields, .. } => {
                let names = fields.iter().map(|field| (field.name.as_str(), Place::Key(field.pointer.clone())));
                compare(names, &mut warnings);
            }
            Shape::Enum(values) => {
                let names = values.iter().map(|value| (value.value.as_str(), Place::Value(value.pointer.clone())));
                compare(names, &mut warnings);
            }
            // The names of its members are compared as schemas.
            Shape::Union(_) | Shape::IntegerEnum(..) | Shape::Scalar(_) | Shape::Alias(_) => {}
        }
    }
    let ids = api.operations.iter().filter(|operation| operation.alternative.is_none());
    let ids = ids.map(|operation| (operation.id.as_str(), Place::Value(operation.pointer.key("operationId"))));
    compare(ids, &mut warnings);
    for operation in &api.operations {
        for location in Location::ALL {
            let parameters = operation.parameters.iter().filter(|parameter| parameter.location == location);
            let names = parameters.map(|parameter| (parameter.name.as_str(), Place::Value(parameter.named_at())));
            compare(names, &mut warnings);
        }
    }
    warnings
}

/// Compares the names in a scope.
fn compare<'a>(names: impl Iterator<Item = (&'a str, Place)>, warnings: &mut Vec<Diagnostic>) {
    let mut known: BTreeMap<String, (&str, Place)> = BTreeMap::new();
    for (name, place) in names {
        let (first, other) = match known.entry(name.to_lowercase()) {
            Entry::Vacant(free) => {
                free.insert((name, place));
                continue;
            }
            Entry::Occupied(known) => known.into_mut(),
        };
        let message = format!("`{name}` and `{first}` differ only in case");
        let problem = warning(Code::CaseOnlyDifference, place, message)
            .related(other.clone(), "the other name")
            .help("if they mean the same, remove one of them");
        warnings.push(problem);
    }
}
