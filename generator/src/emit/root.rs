//! `lib.rs`: the crate's front page, its modules, and the exports of its runtime.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{self, Doc};
use super::{Context, example, features, served};
use crate::format::{self, Item, Table};
use crate::ir::{Method, Operation, Scheme, SchemeKind};
use crate::surface::{Call, Kind, RustType, VariableSetter};

/// Emits the file.
pub(super) fn lib(context: &Context<'_>) -> Vec<Item> {
    let mut items = vec![
        Item::Rust(front_page(context)),
        // On docs.rs, items that need a feature are marked, which takes an unstable feature of rustdoc.
        Item::Rust(quote! { #![cfg_attr(docsrs, feature(doc_cfg))] }),
        // The first, so that the documentation of `Client` begins with its constructors.
        Item::Rust(quote! {
            mod runtime;

            #[cfg(feature = "client")]
            mod api;
            pub mod models;
            #[cfg(feature = "client")]
            pub mod operations;
            #[cfg(feature = "testing")]
            mod resources;
        }),
        Item::Rust(exports(context)),
        Item::Rust(libraries()),
    ];
    items.push(Item::Rust(quote! {
        #[doc = " A guide to the client. It needs the feature `client`."]
        #[cfg(all(doc, not(feature = "client")))]
        pub mod production {}
    }));
    items.extend(link_targets(context));
    items
}

/// Emits the parts of the client to which documentation links, for rustdoc without the client.
fn link_targets(context: &Context<'_>) -> impl Iterator<Item = Item> {
    let surface = context.surface;
    let calls = surface.calls.iter().map(|call| call.way.method.to_string());
    let credentials = surface.schemes.iter().flat_map(|scheme| [Some(&scheme.setter), scheme.provider.as_ref()]);
    let variables = surface.served.variables.iter().map(|variable| &variable.setter);
    let setters = credentials.flatten().chain(variables).map(ToString::to_string);
    let servers = surface.servers.iter().flatten();
    let tables = [
        ("Client", calls.collect::<BTreeSet<_>>()),
        ("ClientBuilder", setters.chain(["base_url".to_owned()]).collect()),
        ("Server", servers.map(ToString::to_string).collect()),
    ];
    let table = |(subject, rows): (&str, BTreeSet<String>)| {
        let path = "crate::runtime::link_targets".to_owned();
        Item::Table(Table { path, subject: subject.to_owned(), rows: rows.into_iter().collect() })
    };
    tables.into_iter().filter(|(_, rows)| !rows.is_empty()).map(table)
}

/// Emits the exports of the runtime.
fn exports(context: &Context<'_>) -> TokenStream {
    // Not every API has servers to choose from.
    let server = context.surface.servers.iter().any(Option::is_some).then(|| quote! { Server, });
    quote! {
        #[cfg(feature = "blocking")]
        pub use runtime::client::blocking;
        #[cfg(feature = "client")]
        pub use runtime::client::production;
        #[cfg(feature = "testing")]
        pub use runtime::client::testing;
        #[cfg(feature = "reqwest")]
        pub use runtime::client::{ReqwestTransport, ReqwestTransportBuilder};
        #[cfg(feature = "client")]
        pub use runtime::client::{
            Async, Batch, BatchError, Body, BoxFuture, ByteStream, Client, ClientBuilder, Effect, Error, ErrorItem, ErrorKind,
            ErrorSource, Event, Events, FilePart, Items, Limits, Lines, Operation, Pages, RateLimit, Reached, Request, Response, RetryPolicy, Sending, #server Site,
            TokenProvider, Transport, TransportError, TransportErrorKind,
        };
        pub use runtime::model::{Base64, Date, Extra, JsonObject, Nullable, ParseError, Timestamp, Unrecognized, Value};
    }
}

/// Emits the libraries whose types are in signatures, so that a caller has the same versions.
fn libraries() -> TokenStream {
    quote! {
        #[cfg(feature = "client")]
        #[doc(no_inline)]
        pub use {bytes, http};
        #[cfg(feature = "reqwest")]
        #[doc(no_inline)]
        pub use reqwest;
        #[cfg(feature = "jiff")]
        #[doc(no_inline)]
        pub use jiff;
        #[doc(no_inline)]
        pub use {serde_json, uuid};
    }
}

/// Documents the crate, and the first steps.
fn front_page(context: &Context<'_>) -> TokenStream {
    let api = context.api;
    let mut about = Doc::new().paragraph(format!("Client for the {}.", docs::line(&api.title))).prose(&api.description);
    let Some(example) = first_call(context) else {
        return reference(context, served::section(context, credentials(context, about)));
    };
    about = about.paragraph("# A first call").gap();
    let example = Doc::new().block(example.into_iter().chain(["```".to_owned()]));
    let variables: Vec<String> = api
        .schemes
        .iter()
        .filter_map(|scheme| scheme.env.as_deref())
        .chain(api.site_env.as_deref())
        .map(docs::code)
        .collect();
    let mut rest = Doc::new().gap();
    if !variables.is_empty() {
        rest = rest.paragraph(format!(
            "`Client::from_env` reads {}. `Client::builder` has a setter for each of them, and for all other settings.",
            docs::enumeration(&variables)
        ));
    }
    let rest = served::section(context, credentials(context, rest));
    let (about, example, rest) = (about.inner(), example.inner(), reference(context, rest));
    // Without the transport there is no `Client::from_env` that the example could call.
    let gate = simplest(context).and_then(|(_, call)| features::condition(&call.gate));
    let needed = match gate {
        Some(gate) => quote! { all(feature = "reqwest", #gate) },
        None => quote! { feature = "reqwest" },
    };
    quote! {
        #about
        #![cfg_attr(#needed, doc = " ```no_run")]
        #![cfg_attr(not(#needed), doc = " ```ignore")]
        #example
        #![doc = ""]
        #rest
    }
}

/// Documents the common part: the calls, the operations and the features, after `doc`.
fn reference(context: &Context<'_>, doc: Doc) -> TokenStream {
    let doc = calls(context, doc);
    let Some(by_tag) = features::about(context) else {
        return crate_features(operations_by_tag(context, doc)).inner();
    };
    let (api, surface) = (context.api, context.surface);
    let heading = if api.operations.is_empty() { doc } else { doc.paragraph("# Operations") };
    let row = |place: usize| row(&api.operations[place], &surface.calls[place]);
    let operations = features::operations(context, heading, &row);
    let features = crate_features(Doc::new()).gap().block(by_tag).inner();
    quote! { #operations #features }
}

fn crate_features(doc: Doc) -> Doc {
    doc.paragraph("# Features").block(
        [
            "- `reqwest` (default): the client, with a transport.",
            "- `blocking`: a second client, in the module `blocking`, whose calls block; it needs no `async`.",
            "- `tracing`: a span for each call (operation, method, path, status, attempts, duration), and events for each retry",
            "  (warn) and for the end of a call (debug; warn if it failed), with the server. They contain no key, argument or",
            "  body.",
            "- `testing`: the module `testing`, for your own tests: a client that responds from a script, and a fake of the API",
            "  that stores what is created.",
            "- `client`: the client alone; you supply the transport.",
            "- none (`default-features = false`): the models alone, without a client or HTTP.",
        ]
        .map(str::to_owned),
    )
}

/// Documents the credentials, unless all of them are keys in headers that every call needs.
fn credentials(context: &Context<'_>, doc: Doc) -> Doc {
    let Context { api, surface, .. } = context;
    let is_key = |scheme: &Scheme| matches!(scheme.kind, SchemeKind::Header(_));
    if api.schemes.is_empty() || (surface.requires_all_schemes() && api.schemes.iter().all(is_key)) {
        return doc;
    }
    let mut doc = doc.paragraph("# Credentials");
    if !surface.requires_all_schemes() {
        doc = doc.paragraph(
            "Each operation documents which of these it needs. A client needs only the credentials of the calls that it makes; \
             a call without a credential that it needs fails with an error that names it, and nothing is sent. A credential \
             is sent only with operations that need it.",
        );
    }
    let rows = api.schemes.iter().zip(&surface.schemes).map(|(scheme, setters)| {
        let (setter, provider) = (setters.name(), &setters.provider);
        let env = scheme.env.as_ref().map(|env| format!(", from {}", docs::code(env))).unwrap_or_default();
        let provider = provider.as_ref().map(|provider| format!(" or [`{provider}`](ClientBuilder::{provider})"));
        let provider = provider.unwrap_or_default();
        format!("- [`{setter}`](ClientBuilder::{setter}){provider}{env}")
    });
    doc.gap().block(rows)
}

/// Documents the common properties of all calls.
fn calls(context: &Context<'_>, doc: Doc) -> Doc {
    if context.api.operations.is_empty() {
        return doc;
    }
    let lines = about_calls(context);
    doc.paragraph("# Calls").block(lines).paragraph("# In production").paragraph(
        "The module [`production`] explains the [base URL](production#base-url), [time limits](production#time-limits), \
         [retries](production#retries), [rate limits and concurrency](production#rate-limits-and-concurrency), \
         [proxies and certificates](production#proxies-and-certificates), [headers](production#headers) such as the user agent, \
         [credentials](production#credentials), [tracing](production#tracing) and [testing](production#testing).",
    )
}

/// Explains what all calls have in common, in items of a list.
pub(super) fn about_calls(context: &Context<'_>) -> Vec<String> {
    let operations = &context.api.operations;
    let mut lines = text(&[
        "- Required values are arguments, optional values are setters, and `send` makes the call. It returns the body of",
        "  the response; `send_with_response` returns its status and headers too. `.await` on a call sends it.",
        "- A call owns what it needs: it can be returned, stored, and spawned as a task, `tokio::spawn(call.send())`.",
        "  `header`, `with_timeout` and `with_retry` apply to that call alone, and `with_optional` calls a setter if there is",
        "  a value for it.",
    ]);
    if operations.iter().any(|operation| operation.pagination.is_some()) {
        lines.extend(text(&[
            "- Lists are paginated. `stream` returns the items of all pages, `pages` returns the pages, and `send` returns a",
            "  single page.",
        ]));
    }
    if operations.iter().any(|operation| operation.batch.is_some()) {
        lines.extend(text(&[
            "- `send_in_batches` sends more items than one call may hold. If a batch fails, a `BatchError` lists the items that",
            "  were done, that failed and that were not tried; `send_in_batches_with` reports each batch as it is done.",
        ]));
    }
    let is_id = |kind: &Kind| matches!(kind, Kind::Newtype(RustType::Uuid));
    if let Some(id) = context.surface.types.iter().find(|ty| is_id(&ty.kind)) {
        lines.push(format!("- Ids are types of their own: `let id: models::{} = \"…\".parse()?`.", id.ident));
    }
    lines.extend(text(&[
        "- An `Error` prints as one readable line. `is_not_found` and `is_rate_limited` check its status, `retry_after`",
        "  returns the time to wait, and `effect` whether the call may have taken effect despite the error.",
    ]));
    lines
}

fn text(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// Lists the operations, under the spec's tags as headings.
fn operations_by_tag(context: &Context<'_>, mut doc: Doc) -> Doc {
    let operations = || context.api.operations.iter().zip(&context.surface.calls);
    let tags = context.api.tags.iter().map(|tag| (Some(&tag.name), tag.description.as_str()));
    if context.api.operations.is_empty() {
        return doc;
    }
    doc = doc.paragraph("# Operations");
    // Operations without a tag have no heading.
    for (tag, description) in [(None, "")].into_iter().chain(tags) {
        let rows: Vec<String> = operations()
            .filter(|(operation, _)| operation.tag.as_ref() == tag)
            .map(|(operation, call)| row(operation, call))
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

fn row(operation: &Operation, call: &Call) -> String {
    let method = call.way.method.unraw();
    let summary =
        if operation.summary.is_empty() { String::new() } else { format!(": {}", docs::line(&operation.summary)) };
    format!("- [`{method}`](Client::{method}){summary}")
}

/// Emits a program that makes the simplest call.
pub(super) fn first_call(context: &Context<'_>) -> Option<Vec<String>> {
    let (operation, own) = simplest(context)?;
    let library = example::library(context);
    let method = &own.way.method;
    let call = if operation.pagination.is_some() {
        quote! {
            let mut items = client.#method().stream();
            while let Some(item) = items.try_next().await? {
                println!("{item:#?}");
            }
        }
    } else {
        quote! {
            let response = client.#method().send().await?;
            println!("{response:#?}");
        }
    };
    let mut lines = vec![format!("use {library}::{{Client, Error}};"), String::new(), "#[tokio::main]".to_owned()];
    lines.extend(main_function("async fn main", &setup(context, own), &call));
    Some(lines)
}

/// Emits the same program with the blocking client.
pub(super) fn first_blocking_call(context: &Context<'_>) -> Option<Vec<String>> {
    let (operation, own) = simplest(context)?;
    let library = example::library(context);
    let method = &own.way.method;
    let call = if operation.pagination.is_some() {
        quote! {
            for item in client.#method().stream() {
                let item = item?;
                println!("{item:#?}");
            }
        }
    } else {
        quote! {
            let response = client.#method().send()?;
            println!("{response:#?}");
        }
    };
    let imports = [format!("use {library}::Error;"), format!("use {library}::blocking::Client;"), String::new()];
    Some(imports.into_iter().chain(main_function("fn main", &setup(context, own), &call)).collect())
}

/// Returns the call with the shortest path that reads and has no required argument: one that always exists, if
/// possible.
pub(super) fn simplest<'a>(context: &Context<'a>) -> Option<(&'a Operation, &'a Call)> {
    context
        .api
        .operations
        .iter()
        .zip(&context.surface.calls)
        .filter(|(operation, _)| operation.method == Method::Get && operation.json_response().is_some())
        .filter(|(operation, _)| operation.parameters.iter().all(|parameter| !parameter.required))
        .min_by_key(|(operation, call)| (call.gate.features().is_some(), operation.path.len()))
}

/// Emits the construction of a client for a call: from the environment, if that can have all credentials of the call.
fn setup(context: &Context<'_>, call: &Call) -> TokenStream {
    let Context { api, surface, .. } = context;
    let is_optional = call.security.iter().any(Vec::is_empty);
    let needed = call.security.first().filter(|_| !is_optional).map_or(&[][..], Vec::as_slice);
    let served = &surface.served;
    if needed.iter().all(|scheme| api.schemes[*scheme].env.is_some()) && !served.needs_base_url() {
        return quote! { Client::from_env()? };
    }
    let setters = needed.iter().map(|scheme| {
        let setter = &surface.schemes[*scheme].setter;
        match api.schemes[*scheme].kind {
            SchemeKind::Basic => quote! { .#setter("user", "password") },
            _ => quote! { .#setter("…") },
        }
    });
    let usual = served.usual.first().filter(|server| server.is_absolute);
    let unset = usual.into_iter().flat_map(|server| &server.variables).filter(|variable| variable.default.is_none());
    let mut variables = unset
        .filter_map(|unset| served.variables.iter().find(|setter| setter.variable.name == unset.name))
        .map(|VariableSetter { setter, .. }| quote! { .#setter("…") })
        .peekable();
    let is_nowhere = served.needs_base_url() && variables.peek().is_none();
    let base_url = is_nowhere.then(|| quote! { .base_url("https://api.example.com") });
    quote! { Client::builder() #base_url #(#variables)* #(#setters)* .build()? }
}

fn main_function(signature: &str, setup: &TokenStream, call: &TokenStream) -> Vec<String> {
    let body = format::statements(&quote! {
        let client = #setup;
        #call
        Ok(())
    });
    let body = body.into_iter().map(|line| format!("    {line}"));
    let first = format!("{signature}() -> Result<(), Error> {{");
    std::iter::once(first).chain(body).chain(["}".to_owned()]).collect()
}
