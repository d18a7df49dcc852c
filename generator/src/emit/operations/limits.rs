//! Limits: what the spec says about the size of an input, checked before a request is sent.
//!
//! Patterns, multiples and uniqueness are told in the documentation and left to the server.

use std::ops::RangeInclusive;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::Emitter;
use crate::ir::{BodyPart, Bound, Input, Limits, Presence, Scalar, Shape, TypeDef, TypeRef};

/// What is measured of a value.
enum Measure {
    /// With the least and the greatest that its type holds.
    Integer(i128, i128),
    Float,
    Characters,
    Items,
}

impl Emitter<'_> {
    /// The checks of all inputs, as parts of the request.
    pub(super) fn limit_checks(&self) -> Vec<TokenStream> {
        self.required().chain(self.setters()).filter_map(|(input, name)| self.limit_check(input, name)).collect()
    }

    /// The checks that parameters are numbers that can be sent. What is in the body is checked as it is written.
    pub(super) fn finite_checks(&self) -> Vec<TokenStream> {
        let inputs = self.required().chain(self.setters()).filter(|(input, _)| input.parameter.is_some());
        let inputs = inputs.filter_map(|(input, name)| {
            self.finite_check(name, &input.ty, &quote! { self.#name }, input.presence != Presence::Required)
        });
        let choice = self.operation.call.choice.iter().zip(&self.names.choice);
        let choices = choice.flat_map(|(choice, names)| {
            let argument = &names.argument;
            choice.parameters.iter().zip(&names.members).filter_map(move |(index, member)| {
                let ty = &self.operation.parameters[*index].ty;
                self.finite_check(member, ty, &quote! { self.#argument.#member }, true)
            })
        });
        inputs.chain(choices).collect()
    }

    fn finite_check(&self, name: &Ident, ty: &TypeRef, place: &TokenStream, is_optional: bool) -> Option<TokenStream> {
        let argument = syn::ext::IdentExt::unraw(name).to_string();
        let (item, is_list) = match self.unaliased(ty)? {
            TypeRef::Array(item) => (self.unaliased(item)?, true),
            ty => (ty, false),
        };
        let is_named = match item {
            TypeRef::Scalar(Scalar::Float64) => false,
            item => match &self.context.definition(item)?.shape {
                Shape::Scalar(Scalar::Float64) => true,
                _ => return None,
            },
        };
        let numbers = match (is_list, is_optional, is_named) {
            (true, true, false) => quote! { #place.iter().flatten().copied() },
            (true, true, true) => quote! { #place.iter().flatten().map(|number| number.get()) },
            (true, false, false) => quote! { #place.iter().copied() },
            (true, false, true) => quote! { #place.iter().map(|number| number.get()) },
            (false, true, false) => quote! { #place },
            (false, true, true) => quote! { #place.map(|number| number.get()) },
            (false, false, false) => quote! { Some(#place) },
            (false, false, true) => quote! { Some(#place.get()) },
        };
        Some(quote! { .finite(#argument, #numbers) })
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
            Measure::Integer(least, greatest) => {
                // Nothing is less than the least, or more than the greatest.
                let told = |bound: Option<&'_ Bound>, end: i128| {
                    bound.filter(|bound| bound.exclusive || bound.value != end.to_string()).cloned()
                };
                let (minimum, maximum) =
                    (told(limits.minimum.as_ref(), least), told(limits.maximum.as_ref(), greatest));
                range(minimum.as_ref(), maximum.as_ref(), &|value| integer(value, least..=greatest))
            }
            Measure::Float => range(limits.minimum.as_ref(), limits.maximum.as_ref(), &float),
            Measure::Characters => lengths(limits.min_length, limits.max_length),
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
            (Measure::Integer(..) | Measure::Float, Presence::Required) => {
                let value = number(place);
                quote! { Some(#value) }
            }
            (Measure::Integer(..) | Measure::Float, Presence::OptionalNullable) => {
                let value = number(quote! { value });
                let value = if is_named {
                    value
                } else {
                    quote! { *#value }
                };
                quote! { #place.value().map(|value| #value) }
            }
            (Measure::Integer(..) | Measure::Float, _) if is_named => {
                let value = number(quote! { value });
                quote! { #place.map(|value| #value) }
            }
            (Measure::Integer(..) | Measure::Float, _) => place,
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
            Measure::Integer(..) | Measure::Float => quote! { .within(#argument, #value, #range) },
            Measure::Characters => quote! { .length_within(#argument, #value, "characters", #range) },
            Measure::Items => quote! { .length_within(#argument, #value, "items", #range) },
        })
    }
}

fn measure(scalar: Scalar) -> Option<Measure> {
    match scalar {
        Scalar::Int32 => Some(Measure::Integer(i32::MIN.into(), i32::MAX.into())),
        Scalar::Int64 => Some(Measure::Integer(i64::MIN.into(), i64::MAX.into())),
        Scalar::Uint32 => Some(Measure::Integer(0, u32::MAX.into())),
        Scalar::Uint64 => Some(Measure::Integer(0, u64::MAX.into())),
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
fn integer(value: &str, held: RangeInclusive<i128>) -> Option<TokenStream> {
    let value = value.parse().ok().filter(|value| held.contains(value))?;
    let value = Literal::i128_unsuffixed(value);
    Some(quote! { #value })
}

fn float(value: &str) -> Option<TokenStream> {
    let value = Literal::f64_unsuffixed(value.parse().ok()?);
    Some(quote! { #value })
}
