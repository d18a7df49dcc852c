//! Limits: what the spec says about the size of an input, checked before a request is sent.
//!
//! Patterns, multiples and uniqueness are told in the documentation and left to the server.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::Emitter;
use crate::emit::allowed;
use crate::ir::{BodyPart, Bound, Limits, Presence, Scalar, Shape, TypeDef, TypeRef};

/// What is measured of a value.
enum Measure {
    Integer,
    Float,
    Characters,
    Items,
}

/// A value that a caller gives, and what the spec says about its size.
struct Limited<'a> {
    name: &'a Ident,
    ty: &'a TypeRef,
    own: &'a Limits,
    presence: Presence,
    /// Where it is kept in the call.
    place: TokenStream,
}

impl Emitter<'_> {
    /// The checks of all inputs, as parts of the request.
    pub(super) fn limit_checks(&self) -> Vec<TokenStream> {
        self.limited().into_iter().filter_map(|limited| self.limit_check(limited)).collect()
    }

    /// The attribute that lets bounds pass which look like constants of mathematics.
    pub(super) fn limits_allowed(&self) -> TokenStream {
        let limited = self.limited();
        let limits = limited.iter().map(|limited| self.limits(limited));
        let mut bounds = limits.flat_map(|limits| [&limits.minimum, &limits.maximum]).flatten();
        let is_like_one = |bound: &Bound| bound.value.parse().is_ok_and(allowed::is_like_a_constant);
        if bounds.any(is_like_one) { allowed::allow(&[quote! { clippy::approx_constant }]) } else { TokenStream::new() }
    }

    /// Every value that a caller gives, where the request is put together.
    fn limited(&self) -> Vec<Limited<'_>> {
        let choice = self.operation.call.choice.iter().zip(&self.names.choice).flat_map(|(choice, names)| {
            choice.parameters.iter().zip(&names.members).map(|(index, member)| {
                let (parameter, argument) = (&self.operation.parameters[*index], &names.argument);
                let place = quote! { self.#argument.#member };
                let presence = Presence::Optional;
                Limited { name: member, ty: &parameter.ty, own: &parameter.docs.limits, presence, place }
            })
        });
        let inputs = self.required().chain(self.setters()).map(|(input, name)| {
            let place = match &input.body {
                Some(BodyPart::Field(path)) => {
                    let path = self.field_path(path);
                    quote! { self.body.#(#path).* }
                }
                Some(BodyPart::Whole) | None => quote! { self.#name },
            };
            Limited { name, ty: &input.ty, own: &input.docs.limits, presence: input.presence, place }
        });
        choice.chain(inputs).collect()
    }

    /// The limits of a value: its own, else those of the first of its type's names that has some.
    fn limits<'i>(&'i self, limited: &Limited<'i>) -> &'i Limits {
        let mut limits = limited.own;
        let mut ty = limited.ty;
        while let (TypeRef::Named(id) | TypeRef::Boxed(id), true) = (ty, *limits == Limits::default()) {
            let definition = self.context.api.type_def(*id);
            limits = &definition.docs.limits;
            match &definition.shape {
                Shape::Alias(target) => ty = target,
                _ => break,
            }
        }
        limits
    }

    fn limit_check(&self, limited: Limited<'_>) -> Option<TokenStream> {
        let limits = self.limits(&limited);
        let Limited { name, ty, presence, place, .. } = limited;
        let definition = self.context.definition(ty);
        let (measure, is_named) = match (self.unaliased(ty)?, definition) {
            (TypeRef::Array(_) | TypeRef::Map(_) | TypeRef::FreeForm, _) => (Measure::Items, false),
            (TypeRef::Scalar(scalar), _) => (measure(*scalar)?, false),
            (_, Some(TypeDef { shape: Shape::Scalar(scalar), .. })) => (measure(*scalar)?, true),
            _ => return None,
        };
        let range = match measure {
            Measure::Integer => {
                let is_narrow = self.unaliased(ty) == Some(&TypeRef::Scalar(Scalar::Int32))
                    || matches!(definition, Some(TypeDef { shape: Shape::Scalar(Scalar::Int32), .. }));
                range(limits.minimum.as_ref(), limits.maximum.as_ref(), &|value| integer(value, is_narrow))
            }
            Measure::Float => range(limits.minimum.as_ref(), limits.maximum.as_ref(), &float),
            Measure::Characters => lengths(limits.min_length, limits.max_length),
            Measure::Items => lengths(limits.min_items, limits.max_items),
        }?;
        let argument = syn::ext::IdentExt::unraw(name).to_string();
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
        let value = match (&measure, presence) {
            (Measure::Integer | Measure::Float, Presence::Required) => {
                let value = number(place);
                quote! { Some(#value) }
            }
            (Measure::Integer | Measure::Float, Presence::OptionalNullable) => {
                if is_named {
                    let value = number(quote! { value });
                    quote! { #place.value().map(|value| #value) }
                } else {
                    quote! { #place.value().copied() }
                }
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
