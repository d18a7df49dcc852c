//! Example values of the spec, as Rust that a caller would write.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::Context;
use super::example::library;
use super::integers;
use crate::integer::{Integer, of_json};
use crate::ir::{JsonKind, Shape};
use crate::surface::{self, Accepted, Filled, Kind, Member, RustType, Taken, Union, UnionVariant, VariantForm};

/// Returns a value as a caller passes it, and adds the models that it needs.
pub(super) fn given(
    context: &Context<'_>,
    accepted: &Accepted,
    example: &Value,
    models: &mut BTreeSet<String>,
) -> Option<TokenStream> {
    match (&accepted.ty, accepted.taken, example) {
        (RustType::Option(inner), Taken::Itself, _) => nullable(context, inner, example, models),
        (RustType::Vec(item), Taken::Items | Taken::IntoItems, Value::Array(examples)) if !examples.is_empty() => {
            let items = examples.iter().map(|example| value(context, item, example, models));
            let items = items.collect::<Option<Vec<_>>>()?;
            Some(quote! { [#(#items),*] })
        }
        // The type to convert to cannot be inferred for an item.
        (_, Taken::IntoItems, _) => None,
        (ty, _, _) => value(context, ty.value(), example, models),
    }
}

/// Returns a value as an expression; `None` if it does not fit its type.
fn value(context: &Context<'_>, ty: &RustType, example: &Value, models: &mut BTreeSet<String>) -> Option<TokenStream> {
    match (ty, example) {
        (RustType::Model(_), example) => model(context, ty, example, models),
        (ty, example) if ty.integers().is_some() => {
            let number = integers::value(ty, example)?;
            Some(quote! { #number })
        }
        (RustType::F64, example) => {
            let number = example.as_f64().or_else(|| of_json(example).map(Integer::to_f64))?;
            let number = Literal::f64_unsuffixed(number);
            Some(quote! { #number })
        }
        (_, example) if integers::is_wide(example) => None,
        (RustType::String, Value::String(text)) => Some(quote! { #text }),
        (RustType::Base64, Value::String(text)) => {
            let library = library(context);
            Some(quote! { #library::Base64::from_encoded(#text) })
        }
        (RustType::Uuid | RustType::Timestamp | RustType::Date, Value::String(text)) => Some(quote! { #text.parse()? }),
        (RustType::Bool, Value::Bool(flag)) => Some(quote! { #flag }),
        (RustType::Vec(item), Value::Array(examples)) => {
            let items = examples.iter().map(|example| owned(context, item, example, models));
            let items = items.collect::<Option<Vec<_>>>()?;
            Some(quote! { Vec::from([#(#items),*]) })
        }
        (RustType::JsonObject, Value::Object(fields)) => {
            let library = library(context);
            if fields.is_empty() {
                return Some(quote! { #library::JsonObject::new() });
            }
            let texts = fields.values().all(|value| value.is_string() && !integers::is_wide(value));
            let fields = fields.iter().map(|(key, value)| {
                let value = simple(value)?;
                Some(if texts {
                    quote! { (#key, #value) }
                } else {
                    quote! { (#key, #library::Value::from(#value)) }
                })
            });
            let fields = fields.collect::<Option<Vec<_>>>()?;
            Some(quote! { #library::JsonObject::from([#(#fields),*]) })
        }
        _ => None,
    }
}

/// The same for a place that does not accept `impl Into<String>`.
fn owned(context: &Context<'_>, ty: &RustType, example: &Value, models: &mut BTreeSet<String>) -> Option<TokenStream> {
    let expression = value(context, ty, example, models)?;
    Some(if *ty == RustType::String {
        quote! { #expression.to_owned() }
    } else {
        expression
    })
}

/// The same for a place that accepts an `Option`.
fn nullable(
    context: &Context<'_>,
    ty: &RustType,
    example: &Value,
    models: &mut BTreeSet<String>,
) -> Option<TokenStream> {
    if example.is_null() {
        return Some(quote! { None });
    }
    let expression = owned(context, ty.value(), example, models)?;
    Some(match ty {
        RustType::Boxed(_) => quote! { Some(Box::new(#expression)) },
        _ => quote! { Some(#expression) },
    })
}

fn model(context: &Context<'_>, ty: &RustType, example: &Value, models: &mut BTreeSet<String>) -> Option<TokenStream> {
    let RustType::Model(id) = ty else { return None };
    let surface::Type { ident, kind, shadows, .. } = context.surface.model(*id);
    let library = library(context);
    // A name with another meaning in the example is written with its path.
    let path = if *shadows {
        quote! { #library::models::#ident }
    } else {
        quote! { #ident }
    };
    let import = |models: &mut BTreeSet<String>| {
        if !shadows {
            models.insert(ident.to_string());
        }
    };
    match (kind, example) {
        (Kind::Alias(target), example) => owned(context, target, example, models),
        (Kind::Newtype(inner @ (RustType::Uuid | RustType::Timestamp | RustType::Date)), example) => {
            value(context, inner, example, models)
        }
        (Kind::Newtype(inner), example) => {
            let inner = value(context, inner, example, models)?;
            import(models);
            Some(quote! { #path::from(#inner) })
        }
        (Kind::Enum(variants), Value::String(text)) => {
            let variant = &variants.iter().find(|variant| variant.value == *text)?.ident;
            import(models);
            Some(quote! { #path::#variant })
        }
        (Kind::IntegerEnum(_, variants), example) => {
            let number = of_json(example)?.to_string();
            let variant = &variants.iter().find(|variant| variant.value == number)?.ident;
            import(models);
            Some(quote! { #path::#variant })
        }
        (Kind::Union(union), example) => {
            let variant = selected(union, example)?;
            import(models);
            let ident = &variant.ident;
            Some(match variant.form {
                // A number can be of several types.
                VariantForm::Copied => {
                    let value = owned(context, &variant.ty, example, models)?;
                    quote! { #path::#ident(#value) }
                }
                _ if variant.is_made_by_from => {
                    let value = value(context, &variant.ty, example, models)?;
                    quote! { #path::from(#value) }
                }
                VariantForm::Boxed => {
                    let value = owned(context, &variant.ty, example, models)?;
                    quote! { #path::#ident(Box::new(#value)) }
                }
                VariantForm::Plain | VariantForm::List | VariantForm::Text => {
                    let value = owned(context, &variant.ty, example, models)?;
                    quote! { #path::#ident(#value) }
                }
            })
        }
        (Kind::Struct(object), Value::Object(fields)) => {
            let Shape::Object { fields: known, .. } = &context.api.types[*id].shape else { return None };
            if fields.keys().any(|key| known.iter().all(|field| field.name != *key)) {
                return None;
            }
            let mut arguments = Vec::new();
            let mut setters = Vec::new();
            for (member, field) in object.members.iter().zip(known) {
                let Member { ident, filled, .. } = member;
                match (filled, fields.get(&field.name)) {
                    (Filled::Argument(accepted), Some(example)) if !accepted.is_wrapped() => {
                        let expression = if object.fields.is_some() {
                            let value = owned(context, &accepted.ty, example, models)?;
                            quote! { #ident: #value }
                        } else {
                            given(context, accepted, example, models)?
                        };
                        arguments.push(expression);
                    }
                    (Filled::Setter(accepted), Some(example)) if !accepted.is_wrapped() => {
                        let argument = given(context, accepted, example, models)?;
                        setters.push(quote! { .#ident(#argument) });
                    }
                    (Filled::Constant(_) | Filled::Tag(_) | Filled::Server, _) | (Filled::Setter(_), None) => {}
                    (Filled::Argument(_), _) | (Filled::Setter(_), Some(_)) => return None,
                }
            }
            import(models);
            let arguments = match &object.fields {
                Some(fields) if *shadows => quote! { #library::models::#fields { #(#arguments),* } },
                Some(fields) => {
                    models.insert(fields.to_string());
                    quote! { #fields { #(#arguments),* } }
                }
                None => quote! { #(#arguments),* },
            };
            Some(quote! { #path::new(#arguments) #(#setters)* })
        }
        _ => None,
    }
}

/// Returns the variant of an example, if its tag or its kind determines it.
fn selected<'u>(union: &'u Union, example: &Value) -> Option<&'u UnionVariant> {
    let kind = match example {
        Value::Null => JsonKind::Null,
        Value::Bool(_) => JsonKind::Boolean,
        Value::Number(number) if number.is_f64() => JsonKind::Fraction,
        Value::Number(_) => JsonKind::Integer,
        number if integers::is_wide(number) => JsonKind::Integer,
        Value::String(_) => JsonKind::String,
        Value::Array(_) => JsonKind::Array,
        Value::Object(_) => JsonKind::Object,
    };
    let text = match &union.tag {
        Some(tag) if kind == JsonKind::Object => example.get(tag).and_then(Value::as_str),
        _ => example.as_str().filter(|_| kind == JsonKind::String),
    };
    let by_text = union.variants.iter().find(|variant| {
        variant.evidence.kinds.contains(&kind)
            && text.is_some_and(|text| variant.evidence.values.iter().any(|value| value == text))
    });
    let is_of_kind = |kinds: &BTreeSet<JsonKind>| {
        kinds.contains(&kind) || kind == JsonKind::String && kinds.contains(&JsonKind::Formatted)
    };
    let mut by_kind = union.variants.iter().filter(|variant| is_of_kind(&variant.evidence.kinds));
    by_text.or_else(|| by_kind.next().filter(|_| by_kind.next().is_none()))
}

/// Returns an expression for a simple JSON value.
fn simple(value: &Value) -> Option<TokenStream> {
    match value {
        Value::String(text) if !integers::is_wide(value) => Some(quote! { #text }),
        Value::Bool(flag) => Some(quote! { #flag }),
        value => {
            let number = integers::any(value)?;
            Some(quote! { #number })
        }
    }
}
