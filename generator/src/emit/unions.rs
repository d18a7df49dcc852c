//! Unions: an enum of several types, and the table of evidence for its variants.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Context;
use super::docs::{self, Doc};
use super::models::{derives, imports, reference};
use super::types::{Needs, Words};
use crate::format::{Item, Table};
use crate::ident::Ident;
use crate::ir::{self, Evidence, JsonKind, KnownField};
use crate::surface::{RustType, Type, Union, UnionVariant, VariantForm};

pub(super) fn union(
    context: &Context<'_>,
    doc: &TokenStream,
    ty: &Type,
    union: &Union,
    described: &[ir::UnionVariant],
) -> Vec<Item> {
    let ident = &ty.ident;
    let mut needs = Needs::runtime_type("Value");
    union.variants.iter().for_each(|variant| needs.add(&variant.ty));
    needs.forget(ident);
    let value = Words { own: Some(ident) }.word("Value");
    let derives = derives(ty);
    let variants = union.variants.iter().zip(described).map(|(variant, described)| {
        let doc = Doc::new().value(&described.docs, &without_description(context, union, variant)).outer();
        let (name, held) = (&variant.ident, context.model_type(ident, &variant.held()));
        quote! { #doc #name(#held) }
    });
    let rows = union.variants.iter().map(|variant| row(context, ident, union, variant));
    let tag = union.tag.as_ref().map(|tag| format!(" by {}", Literal::string(tag))).unwrap_or_default();
    let mut items = Vec::from(imports(context, ident, &needs));
    items.extend([
        Item::Rust(quote! {
            #doc
            #derives
            #[non_exhaustive]
            pub enum #ident {
                #(#variants,)*
                /// A value that is none of the above, kept unchanged.
                Unrecognized(#value),
            }
        }),
        Item::Table(Table {
            path: "crate::runtime::model::union".to_owned(),
            subject: format!("{ident}{tag}"),
            rows: rows.collect(),
        }),
    ]);
    items
}

/// Documents a variant without a description in the spec.
fn without_description(context: &Context<'_>, union: &Union, variant: &UnionVariant) -> String {
    let what = match &variant.ty {
        RustType::Model(id) => format!("See {}.", reference(context.surface.model(*id))),
        RustType::Vec(_) => "A list.".to_owned(),
        RustType::Map(_) | RustType::JsonObject => "An object.".to_owned(),
        RustType::Bool => "`true` or `false`.".to_owned(),
        RustType::F64 => "A number.".to_owned(),
        integer if integer.integers().is_some() => "An integer.".to_owned(),
        RustType::Timestamp => "A point in time.".to_owned(),
        RustType::Date => "A date.".to_owned(),
        RustType::Uuid => "A uuid.".to_owned(),
        RustType::Base64 => "Bytes.".to_owned(),
        _ => "A text.".to_owned(),
    };
    match &union.tag {
        Some(tag) if variant.evidence.is_object() && !variant.evidence.values.is_empty() => {
            let values: Vec<String> = variant.evidence.values.iter().map(|value| docs::code(value)).collect();
            format!("{what} Its {} is {}.", docs::code(tag), values.join(" or "))
        }
        _ => what,
    }
}

/// Returns a row of the table: the content of a variant, and the evidence for it.
fn row(context: &Context<'_>, own: &Ident, union: &Union, variant: &UnionVariant) -> String {
    let UnionVariant { ident, ty, form, accessor, is_made_by_from, evidence } = variant;
    let (form, ty) = match (form, ty) {
        (VariantForm::Boxed, ty) => ("boxed", ty),
        (VariantForm::List, RustType::Vec(item)) => ("list", &**item),
        (VariantForm::Plain | VariantForm::List, ty) => ("plain", ty),
        (VariantForm::Copied, ty) => ("copied", ty),
        (VariantForm::Text, ty) => ("text", ty),
    };
    let ty = spelled(&context.model_type(own, ty));
    let from = if *is_made_by_from { " from" } else { "" };
    let Evidence { kinds, values, is_tag_extra, fields } = evidence;
    let mut row = format!("{ident}({form} {ty}) {accessor}{from}: {}", words(kinds));
    if !values.is_empty() {
        row.push_str(&format!(" [{}]", literals(values)));
    }
    if *is_tag_extra {
        row.push_str(" extra");
    }
    if !fields.is_empty() {
        let tag = union.tag.as_deref();
        let fields: Vec<String> = fields.iter().filter(|field| tag != Some(&field.name)).map(known_field).collect();
        row.push_str(&format!(" {{\n            {},\n        }}", fields.join(",\n            ")));
    }
    row
}

fn known_field(field: &KnownField) -> String {
    let KnownField { name, required, kinds, values } = field;
    let must = if *required { "required" } else { "optional" };
    let mut row = format!("{} {must} {}", Literal::string(name), words(kinds));
    if !values.is_empty() {
        row.push_str(&format!(" [{}]", literals(values)));
    }
    row
}

fn literals(values: &[String]) -> String {
    values.iter().map(|value| Literal::string(value).to_string()).collect::<Vec<_>>().join(", ")
}

/// Returns the names in the runtime of kinds of JSON.
fn words(kinds: &BTreeSet<JsonKind>) -> String {
    let has = |kind: JsonKind| kinds.contains(&kind);
    let is_number = has(JsonKind::Integer) && has(JsonKind::Fraction);
    if kinds.len() == JsonKind::ALL.len() {
        return "any".to_owned();
    }
    let words = kinds.iter().filter_map(|kind| match kind {
        JsonKind::Null => Some("null"),
        JsonKind::Boolean => Some("boolean"),
        JsonKind::Integer if is_number => Some("number"),
        JsonKind::Integer => Some("integer"),
        JsonKind::Fraction if is_number => None,
        JsonKind::Fraction => Some("fraction"),
        JsonKind::String => Some("string"),
        JsonKind::Formatted => Some("formatted"),
        JsonKind::Array => Some("array"),
        JsonKind::Object => Some("object"),
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Returns a type on one line, in the usual spelling.
fn spelled(ty: &TokenStream) -> String {
    let text = ty.to_string();
    text.replace(" < ", "<").replace(" >", ">").replace(" ,", ",").replace(" :: ", "::").replace(":: ", "::")
}
