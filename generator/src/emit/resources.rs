//! `resources.rs`: the resources that the fake of the API knows.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::Context;
use super::docs::Doc;
use crate::format::Item;
use crate::integer::json_text;
use crate::surface::{Action, Does, Frame, Ids, List, Paged, PagedBy, Resource};

/// Emits the file.
pub(super) fn resources(context: &Context<'_>) -> Vec<Item> {
    let doc = Doc::new().paragraph("The resources of this API, for its fake.").inner();
    let resources = &context.surface.resources;
    let mut names: Vec<&str> = vec!["Resource"];
    if !resources.is_empty() {
        names.extend(["Action", "Does", "Ids"]);
    }
    let actions = || resources.iter().flat_map(|resource| &resource.actions);
    let lists = || actions().filter_map(|action| if let Does::List(list) = &action.does { Some(list) } else { None });
    names.extend(actions().any(|action| action.answer.is_some()).then_some("Frame"));
    names.extend(lists().next().map(|_| "List"));
    if lists().any(|list| list.pages.is_some()) {
        names.extend(["Paged", "PagedBy"]);
    }
    names.sort_unstable();
    let names: Vec<TokenStream> = names.iter().map(|name| ident(name)).collect();
    let imports = super::types::use_list(quote! { crate::runtime::client::testing::fake }, &names);
    let rows = resources.iter().map(resource);
    vec![
        Item::Rust(quote! { #doc }),
        Item::Rust(quote! { pub(crate) use crate::operations::OPERATIONS; }),
        Item::Rust(imports),
        Item::Rust(quote! {
            /// Every resource, in the order of the paths of their lists.
            pub(crate) const RESOURCES: &[Resource] = &[#(#rows),*];
        }),
    ]
}

fn ident(name: &str) -> TokenStream {
    let ident = quote::format_ident!("{name}");
    quote! { #ident }
}

fn resource(resource: &Resource) -> TokenStream {
    let Resource { collection, id, ids, blank, missing, actions } = resource;
    let ids = match ids {
        Ids::Uuid => quote! { Ids::Uuid },
        Ids::Integer => quote! { Ids::Integer },
        Ids::Text => quote! { Ids::Text },
    };
    let blank = json(blank);
    let missing = optional(missing.as_ref().map(json));
    let actions = actions.iter().map(action);
    quote! {
        Resource {
            collection: #collection, id: #id, ids: #ids, blank: #blank, missing: #missing, actions: &[#(#actions),*],
        }
    }
}

fn action(action: &Action) -> TokenStream {
    let Action { operation, status, sent, answer, does } = action;
    let answer = optional(answer.as_ref().map(|Frame { json: body, place }| {
        let body = json(body);
        quote! { Frame { json: #body, place: &[#(#place),*] } }
    }));
    let does = match does {
        Does::Create => quote! { Does::Create },
        Does::Read => quote! { Does::Read },
        Does::Merge => quote! { Does::Merge },
        Does::Replace => quote! { Does::Replace },
        Does::Delete => quote! { Does::Delete },
        Does::List(own) => {
            let own = list(own);
            quote! { Does::List(#own) }
        }
    };
    let status = proc_macro2::Literal::u16_unsuffixed(*status);
    quote! { Action { operation: #operation, status: #status, sent: &[#(#sent),*], answer: #answer, does: #does } }
}

fn list(list: &List) -> TokenStream {
    let List { filters, joined, sorts, pages } = list;
    let filters = filters.iter().map(|(name, place)| quote! { (#name, &[#(#place),*]) });
    let sorts = sorts.iter().map(|(value, place, down)| quote! { (#value, &[#(#place),*], #down) });
    let pages = optional(pages.as_ref().map(paged));
    quote! { List { filters: &[#(#filters),*], joined: &[#(#joined),*], sorts: &[#(#sorts),*], pages: #pages } }
}

fn paged(paged: &Paged) -> TokenStream {
    let Paged { by, parameter, first, size, next } = paged;
    let by = match by {
        PagedBy::Number => quote! { PagedBy::Number },
        PagedBy::Offset => quote! { PagedBy::Offset },
        PagedBy::Cursor => quote! { PagedBy::Cursor },
        PagedBy::NumberedCursor => quote! { PagedBy::NumberedCursor },
    };
    let first = proc_macro2::Literal::i64_unsuffixed(*first);
    let size = optional(size.as_ref().map(|(name, usual)| {
        let usual = proc_macro2::Literal::u64_unsuffixed(*usual);
        quote! { (#name, #usual) }
    }));
    quote! { Paged { by: #by, parameter: #parameter, first: #first, size: #size, next: &[#(#next),*] } }
}

fn optional(value: Option<TokenStream>) -> TokenStream {
    match value {
        Some(value) => quote! { Some(#value) },
        None => quote! { None },
    }
}

fn json(value: &Value) -> TokenStream {
    let text = json_text(value);
    quote! { #text }
}
