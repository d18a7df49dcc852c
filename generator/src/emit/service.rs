//! `api.rs`: the data about the API that the runtime needs: its servers, and the credentials that it requires.

mod credentials;
mod servers;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Context;
use super::docs::{self, Doc};
use crate::format::{BLANK, Item};

/// Emits the file.
pub(super) fn api(context: &Context<'_>) -> Vec<Item> {
    let doc = Doc::new().paragraph("The data about this API for the runtime.").inner();
    let has_sites = context.surface.sites.iter().any(Option::is_some);
    let mut imports = vec![quote! { Scheme }, quote! { Security }];
    imports.extend(credentials::imports(context));
    imports.extend(servers::imports(context));
    let choices = servers::setters(context);
    if choices.is_some() || !context.api.schemes.is_empty() {
        imports.push(quote! { ClientBuilder });
    }
    imports.push(quote! { Site });
    imports.sort_by_key(ToString::to_string);
    let imports = super::types::use_list(quote! { crate::runtime::client }, &imports);
    let shared = credentials::has_providers(context).then(|| quote! { use std::sync::Arc; });
    let mut items = vec![Item::Rust(quote! { #doc })];
    items.extend(shared.map(Item::Rust));
    items.push(Item::Rust(imports));
    if has_sites {
        items.push(Item::Rust(sites(context)));
    }
    items.extend(servers::constants(context).map(Item::Rust));
    items.push(Item::Rust(facts(context)));
    items.push(Item::Rust(servers::facts(context)));
    items.extend(choices.map(Item::Rust));
    items.push(Item::Rust(credentials::facts(context)));
    items.extend(credentials::setters(context).map(Item::Rust));
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
    let site_env = match &context.api.site_env {
        Some(name) => quote! { Some(#name) },
        None => quote! { None },
    };
    quote! {
        /// Every site, the default first.
        pub(crate) const SITES: &[Site] = &[#(Site::#sites),*];
        #blank! {}
        /// Environment variable that names the site.
        pub(crate) const SITE_ENV: Option<&str> = #site_env;
    }
}
