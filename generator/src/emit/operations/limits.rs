//! Limits: the bounds of the spec on the size of an input, which are checked before a request is sent.
//!
//! Patterns, multiples and uniqueness are documented, and left to the server.

use std::ops::RangeInclusive;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Emitter;
use crate::emit::{allowed, integers};
use crate::ident::Ident;
use crate::integer::Integer;
use crate::ir::{self, BodyPart, Bound, Limits, Presence, Scalar, Shape, Style, TypeDef, TypeRef};
use crate::surface::Input;

/// The measure of a value.
enum Measure {
    /// With the minimum and the maximum of its type.
    Integer(RangeInclusive<Integer>),
    Float,
    Characters,
    Items,
}

/// A value from a caller, and the limits of its size.
struct Limited<'a> {
    name: &'a Ident,
    ty: &'a TypeRef,
    own: &'a Limits,
    presence: Presence,
    /// Whether it is the list that is split into batches.
    is_batch: bool,
    /// The place in the call that stores it.
    place: TokenStream,
}

impl Emitter<'_> {
    /// Returns the checks of all inputs, as parts of the request.
    pub(super) fn limit_checks(&self) -> Vec<TokenStream> {
        self.limited().into_iter().filter_map(|limited| self.limit_check(limited)).collect()
    }

    /// Returns the checks that parameters are numbers that can be sent. Numbers in the body are checked when it is
    /// written.
    pub(super) fn finite_checks(&self) -> Vec<TokenStream> {
        let inputs = self.separate_inputs().map(|index| (self.call.input(index), self.described(index)));
        // A value that is first written as JSON is checked there.
        let prints = |(input, _): &(&Input, &ir::Input)| {
            let parameter = input.parameter.and_then(|index| self.operation.parameters.get(index));
            parameter.is_some_and(|parameter| !matches!(parameter.style, Style::Expanded(_)))
        };
        let inputs = inputs.filter(prints).filter_map(|(kept, input)| {
            let name = &kept.ident;
            let is_optional = input.presence() != Presence::Required;
            self.finite_check(name, input.ty.without_null(), &quote! { self.#name }, is_optional)
        });
        let choices = self.call.choice.iter().flat_map(|choice| {
            let argument = &choice.argument;
            choice.members.iter().filter_map(move |member| {
                let (parameter, member) = (&self.operation.parameters[member.parameter], &member.ident);
                if matches!(parameter.style, Style::Expanded(_)) {
                    return None;
                }
                self.finite_check(member, &parameter.ty, &quote! { self.#argument.#member }, true)
            })
        });
        inputs.chain(choices).collect()
    }

    fn finite_check(&self, name: &Ident, ty: &TypeRef, place: &TokenStream, is_optional: bool) -> Option<TokenStream> {
        let argument = name.unraw().to_owned();
        let types = &self.context.api.types;
        let (item, is_list) = match types.unaliased(ty) {
            TypeRef::Array(item) => (types.unaliased(item), true),
            ty => (ty, false),
        };
        let is_named = match item {
            TypeRef::Scalar(Scalar::Float64) => false,
            item => match &types.definition(item)?.shape {
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

    /// Returns the attribute that allows bounds that look like mathematical constants.
    pub(super) fn limits_allowed(&self) -> TokenStream {
        let limited = self.limited();
        let limits = limited.iter().map(|limited| self.limits(limited));
        let mut bounds = limits.flat_map(|limits| [limits.minimum, limits.maximum]).flatten();
        let is_like_one = |bound: Bound| bound.value.parse().is_ok_and(allowed::is_like_a_constant);
        if bounds.any(is_like_one) { allowed::allow(&[quote! { clippy::approx_constant }]) } else { TokenStream::new() }
    }

    /// Returns every value from a caller, where the request is built.
    fn limited(&self) -> Vec<Limited<'_>> {
        let members =
            self.call.choice.iter().flat_map(|choice| choice.members.iter().map(move |member| (choice, member)));
        let choice = members.map(|(choice, member)| {
            let (parameter, argument) = (&self.operation.parameters[member.parameter], &choice.argument);
            let name = &member.ident;
            let place = quote! { self.#argument.#name };
            let presence = Presence::Optional;
            Limited { name, ty: &parameter.ty, own: &parameter.docs.limits, presence, is_batch: false, place }
        });
        let inputs = self.separate_inputs().map(|index| {
            let (kept, input) = (self.call.input(index), self.described(index));
            let (name, place) = (&kept.ident, self.place(kept));
            let ty = input.ty.without_null();
            let batch = self.call.batches.as_ref().map(|batches| &batches.field);
            let is_batch = matches!(&input.body, Some(BodyPart::Field(path)) if batch == Some(path));
            // The body can store more than a caller can set: a field that only the client sends need not be in a
            // response.
            let kept_in_body = match &input.body {
                Some(BodyPart::Field(path)) => self.context.api.types.fields(path).last().map(|field| field.presence()),
                Some(BodyPart::Whole) | None => None,
            };
            let presence = kept_in_body.unwrap_or_else(|| input.presence());
            Limited { name, ty, own: &input.docs.limits, presence, is_batch, place }
        });
        choice.chain(inputs).collect()
    }

    fn limits(&self, limited: &Limited<'_>) -> Limits {
        self.context.api.types.limits(limited.own, limited.ty)
    }

    fn limit_check(&self, limited: Limited<'_>) -> Option<TokenStream> {
        let limits = self.limits(&limited);
        let Limited { name, ty, presence, is_batch, place, .. } = limited;
        let types = &self.context.api.types;
        let definition = types.definition(ty);
        let unaliased = types.unaliased(ty);
        let (measure, is_named) = match (unaliased, definition) {
            (TypeRef::Array(_) | TypeRef::Map(_) | TypeRef::FreeForm, _) => (Measure::Items, false),
            (TypeRef::Scalar(scalar), _) => (measure(*scalar)?, false),
            (_, Some(TypeDef { shape: Shape::Scalar(scalar), .. })) => (measure(*scalar)?, true),
            _ => return None,
        };
        let range = match &measure {
            Measure::Integer(held) => {
                // A bound at the minimum or maximum of the type has no effect.
                let stated = |bound: Option<&'_ Bound>, end: &Integer| {
                    bound.filter(|bound| bound.exclusive || bound.value != end.to_string()).cloned()
                };
                let (minimum, maximum) =
                    (stated(limits.minimum.as_ref(), held.start()), stated(limits.maximum.as_ref(), held.end()));
                range(minimum.as_ref(), maximum.as_ref(), &|value| integer(value, held))
            }
            Measure::Float => range(limits.minimum.as_ref(), limits.maximum.as_ref(), &float),
            Measure::Characters => lengths(limits.min_length, limits.max_length),
            // A batch without items is never sent.
            Measure::Items if is_batch => lengths(limits.min_items.max(Some(1)), limits.max_items),
            Measure::Items => lengths(limits.min_items, limits.max_items),
        }?;
        let argument = name.unraw().to_owned();
        let number = |value: TokenStream| {
            if is_named {
                quote! { #value.get() }
            } else {
                value
            }
        };
        let is_wrapped = is_named || *unaliased == TypeRef::Scalar(Scalar::Base64);
        let length = |value: TokenStream| match measure {
            Measure::Characters if is_wrapped => quote! { #value.as_str().chars().count() },
            Measure::Characters => quote! { #value.chars().count() },
            _ => quote! { #value.len() },
        };
        let value = match (&measure, presence) {
            (Measure::Integer(..) | Measure::Float, Presence::Required) => {
                let value = number(place);
                quote! { Some(#value) }
            }
            (Measure::Integer(..) | Measure::Float, Presence::OptionalNullable) => {
                if is_named {
                    let value = number(quote! { value });
                    quote! { #place.value().map(|value| #value) }
                } else {
                    quote! { #place.value().copied() }
                }
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
        Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 | Scalar::Int128 | Scalar::Uint128 => {
            scalar.integers().map(Measure::Integer)
        }
        Scalar::Float64 => Some(Measure::Float),
        Scalar::String | Scalar::Base64 => Some(Measure::Characters),
        Scalar::Uuid | Scalar::Timestamp | Scalar::Date | Scalar::Bool => None,
    }
}

/// Returns a range with these bounds; `None` if there are none.
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
    // `minLength: 0` constrains nothing.
    let (fewest, most) = (bound(fewest.filter(|fewest| *fewest > 0)), bound(most));
    range(fewest.as_ref(), most.as_ref(), &|value| {
        let count = Literal::usize_unsuffixed(value.parse().ok()?);
        Some(quote! { #count })
    })
}

/// Returns a bound, unless the type cannot have the value.
fn integer(value: &str, held: &RangeInclusive<Integer>) -> Option<TokenStream> {
    let value: Integer = value.parse().ok().filter(|value| held.contains(value))?;
    let value = integers::literal(value);
    Some(quote! { #value })
}

fn float(value: &str) -> Option<TokenStream> {
    let value = Literal::f64_unsuffixed(value.parse().ok()?);
    Some(quote! { #value })
}
