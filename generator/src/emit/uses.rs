//! The operations that use a type, and how.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::Doc;
use super::{Context, features};
use crate::ir::{BodyPart, TypeId};
use crate::surface::{Call, Gate, RustType};

/// The methods of the operations that use one type.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses<'a> {
    passed_to: Vec<&'a Call>,
    sent: Vec<&'a Call>,
    answered: Vec<&'a Call>,
    listed: Vec<&'a Call>,
}

/// One of the lists.
type List<'a> = for<'u> fn(&'u mut Uses<'a>) -> &'u mut Vec<&'a Call>;

/// Returns the uses of all types, in one pass over the operations.
pub(super) fn uses<'a>(context: &Context<'a>) -> Vec<Uses<'a>> {
    let mut uses = vec![Uses::default(); context.surface.types.len()];
    for (operation, call) in context.api.operations.iter().zip(&context.surface.calls) {
        let mut note = |ty: &RustType, list: List<'a>| {
            if let Some(id) = shown(ty) {
                let calls = list(&mut uses[id.0]);
                if calls.last().is_none_or(|last| last.way.method != call.way.method) {
                    calls.push(call);
                }
            }
        };
        for ty in passed_to(call) {
            note(ty, |uses| &mut uses.passed_to);
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
    /// Adds links to the operations to the documentation of a type with this gate. Operations that can be absent while
    /// the type exists have a separate line, which is absent too.
    pub(super) fn describe(&self, doc: Doc, own: &Gate) -> TokenStream {
        let lists = [
            ("Input of", &self.passed_to),
            ("Sent by", &self.sent),
            ("Returned by", &self.answered),
            ("Listed by", &self.listed),
        ];
        let link = |call: &Call| format!("[`{0}`](crate::Client::{0})", call.way.method.unraw());
        let mut uses = lists.iter().flat_map(|(_, calls)| *calls).peekable();
        if uses.peek().is_none() {
            return doc.outer();
        }
        if uses.all(|call| call.gate.holds_for(own)) {
            let uses = lists.iter().filter(|(_, calls)| !calls.is_empty()).map(|(verb, calls)| {
                let links: Vec<String> = calls.iter().map(|call| link(call)).collect();
                format!("{verb} {}.", links.join(", "))
            });
            return doc.paragraph(uses.collect::<Vec<_>>().join(" ")).outer();
        }
        let doc = doc.gap().outer();
        let lines = lists.iter().flat_map(|(verb, calls)| {
            calls.iter().map(move |call| {
                let line = format!("- {verb} {}.", link(call));
                match features::condition(&call.gate) {
                    Some(condition) => quote! { #[cfg_attr(#condition, doc = #line)] },
                    None => quote! { #[doc = #line] },
                }
            })
        });
        quote! { #doc #(#lines)* }
    }
}

/// The types of separate inputs.
fn passed_to(call: &Call) -> impl Iterator<Item = &RustType> {
    let inputs = call.way.inputs().chain(call.setters.iter().copied()).map(|index| call.input(index));
    let inputs = inputs.filter(|input| input.body != Some(BodyPart::Whole));
    let choice = call.choice.iter().flat_map(|choice| &choice.members);
    inputs.map(|input| &input.ty).chain(choice.map(|member| &member.ty))
}

/// Returns the type of a value or of the items of a list.
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
