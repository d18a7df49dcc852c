//! Operations: one file per operation, with its methods of the client, its call, and its entry in the registry.

mod answers;
mod body;
mod call;
mod choice;
mod distinct;
mod headers;
mod limits;
mod method;
mod pages;
mod parameters;
mod steps;

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs::{self, Doc};
use super::types::{Needs, use_list};
use super::{Context, as_one, example, features, shelves};
use crate::format::Item;
use crate::ident::Ident;
use crate::ir::{self, BodyPart, FieldPath, Location, Operation, Permission, StatusKey, TypeRef};
use crate::surface::{Answer, Call, Gate, Input, Kind, RustType};

/// Emits the file that lists all operations.
pub(super) fn index(context: &Context<'_>) -> Vec<Item> {
    let doc = Doc::new()
        .paragraph(format!("The calls of the {}, one module per operation.", docs::line(&context.api.title)))
        .paragraph("A method of [`Client`](crate::Client) begins a call, and its `send` sends it.")
        .inner();
    let calls = &context.surface.calls;
    let shelves = shelves::shelves(calls, |call| &call.module);
    let [declarations, exports] = if shelves.is_empty() {
        declared(calls.iter().collect(), None)
    } else {
        let gates = shelves.values().map(|calls| Gate::any(calls.iter().map(|call| &call.gate)));
        let gates: Vec<_> = gates.map(|gate| features::attribute(&gate)).collect();
        let shelves: Vec<_> = shelves.keys().collect();
        [quote! { #(#gates mod #shelves;)* }, quote! { #(#gates pub use self::#shelves::*;)* }]
    };
    let operations = context.api.operations.iter().zip(calls);
    let usual = operations.filter(|(operation, _)| operation.alternative.is_none());
    let registry = usual.map(|(_, call)| {
        let (gate, module, registry) = (features::attribute(&call.gate), &call.module, &call.registry);
        match shelves::shelf(calls.len(), module) {
            Some(shelf) => quote! { #gate &#shelf::#module::#registry },
            None => quote! { #gate &#module::#registry },
        }
    });
    vec![
        Item::Rust(quote! { #doc }),
        Item::Rust(declarations),
        Item::Rust(quote! { use crate::runtime::client::Operation; }),
        Item::Rust(exports),
        Item::Rust(quote! {
            /// Every operation, sorted by id.
            pub static OPERATIONS: &[&Operation] = &[#(#registry),*];
        }),
    ]
}

/// Emits the modules of these calls, which are in a folder.
pub(super) fn modules(calls: Vec<&Call>) -> Vec<Item> {
    // The registry refers to items of the folder.
    let [declarations, exports] = declared(calls, Some(quote! { pub(super) }));
    vec![Item::Rust(declarations), Item::Rust(exports)]
}

/// Emits the declarations of the modules of these calls, and the exports of their items.
fn declared(mut calls: Vec<&Call>, visibility: Option<TokenStream>) -> [TokenStream; 2] {
    calls.sort_by_key(|call| call.module.to_string());
    let declarations = calls.iter().map(|call| {
        let (gate, module) = (features::attribute(&call.gate), &call.module);
        as_one(quote! { #gate #visibility mod #module; })
    });
    let exports = calls.iter().map(|call| {
        let module = &call.module;
        let mut idents: Vec<&Ident> = vec![&call.ident];
        idents.extend(call.choice.as_ref().map(|choice| &choice.ident));
        if let Answer::ByStatus(by_status) = &call.answer {
            idents.push(&by_status.ident);
        }
        idents.extend(call.headers.as_ref().map(|headers| &headers.ident));
        idents.extend(call.ways().flat_map(|way| &way.steps).map(|step| &step.state));
        idents.sort();
        let list = use_list(quote! { self::#module }, &idents);
        let gate = features::attribute(&call.gate);
        as_one(quote! { #gate pub #list })
    });
    [quote! { #(#declarations)* }, quote! { #(#exports)* }]
}

/// Emits the file of one operation.
pub(super) fn operation(context: &Context<'_>, operation: &Operation, call: &Call) -> Vec<Item> {
    let emitter = Emitter { context, operation, call };
    let mut items = emitter.imports();
    items.push(Item::Rust(emitter.client_methods()));
    items.extend(emitter.choice_type());
    items.extend(emitter.step_types());
    items.push(Item::Rust(emitter.call_struct()));
    items.push(Item::Rust(emitter.call_methods()));
    items.extend(emitter.tables());
    items.extend(emitter.by_status_items());
    items.extend(emitter.headers_items());
    items.push(Item::Rust(emitter.registry()));
    items
}

/// One operation, with all data about it.
struct Emitter<'a> {
    context: &'a Context<'a>,
    operation: &'a Operation,
    call: &'a Call,
}

impl<'a> Emitter<'a> {
    fn imports(&self) -> Vec<Item> {
        let mut needs = Needs::default();
        let call = self.call;
        self.operation.parameters.iter().for_each(|parameter| needs.add(&RustType::of(&parameter.ty)));
        let pages = call.pages.as_ref().map(|pages| &pages.item);
        let batches = call.batches.as_ref().map(|batches| &batches.item);
        [call.body.as_ref(), pages, batches].into_iter().flatten().for_each(|ty| needs.add(ty));
        // The table of the call knows the type of bytes itself.
        call.answer.types().filter(|ty| **ty != RustType::Bytes).for_each(|ty| needs.add(ty));
        let headers = call.headers.iter().flat_map(|headers| &headers.members);
        headers.for_each(|member| needs.add(&member.ty));
        if matches!(call.answer, Answer::ByStatus(_)) {
            needs.add(&RustType::Bytes);
        }
        for index in self.separate_inputs() {
            needs.add(&call.input(index).kept);
            needs.add(&call.input(index).accepted.ty);
        }
        let choice = call.choice.iter().flat_map(|choice| &choice.members);
        choice.for_each(|member| needs.add(&member.accepted.ty));
        let models = (!needs.models.is_empty()).then(|| quote! { use crate::models; });
        let (bytes, libraries) = (needs.bytes(), needs.libraries());
        let values = needs.runtime();
        let style = parameters::has_styles(self.operation).then_some("Style");
        let form = parameters::has_parts(self.operation).then_some("PartForm");
        let own = ["Adjustments", "Async", "Client", "Operation", "Request"].into_iter().chain(style).chain(form);
        let client: BTreeSet<&str> = own.chain(needs.client.iter().copied()).collect();
        let client: Vec<_> = client.into_iter().map(|name| format_ident!("{name}")).collect();
        let client = use_list(quote! { crate::runtime::client }, &client);
        vec![Item::Rust(quote! { #bytes use http::Method; #libraries }), Item::Rust(quote! { #models #client #values })]
    }

    fn registry(&self) -> TokenStream {
        let registry = &self.call.registry;
        let visibility = match shelves::shelf(self.context.surface.calls.len(), &self.call.module) {
            Some(_) => quote! { pub(in crate::operations) },
            None => quote! { pub(super) },
        };
        let Operation { id, path, idempotent, .. } = self.operation;
        let method = format_ident!("{}", self.operation.method.as_str());
        let permission = self.operation.permission.as_ref().and_then(Permission::text);
        let permission = option(permission.as_deref());
        let unstable = self.operation.unstable.as_deref().map(docs::one_line);
        let unstable = option(unstable.as_deref());
        let responses = self.operation.responses.iter().map(|response| {
            let status = match response.status {
                StatusKey::Code(code) => {
                    let code = Literal::u16_unsuffixed(code);
                    quote! { #code }
                }
                StatusKey::Range(digit) => {
                    let digit = Literal::u16_unsuffixed(digit);
                    quote! { Operation::range(#digit) }
                }
                StatusKey::Default => quote! { Operation::DEFAULT },
            };
            let body = response.content.as_ref().map(|content| RustType::of(&content.ty));
            let name = body.map(|ty| self.context.surface.text(&ty).replace(' ', ""));
            let name = option(name.as_deref());
            quote! { (#status, #name) }
        });
        quote! {
            #visibility static #registry: Operation = Operation {
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

    /// Returns all separate inputs: arguments, steps, setters.
    fn separate_inputs(&self) -> impl Iterator<Item = usize> + use<'a> {
        self.call.way.inputs().chain(self.call.setters.iter().copied())
    }

    /// Returns the description of an input.
    fn described(&self, input: usize) -> &'a ir::Input {
        &self.operation.call.inputs[input]
    }

    fn input_doc(&self, input: usize) -> Doc {
        let input = self.described(input);
        let without = match (&input.body, input.ty.without_null()) {
            (Some(BodyPart::Whole), _) => "The body.".to_owned(),
            (_, TypeRef::Named(id)) => {
                let name = &self.context.surface.model(*id).ident;
                format!("See [`{name}`](models::{name}).")
            }
            (Some(_), _) => format!("The property {}.", docs::code(&input.name)),
            (None, _) if self.is_part(input) => format!("The part {}.", docs::code(&input.name)),
            (None, _) => format!("The parameter {}.", docs::code(&input.name)),
        };
        let doc = Doc::new().value(&input.docs, &without);
        let parameter = input.parameter.and_then(|index| self.operation.parameters.get(index));
        match parameter.and_then(parameters::note) {
            Some(note) => doc.paragraph(note),
            None => doc,
        }
    }

    fn is_part(&self, input: &ir::Input) -> bool {
        let parameter = input.parameter.and_then(|index| self.operation.parameters.get(index));
        parameter.is_some_and(|parameter| parameter.location == Location::Part)
    }

    /// Returns the place in the call that stores a value: a separate field, or a field of the body.
    fn place(&self, input: &Input) -> TokenStream {
        match &input.body {
            Some(BodyPart::Field(path)) => {
                let path = self.field_path(path);
                quote! { self.body.#(#path).* }
            }
            Some(BodyPart::Whole) | None => {
                let ident = &input.ident;
                quote! { self.#ident }
            }
        }
    }

    /// Returns the fields on the path to a part of a body, as a caller of the model writes them.
    fn field_path(&self, path: &FieldPath) -> Vec<&'a Ident> {
        let surface = self.context.surface;
        let steps = path.steps().iter();
        steps
            .filter_map(|step| match &surface.model(step.object).kind {
                Kind::Struct(object) => object.members.get(step.field).map(|member| &member.ident),
                Kind::Enum(_) | Kind::IntegerEnum(..) | Kind::Union(_) | Kind::Newtype(_) | Kind::Alias(_) => None,
            })
            .collect()
    }
}

fn option(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote! { Some(#text) },
        None => quote! { None },
    }
}
