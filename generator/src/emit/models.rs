//! Models: one file per named schema, which depends on that schema alone.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs::{self, Doc};
use super::features;
use super::models_example;
use super::shelves;
use super::structs::structure;
use super::types::{Needs, Words, use_list};
use super::unions;
use super::uses::Uses;
use super::{Context, as_one};
use crate::format::{Item, Table};
use crate::ident::Ident;
use crate::ir::{EnumValue, Shape, TypeDef, TypeId, UnionVariant};
use crate::surface::{Gate, Kind, RustType, Type, Variant};

/// Emits the file that lists all models.
pub(super) fn index(context: &Context<'_>) -> Vec<Item> {
    let doc = Doc::new().paragraph(format!("The models of the {}.", docs::line(&context.api.title))).paragraph(
        "Objects keep unknown fields, enums keep unknown values, and both write them back unchanged: numbers to the last digit, \
         and fields in their order. So do values without a schema (`Value` and `JsonObject`), date-times (`Timestamp`) and bytes (`Base64`).",
    ).paragraph(
        "Known values are written in a canonical form. A `number` is the nearest `f64`, which keeps some 16 digits: `1` is written \
         as `1.0`. An integer up to 2^53 is also read from `30.0` or `3e1`, and is written as `30`. Writing NaN or an infinity \
         is an error. A date has no time.",
    );
    let has_unions = context.surface.types.iter().any(|ty| matches!(ty.kind, Kind::Union(_)));
    let unions = has_unions.then_some(
        "A union is an enum of several types. The variant of a value is determined by the property that names the type, by \
         constants, by the kind of JSON, and then by the fields that are present. A value that fits no variant is \
         `Unrecognized` and is written back unchanged.",
    );
    let doc = unions.into_iter().fold(doc, Doc::paragraph);
    let doc = models_example::models_example(context, doc).inner();
    let types = &context.surface.types;
    let shelves = shelves::shelves(types, |ty| &ty.module);
    let mut items = vec![Item::Rust(quote! { #doc })];
    if shelves.is_empty() {
        items.extend(modules(&types.iter().collect::<Vec<_>>()));
    } else {
        let gates = shelves.values().map(|types| Gate::any(types.iter().map(|ty| &ty.gate)));
        let gates: Vec<_> = gates.map(|gate| features::attribute(&gate)).collect();
        let shelves: Vec<_> = shelves.keys().collect();
        items.push(Item::Rust(quote! { #(#gates mod #shelves;)* }));
        items.push(Item::Rust(quote! { #(#gates pub use self::#shelves::*;)* }));
    }
    items
}

/// Emits the modules of these types.
pub(super) fn modules(types: &[&Type]) -> Vec<Item> {
    let mut modules: Vec<(String, &Type)> = types.iter().map(|ty| (ty.module.to_string(), *ty)).collect();
    modules.sort_by(|(one, _), (other, _)| one.cmp(other));
    let declarations = modules.iter().map(|(_, ty)| {
        let (gate, module) = (features::attribute(&ty.gate), &ty.module);
        as_one(quote! { #gate mod #module; })
    });
    let exports = modules.iter().map(|(_, ty)| {
        let (gate, module) = (features::attribute(&ty.gate), &ty.module);
        let names = use_names(&ty.idents().collect::<Vec<_>>());
        as_one(quote! { #gate pub use #module::#names; })
    });
    vec![Item::Rust(quote! { #(#declarations)* }), Item::Rust(quote! { #(#exports)* })]
}

fn use_names(names: &[&Ident]) -> TokenStream {
    match names {
        [name] => quote! { #name },
        names => quote! { {#(#names),*} },
    }
}

/// Emits the file of one model.
pub(super) fn model(context: &Context<'_>, id: TypeId, def: &TypeDef, ty: &Type, uses: &Uses<'_>) -> Vec<Item> {
    let doc = Doc::new().value(&def.docs, &format!("The schema {}.", docs::code(&def.name)));
    let doc = uses.describe(doc, &ty.gate);
    match (&ty.kind, &def.shape) {
        (Kind::Struct(object), shape) => structure(context, &doc, ty, (id, object), shape),
        (Kind::Enum(variants), shape) => enumeration(&doc, ty, None, variants, values_of(shape)),
        (Kind::IntegerEnum(inner, variants), shape) => {
            let integer = context.surface.text(inner);
            enumeration(&doc, ty, Some(&integer), variants, values_of(shape))
        }
        (Kind::Union(union), shape) => unions::union(context, &doc, ty, union, variants_of(shape)),
        (Kind::Newtype(inner), _) => newtype(&doc, ty, inner, context),
        (Kind::Alias(target), _) => alias(context, &doc, ty, target),
    }
}

fn values_of(shape: &Shape) -> &[EnumValue] {
    shape.enum_values().unwrap_or_default()
}

fn variants_of(shape: &Shape) -> &[UnionVariant] {
    if let Shape::Union(union) = shape { &union.variants } else { &[] }
}

pub(super) fn derives(ty: &Type) -> TokenStream {
    let derives = ty.derives.iter().map(|derive| format_ident!("{derive:?}"));
    quote! { #[derive(#(#derives),*)] }
}

/// Emits an enum of texts, or of integers of the type with this name.
fn enumeration(
    doc: &TokenStream,
    ty: &Type,
    integer: Option<&str>,
    variants: &[Variant],
    values: &[EnumValue],
) -> Vec<Item> {
    let ident = &ty.ident;
    let derives = derives(ty);
    let literal = |value: &str| if integer.is_some() { value.to_owned() } else { Literal::string(value).to_string() };
    let rows = variants.iter().map(|variant| format!("{} = {}", variant.ident, literal(&variant.value)));
    let rows = rows.collect();
    let variants = variants.iter().zip(values).map(|(variant, value)| {
        let ident = &variant.ident;
        let sent = docs::code(&value.value);
        let doc = if value.description.is_empty() {
            Doc::new().paragraph(sent)
        } else {
            Doc::new().titled(&format!("{sent}:"), &value.description)
        };
        let doc = doc.outer();
        quote! { #doc #ident }
    });
    let mut needs = Needs::runtime_type("Unrecognized");
    needs.forget(ident);
    let unrecognized = Words { own: Some(ident) }.word("Unrecognized");
    let integer = integer.map(|word| (word, format_ident!("{word}")));
    let of = integer.as_ref().map(|(_, integer)| quote! { <#integer> });
    let (table, subject) = match &integer {
        Some((word, _)) => ("integer_enum", format!("{ident}({word})")),
        None => ("string_enum", ident.to_string()),
    };
    vec![
        Item::Rust(needs.runtime()),
        Item::Rust(quote! {
            #doc
            #derives
            #[non_exhaustive]
            pub enum #ident {
                #(#variants,)*
                /// A value that is not described above, kept unchanged.
                Unrecognized(#unrecognized #of),
            }
        }),
        Item::Table(Table { path: format!("crate::runtime::model::{table}"), subject, rows }),
    ]
}

fn newtype(doc: &TokenStream, ty: &Type, inner: &RustType, context: &Context<'_>) -> Vec<Item> {
    let ident = &ty.ident;
    let mut needs = Needs::default();
    needs.add(inner);
    needs.forget(ident);
    // The macro knows scalars by their names.
    let word = format_ident!("{}", context.surface.text(inner));
    let (derives, inner) = (derives(ty), context.model_type(ident, inner));
    vec![
        Item::Rust(needs.libraries()),
        Item::Rust(needs.runtime()),
        Item::Rust(quote! {
            #doc
            #derives
            pub struct #ident(#inner);
        }),
        Item::Rust(quote! { crate::runtime::model::scalar!(#ident(#word)); }),
    ]
}

fn alias(context: &Context<'_>, doc: &TokenStream, ty: &Type, target: &RustType) -> Vec<Item> {
    let ident = &ty.ident;
    let mut needs = Needs::default();
    needs.add(target);
    needs.forget(ident);
    let target = context.model_type(ident, target);
    let mut items = Vec::from(imports(context, ident, &needs));
    items.push(Item::Rust(quote! { #doc pub type #ident = #target; }));
    items
}

/// Emits the imports of a model: libraries first, then items of the crate.
pub(super) fn imports(context: &Context<'_>, own: &Ident, needs: &Needs) -> [Item; 2] {
    let models = needs.models.iter().map(|id| context.surface.model(*id)).filter(|ty| !ty.shadows);
    let mut models: Vec<&Ident> = models.map(|ty| &ty.ident).filter(|ident| *ident != own).collect();
    models.sort();
    let models = use_list(quote! { crate::models }, &models);
    let runtime = needs.runtime();
    [Item::Rust(needs.libraries()), Item::Rust(quote! { #models #runtime })]
}

/// Returns a link to a model from the file of another.
pub(super) fn reference(ty: &Type) -> String {
    if ty.shadows { format!("[`{0}`](crate::models::{0})", ty.ident) } else { format!("[`{}`]", ty.ident) }
}
