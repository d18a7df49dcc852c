//! Which vendor extensions are ours.
//!
//! OpenAPI allows any `x-` key. Those of other tools mean nothing here; one that looks like ours may be a slip of the pen.

use crate::spec::grammar::Object;
use crate::spec::keys::nearest;
use crate::spec::tables::EXTENDED;

/// What an extension that `object` does not have was meant to be, if it looks like one of ours.
pub(crate) fn meant_extension(object: &Object, key: &str) -> Option<String> {
    let is_ours = |other: &&&Object| other.extensions.iter().any(|field| field.key == key);
    let owners: Vec<&str> = EXTENDED.iter().filter(is_ours).map(|other| other.name).collect();
    if !owners.is_empty() {
        return Some(format!("it belongs to {}", owners.join(" or ")));
    }
    let near = nearest(key, object.extensions.iter().map(|field| field.key))?;
    Some(format!("did you mean `{near}`?"))
}

/// Whether an extension is one that `object` has, or looks like one of ours.
pub(crate) fn seems_ours(object: &Object, key: &str) -> bool {
    object.extensions.iter().any(|field| field.key == key) || meant_extension(object, key).is_some()
}
