//! `ambiguous-union` and `unknown-required`: schemas that say less than they should.

use super::warning;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Api, Shape};
use crate::spec::nearest;

/// Members of a union between which nothing decides but how many fields they know, and their order.
pub(super) fn ambiguous_unions(api: &Api) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for (_, def) in api.types.iter() {
        let Shape::Union(union) = &def.shape else { continue };
        for (first, second) in api.types.ambiguous(union) {
            let (first, second) = (&union.variants[first], &union.variants[second]);
            let message = format!("a value of `{}` may be `{}` as well as `{}`", def.name, second.name, first.name);
            let help = "give each a required property with a constant of its own, or a `discriminator`";
            let related = Place::Value(first.pointer.clone());
            let ambiguous = warning(Code::AmbiguousUnion, Place::Value(second.pointer.clone()), message);
            warnings.push(ambiguous.related(related, "the other one").help(help));
        }
    }
    warnings
}

/// Properties that have to be there and of which nothing is said.
pub(super) fn unknown_required(api: &Api) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for (_, def) in api.types.iter() {
        let Shape::Object(fields) = &def.shape else { continue };
        let is_listed_only = |pointer: &crate::pointer::Pointer| {
            pointer.parent().is_some_and(|list| list.last().as_deref() == Some("required"))
        };
        for field in fields.iter().filter(|field| is_listed_only(&field.pointer)) {
            let message = format!("`{}` is required, but no property of this object: it may be anything", field.name);
            let others = fields.iter().filter(|other| other.name != field.name).map(|other| other.name.as_str());
            let help = match nearest(&field.name, others) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "add it to `properties`, or leave it out here".to_owned(),
            };
            warnings.push(warning(Code::UnknownRequired, Place::Value(field.pointer.clone()), message).help(help));
        }
    }
    warnings
}
