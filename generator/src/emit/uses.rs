//! Which operations show a type to the caller, and as what.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;

use super::Context;
use super::docs::Doc;
use crate::ir::{BodyPart, Operation, TypeId, TypeRef};

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
    let mut uses = vec![Uses::default(); context.api.types.len()];
    for (operation, names) in context.api.operations.iter().zip(&context.names.operations) {
        let mut note = |ty: &TypeRef, list: List<'a>| {
            if let Some(id) = shown(ty) {
                let methods = list(&mut uses[id.0]);
                if methods.last() != Some(&&names.method) {
                    methods.push(&names.method);
                }
            }
        };
        for ty in asked_for(operation) {
            note(ty, |uses| &mut uses.asked_for);
        }
        if let Some(body) = &operation.body {
            note(&body.ty, |uses| &mut uses.sent);
        }
        if let Some(answer) = &operation.success {
            note(answer, |uses| &mut uses.answered);
        }
        let list = operation.pagination.as_ref().zip(operation.success.as_ref());
        if let Some(items) = list.and_then(|(pagination, page)| context.part(page, &pagination.items)) {
            note(items, |uses| &mut uses.listed);
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
fn asked_for(operation: &Operation) -> impl Iterator<Item = &TypeRef> {
    let call = &operation.call;
    let inputs = call.required.inputs().chain(&call.setters).filter(|input| input.body != Some(BodyPart::Whole));
    let choice = call.choice.iter().flat_map(|choice| &choice.parameters);
    inputs.map(|input| &input.ty).chain(choice.map(|index| &operation.parameters[*index].ty))
}

/// The type that a value or a list of values shows.
fn shown(ty: &TypeRef) -> Option<TypeId> {
    match ty {
        TypeRef::Named(id) => Some(*id),
        TypeRef::Array(item) => match **item {
            TypeRef::Named(id) => Some(id),
            _ => None,
        },
        _ => None,
    }
}
