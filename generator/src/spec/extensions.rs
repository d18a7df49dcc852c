//! The vendor extensions of the generator.
//!
//! OpenAPI allows any `x-` key. Those of other tools have no effect here; one that looks like ours may be misspelt.

use crate::spec::grammar::Object;
use crate::spec::keys::nearest;
use crate::spec::tables::EXTENDED;

/// Suggests the intended extension, if an extension that `object` does not have looks like one of ours.
pub(crate) fn intended_extension(object: &Object, key: &str) -> Option<String> {
    let is_ours = |other: &&&Object| other.extensions.iter().any(|field| field.key == key);
    let owners: Vec<&str> = EXTENDED.iter().filter(is_ours).map(|other| other.name).collect();
    if !owners.is_empty() {
        return Some(format!("it belongs to {}", owners.join(" or ")));
    }
    let near = nearest(key, object.extensions.iter().map(|field| field.key))?;
    Some(format!("did you mean `{near}`?"))
}

/// Whether `object` has the extension, or it looks like one of ours.
pub(crate) fn seems_ours(object: &Object, key: &str) -> bool {
    object.extensions.iter().any(|field| field.key == key) || intended_extension(object, key).is_some()
}
