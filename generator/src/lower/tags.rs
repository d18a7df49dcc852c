//! The texts of discriminators, compared with the objects that they select.

use std::collections::BTreeMap;

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
        let is_unlisted = |tag: &&MappedTag| {
            let listed = texts(tag);
            !listed.is_empty() && !listed.contains(&tag.text)
        };
        let unlisted: Vec<&MappedTag> = tags.iter().filter(is_unlisted).collect();
        let others = listing(&unlisted, &tags, &texts);
        for tag in unlisted {
            let MappedTag { of, text, property, name, place, .. } = tag;
            let definition = |tag: &MappedTag| {
                let def = finished.types.definition(&finished.renumbered(&tag.ty));
                def.map(|def| Place::Value(def.pointer.clone()))
            };
            let message = format!("`{text}` is mapped to `{name}`, whose `{property}` does not list it");
            let place = Place::Value(place.clone());
            let others = others.get(of).and_then(|others| others.get(text.as_str())).into_iter().flatten();
            match others.copied().find(|other| other.ty != tag.ty) {
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

/// Returns the first two targets of different types that list each of these texts, by the discriminator and the text: a
/// mapping can have thousands of texts, and each target can list all of them.
fn listing<'t>(
    wanted: &[&'t MappedTag],
    tags: &'t [MappedTag],
    texts: &dyn Fn(&MappedTag) -> Vec<String>,
) -> BTreeMap<&'t Pointer, BTreeMap<&'t str, Vec<&'t MappedTag>>> {
    let mut listing: BTreeMap<_, BTreeMap<_, Vec<&MappedTag>>> = BTreeMap::new();
    for tag in wanted {
        listing.entry(&tag.of).or_default().insert(tag.text.as_str(), Vec::new());
    }
    for tag in tags {
        let Some(wanted) = listing.get_mut(&tag.of) else { continue };
        for text in texts(tag) {
            if let Some(others) = wanted.get_mut(text.as_str())
                && others.len() < 2
                && others.iter().all(|other| other.ty != tag.ty)
            {
                others.push(tag);
            }
        }
    }
    listing
}
