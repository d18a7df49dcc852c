//! Operations: one file an operation, with its methods of the client, its call, and its entry in the registry.

mod batches;
mod body;
mod call;
mod choice;
mod limits;
mod method;
mod pages;
mod steps;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs::{self, Doc};
use super::types::{Needs, use_list};
use super::{Context, example};
use crate::format::Item;
use crate::ir::{BodyPart, Input, Operation, Presence, Scalar, Shape, TypeDef, TypeRef};
use crate::names::OperationNames;

/// The file that lists all operations.
pub(super) fn index(context: &Context<'_>) -> Vec<Item> {
    let doc = Doc::new()
        .paragraph(format!("The calls that the {} offers, one module an operation.", docs::line(&context.api.title)))
        .paragraph("Each begins with a method of [`Client`](crate::Client) and is sent by its `send`.")
        .inner();
    let mut modules: Vec<(&Operation, &OperationNames)> =
        context.api.operations.iter().zip(&context.names.operations).collect();
    modules.sort_by_key(|(_, names)| names.module.to_string());
    let declarations = modules.iter().map(|(_, names)| {
        let module = &names.module;
        quote! { mod #module; }
    });
    let exports = modules.iter().map(|(_, names)| {
        let module = &names.module;
        let mut idents: Vec<&Ident> = vec![&names.call];
        idents.extend(names.choice.as_ref().map(|choice| &choice.ident));
        let steps = names.required.steps.iter().chain(&names.with_body.steps);
        idents.extend(steps.map(|step| &step.state));
        idents.sort();
        let idents: Vec<TokenStream> = idents.iter().map(|ident| quote! { #ident }).collect();
        let list = use_list(quote! { self::#module }, &idents);
        quote! { pub #list }
    });
    let registry = modules.iter().map(|(_, names)| {
        let (module, registry) = (&names.module, &names.registry);
        quote! { &#module::#registry }
    });
    vec![
        Item::Rust(quote! { #doc }),
        Item::Rust(quote! { #(#declarations)* }),
        Item::Rust(quote! { use crate::runtime::client::Operation; }),
        Item::Rust(quote! { #(#exports)* }),
        Item::Rust(quote! {
            /// Every operation, sorted by id.
            pub static OPERATIONS: &[&Operation] = &[#(#registry),*];
        }),
    ]
}

/// The file of one operation.
pub(super) fn operation(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> Vec<Item> {
    let emitter = Emitter { context, operation, names };
    let mut items = emitter.imports();
    items.push(Item::Rust(emitter.client_methods()));
    items.extend(emitter.choice_type());
    items.extend(emitter.step_types());
    items.push(Item::Rust(emitter.call_struct()));
    items.push(Item::Rust(emitter.call_methods()));
    items.extend(emitter.tables());
    items.push(Item::Rust(emitter.registry()));
    items
}

/// One operation, with all there is to know about it.
struct Emitter<'a> {
    context: &'a Context<'a>,
    operation: &'a Operation,
    names: &'a OperationNames,
}

impl<'a> Emitter<'a> {
    fn imports(&self) -> Vec<Item> {
        let mut needs = Needs::default();
        let parameters = self.operation.parameters.iter().map(|parameter| &parameter.ty);
        let body = self.operation.body.as_ref().map(|body| &body.ty);
        let items = self.page_item().into_iter().chain(self.operation.batch.as_ref().map(|batch| &batch.item));
        for ty in parameters.chain(body).chain(&self.operation.success).chain(items) {
            needs.add(ty);
        }
        for (input, _) in self.required().chain(self.setters()) {
            needs.add(&input.ty);
            needs.nullable |= input.presence == Presence::OptionalNullable;
        }
        let models = (!needs.named.is_empty()).then(|| quote! { use crate::models; });
        let libraries = needs.libraries();
        let values = needs.runtime();
        let client = ["Async", "Client", "Operation", "Request"].map(|name| {
            let name = format_ident!("{name}");
            quote! { #name }
        });
        let client = use_list(quote! { crate::runtime::client }, &client);
        vec![
            Item::Rust(quote! { use http::{HeaderMap, Method}; #libraries }),
            Item::Rust(quote! { #models #client #values }),
        ]
    }

    fn registry(&self) -> TokenStream {
        let registry = &self.names.registry;
        let Operation { id, path, idempotent, .. } = self.operation;
        let method = format_ident!("{}", self.operation.method.as_str());
        let permission = option(self.operation.permission.as_deref());
        let unstable = self.operation.unstable.as_deref().map(docs::one_line);
        let unstable = option(unstable.as_deref());
        let responses = self.operation.responses.iter().map(|response| {
            let status = Literal::u16_unsuffixed(response.status);
            let name = response.body.as_ref().map(|ty| self.context.operation_type(ty).to_string());
            let name = option(name.map(|name| name.replace("models :: ", "").replace(' ', "")).as_deref());
            quote! { (#status, #name) }
        });
        quote! {
            pub(super) static #registry: Operation = Operation {
                id: #id,
                method: Method::#method,
                path: #path,
                permission: #permission,
                unstable: #unstable,
                idempotent: #idempotent,
                responses: &[#(#responses),*],
            };
        }
    }

    /// Every required input with its name: arguments, then steps.
    fn required(&self) -> impl Iterator<Item = (&'a Input, &'a Ident)> {
        let names = &self.names.required;
        let idents = names.arguments.iter().chain(names.steps.iter().map(|step| &step.ident));
        self.operation.call.required.inputs().zip(idents)
    }

    fn setters(&self) -> impl Iterator<Item = (&'a Input, &'a Ident)> {
        self.operation.call.setters.iter().zip(&self.names.setters)
    }

    /// The type in which an input is kept.
    fn kept(&self, input: &Input) -> TokenStream {
        let ty = match (input.presence, &input.ty) {
            // The constructor of the body puts it into its box.
            (Presence::Required, TypeRef::Boxed(id)) => self.context.operation_type(&TypeRef::Named(*id)),
            (_, ty) => self.context.operation_type(ty),
        };
        match input.presence {
            Presence::Required => ty,
            Presence::RequiredNullable | Presence::Optional => quote! { Option<#ty> },
            Presence::OptionalNullable => quote! { Nullable<#ty> },
        }
    }

    /// The type that a caller may give for an input; the setter or argument is there, so absence is no choice.
    fn accepted(&self, input: &Input) -> TokenStream {
        let ty = match &input.ty {
            TypeRef::Boxed(id) => self.context.operation_type(&TypeRef::Named(*id)),
            ty => self.context.operation_type(ty),
        };
        match input.presence {
            Presence::OptionalNullable => {
                let ty = self.context.operation_type(&input.ty);
                quote! { impl Into<Nullable<#ty>> }
            }
            Presence::RequiredNullable => {
                let ty = self.context.operation_type(&input.ty);
                quote! { Option<#ty> }
            }
            _ if self.is_string(input) => quote! { impl Into<String> },
            _ => ty,
        }
    }

    /// What a caller gave for a required input, in the type in which it is kept.
    fn given(&self, input: &Input, name: &Ident) -> TokenStream {
        match (input.presence, &input.ty) {
            (Presence::Required, _) if self.is_string(input) => quote! { #name.into() },
            _ => quote! { #name },
        }
    }

    fn is_string(&self, input: &Input) -> bool {
        self.context.is_plain_string(&input.ty)
    }

    /// Whether a value can be used twice without saying so.
    fn is_copy(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Scalar(scalar) => *scalar != Scalar::String,
            ty => matches!(
                self.context.definition(ty),
                Some(TypeDef { shape: Shape::Scalar(scalar), .. }) if *scalar != Scalar::String
            ),
        }
    }

    fn input_doc(&self, input: &Input) -> Doc {
        let without = match (&input.body, &input.ty) {
            (Some(BodyPart::Whole), _) => "The body.".to_owned(),
            (_, TypeRef::Named(id) | TypeRef::Boxed(id)) => {
                let name = self.context.type_name(*id);
                format!("See [`{name}`](models::{name}).")
            }
            (Some(_), _) => format!("The property {}.", docs::code(&input.name)),
            (None, _) => format!("The parameter {}.", docs::code(&input.name)),
        };
        Doc::new().value(&input.docs, &without)
    }
}

/// A field of a struct expression, in the short form where the value has the field's name.
fn field_value(name: &Ident, value: &TokenStream) -> TokenStream {
    if *name == value.to_string() {
        quote! { #name }
    } else {
        quote! { #name: #value }
    }
}

fn option(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote! { Some(#text) },
        None => quote! { None },
    }
}
