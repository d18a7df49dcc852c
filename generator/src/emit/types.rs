//! Types of values, as emitted at the places that use them, and the imports that they need.

use std::collections::BTreeSet;

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};

use super::Context;
use crate::ident::Ident;
use crate::ir::{Presence, TypeId};
use crate::surface::{Accepted, Form, RustType, Spelling, Taken};

impl Context<'_> {
    /// Returns a type for the file of an operation: named types have the path `models`, so that no name can hide
    /// another.
    pub(super) fn operation_type(&self, ty: &RustType) -> TokenStream {
        let model = |id: TypeId| {
            let ident = &self.surface.model(id).ident;
            quote! { models::#ident }
        };
        OPERATION.tokens(ty, &model)
    }

    /// Returns the type of an argument for the file of an operation.
    pub(super) fn operation_argument(&self, accepted: &Accepted) -> TokenStream {
        OPERATION.accepted(accepted, &|ty| self.operation_type(ty))
    }

    /// Returns the type of an argument for the file of the model `own`.
    pub(super) fn model_argument(&self, own: &Ident, accepted: &Accepted) -> TokenStream {
        Words { own: Some(own) }.accepted(accepted, &|ty| self.model_type(own, ty))
    }

    /// Returns a type for the file of the model `own`: named types are imported by their bare names, except for those
    /// whose names have another meaning there.
    pub(super) fn model_type(&self, own: &Ident, ty: &RustType) -> TokenStream {
        let model = |id: TypeId| {
            let ty = self.surface.model(id);
            let ident = &ty.ident;
            if ty.shadows && ident != own {
                quote! { crate::models::#ident }
            } else {
                quote! { #ident }
            }
        };
        Words { own: Some(own) }.tokens(ty, &model)
    }

    /// Returns a type for the file of an operation, on one line.
    pub(super) fn written(&self, ty: &RustType) -> String {
        ty.written(&|id| format!("models::{}", self.surface.model(id).ident))
    }
}

/// Returns the method that borrows the value of a field, or `None` if the field itself is the value.
pub(super) const fn borrowed(presence: Presence) -> Option<&'static str> {
    match presence {
        Presence::Required => None,
        Presence::RequiredNullable | Presence::Optional => Some("as_ref"),
        Presence::OptionalNullable => Some("value"),
    }
}

/// The names that a file uses from Rust and from the runtime, which are unambiguous unless the file has a type of that
/// name.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    /// The type of the file.
    pub(super) own: Option<&'a Ident>,
}

/// The names in files of operations, whose types never have such names.
pub(super) const OPERATION: Words<'static> = Words { own: None };

impl Words<'_> {
    /// Returns a name as it has to be written.
    pub(super) fn word(self, name: &str) -> TokenStream {
        let word = proc_macro2::Ident::new(name, Span::call_site());
        if self.own.is_none_or(|own| own != name) {
            return TokenTree::from(word).into();
        }
        match name {
            "Option" => quote! { ::core::option::Option },
            "From" => quote! { ::core::convert::From },
            "Into" => quote! { ::core::convert::Into },
            "Default" => quote! { ::core::default::Default },
            "Vec" => quote! { ::std::vec::Vec },
            "String" => quote! { ::std::string::String },
            "Box" => quote! { ::std::boxed::Box },
            "BTreeMap" => quote! { ::std::collections::BTreeMap },
            "Uuid" => quote! { ::uuid::Uuid },
            "Bytes" => quote! { ::bytes::Bytes },
            "FilePart" => quote! { crate::runtime::client::FilePart },
            _ => quote! { crate::runtime::model::#word },
        }
    }

    fn tokens(self, ty: &RustType, model: &dyn Fn(TypeId) -> TokenStream) -> TokenStream {
        match ty.spelling() {
            Spelling::Word(word) => self.word(word),
            Spelling::Model(id) => model(id),
            Spelling::Generic(name, inner) => {
                let (name, inner) = (self.word(name), self.tokens(inner, model));
                quote! { #name<#inner> }
            }
            Spelling::Map(values) => {
                let (map, key) = (self.word("BTreeMap"), self.word("String"));
                let values = self.tokens(values, model);
                quote! { #map<#key, #values> }
            }
        }
    }

    /// Returns the type of an argument, whose types below `models` are written by `model`.
    fn accepted(self, accepted: &Accepted, write: &dyn Fn(&RustType) -> TokenStream) -> TokenStream {
        let into = self.word("Into");
        let item = || match &accepted.ty {
            RustType::Vec(item) => write(item),
            ty => write(ty),
        };
        match accepted.taken {
            Taken::Itself => write(&accepted.ty),
            Taken::Into => {
                let ty = write(&accepted.ty);
                quote! { impl #into<#ty> }
            }
            Taken::Items => {
                let item = item();
                quote! { impl IntoIterator<Item = #item> }
            }
            Taken::IntoItems => {
                let item = item();
                quote! { impl IntoIterator<Item = impl #into<#item>> }
            }
        }
    }

    /// Converts a value from the caller.
    pub(super) fn formed(self, form: Form, value: &TokenStream) -> TokenStream {
        let (boxed, into) = (self.word("Box"), self.word("Into"));
        match form {
            Form::Plain => value.clone(),
            Form::Into => quote! { #value.into() },
            Form::Boxed => quote! { #boxed::new(#value) },
            Form::Some => quote! { Some(#value) },
            Form::SomeInto => quote! { Some(#value.into()) },
            Form::SomeBoxed => quote! { Some(#boxed::new(#value)) },
            Form::Collect => quote! { #value.into_iter().collect() },
            Form::CollectInto => quote! { #value.into_iter().map(#into::into).collect() },
            Form::SomeCollect => quote! { Some(#value.into_iter().collect()) },
            Form::SomeCollectInto => quote! { Some(#value.into_iter().map(#into::into).collect()) },
        }
    }
}

/// The imports that types need in the file that names them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Needs {
    /// Types below `models`.
    pub(super) models: BTreeSet<TypeId>,
    /// Items of libraries, by the path of the import.
    libraries: BTreeSet<&'static str>,
    /// Items of the runtime's client.
    pub(super) client: BTreeSet<&'static str>,
    /// Items of the runtime's models.
    runtime: BTreeSet<&'static str>,
}

impl Needs {
    /// A single item of the runtime that is not the type of a value.
    pub(super) fn runtime_type(name: &'static str) -> Self {
        Self { runtime: BTreeSet::from([name]), ..Self::default() }
    }

    /// Adds the parts of a type.
    pub(super) fn add(&mut self, ty: &RustType) {
        for part in ty.parts() {
            match part {
                RustType::Model(id) => drop(self.models.insert(*id)),
                RustType::Map(_) => drop(self.libraries.insert(MAP)),
                RustType::Base64 => drop(self.runtime.insert("Base64")),
                RustType::Timestamp => drop(self.runtime.insert("Timestamp")),
                RustType::Date => drop(self.runtime.insert("Date")),
                RustType::Uuid => drop(self.libraries.insert(UUID)),
                RustType::JsonObject => drop(self.runtime.insert("JsonObject")),
                RustType::Value => drop(self.runtime.insert("Value")),
                RustType::Nullable(_) => drop(self.runtime.insert("Nullable")),
                RustType::Bytes => drop(self.libraries.insert(BYTES)),
                RustType::FilePart => drop(self.client.insert("FilePart")),
                RustType::Body => drop(self.client.insert("Body")),
                RustType::Event(_) => drop(self.client.insert("Event")),
                RustType::Bool
                | RustType::I32
                | RustType::I64
                | RustType::U32
                | RustType::U64
                | RustType::I128
                | RustType::U128
                | RustType::F64
                | RustType::String
                | RustType::Vec(_)
                // The table of the call knows the types of streams itself.
                | RustType::Lines(_)
                | RustType::Events(_)
                | RustType::Option(_)
                | RustType::Boxed(_) => {}
            }
        }
    }

    /// Removes the imports that the file of a type of this name cannot have.
    pub(super) fn forget(&mut self, own: &Ident) {
        self.libraries.retain(|path| path.rsplit("::").next().is_none_or(|name| own != name));
        self.runtime.retain(|name| own != name);
    }

    /// Returns the `use` declarations of the standard library and of others.
    pub(super) fn libraries(&self) -> TokenStream {
        let needed = |path: &str| self.libraries.contains(path);
        let map = needed(MAP).then(|| quote! { use std::collections::BTreeMap; });
        let uuid = needed(UUID).then(|| quote! { use uuid::Uuid; });
        quote! { #map #uuid }
    }

    /// Returns the `use` declaration of bytes.
    pub(super) fn bytes(&self) -> TokenStream {
        if self.libraries.contains(BYTES) {
            quote! { use bytes::Bytes; }
        } else {
            TokenStream::new()
        }
    }

    /// Returns the `use` declaration of the runtime.
    pub(super) fn runtime(&self) -> TokenStream {
        let names: Vec<_> = self.runtime.iter().map(|name| format_ident!("{name}")).collect();
        use_list(quote! { crate::runtime::model }, &names)
    }

    /// Returns the same imports for a program outside the crate, as paths.
    pub(super) fn outside(&self, library: &str) -> Vec<String> {
        let library_paths = |paths: &[&'static str]| {
            let needed = paths.iter().filter(|path| self.libraries.contains(*path));
            needed.map(|path| if *path == MAP { MAP.to_owned() } else { format!("{library}::{path}") }).collect()
        };
        let mut paths: Vec<String> = library_paths(&[MAP, BYTES]);
        let (times, others): (Vec<&str>, Vec<&str>) =
            self.runtime.iter().partition(|name| ["Date", "Timestamp"].contains(name));
        paths.extend(times.iter().map(|name| format!("{library}::{name}")));
        if !self.models.is_empty() {
            paths.push(format!("{library}::models"));
        }
        paths.extend::<Vec<String>>(library_paths(&[UUID]));
        paths.extend(self.client.iter().map(|name| format!("{library}::{name}")));
        paths.extend(others.iter().map(|name| format!("{library}::{name}")));
        paths
    }
}

const MAP: &str = "std::collections::BTreeMap";
const BYTES: &str = "bytes::Bytes";
const UUID: &str = "uuid::Uuid";

/// Returns `use path::{a, b};`, without braces around a single name.
pub(super) fn use_list(path: TokenStream, names: &[impl ToTokens]) -> TokenStream {
    match names {
        [] => TokenStream::new(),
        [name] => quote! { use #path::#name; },
        names => quote! { use #path::{#(#names),*}; },
    }
}
