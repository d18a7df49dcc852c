//! `api.rs`: what the runtime has to know of the API: its sites, its keys, where it is served.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Context;
use super::docs::{self, Doc};
use crate::format::{BLANK, Item};

/// The file.
pub(super) fn api(context: &Context<'_>) -> Vec<Item> {
    let doc = Doc::new().paragraph("What the runtime has to know of this API.").inner();
    let has_sites = context.surface.sites.iter().any(Option::is_some);
    let mut imports = Vec::new();
    if !context.surface.keys.is_empty() {
        imports.push(quote! { ClientBuilder });
    }
    imports.extend([quote! { Key }, quote! { Site }]);
    let imports = super::types::use_list(quote! { crate::runtime::client }, &imports);
    let mut items = vec![Item::Rust(quote! { #doc }), Item::Rust(imports)];
    if has_sites {
        items.push(Item::Rust(sites(context)));
    }
    items.push(Item::Rust(facts(context)));
    if !context.surface.keys.is_empty() {
        items.push(Item::Rust(key_setters(context)));
    }
    items
}

fn sites(context: &Context<'_>) -> TokenStream {
    let blank = format_ident!("{BLANK}");
    let servers = context.api.servers.iter().zip(&context.surface.sites);
    let constants = servers.filter_map(|(server, ident)| Some((server, server.site.as_ref()?, ident.as_ref()?)));
    let constants = constants.enumerate().map(|(index, (server, site, ident))| {
        let doc = Doc::new().prose_or(&server.description, &docs::line(&site.domain)).outer();
        let (domain, url) = (&site.domain, &server.url);
        let apart = (index > 0).then(|| quote! { #blank! {} });
        quote! { #apart #doc pub const #ident: Site = Site::new(#domain, #url); }
    });
    quote! { impl Site { #(#constants)* } }
}

fn facts(context: &Context<'_>) -> TokenStream {
    let blank = format_ident!("{BLANK}");
    let sites = context.surface.sites.iter().flatten();
    let url = context.api.servers.first().map_or("", |server| server.url.as_str());
    let site_env = match &context.api.site_env {
        Some(name) => quote! { Some(#name) },
        None => quote! { None },
    };
    let keys = context.api.keys.iter().zip(&context.surface.keys).map(|(key, setter)| {
        let name = setter.to_string();
        let header = key.header.to_ascii_lowercase();
        let env = match &key.env {
            Some(name) => quote! { Some(#name) },
            None => quote! { None },
        };
        quote! { Key { name: #name, header: #header, env: #env } }
    });
    quote! {
        /// Every site, the default first.
        pub(crate) const SITES: &[Site] = &[#(Site::#sites),*];
        #blank! {}
        /// Where calls go if neither a site nor a base URL is given.
        pub(crate) const DEFAULT_BASE_URL: &str = #url;
        #blank! {}
        /// Environment variable that names the site.
        pub(crate) const SITE_ENV: Option<&str> = #site_env;
        #blank! {}
        /// The keys that go with every call.
        pub(crate) const KEYS: &[Key] = &[#(#keys),*];
    }
}

fn key_setters(context: &Context<'_>) -> TokenStream {
    let blank = format_ident!("{BLANK}");
    let setters = context.api.keys.iter().zip(&context.surface.keys).enumerate().map(|(index, (key, setter))| {
        let sent = format!("Sent as the header `{}`.", key.header);
        let doc = if key.description.is_empty() {
            Doc::new().paragraph(sent)
        } else {
            Doc::new().prose(&key.description).paragraph(sent)
        };
        let doc = doc.outer();
        let apart = (index > 0).then(|| quote! { #blank! {} });
        let index = proc_macro2::Literal::usize_unsuffixed(index);
        quote! {
            #apart
            #doc
            pub fn #setter(self, key: impl Into<String>) -> Self {
                self.key(#index, key.into())
            }
        }
    });
    quote! { impl<M> ClientBuilder<M> { #(#setters)* } }
}
