//! Limits: what the spec says about the size of an input, checked before a request is sent.
//!
//! Patterns, multiples and uniqueness are told in the documentation and left to the server.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::Emitter;
use crate::ir::{BodyPart, Bound, Input, Limits, Presence, Scalar, Shape, TypeDef, TypeRef};

/// What is measured of a value.
enum Measure {
    Integer,
    Float,
    Characters,
    Items,
}

impl Emitter<'_> {
    /// The checks of all inputs, as parts of the request.
    pub(super) fn limit_checks(&self) -> Vec<TokenStream> {
        self.required().chain(self.setters()).filter_map(|(input, name)| self.limit_check(input, name)).collect()
    }

    fn limit_check(&self, input: &Input, name: &Ident) -> Option<TokenStream> {
        let definition = self.context.definition(&input.ty);
        let own = &input.docs.limits;
        let limits = match definition {
            Some(definition) if *own == Limits::default() => &definition.docs.limits,
            _ => own,
        };
        let (measure, is_named) = match (&input.ty, definition) {
            (TypeRef::Array(_) | TypeRef::Map(_) | TypeRef::FreeForm, _) => (Measure::Items, false),
            (TypeRef::Scalar(scalar), _) => (measure(*scalar)?, false),
            (_, Some(TypeDef { shape: Shape::Scalar(scalar), .. })) => (measure(*scalar)?, true),
            _ => return None,
        };
        let range = match measure {
            Measure::Integer => {
                let is_narrow = matches!(input.ty, TypeRef::Scalar(Scalar::Int32))
                    || matches!(definition, Some(TypeDef { shape: Shape::Scalar(Scalar::Int32), .. }));
                range(limits.minimum.as_ref(), limits.maximum.as_ref(), &|value| integer(value, is_narrow))
            }
            Measure::Float => range(limits.minimum.as_ref(), limits.maximum.as_ref(), &float),
            Measure::Characters => lengths(limits.min_length, limits.max_length),
            // A batch without items is no call.
            Measure::Items if self.is_batch(input) => lengths(limits.min_items.max(Some(1)), limits.max_items),
            Measure::Items => lengths(limits.min_items, limits.max_items),
        }?;
        let argument = syn::ext::IdentExt::unraw(name).to_string();
        let place = match &input.body {
            Some(BodyPart::Field(path)) => {
                let path = self.field_path(path);
                quote! { self.body.#(#path).* }
            }
            Some(BodyPart::Whole) => return None,
            None => quote! { self.#name },
        };
        let number = |value: TokenStream| {
            if is_named {
                quote! { #value.get() }
            } else {
                value
            }
        };
        let length = |value: TokenStream| match measure {
            Measure::Characters if is_named => quote! { #value.as_str().chars().count() },
            Measure::Characters => quote! { #value.chars().count() },
            _ => quote! { #value.len() },
        };
        let value = match (&measure, input.presence) {
            (Measure::Integer | Measure::Float, Presence::Required) => {
                let value = number(place);
                quote! { Some(#value) }
            }
            (Measure::Integer | Measure::Float, Presence::OptionalNullable) => {
                let value = number(quote! { value });
                let value = if is_named {
                    value
                } else {
                    quote! { *#value }
                };
                quote! { #place.value().map(|value| #value) }
            }
            (Measure::Integer | Measure::Float, _) if is_named => {
                let value = number(quote! { value });
                quote! { #place.map(|value| #value) }
            }
            (Measure::Integer | Measure::Float, _) => place,
            (_, Presence::Required) => {
                let length = length(place);
                quote! { Some(#length) }
            }
            (_, Presence::OptionalNullable) => {
                let length = length(quote! { value });
                quote! { #place.value().map(|value| #length) }
            }
            (_, _) => {
                let length = length(quote! { value });
                quote! { #place.as_ref().map(|value| #length) }
            }
        };
        Some(match measure {
            Measure::Integer | Measure::Float => quote! { .within(#argument, #value, #range) },
            Measure::Characters => quote! { .length_within(#argument, #value, "characters", #range) },
            Measure::Items => quote! { .length_within(#argument, #value, "items", #range) },
        })
    }
}

fn measure(scalar: Scalar) -> Option<Measure> {
    match scalar {
        Scalar::Int32 | Scalar::Int64 => Some(Measure::Integer),
        Scalar::Float64 => Some(Measure::Float),
        Scalar::String => Some(Measure::Characters),
        Scalar::Uuid | Scalar::Timestamp | Scalar::Date | Scalar::Bool => None,
    }
}

/// A range with the given bounds; `None` without any.
fn range(
    minimum: Option<&Bound>,
    maximum: Option<&Bound>,
    literal: &dyn Fn(&str) -> Option<TokenStream>,
) -> Option<TokenStream> {
    let bound = |bound: Option<&Bound>| bound.and_then(|bound| Some((literal(&bound.value)?, bound.exclusive)));
    match (bound(minimum), bound(maximum)) {
        (None, None) => None,
        (Some((low, false)), None) => Some(quote! { #low.. }),
        (None, Some((high, false))) => Some(quote! { ..=#high }),
        (None, Some((high, true))) => Some(quote! { ..#high }),
        (Some((low, false)), Some((high, false))) => Some(quote! { #low..=#high }),
        (Some((low, false)), Some((high, true))) => Some(quote! { #low..#high }),
        (Some((low, true)), high) => {
            let high = match high {
                None => quote! { std::ops::Bound::Unbounded },
                Some((high, false)) => quote! { std::ops::Bound::Included(#high) },
                Some((high, true)) => quote! { std::ops::Bound::Excluded(#high) },
            };
            Some(quote! { (std::ops::Bound::Excluded(#low), #high) })
        }
    }
}

fn lengths(fewest: Option<usize>, most: Option<usize>) -> Option<TokenStream> {
    let bound = |count: Option<usize>| count.map(|count| Bound { value: count.to_string(), exclusive: false });
    // Nothing is shorter than nothing.
    let (fewest, most) = (bound(fewest.filter(|fewest| *fewest > 0)), bound(most));
    range(fewest.as_ref(), most.as_ref(), &|value| {
        let count = Literal::usize_unsuffixed(value.parse().ok()?);
        Some(quote! { #count })
    })
}

/// A bound that the type cannot even hold is none.
fn integer(value: &str, is_narrow: bool) -> Option<TokenStream> {
    let value: i64 = value.parse().ok()?;
    if is_narrow && i32::try_from(value).is_err() {
        return None;
    }
    let value = Literal::i64_unsuffixed(value);
    Some(quote! { #value })
}

fn float(value: &str) -> Option<TokenStream> {
    let value = Literal::f64_unsuffixed(value.parse().ok()?);
    Some(quote! { #value })
}
