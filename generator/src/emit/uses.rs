//! Which operations show a type to the caller, and as what.

use super::Context;
use super::docs::Doc;
use crate::ident::Ident;
use crate::ir::{BodyPart, TypeId};
use crate::surface::{Call, RustType};

/// The methods of the operations that show one type.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses<'a> {
    asked_for: Vec<&'a Ident>,
    sent: Vec<&'a Ident>,
    answered: Vec<&'a Ident>,
    listed: Vec<&'a Ident>,
}

/// One of the lists.
type List<'a> = for<'u> fn(&'u mut Uses<'a>) -> &'u mut Vec<&'a Ident>;

/// The uses of all types, in one pass over the operations.
pub(super) fn uses<'a>(context: &Context<'a>) -> Vec<Uses<'a>> {
    let mut uses = vec![Uses::default(); context.surface.types.len()];
    for (operation, call) in context.api.operations.iter().zip(&context.surface.calls) {
        let mut note = |ty: &RustType, list: List<'a>| {
            if let Some(id) = shown(ty) {
                let methods = list(&mut uses[id.0]);
                if methods.last() != Some(&&call.way.method) {
                    methods.push(&call.way.method);
                }
            }
        };
        for ty in asked_for(call) {
            note(ty, |uses| &mut uses.asked_for);
        }
        if let Some(body) = &operation.body {
            note(&RustType::of(&body.content.ty), |uses| &mut uses.sent);
        }
        for answer in call.answer.types() {
            note(answer, |uses| &mut uses.answered);
        }
        let list = operation.pagination.as_ref().and_then(|pages| context.api.types.fields(&pages.items).last());
        if let Some(list) = list {
            note(&RustType::of(list.ty.without_null()), |uses| &mut uses.listed);
        }
    }
    uses
}

impl Uses<'_> {
    /// Adds links to the operations.
    pub(super) fn describe(&self, doc: Doc) -> Doc {
        let sentence = |verb: &str, methods: &[&Ident]| {
            let links: Vec<String> =
                methods.iter().map(|method| format!("[`{0}`](crate::Client::{0})", method.unraw())).collect();
            (!links.is_empty()).then(|| format!("{verb} {}.", links.join(", ")))
        };
        let sentences: Vec<String> = [
            sentence("Asked for by", &self.asked_for),
            sentence("Sent by", &self.sent),
            sentence("The answer of", &self.answered),
            sentence("Listed by", &self.listed),
        ]
        .into_iter()
        .flatten()
        .collect();
        if sentences.is_empty() { doc } else { doc.paragraph(sentences.join(" ")) }
    }
}

/// The types of what a caller gives one by one.
fn asked_for(call: &Call) -> impl Iterator<Item = &RustType> {
    let inputs = call.way.inputs().chain(call.setters.iter().copied()).map(|index| call.input(index));
    let inputs = inputs.filter(|input| input.body != Some(BodyPart::Whole));
    let choice = call.choice.iter().flat_map(|choice| &choice.members);
    inputs.map(|input| &input.ty).chain(choice.map(|member| &member.ty))
}

/// The type that a value or a list of values shows.
fn shown(ty: &RustType) -> Option<TypeId> {
    match ty {
        RustType::Model(id) => Some(*id),
        RustType::Vec(item) => match **item {
            RustType::Model(id) => Some(id),
            _ => None,
        },
        _ => None,
    }
}
