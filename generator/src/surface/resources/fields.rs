//! The fields of an item by their usual names: wrappers do not count.

use crate::ir::{TypeRef, Types};

/// Objects that only wrap other fields, as in JSON:API.
const WRAPPERS: [&str; 3] = ["attributes", "data", "relationships"];

/// The maximum depth of a field.
const DEPTH: usize = 5;
/// The maximum number of objects that are searched: types that share others form a graph, which can be an endless tree.
const OBJECTS: usize = 1_000;

/// A text, number or boolean inside an item.
pub(super) struct Leaf {
    /// The fields on the path to it.
    path: Vec<String>,
    /// Its name: `org_group_id` for `relationships.org_group.data.id`.
    name: String,
}

/// Returns all of them, the least deep first.
pub(super) fn leaves(types: &Types, item: &TypeRef) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let mut waiting = vec![(item, Vec::<&str>::new())];
    let mut left = OBJECTS;
    for _ in 0..DEPTH {
        for (ty, path) in std::mem::take(&mut waiting).into_iter().take(left) {
            left -= 1;
            let Some((_, fields)) = types.object(ty.without_null()) else { continue };
            for field in fields {
                let path: Vec<&str> = path.iter().copied().chain([field.name.as_str()]).collect();
                let inner = types.unaliased(field.ty.without_null());
                if types.is_scalar(inner) || matches!(inner, TypeRef::Array(item) if types.is_scalar(item)) {
                    let named = path.iter().filter(|name| !WRAPPERS.contains(name));
                    let name = folded(&named.copied().collect::<Vec<_>>().concat());
                    leaves.push(Leaf { path: path.into_iter().map(str::to_owned).collect(), name });
                } else {
                    waiting.push((inner, path));
                }
            }
        }
    }
    leaves
}

/// Returns the path of the field with a name: the only one with this name, or else the only one whose name ends with
/// it.
pub(super) fn named(leaves: &[Leaf], name: &str) -> Option<Vec<String>> {
    let name = folded(name);
    let only = |is: &dyn Fn(&Leaf) -> bool| {
        let mut fitting = leaves.iter().filter(|leaf| is(leaf));
        let first = fitting.next()?;
        fitting.next().is_none().then(|| first.path.clone())
    };
    only(&|leaf| leaf.name == name).or_else(|| only(&|leaf| !name.is_empty() && leaf.name.ends_with(&name)))
}

/// Returns the name of the field that a parameter filters by: `filter[a]` and `filter.a` mean `a`.
pub(super) fn filtered(parameter: &str) -> &str {
    let inside = parameter.strip_prefix("filter[").and_then(|rest| rest.strip_suffix(']'));
    inside.or_else(|| parameter.strip_prefix("filter.")).unwrap_or(parameter)
}

/// Normalizes the conventions of names: `petId` is `pet_id`.
pub(super) fn folded(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
