//! Models: one file per named schema, which depends on that schema alone.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::Context;
use super::allowed::{self, Function, Receiver};
use super::conversions;
use super::docs::{self, Doc};
use super::features;
use super::fields;
use super::models_example;
use super::others;
use super::relations;
use super::shelves;
use super::types::{Needs, Words, use_list};
use super::unions;
use super::uses::Uses;
use crate::format::{BLANK, Item, Table};
use crate::ident::Ident;
use crate::ir::{self, EnumValue, Field, Shape, TypeDef, TypeId, TypeRef, UnionVariant};
use crate::surface::{
    DefaultImpl, Filled, Form, Gate, Kind, Lent, Member, Relation, RustType, Struct, Type, Variant, Word,
};

/// More arguments than clippy allows.
const MANY_ARGUMENTS: usize = 7;

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
        quote! { #gate mod #module; }
    });
    let exports = modules.iter().map(|(_, ty)| {
        let (gate, module) = (features::attribute(&ty.gate), &ty.module);
        let names = use_names(&ty.idents().collect::<Vec<_>>());
        quote! { #gate pub use #module::#names; }
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

fn others_of(shape: &Shape) -> Option<&ir::Others> {
    if let Shape::Object { others, .. } = shape { others.as_deref() } else { None }
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

fn structure(
    context: &Context<'_>,
    doc: &TokenStream,
    ty: &Type,
    (id, object): (TypeId, &Struct),
    shape: &Shape,
) -> Vec<Item> {
    let (relations, conversions) = (&context.surface.relations[id.0], &context.surface.conversions[id.0]);
    let (ident, fields) = (&ty.ident, shape.fields());
    let mut needs = Needs::runtime_type("Extra");
    object.members.iter().for_each(|member| needs.add(&member.ty));
    object.members.iter().filter_map(Member::accepted).for_each(|accepted| needs.add(&accepted.ty));
    object.others.iter().for_each(|others| needs.add(&others.ty));
    relations.iter().filter(|relation| relation.lent != Lent::Text).for_each(|relation| needs.add(&relation.ty));
    conversions.iter().for_each(|conversion| needs.add(&RustType::Model(conversion.from)));
    needs.forget(ident);
    let extra = Words { own: Some(ident) }.word("Extra");

    let derives = derives(ty);
    let members = object.members.iter().zip(fields).map(|(member, field)| {
        let doc = Doc::new().value(&field.docs, &without_description(context, member, field));
        let doc = one_way(field).into_iter().fold(doc, Doc::paragraph).outer();
        let (name, ty) = (&member.ident, context.model_type(ident, &member.ty));
        let allowed = allowed::complex_field(&ty);
        quote! { #doc #allowed pub #name: #ty }
    });
    let rows = object.members.iter().zip(fields).map(|(member, field)| {
        let word = match member.word {
            Word::Required => "required",
            Word::Optional => "optional",
            Word::Nullable => "nullable",
        };
        format!("{}: {word} {}", member.ident, Literal::string(&field.name))
    });
    let rows = rows.chain(object.others.iter().map(|others| format!("..{}", others.ident)));
    let others = object
        .others
        .iter()
        .zip(others_of(shape))
        .map(|(own, described)| others::field(context, ident, own, described));
    let extra_doc = others::doc_of_extra(object.others.as_ref());
    let mut items = Vec::from(imports(context, ident, &needs));
    items.extend([
        Item::Rust(quote! {
            #doc
            #derives
            #[non_exhaustive]
            pub struct #ident {
                #(#members,)*
                #(#others,)*
                #extra_doc
                pub extra: #extra,
            }
        }),
        Item::Rust(fields::structure(context, ident, object)),
        Item::Rust(methods(context, ident, object, relations)),
        Item::Rust(written_default(ident, object.default)),
    ]);
    let conversions = conversions.iter().map(|conversion| conversions::conversion(context, ident, object, conversion));
    items.extend(conversions.map(Item::Rust));
    items.push(Item::Table(Table {
        path: "crate::runtime::model::object".to_owned(),
        subject: ident.to_string(),
        rows: rows.collect(),
    }));
    items
}

/// Returns the note about a field that only one side sets.
fn one_way(field: &Field) -> Option<&'static str> {
    match (field.read_only, field.write_only) {
        (true, _) => Some("Only the server sets it."),
        (false, true) => Some("The server may omit it."),
        (false, false) => None,
    }
}

/// Emits `new` with the required fields, and a setter for each optional field.
fn methods(context: &Context<'_>, ident: &Ident, object: &Struct, relations: &[Relation]) -> TokenStream {
    let members = &object.members;
    let blank = format_ident!("{BLANK}");
    let words = Words { own: Some(ident) };
    let arguments: Vec<(&Ident, TokenStream)> = members
        .iter()
        .filter_map(|member| match &member.filled {
            Filled::Argument(given) => Some((&member.ident, context.model_argument(ident, given))),
            Filled::Setter(_) | Filled::Constant(_) | Filled::Tag(_) | Filled::Server => None,
        })
        .collect();
    let form_of = |form: Form| if object.fields.is_some() { form.without_conversion() } else { form };
    let values = members.iter().map(|member| {
        let name = &member.ident;
        let value = match (&member.filled, &member.ty) {
            (Filled::Constant(variant), ty) => {
                let ty = context.model_type(ident, ty);
                quote! { #ty::#variant }
            }
            (Filled::Tag(text), _) => quote! { #text.to_owned() },
            (Filled::Argument(given), _) if form_of(given.form) == Form::Plain => return quote! { #name },
            (Filled::Argument(given), _) => words.formed(form_of(given.form), &quote! { #name }),
            (Filled::Setter(_) | Filled::Server, RustType::Nullable(_)) => {
                let nullable = words.word("Nullable");
                quote! { #nullable::Absent }
            }
            (Filled::Setter(_) | Filled::Server, _) => quote! { None },
        };
        quote! { #name: #value }
    });
    let none = object.others.as_ref().map(|others| others::none(words, others));
    let many = (object.fields.is_none() && arguments.len() > MANY_ARGUMENTS).then(|| {
        quote! { #[allow(clippy::too_many_arguments, reason = "the API requires them all")] }
    });
    let summary =
        if arguments.is_empty() { " Creates an empty value." } else { " Creates a value from its required fields." };
    let new = Function { name: "new", receiver: Receiver::None(ident), arguments };
    let (names, allowed) = (new.names(), new.allowed());
    let (arguments, taken) = match &object.fields {
        Some(fields) => (quote! { fields: #fields }, quote! { let #fields { #names } = fields; }),
        None => (new.arguments(), TokenStream::new()),
    };
    let extra = words.word("Extra");
    let new = quote! {
        #[doc = #summary]
        #many
        #allowed
        #[must_use]
        pub fn new(#arguments) -> Self {
            #taken
            Self { #(#values,)* #none extra: #extra::new() }
        }
    };
    let setters = members.iter().filter_map(|member| match &member.filled {
        Filled::Setter(given) => Some((&member.ident, given)),
        Filled::Argument(_) | Filled::Constant(_) | Filled::Tag(_) | Filled::Server => None,
    });
    let setters = setters.map(|(member, given)| {
        let blank = &blank;
        let ty = context.model_argument(ident, given);
        let summary = format!(" Sets [`{0}`](field@Self::{0}).", member.unraw());
        let value = words.formed(given.form, &quote! { #member });
        let setter =
            Function { name: member.as_str(), receiver: Receiver::Value, arguments: vec![(member, ty.clone())] };
        let allowed = setter.allowed();
        quote! {
            #blank! {}
            #[doc = #summary]
            #allowed
            #[must_use]
            pub fn #member(mut self, #member: #ty) -> Self {
                self.#member = #value;
                self
            }
        }
    });
    let others = object.others.as_ref().map(|others| others::setter(context, ident, others));
    let relations = relations.iter().map(|relation| relations::method(context, ident, relation));
    quote! { impl #ident { #new #(#setters)* #others #(#relations)* } }
}

/// Emits the trait for a `new` without arguments.
fn written_default(ident: &Ident, default: DefaultImpl) -> TokenStream {
    match default {
        DefaultImpl::No | DefaultImpl::Derived => TokenStream::new(),
        DefaultImpl::Written => {
            let default = Words { own: Some(ident) }.word("Default");
            quote! {
                impl #default for #ident {
                    fn default() -> Self {
                        Self::new()
                    }
                }
            }
        }
    }
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
    let models: Vec<TokenStream> = models.iter().map(|name| quote! { #name }).collect();
    let models = use_list(quote! { crate::models }, &models);
    let runtime = needs.runtime();
    [Item::Rust(needs.libraries()), Item::Rust(quote! { #models #runtime })]
}

/// Documents a field without a description in the spec.
fn without_description(context: &Context<'_>, member: &Member, field: &Field) -> String {
    match (field.ty.without_null(), &member.filled) {
        (_, Filled::Tag(text)) => format!("{} in a new value: it identifies the type.", docs::code(text)),
        (TypeRef::Named(id), Filled::Constant(variant)) => {
            let ty = context.surface.model(*id);
            let path = if ty.shadows { "crate::models::" } else { "" };
            let when = if field.tag.is_some() { "In a new value" } else { "Always" };
            format!("{when} [`{variant}`]({path}{}::{variant}).", ty.ident)
        }
        (TypeRef::Named(id), _) => format!("See {}.", reference(context.surface.model(*id))),
        _ => format!("The property {}.", docs::code(&field.name)),
    }
}

/// Returns a link to a model from the file of another.
pub(super) fn reference(ty: &Type) -> String {
    if ty.shadows { format!("[`{0}`](crate::models::{0})", ty.ident) } else { format!("[`{}`]", ty.ident) }
}
