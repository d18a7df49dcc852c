//! Models: one file a named schema, which depends on that schema alone.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;

use super::Context;
use super::allowed::{self, Function, Receiver};
use super::docs::{self, Doc};
use super::types::{Needs, scalar_type, use_list};
use super::uses::Uses;
use crate::format::{BLANK, Item, Table};
use crate::ir::{EnumValue, Field, Presence, Scalar, Shape, TypeDef, TypeRef};
use crate::names::TypeNames;

/// The file that lists all models.
pub(super) fn index(context: &Context<'_>) -> Vec<Item> {
    let doc = Doc::new().paragraph(format!("The values that the {} takes and gives.", docs::line(&context.api.title))).paragraph(
        "Objects keep fields that they do not know, enums keep values that they do not know, and both write them back.",
    );
    let doc = doc.inner();
    let mut modules: Vec<(String, &Ident, &Ident)> =
        context.names.types.iter().map(|names| (names.module.to_string(), &names.module, &names.ident)).collect();
    modules.sort();
    let declarations = modules.iter().map(|(_, module, _)| quote! { mod #module; });
    let exports = modules.iter().map(|(_, module, ident)| quote! { pub use #module::#ident; });
    vec![Item::Rust(quote! { #doc }), Item::Rust(quote! { #(#declarations)* }), Item::Rust(quote! { #(#exports)* })]
}

/// The file of one model.
pub(super) fn model(context: &Context<'_>, def: &TypeDef, names: &TypeNames, uses: &Uses<'_>) -> Vec<Item> {
    let doc = Doc::new().value(&def.docs, &format!("The schema {}.", docs::code(&def.name)));
    let doc = uses.describe(doc).outer();
    match &def.shape {
        Shape::Object(fields) => object(context, &doc, names, fields),
        Shape::Enum(values) => string_enum(&doc, names, values),
        Shape::Scalar(scalar) => scalar_newtype(&doc, names, *scalar),
        Shape::Alias(target) => alias(context, &doc, names, target),
    }
}

fn object(context: &Context<'_>, doc: &TokenStream, names: &TypeNames, fields: &[Field]) -> Vec<Item> {
    let ident = &names.ident;
    let mut needs = Needs { extra: true, ..Needs::default() };
    for field in fields {
        needs.add(&field.ty);
        needs.nullable |= field.presence == Presence::OptionalNullable;
    }
    needs.named.retain(|id| context.type_name(*id) != ident);

    let default = fields.iter().all(|field| !is_required(field)).then(|| quote! { Default, });
    let members = fields.iter().zip(&names.members).map(|(field, member)| {
        let doc = Doc::new().value(&field.docs, &without_description(context, field)).outer();
        let ty = context.field_type(&field.ty, field.presence);
        let allowed = allowed::complex_field(&ty);
        quote! { #doc #allowed pub #member: #ty }
    });
    let rows = fields.iter().zip(&names.members).map(|(field, member)| {
        let word = match field.presence {
            Presence::Required | Presence::RequiredNullable => "required",
            Presence::Optional => "optional",
            Presence::OptionalNullable => "nullable",
        };
        format!("{member}: {word} {}", Literal::string(&field.name))
    });
    let mut items = Vec::from(imports(context, &needs));
    items.extend([
        Item::Rust(quote! {
            #doc
            #[derive(Clone, Debug, #default PartialEq)]
            #[non_exhaustive]
            pub struct #ident {
                #(#members,)*
                /// Fields that came from the server and are not described above.
                pub extra: Extra,
            }
        }),
        Item::Rust(object_methods(context, names, fields)),
        Item::Rust(filled_in_default(ident, fields)),
        Item::Table(Table {
            path: "crate::runtime::model::object".to_owned(),
            subject: ident.to_string(),
            rows: rows.collect(),
        }),
    ]);
    items
}

/// `new` with what is required, and a setter for each field that is not.
fn object_methods(context: &Context<'_>, names: &TypeNames, fields: &[Field]) -> TokenStream {
    let ident = &names.ident;
    let blank = format_ident!("{BLANK}");
    let members = || fields.iter().zip(&names.members);
    let given = members().filter(|(field, _)| is_required(field) && !field.constant);
    let arguments: Vec<(&Ident, TokenStream)> =
        given.map(|(field, member)| (member, accepted(context, &field.ty, field.presence))).collect();
    let values = members().map(|(field, member)| match (field.presence, &field.ty) {
        _ if field.constant => {
            let constant = constant(context, &field.ty);
            quote! { #member: #constant }
        }
        (Presence::Required, ty) if context.is_plain_string(ty) => quote! { #member: #member.into() },
        (Presence::Required, TypeRef::Boxed(_)) => quote! { #member: Box::new(#member) },
        (Presence::Required | Presence::RequiredNullable, _) => quote! { #member },
        (Presence::Optional, _) => quote! { #member: None },
        (Presence::OptionalNullable, _) => quote! { #member: Nullable::Absent },
    });
    let many = (arguments.len() > 7).then(|| {
        quote! { #[allow(clippy::too_many_arguments, reason = "the API requires them all")] }
    });
    let summary = if arguments.is_empty() { " With nothing in it." } else { " With the fields that are required." };
    let new = Function { name: &format_ident!("new"), receiver: Receiver::None(ident), arguments };
    let (arguments, allowed) = (new.arguments(), new.allowed());
    let new = quote! {
        #[doc = #summary]
        #many
        #allowed
        #[must_use]
        pub fn new(#arguments) -> Self {
            Self { #(#values,)* extra: Extra::new() }
        }
    };
    let setters = members().filter(|(field, _)| !is_required(field)).map(|(field, member)| {
        let blank = &blank;
        let ty = accepted(context, &field.ty, field.presence);
        let summary = format!(" Sets [`{0}`](field@Self::{0}).", member.unraw());
        let value = match (field.presence, &field.ty) {
            (Presence::OptionalNullable, _) => quote! { #member.into() },
            (_, ty) if context.is_plain_string(ty) => quote! { Some(#member.into()) },
            (_, TypeRef::Boxed(_)) => quote! { Some(Box::new(#member)) },
            _ => quote! { Some(#member) },
        };
        let setter = Function { name: member, receiver: Receiver::Value, arguments: vec![(member, ty.clone())] };
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
    quote! { impl #ident { #new #(#setters)* } }
}

/// The trait that goes with a `new` without arguments, where it cannot be derived: for constants.
fn filled_in_default(ident: &Ident, fields: &[Field]) -> TokenStream {
    if !fields.iter().any(is_required) || fields.iter().any(|field| is_required(field) && !field.constant) {
        return TokenStream::new();
    }
    quote! {
        impl Default for #ident {
            fn default() -> Self {
                Self::new()
            }
        }
    }
}

/// What a caller may give for a field.
fn accepted(context: &Context<'_>, ty: &TypeRef, presence: Presence) -> TokenStream {
    let value = match ty {
        TypeRef::Boxed(id) => context.model_type(&TypeRef::Named(*id)),
        ty => context.model_type(ty),
    };
    match presence {
        Presence::OptionalNullable => {
            let value = context.model_type(ty);
            quote! { impl Into<Nullable<#value>> }
        }
        Presence::RequiredNullable => context.field_type(ty, presence),
        _ if context.is_plain_string(ty) => quote! { impl Into<String> },
        _ => value,
    }
}

/// The only value that a constant can have.
fn constant(context: &Context<'_>, ty: &TypeRef) -> TokenStream {
    let TypeRef::Named(id) = ty else { return TokenStream::new() };
    let names = &context.names.types[id.0];
    let (ident, variant) = (&names.ident, &names.members[0]);
    quote! { #ident::#variant }
}

fn string_enum(doc: &TokenStream, names: &TypeNames, values: &[EnumValue]) -> Vec<Item> {
    let ident = &names.ident;
    let needs = Needs { unrecognized: true, ..Needs::default() };
    let variants = values.iter().zip(&names.members).map(|(value, member)| {
        let sent = docs::code(&value.value);
        let doc = if value.description.is_empty() {
            Doc::new().paragraph(sent)
        } else {
            Doc::new().titled(&format!("{sent}:"), &value.description)
        };
        let doc = doc.outer();
        quote! { #doc #member }
    });
    let rows = values
        .iter()
        .zip(&names.members)
        .map(|(value, member)| format!("{member} = {}", Literal::string(&value.value)));
    vec![
        Item::Rust(needs.runtime()),
        Item::Rust(quote! {
            #doc
            #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            #[non_exhaustive]
            pub enum #ident {
                #(#variants,)*
                /// A value that is not described above, kept as it came.
                Unrecognized(Unrecognized),
            }
        }),
        Item::Table(Table {
            path: "crate::runtime::model::string_enum".to_owned(),
            subject: ident.to_string(),
            rows: rows.collect(),
        }),
    ]
}

fn scalar_newtype(doc: &TokenStream, names: &TypeNames, scalar: Scalar) -> Vec<Item> {
    let ident = &names.ident;
    let mut needs = Needs::default();
    needs.add_scalar(scalar);
    let inner = scalar_type(scalar);
    let derives = match scalar {
        Scalar::String => quote! { Clone, PartialEq, Eq, PartialOrd, Ord, Hash },
        Scalar::Float64 => quote! { Clone, Copy, PartialEq, PartialOrd },
        _ => quote! { Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash },
    };
    vec![
        Item::Rust(needs.libraries()),
        Item::Rust(quote! {
            #doc
            #[derive(#derives)]
            pub struct #ident(#inner);
        }),
        Item::Rust(quote! { crate::runtime::model::scalar!(#ident(#inner)); }),
    ]
}

fn alias(context: &Context<'_>, doc: &TokenStream, names: &TypeNames, target: &TypeRef) -> Vec<Item> {
    let ident = &names.ident;
    let mut needs = Needs::default();
    needs.add(target);
    let target = context.model_type(target);
    let mut items = Vec::from(imports(context, &needs));
    items.push(Item::Rust(quote! { #doc pub type #ident = #target; }));
    items
}

/// The imports of a model: libraries first, then what is in the crate.
fn imports(context: &Context<'_>, needs: &Needs) -> [Item; 2] {
    let mut named: Vec<String> = needs.named.iter().map(|id| context.type_name(*id).to_string()).collect();
    named.sort();
    let named: Vec<TokenStream> = named
        .iter()
        .map(|name| {
            let name = format_ident!("{name}");
            quote! { #name }
        })
        .collect();
    let models = use_list(quote! { crate::models }, &named);
    let runtime = needs.runtime();
    [Item::Rust(needs.libraries()), Item::Rust(quote! { #models #runtime })]
}

/// What can be said of a field about which the spec says nothing itself.
fn without_description(context: &Context<'_>, field: &Field) -> String {
    match &field.ty {
        TypeRef::Named(id) if field.constant => {
            let names = &context.names.types[id.0];
            format!("Always [`{0}`]({1}::{0}).", names.members[0], names.ident)
        }
        TypeRef::Named(id) | TypeRef::Boxed(id) => format!("See [`{}`].", context.type_name(*id)),
        _ => format!("The property {}.", docs::code(&field.name)),
    }
}

fn is_required(field: &Field) -> bool {
    matches!(field.presence, Presence::Required | Presence::RequiredNullable)
}
