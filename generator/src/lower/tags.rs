//! The texts of discriminators, compared with the objects that they select.

use super::Lowering;
use super::types::Finished;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::TypeRef;
use crate::pointer::Pointer;

/// A text in the mapping of a discriminator.
pub(super) struct MappedTag {
    /// The place of the discriminator.
    pub(super) of: Pointer,
    pub(super) text: String,
    /// The property of the discriminator.
    pub(super) property: String,
    /// The name of the target.
    pub(super) name: String,
    /// The type of the target.
    pub(super) ty: TypeRef,
    pub(super) place: Pointer,
}

impl Lowering<'_> {
    /// Compares each text with the values of the property in the target of the mapping. If these do not include it, the
    /// mapping decides. But if those of another target do, the value would be of one object by the mapping, and of another
    /// by the property: that is an error.
    pub(super) fn compare_tags(&mut self, finished: &Finished) {
        let tags = std::mem::take(&mut self.tags);
        let texts = |tag: &MappedTag| finished.types.texts(&finished.renumbered(&tag.ty), &tag.property);
        for tag in &tags {
            let (MappedTag { text, property, name, place, .. }, listed) = (tag, texts(tag));
            if listed.is_empty() || listed.contains(text) {
                continue;
            }
            let definition = |tag: &MappedTag| {
                let def = finished.types.definition(&finished.renumbered(&tag.ty));
                def.map(|def| Place::Value(def.pointer.clone()))
            };
            let message = format!("`{text}` is mapped to `{name}`, whose `{property}` does not list it");
            let place = Place::Value(place.clone());
            let is_other = |other: &&MappedTag| other.of == tag.of && other.ty != tag.ty && texts(other).contains(text);
            match tags.iter().find(is_other) {
                Some(other) => {
                    let help = format!("map it to `{}`, or correct the two enums of `{property}`", other.name);
                    let mut problem = Diagnostic::new(Code::ConflictingProperty, place, message).help(help);
                    let related = format!("`{property}` of `{}` lists it", other.name);
                    problem.related.extend(definition(other).map(|place| (place, related)));
                    self.problems.push(problem);
                }
                None => {
                    let message = format!("{message}: an object with this text is read as `{name}`");
                    let help = format!("add it to the `enum` of `{property}`");
                    self.warnings.push(Diagnostic::new(Code::EnumValueForm, place, message).help(help));
                }
            }
        }
    }
}
