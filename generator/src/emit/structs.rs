//! Models of objects: the struct with its constructor, setters and conversions.

use proc_macro2::{Group, Literal, TokenStream};
use quote::{format_ident, quote};

use super::allowed::{self, Function, Receiver};
use super::conversions;
use super::docs::{self, Doc};
use super::fields;
use super::models::{derives, imports, reference};
use super::others;
use super::relations;
use super::types::{Needs, Words};
use super::{Context, as_one};
use crate::format::{BLANK, Item, Table};
use crate::ident::Ident;
use crate::ir::{self, Field, Shape, TypeId, TypeRef};
use crate::surface::{DefaultImpl, Filled, Form, Lent, Member, Relation, RustType, Struct, Type, Word};

/// More arguments than clippy allows.
const MANY_ARGUMENTS: usize = 7;

pub(super) fn structure(
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
        as_one(quote! { #doc #allowed pub #name: #ty })
    });
    let rows = object.members.iter().zip(fields).map(|(member, field)| {
        let word = match member.word {
            Word::Required => "required",
            Word::RequiredNullable => "required_nullable",
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
    let summary = docs::as_it_is(summary);
    let new = Function { name: "new", receiver: Receiver::None(ident), arguments };
    let (names, allowed) = (new.names(), new.allowed());
    let (arguments, taken) = match &object.fields {
        Some(fields) => (quote! { fields: #fields }, quote! { let #fields { #names } = fields; }),
        None => (new.arguments(), TokenStream::new()),
    };
    let extra = words.word("Extra");
    let new = as_one(quote! {
        #[doc = #summary]
        #many
        #allowed
        #[must_use]
        pub fn new(#arguments) -> Self {
            #taken
            Self { #(#values,)* #none extra: #extra::new() }
        }
    });
    let setters = members.iter().filter_map(|member| match &member.filled {
        Filled::Setter(given) => Some((&member.ident, given)),
        Filled::Argument(_) | Filled::Constant(_) | Filled::Tag(_) | Filled::Server => None,
    });
    let setters = setters.map(|(member, given)| {
        let value = words.formed(given.form, &quote! { #member });
        setter_of(member, context.model_argument(ident, given), &value)
    });
    let others = object.others.as_ref().map(|others| others::setter(context, ident, others));
    let relations = relations.iter().map(|relation| relations::method(context, ident, relation));
    quote! { impl #ident { #new #(#setters)* #others #(#relations)* } }
}

/// Emits the setter of a field, from its name, the type of the argument, and the value to store.
pub(super) fn setter_of(name: &Ident, ty: TokenStream, value: &TokenStream) -> Group {
    let blank = format_ident!("{BLANK}");
    let summary = docs::as_it_is(&format!(" Sets [`{0}`](field@Self::{0}).", name.unraw()));
    let setter = Function { name: name.as_str(), receiver: Receiver::Value, arguments: vec![(name, ty)] };
    let (argument, allowed) = (setter.arguments(), setter.allowed());
    as_one(quote! {
        #blank! {}
        #[doc = #summary]
        #allowed
        #[must_use]
        pub fn #name(mut self, #argument) -> Self {
            self.#name = #value;
            self
        }
    })
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

fn others_of(shape: &Shape) -> Option<&ir::Others> {
    if let Shape::Object { others, .. } = shape { others.as_deref() } else { None }
}
