//! Operations: one file an operation, with its entry in the registry, its method of the client, and its call.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;

use super::docs::{self, Doc};
use super::types::{Needs, use_list};
use super::{Context, example};
use crate::format::{BLANK, Item};
use crate::ir::{Body, Location, Operation, Parameter, Style, TypeRef};
use crate::names::OperationNames;

/// The file that lists all operations.
pub(super) fn index(context: &Context<'_>) -> Vec<Item> {
    let doc = Doc::new()
        .paragraph(format!("The calls that the {} offers, one module an operation.", docs::line(&context.api.title)))
        .paragraph("Each begins with a method of [`Client`](crate::Client) and is sent by its `send`.")
        .inner();
    let mut modules: Vec<&OperationNames> = context.names.operations.iter().collect();
    modules.sort_by_key(|names| names.module.to_string());
    let declarations = modules.iter().map(|names| {
        let module = &names.module;
        quote! { mod #module; }
    });
    let exports = modules.iter().map(|names| {
        let (module, call) = (&names.module, &names.call);
        quote! { pub use self::#module::#call; }
    });
    let registry = modules.iter().map(|names| {
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
    let mut items = imports(operation);
    items.extend([
        Item::Rust(registry(context, operation, names)),
        Item::Rust(client_method(context, operation, names)),
        Item::Rust(call_struct(context, operation, names)),
        Item::Rust(call_methods(context, operation, names)),
    ]);
    items
}

fn imports(operation: &Operation) -> Vec<Item> {
    let mut needs = Needs::default();
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    for ty in parameters.chain(operation.body.as_ref().map(|body| &body.ty)).chain(&operation.success) {
        needs.add(ty);
    }
    let models = (!needs.named.is_empty()).then(|| quote! { use crate::models; });
    needs.named.clear();
    let libraries = needs.libraries();
    let values = needs.runtime();
    let runtime = ["Client", "Error", "Operation", "Request", "Response"].map(|name| {
        let name = format_ident!("{name}");
        quote! { #name }
    });
    let runtime = use_list(quote! { crate::runtime::client }, &runtime);
    vec![
        Item::Rust(quote! { use http::{HeaderMap, HeaderName, HeaderValue, Method}; #libraries }),
        Item::Rust(quote! { #models #runtime #values }),
    ]
}

fn registry(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let registry = &names.registry;
    let (id, path, idempotent) = (&operation.id, &operation.path, operation.idempotent);
    let method = format_ident!("{}", operation.method.as_str());
    let permission = option(operation.permission.as_deref());
    let unstable = option(operation.unstable.as_deref());
    let responses = operation.responses.iter().map(|response| {
        let status = proc_macro2::Literal::u16_unsuffixed(response.status);
        let name = response.body.as_ref().map(|ty| context.operation_type(ty).to_string());
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

fn client_method(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let (method, call) = (&names.method, &names.call);
    let doc = method_doc(context, operation, names).outer();
    let deprecated = operation.deprecated.then(|| quote! { #[deprecated] });
    let mut arguments = Vec::new();
    let mut values = vec![quote! { client: self }];
    for (parameter, name) in operation.parameters.iter().zip(&names.parameters) {
        if parameter.required {
            let ty = accepted(context, &parameter.ty);
            arguments.push(quote! { #name: #ty });
            values.push(given(context, &parameter.ty, name));
        } else {
            values.push(quote! { #name: None });
        }
    }
    match &operation.body {
        Some(body) if body.required => {
            let ty = context.operation_type(&body.ty);
            arguments.push(quote! { body: #ty });
            values.push(quote! { body });
        }
        Some(_) => values.push(quote! { body: None }),
        None => {}
    }
    values.push(quote! { headers: HeaderMap::new() });
    let many = (arguments.len() > 6).then(|| {
        quote! { #[allow(clippy::too_many_arguments, reason = "the API requires them all")] }
    });
    quote! {
        impl Client {
            #doc
            #deprecated
            #many
            pub fn #method(&self, #(#arguments),*) -> #call<'_> {
                #call { #(#values),* }
            }
        }
    }
}

fn method_doc(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> Doc {
    let summary = if operation.summary.is_empty() {
        format!("The operation {}.", docs::code(&operation.id))
    } else {
        with_full_stop(&operation.summary)
    };
    let mut doc = Doc::new().prose(&summary).prose(&operation.description);

    let request = docs::code(&format!("{} {}", operation.method.as_str(), operation.path));
    let mut facts = vec![format!("Sends {request}.")];
    if let Some(permission) = &operation.permission {
        facts.push(format!("The keys need the permission {}.", docs::code(permission)));
    }
    doc = doc.paragraph(facts.join(" "));
    if let Some(unstable) = &operation.unstable {
        doc = doc.prose(unstable);
    }

    let required = operation.parameters.iter().zip(&names.parameters).filter(|(parameter, _)| parameter.required);
    let mut arguments: Vec<(String, Doc)> =
        required.map(|(parameter, name)| (name.unraw().to_string(), parameter_doc(parameter))).collect();
    if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
        arguments.push(("body".to_owned(), body_doc(body)));
    }
    if !arguments.is_empty() {
        doc = doc.paragraph("# Arguments").gap();
        doc = arguments.iter().fold(doc, |doc, (name, about)| doc.item(name, about));
    }

    let mut failures = operation.responses.iter().filter(|response| !(200..300).contains(&response.status)).peekable();
    doc = doc.paragraph("# Errors");
    doc = if failures.peek().is_none() {
        doc.paragraph("Sending fails with an [`Error`].")
    } else {
        let doc = doc.paragraph("Sending fails with an [`Error`]. The statuses that the API documents:").gap();
        failures
            .fold(doc, |doc, response| doc.item(&response.status.to_string(), &Doc::new().prose(&response.description)))
    };
    let example = example::operation(context, operation, names);
    let fenced = std::iter::once("```no_run".to_owned()).chain(example).chain(["```".to_owned()]);
    doc.paragraph("# Example").block(fenced)
}

fn call_struct(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let call = &names.call;
    let doc = Doc::new().paragraph(format!("A call that [`Client::{}`] begins.", names.method.unraw())).outer();
    let parameters = operation.parameters.iter().zip(&names.parameters).map(|(parameter, name)| {
        let ty = context.operation_type(&parameter.ty);
        if parameter.required {
            quote! { #name: #ty }
        } else {
            quote! { #name: Option<#ty> }
        }
    });
    let body = operation.body.as_ref().map(|body| {
        let ty = context.operation_type(&body.ty);
        if body.required {
            quote! { body: #ty, }
        } else {
            quote! { body: Option<#ty>, }
        }
    });
    quote! {
        #doc
        #[derive(Clone, Debug)]
        #[must_use = "a call does nothing until it is sent"]
        pub struct #call<'a> {
            client: &'a Client,
            #(#parameters,)*
            #body
            headers: HeaderMap,
        }
    }
}

fn call_methods(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let call = &names.call;
    let registry = &names.registry;
    let blank = format_ident!("{BLANK}");
    let setters = operation.parameters.iter().zip(&names.parameters).filter(|(parameter, _)| !parameter.required).map(
        |(parameter, name)| {
            let doc = parameter_doc(parameter).outer();
            setter(context, &doc, name, &parameter.ty, &blank)
        },
    );
    let body_setter = operation.body.as_ref().filter(|body| !body.required).map(|body| {
        let doc = body_doc(body).outer();
        setter(context, &doc, &format_ident!("body"), &body.ty, &blank)
    });
    let output = operation.success.as_ref().map_or_else(|| quote! { () }, |ty| context.operation_type(ty));

    let errors = format!("See [`Client::{}`].", names.method.unraw());
    let sending = |what: &str| Doc::new().paragraph(what).paragraph("# Errors").paragraph(&errors).outer();
    let send_doc = sending("Sends the call and gives the body of the answer.");
    let response_doc = sending("Sends the call and gives the answer with its status, headers and rate limit.");

    let send = if operation.success.is_some() {
        quote! { send }
    } else {
        quote! { send_empty }
    };
    let path = operation.parameters.iter().zip(&names.parameters).map(|(parameter, name)| {
        let wire = &parameter.name;
        match (parameter.location, parameter.style, parameter.required) {
            (Location::Path, _, _) => quote! { .path(#wire, &self.#name) },
            (Location::Query, Style::Plain, true) => quote! { .query(#wire, &self.#name) },
            (Location::Query, Style::Plain, false) => quote! { .query_opt(#wire, self.#name.as_ref()) },
            (Location::Query, Style::Repeated, true) => quote! { .query_each(#wire, Some(&self.#name)) },
            (Location::Query, Style::Repeated, false) => quote! { .query_each(#wire, self.#name.as_ref()) },
            (Location::Query, Style::Joined, true) => quote! { .query_joined(#wire, Some(&self.#name)) },
            (Location::Query, Style::Joined, false) => quote! { .query_joined(#wire, self.#name.as_ref()) },
        }
    });
    let body = operation.body.as_ref().map(|body| {
        if body.required {
            quote! { .json(&self.body) }
        } else {
            quote! { .json_opt(self.body.as_ref()) }
        }
    });
    quote! {
        impl #call<'_> {
            #(#setters)*
            #body_setter
            /// Adds a header to this call.
            ///
            /// The headers of the keys and those that frame the message cannot be given: such a call fails when it is
            /// sent.
            pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
                self.headers.append(name, value);
                self
            }
            #blank! {}
            #send_doc
            pub async fn send(self) -> Result<#output, Error> {
                self.send_with_response().await.map(Response::into_body)
            }
            #blank! {}
            #response_doc
            pub async fn send_with_response(self) -> Result<Response<#output>, Error> {
                self.client.#send(self.request()).await
            }
            #blank! {}
            fn request(&self) -> Request {
                Request::new(&#registry) #(#path)* #body .headers(&self.headers)
            }
        }
    }
}

fn setter(context: &Context<'_>, doc: &TokenStream, name: &Ident, ty: &TypeRef, blank: &Ident) -> TokenStream {
    let accepted = accepted(context, ty);
    let value = if context.is_plain_string(ty) {
        quote! { #name.into() }
    } else {
        quote! { #name }
    };
    quote! {
        #doc
        pub fn #name(mut self, #name: #accepted) -> Self {
            self.#name = Some(#value);
            self
        }
        #blank! {}
    }
}

/// What a caller may give for an argument.
fn accepted(context: &Context<'_>, ty: &TypeRef) -> TokenStream {
    if context.is_plain_string(ty) {
        quote! { impl Into<String> }
    } else {
        context.operation_type(ty)
    }
}

fn given(context: &Context<'_>, ty: &TypeRef, name: &Ident) -> TokenStream {
    if context.is_plain_string(ty) {
        quote! { #name: #name.into() }
    } else {
        quote! { #name }
    }
}

fn parameter_doc(parameter: &Parameter) -> Doc {
    Doc::new().value(&parameter.docs, &format!("The parameter {}.", docs::code(&parameter.name)))
}

fn body_doc(body: &Body) -> Doc {
    if body.description.is_empty() { Doc::new().paragraph("The body.") } else { Doc::new().prose(&body.description) }
}

fn with_full_stop(sentence: &str) -> String {
    let sentence = sentence.trim();
    if sentence.ends_with(['.', '!', '?']) { sentence.to_owned() } else { format!("{sentence}.") }
}

fn option(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote! { Some(#text) },
        None => quote! { None },
    }
}
