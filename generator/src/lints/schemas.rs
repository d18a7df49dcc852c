//! `ambiguous-union`, `unknown-required` and `unknown-format`: schemas that lack information.

use super::outline::{Kind, Outline};
use super::warning;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Api, Shape, UnionVariant};
use crate::spec::{nearest, nearest_format};

/// The maximum number of other members that a warning names.
const MOST_NAMED: usize = 3;

/// Reports members of a union that only the number of known fields, and their order, can distinguish: one warning per
/// member that comes after such others.
pub(super) fn ambiguous_unions(api: &Api) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for (_, def) in api.types.iter() {
        let Shape::Union(union) = &def.shape else { continue };
        for (member, others) in api.types.ambiguous(union) {
            let member = &union.variants[member];
            let named: Vec<&UnionVariant> =
                others.iter().take(MOST_NAMED).filter_map(|other| union.variants.get(*other)).collect();
            let names: Vec<String> = named.iter().map(|other| format!("`{}`", other.name)).collect();
            let more = match others.len() - named.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            let message =
                format!("a value of `{}` can be `{}` as well as {}{more}", def.name, member.name, names.join(", "));
            let help = "add a `discriminator`, or give each a required property with a distinct constant";
            let mut ambiguous = warning(Code::AmbiguousUnion, Place::Value(member.pointer.clone()), message).help(help);
            let label = if others.len() == 1 { "the other one" } else { "another one" };
            for other in named {
                ambiguous = ambiguous.related(Place::Value(other.pointer.clone()), label);
            }
            warnings.push(ambiguous);
        }
    }
    warnings
}

/// Reports required properties that are not described.
pub(super) fn unknown_required(api: &Api) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    for (_, def) in api.types.iter() {
        let Shape::Object { fields, .. } = &def.shape else { continue };
        let is_listed_only = |pointer: &crate::pointer::Pointer| {
            pointer.parent().is_some_and(|list| list.last().as_deref() == Some("required"))
        };
        for field in fields.iter().filter(|field| is_listed_only(&field.pointer)) {
            let message =
                format!("`{}` is required, but is not a property of this object: it can have any value", field.name);
            let others = fields.iter().filter(|other| other.name != field.name).map(|other| other.name.as_str());
            let help = match nearest(&field.name, others) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "add it to `properties`, or remove it here".to_owned(),
            };
            warnings.push(warning(Code::UnknownRequired, Place::Value(field.pointer.clone()), message).help(help));
        }
    }
    warnings
}

/// Reports unknown formats that differ from a known one by one character.
pub(super) fn unknown_formats(outline: &Outline<'_>) -> Vec<Diagnostic> {
    let schemas = outline.parts.iter().filter(|part| matches!(part.kind, Kind::Schema(_)));
    let misspelt = schemas.filter_map(|part| {
        let format = part.text("format")?;
        let near = nearest_format(format)?;
        let message = format!("`{format}` is not a known format, and has no effect here");
        let place = Place::Value(part.at.key("format"));
        Some(warning(Code::UnknownFormat, place, message).help(format!("did you mean `{near}`?")))
    });
    misspelt.collect()
}
