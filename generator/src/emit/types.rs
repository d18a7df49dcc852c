//! Types of values, as they are written at the places that use them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
use crate::ir::{Presence, Scalar, Shape, TypeDef, TypeId, TypeRef};
use crate::pointer::Pointer;

impl Context<'_> {
    /// A type as a model writes it: named types are imported by their bare names.
    pub(super) fn model_type(&self, ty: &TypeRef) -> TokenStream {
        self.type_tokens(ty, &|name| quote! { #name })
    }

    /// A type as an operation writes it: named types stand below `models`, so that no name can hide another.
    pub(super) fn operation_type(&self, ty: &TypeRef) -> TokenStream {
        self.type_tokens(ty, &|name| quote! { models::#name })
    }

    /// The type of a field, absence and `null` included.
    pub(super) fn field_type(&self, ty: &TypeRef, presence: Presence) -> TokenStream {
        let value = self.model_type(ty);
        match presence {
            Presence::Required => value,
            Presence::RequiredNullable | Presence::Optional => quote! { Option<#value> },
            Presence::OptionalNullable => quote! { Nullable<#value> },
        }
    }

    pub(super) fn type_name(&self, id: TypeId) -> &Ident {
        &self.names.types[id.0].ident
    }

    /// Whether a value is a string without a type of its own.
    pub(super) fn is_plain_string(&self, ty: &TypeRef) -> bool {
        *ty == TypeRef::Scalar(Scalar::String)
    }

    /// The definition behind a name, and behind other names for it.
    pub(super) fn definition(&self, ty: &TypeRef) -> Option<&TypeDef> {
        let mut ty = ty;
        loop {
            match ty {
                TypeRef::Named(id) | TypeRef::Boxed(id) => match self.api.type_def(*id) {
                    TypeDef { shape: Shape::Alias(target), .. } => ty = target,
                    def => return Some(def),
                },
                _ => return None,
            }
        }
    }

    /// The type of a part of a value, by its JSON pointer.
    pub(super) fn part(&self, ty: &TypeRef, pointer: &Pointer) -> Option<&TypeRef> {
        let mut fields = match &self.definition(ty)?.shape {
            Shape::Object(fields) => fields,
            _ => return None,
        };
        let mut part = None;
        for name in pointer.segments() {
            if let Some(TypeDef { shape: Shape::Object(inner), .. }) = part.and_then(|ty| self.definition(ty)) {
                fields = inner;
            }
            part = Some(&fields.iter().find(|field| field.name == name)?.ty);
        }
        part
    }

    fn type_tokens(&self, ty: &TypeRef, named: &dyn Fn(&Ident) -> TokenStream) -> TokenStream {
        match ty {
            TypeRef::Scalar(scalar) => scalar_type(*scalar),
            TypeRef::Named(id) => named(self.type_name(*id)),
            TypeRef::Boxed(id) => {
                let target = named(self.type_name(*id));
                quote! { Box<#target> }
            }
            TypeRef::Array(item) => {
                let item = self.type_tokens(item, named);
                quote! { Vec<#item> }
            }
            TypeRef::Map(values) => {
                let values = self.type_tokens(values, named);
                quote! { BTreeMap<String, #values> }
            }
            TypeRef::Nullable(value) => {
                let value = self.type_tokens(value, named);
                quote! { Option<#value> }
            }
            TypeRef::FreeForm => quote! { JsonObject },
            TypeRef::Any => quote! { Value },
        }
    }
}

/// The Rust type of a scalar.
pub(super) fn scalar_type(scalar: Scalar) -> TokenStream {
    match scalar {
        Scalar::String => quote! { String },
        Scalar::Uuid => quote! { Uuid },
        Scalar::Timestamp => quote! { Timestamp },
        Scalar::Date => quote! { Date },
        Scalar::Int32 => quote! { i32 },
        Scalar::Int64 => quote! { i64 },
        Scalar::Uint32 => quote! { u32 },
        Scalar::Uint64 => quote! { u64 },
        Scalar::Float64 => quote! { f64 },
        Scalar::Bool => quote! { bool },
    }
}

/// What a type needs from outside the file that writes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Needs {
    /// Named types, by id.
    pub(super) named: std::collections::BTreeSet<TypeId>,
    /// The runtime's type for a point in time.
    pub(super) timestamp: bool,
    /// `jiff::civil::Date`.
    pub(super) date: bool,
    /// `uuid::Uuid`.
    pub(super) uuid: bool,
    /// `std::collections::BTreeMap`.
    pub(super) map: bool,
    /// The runtime's name for a free-form object.
    pub(super) json_object: bool,
    /// The runtime's type for any value.
    pub(super) value: bool,
    /// The runtime's type for what may be absent or `null`.
    pub(super) nullable: bool,
    /// The runtime's type for unknown fields.
    pub(super) extra: bool,
    /// The runtime's type for unknown enum values.
    pub(super) unrecognized: bool,
}

impl Needs {
    pub(super) fn add(&mut self, ty: &TypeRef) {
        match ty {
            TypeRef::Scalar(scalar) => self.add_scalar(*scalar),
            TypeRef::Named(id) | TypeRef::Boxed(id) => {
                self.named.insert(*id);
            }
            TypeRef::Map(inner) => {
                self.map = true;
                self.add(inner);
            }
            TypeRef::Array(inner) | TypeRef::Nullable(inner) => self.add(inner),
            TypeRef::FreeForm => self.json_object = true,
            TypeRef::Any => self.value = true,
        }
    }

    pub(super) fn add_scalar(&mut self, scalar: Scalar) {
        match scalar {
            Scalar::Uuid => self.uuid = true,
            Scalar::Timestamp => self.timestamp = true,
            Scalar::Date => self.date = true,
            Scalar::String
            | Scalar::Int32
            | Scalar::Int64
            | Scalar::Uint32
            | Scalar::Uint64
            | Scalar::Float64
            | Scalar::Bool => {}
        }
    }

    /// The `use` declarations of the standard library and of others.
    pub(super) fn libraries(&self) -> TokenStream {
        let map = self.map.then(|| quote! { use std::collections::BTreeMap; });
        let date = self.date.then(|| quote! { use jiff::civil::Date; });
        let uuid = self.uuid.then(|| quote! { use uuid::Uuid; });
        quote! { #map #date #uuid }
    }

    /// The `use` declaration of the runtime.
    pub(super) fn runtime(&self) -> TokenStream {
        let names: Vec<TokenStream> = [
            (self.extra, quote! { Extra }),
            (self.json_object, quote! { JsonObject }),
            (self.nullable, quote! { Nullable }),
            (self.timestamp, quote! { Timestamp }),
            (self.unrecognized, quote! { Unrecognized }),
            (self.value, quote! { Value }),
        ]
        .into_iter()
        .filter_map(|(needed, name)| needed.then_some(name))
        .collect();
        use_list(quote! { crate::runtime::model }, &names)
    }
}

/// `use path::{a, b};`, without braces around a single name.
pub(super) fn use_list(path: TokenStream, names: &[TokenStream]) -> TokenStream {
    match names {
        [] => TokenStream::new(),
        [name] => quote! { use #path::#name; },
        names => quote! { use #path::{#(#names),*}; },
    }
}
