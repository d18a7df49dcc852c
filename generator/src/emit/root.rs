//! `lib.rs`: the crate's front page, its modules, and what it shows of its runtime.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt as _;

use super::docs::{self, Doc};
use super::{Context, example};
use crate::format::{self, Item};
use crate::ir::{Method, Operation};
use crate::names::OperationNames;

/// The file.
pub(super) fn lib(context: &Context<'_>) -> Vec<Item> {
    vec![
        Item::Rust(front_page(context)),
        Item::Rust(quote! {
            #[cfg(feature = "client")]
            mod api;
            pub mod models;
            #[cfg(feature = "client")]
            pub mod operations;
            mod runtime;
        }),
        Item::Rust(exports()),
        Item::Rust(libraries()),
    ]
}

/// What the crate shows of its runtime.
fn exports() -> TokenStream {
    quote! {
        #[cfg(feature = "blocking")]
        pub use runtime::client::blocking;
        #[cfg(feature = "reqwest")]
        pub use runtime::client::ReqwestTransport;
        #[cfg(feature = "client")]
        pub use runtime::client::{
            Async, Batch, BatchError, BoxFuture, Client, ClientBuilder, Effect, Error, ErrorItem, ErrorKind, ErrorSource,
            Items, Limits, Operation, Pages, RateLimit, Reached, Request, Response, RetryPolicy, Site, Transport, TransportError,
            TransportErrorKind,
        };
        pub use runtime::model::{Extra, JsonObject, Nullable, Unrecognized, Value};
    }
}

/// The libraries whose types stand in signatures, so that a caller has the same versions.
fn libraries() -> TokenStream {
    quote! {
        #[cfg(feature = "client")]
        #[doc(no_inline)]
        pub use {bytes, http};
        #[doc(no_inline)]
        pub use {jiff, serde_json, uuid};
    }
}

/// What the crate is and how to begin.
fn front_page(context: &Context<'_>) -> TokenStream {
    let api = context.api;
    let mut about = Doc::new().paragraph(format!("Client for the {}.", docs::line(&api.title))).prose(&api.description);
    let Some(example) = first_call(context) else {
        return features(operations_by_tag(context, about)).inner();
    };
    about = about.paragraph("# A first call").gap();
    let example = Doc::new().block(example.into_iter().chain(["```".to_owned()]));
    let variables: Vec<String> =
        api.keys.iter().filter_map(|key| key.env.as_deref()).chain(api.site_env.as_deref()).map(docs::code).collect();
    let mut rest = Doc::new().gap();
    if !variables.is_empty() {
        rest = rest.paragraph(format!(
            "`Client::from_env` reads {}. `Client::builder` takes the same by hand, and everything else that can be set.",
            enumeration(&variables)
        ));
    }
    let rest = features(operations_by_tag(context, rest));
    let (about, example, rest) = (about.inner(), example.inner(), rest.inner());
    // Without the transport there is no `Client::from_env` that the example could call.
    quote! {
        #about
        #![cfg_attr(feature = "reqwest", doc = " ```no_run")]
        #![cfg_attr(not(feature = "reqwest"), doc = " ```ignore")]
        #example
        #![doc = ""]
        #rest
    }
}

fn features(doc: Doc) -> Doc {
    doc.paragraph("# Features").block(
        [
            "- `reqwest` (default): the client with a transport of its own.",
            "- `blocking`: a second client, in the module `blocking`, that waits for its answers.",
            "- `tracing`: a span for each call (operation, method, path, status, attempts, duration), and an event for each",
            "  time that one is tried again. No key, argument or body is in them.",
            "- `client`: the client alone; the transport is yours.",
            "- none: the models alone.",
        ]
        .map(str::to_owned),
    )
}

/// The operations, under the headings that the spec's tags are.
fn operations_by_tag(context: &Context<'_>, mut doc: Doc) -> Doc {
    let operations = || context.api.operations.iter().zip(&context.names.operations);
    let tags = context.api.tags.iter().map(|tag| (Some(&tag.name), tag.description.as_str()));
    let untitled = |operation: &Operation| {
        operation.tag.as_ref().is_none_or(|name| !context.api.tags.iter().any(|tag| tag.name == *name))
    };
    if context.api.operations.is_empty() {
        return doc;
    }
    doc = doc.paragraph("# Operations");
    for (tag, description) in tags.chain([(None, "")]) {
        let rows: Vec<String> = operations()
            .filter(|(operation, _)| match tag {
                Some(tag) => operation.tag.as_ref() == Some(tag),
                None => untitled(operation),
            })
            .map(|(operation, names)| row(operation, names))
            .collect();
        if rows.is_empty() {
            continue;
        }
        if let Some(tag) = tag {
            doc = doc.paragraph(format!("## {}", docs::line(tag))).prose(description);
        }
        doc = doc.block(rows);
    }
    doc
}

fn row(operation: &Operation, names: &OperationNames) -> String {
    let method = names.method.unraw();
    let summary =
        if operation.summary.is_empty() { String::new() } else { format!(": {}", docs::line(&operation.summary)) };
    format!("- [`{method}`](Client::{method}){summary}")
}

/// A whole program that makes the simplest call: the one with the shortest path that reads and needs no argument.
pub(super) fn first_call(context: &Context<'_>) -> Option<Vec<String>> {
    let (_, names) = context
        .api
        .operations
        .iter()
        .zip(&context.names.operations)
        .filter(|(operation, _)| operation.method == Method::Get && operation.success.is_some())
        .filter(|(operation, _)| operation.parameters.iter().all(|parameter| !parameter.required))
        .min_by_key(|(operation, _)| operation.path.len())?;
    let library = example::library(context);
    let method = &names.method;
    let mut lines = vec![format!("use {library}::{{Client, Error}};"), String::new()];
    lines.push("#[tokio::main]".to_owned());
    lines.push("async fn main() -> Result<(), Error> {".to_owned());
    let body = format::statements(&quote! {
        let client = Client::from_env()?;
        let answer = client.#method().send().await?;
        println!("{answer:#?}");
        Ok(())
    });
    lines.extend(body.into_iter().map(|line| format!("    {line}")));
    lines.push("}".to_owned());
    Some(lines)
}

fn enumeration(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [word] => word.clone(),
        [words @ .., last] => format!("{} and {last}", words.join(", ")),
    }
}
