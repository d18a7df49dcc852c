//! The servers of the API, and the methods of the builder that choose among them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::emit::Context;
use crate::emit::docs::{self, Doc};
use crate::format::BLANK;
use crate::ir::{Server, ServerVariable};
use crate::surface::VariableSetter;

/// Returns the additional imports from the runtime.
pub(super) fn imports(context: &Context<'_>) -> Vec<TokenStream> {
    let served = &context.surface.served;
    let mut imports = vec![quote! { OwnServers }, quote! { Server }];
    let own_servers = served.own_servers.iter().flat_map(|own_servers| &own_servers.servers);
    let mut all = context.api.servers.iter().chain(&served.usual).chain(own_servers);
    if all.any(|server| !server.variables.is_empty()) {
        imports.push(quote! { Variable });
    }
    imports
}

/// Emits the constants of servers.
pub(super) fn constants(context: &Context<'_>) -> Option<TokenStream> {
    let blank = format_ident!("{BLANK}");
    let servers = context.api.servers.iter().zip(&context.surface.servers);
    let named = servers.filter_map(|(server, ident)| Some((server, ident.as_ref()?)));
    let constants: Vec<TokenStream> = named
        .enumerate()
        .map(|(index, (server, ident))| {
            let doc = Doc::new().prose(&server.description).paragraph(docs::code(&server.url)).outer();
            let value = self::server(context, server);
            let apart = (index > 0).then(|| quote! { #blank! {} });
            quote! { #apart #doc pub const #ident: Server = #value; }
        })
        .collect();
    (!constants.is_empty()).then(|| quote! { impl Server { #(#constants)* } })
}

/// Emits the servers, as data.
pub(super) fn facts(context: &Context<'_>) -> TokenStream {
    let blank = format_ident!("{BLANK}");
    let served = &context.surface.served;
    let usual = chosen_from(&served.usual, false).map(|server| server_or_constant(context, server));
    let others = served.own_servers.iter().map(|own_servers| {
        let mut ids: Vec<&str> =
            own_servers.operations.iter().map(|index| context.api.operations[*index].id.as_str()).collect();
        ids.sort_unstable();
        // An operation can have several calls.
        ids.dedup();
        let servers = chosen_from(&own_servers.servers, true).map(|each| {
            let server = self::server(context, each);
            let of = each.site.as_ref().map(|site| {
                let domain = &site.domain;
                quote! { .of(#domain) }
            });
            quote! { #server #of }
        });
        quote! { OwnServers { operations: &[#(#ids),*], servers: &[#(#servers),*] } }
    });
    quote! {
        /// The destination if no site, server or base URL is set: the first server that accepts the variables.
        pub(crate) const SERVERS: &[Server] = &[#(#usual),*];
        #blank! {}
        /// The servers of operations with servers of their own.
        pub(crate) const OTHER_SERVERS: &[OwnServers] = &[#(#others),*];
    }
}

/// Returns the servers that can be used: the first, those with variables, and possibly those of sites. The usual sites
/// are constants.
fn chosen_from(servers: &[Server], with_sites: bool) -> impl Iterator<Item = &Server> {
    let is_led_to = move |(index, server): &(usize, &Server)| {
        *index == 0 || !server.variables.is_empty() || (with_sites && server.site.is_some())
    };
    servers.iter().enumerate().filter(is_led_to).map(|(_, server)| server)
}

fn server_or_constant(context: &Context<'_>, server: &Server) -> TokenStream {
    let mut servers = context.api.servers.iter().zip(&context.surface.servers);
    match servers.find(|(other, _)| other.pointer == server.pointer) {
        Some((_, Some(ident))) => quote! { Server::#ident },
        _ => self::server(context, server),
    }
}

fn server(context: &Context<'_>, server: &Server) -> TokenStream {
    let url = &server.url;
    let variables = server.variables.iter().map(|variable| self::variable(context, variable));
    let with = (!server.variables.is_empty()).then(|| quote! { .with(&[#(#variables),*]) });
    quote! { Server::new(#url) #with }
}

fn variable(context: &Context<'_>, variable: &ServerVariable) -> TokenStream {
    let ServerVariable { name, default, values, .. } = variable;
    let setter = context.surface.served.variables.iter().find(|setter| setter.variable.name == *name);
    let setter = setter.map(VariableSetter::name).unwrap_or_default();
    let default = match default {
        Some(default) => quote! { Some(#default) },
        None => quote! { None },
    };
    quote! { Variable { name: #name, setter: #setter, default: #default, values: &[#(#values),*] } }
}

/// Emits the methods of the builder.
pub(super) fn setters(context: &Context<'_>) -> Option<TokenStream> {
    let blank = format_ident!("{BLANK}");
    let has_constants = context.surface.servers.iter().any(Option::is_some);
    let server = has_constants.then(|| {
        quote! {
            /// Sends calls to a server of the description, except for operations with servers of their own. Replaces an
            /// earlier site, server or base URL.
            pub fn server(self, server: Server) -> Self {
                self.with_server(server)
            }
        }
    });
    let variables = &context.surface.served.variables;
    let setters = variables.iter().enumerate().map(|(index, setter)| {
        let apart = (index > 0 || has_constants).then(|| quote! { #blank! {} });
        let doc = setter_doc(setter).outer();
        let (ident, name) = (&setter.setter, &setter.variable.name);
        quote! {
            #apart
            #doc
            pub fn #ident(self, value: impl Into<String>) -> Self {
                self.with_variable(#name, value.into())
            }
        }
    });
    (has_constants || !variables.is_empty()).then(|| quote! { impl<M> ClientBuilder<M> { #server #(#setters)* } })
}

fn setter_doc(setter: &VariableSetter) -> Doc {
    let VariableSetter { variable, values, .. } = setter;
    let name = docs::code(&variable.name);
    let mut doc = Doc::new().prose(&variable.description);
    let mut facts = vec![format!("Replaces {name} in the URL of each server that has it.")];
    facts.push(match &variable.default {
        Some(default) if default.is_empty() => "Empty by default.".to_owned(),
        Some(default) => format!("By default {}.", docs::code(default)),
        None => "Required.".to_owned(),
    });
    if !values.is_empty() {
        let values: Vec<String> = values.iter().map(|value| docs::code(value)).collect();
        facts.push(format!("Possible values: {}.", docs::enumeration(&values)));
    }
    doc = doc.paragraph(facts.join(" "));
    doc
}
