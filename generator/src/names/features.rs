//! Names of the crate's features for tags.

use std::collections::BTreeSet;

use heck::ToKebabCase;

use super::reserved::RESERVED_FEATURES;
use super::scope::{Foreign, Naming, Scope, TAG, Unique};
use crate::diagnostics::Place;
use crate::ir::Api;

/// Returns one feature per tag that an operation has, in the order of [`Api::tags`].
pub(super) fn features(naming: &mut Naming, api: &Api) -> Vec<(String, String)> {
    if !api.tag_features {
        return Vec::new();
    }
    let mut scope = Scope::default();
    let mut left: BTreeSet<&String> = api.operations.iter().flat_map(|operation| operation.tags()).collect();
    // The list can have a tag twice.
    let tags = api.tags.iter().filter(|tag| left.remove(&tag.name));
    let features = tags.map(|tag| {
        let place = Place::Value(tag.pointer.clone());
        let foreign = Foreign { name: &tag.name, place, extension: TAG, fallback: "tag", in_place_of: None };
        let cased = |source: &str| source.to_kebab_case().replace('-', "_");
        let unique = naming.unique(&foreign, [(&mut scope, &cased)]);
        let [name] = &unique.names;
        let unique = if RESERVED_FEATURES.contains(&name.as_str()) {
            naming.reserved(&foreign, name);
            let words = format!("tag {}", unique.words);
            naming.unique(&Foreign { name: &words, ..foreign.clone() }, [(&mut scope, &cased)])
        } else {
            unique
        };
        let Unique { names: [name], .. } = unique;
        let feature = name.trim_matches('_').replace('_', "-");
        scope.enter(&foreign, name);
        (tag.name.clone(), feature)
    });
    features.collect()
}
