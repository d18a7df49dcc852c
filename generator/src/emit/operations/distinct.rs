//! Two ids of one kind that are the source and the target of an operation: the same for both is never meant.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;

use super::Emitter;
use crate::ir::{BodyPart, Input, Presence, Scalar, Shape, TypeDef, TypeRef};

/// What the names of such a pair begin with.
const PAIRS: [(&str, &str); 2] = [("source", "target"), ("from", "to")];

/// An input and its name.
type Named<'e> = (&'e Input, &'e Ident);

impl Emitter<'_> {
    /// The checks of all pairs, as parts of the request.
    pub(super) fn distinct_checks(&self) -> Vec<TokenStream> {
        let pair = |((first, one), (second, other))| {
            let (one_name, other_name) = (Ident::unraw(one).to_string(), Ident::unraw(other).to_string());
            let (one, other) = (self.place(first, one), self.place(second, other));
            quote! { .distinct(#one_name, &#one, #other_name, &#other) }
        };
        self.source_and_target().into_iter().map(pair).collect()
    }

    /// Required inputs with the same uuid as their type, whose names differ as those of a source and a target do.
    pub(super) fn source_and_target(&self) -> Vec<(Named<'_>, Named<'_>)> {
        let required: Vec<_> = self.required().filter(|(input, _)| self.is_named_uuid(input)).collect();
        let mut pairs = Vec::new();
        for source in &required {
            for target in &required {
                if source.0.ty == target.0.ty && is_pair(source.0, target.0) {
                    pairs.push((*source, *target));
                }
            }
        }
        pairs
    }

    fn is_named_uuid(&self, input: &Input) -> bool {
        let is_uuid =
            matches!(self.context.definition(&input.ty), Some(TypeDef { shape: Shape::Scalar(Scalar::Uuid), .. }));
        is_uuid && matches!(input.ty, TypeRef::Named(_)) && input.presence == Presence::Required
    }

    fn place(&self, input: &Input, name: &Ident) -> TokenStream {
        match &input.body {
            Some(BodyPart::Field(path)) => {
                let path = self.field_path(path);
                quote! { self.body.#(#path).* }
            }
            Some(BodyPart::Whole) | None => quote! { self.#name },
        }
    }
}

fn is_pair(source: &Input, target: &Input) -> bool {
    let differ = |source: &str, target: &str| {
        PAIRS.iter().any(|(from, to)| {
            let rests = (source.strip_prefix(from), target.strip_prefix(to));
            matches!(rests, (Some(rest), Some(other)) if rest == other)
        })
    };
    match (&source.body, &target.body) {
        (Some(BodyPart::Field(source)), Some(BodyPart::Field(target))) => {
            let mut others = source.iter().zip(target).filter(|(source, target)| source != target);
            let one = others.next().is_some_and(|(source, target)| differ(source, target));
            source.len() == target.len() && one && others.next().is_none()
        }
        (None, None) => differ(&source.name, &target.name),
        _ => false,
    }
}
