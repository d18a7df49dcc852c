//! The credentials that operations need, and the methods of the builder that set them.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::emit::Context;
use crate::emit::docs::{self, Doc};
use crate::format::BLANK;
use crate::ir::{Flow, Scheme, SchemeKind};
use crate::surface::{Sets, Setters};

/// Returns the additional imports from the runtime.
pub(super) fn imports(context: &Context<'_>) -> Vec<TokenStream> {
    let mut imports = Vec::new();
    if !context.api.schemes.is_empty() {
        imports.push(quote! { Sent });
    }
    if has_providers(context) {
        imports.push(quote! { TokenProvider });
    }
    imports
}

pub(super) fn has_providers(context: &Context<'_>) -> bool {
    context.surface.schemes.iter().any(|names| names.provider.is_some())
}

/// Emits the requirements, as data.
pub(super) fn facts(context: &Context<'_>) -> TokenStream {
    let blank = format_ident!("{BLANK}");
    let schemes = schemes(context).map(|(scheme, names)| {
        let name = names.name();
        let sent = sent(&scheme.kind);
        let env = match &scheme.env {
            Some(name) => quote! { Some(#name) },
            None => quote! { None },
        };
        quote! { Scheme { name: #name, sent: #sent, env: #env } }
    });
    let usual = sets(context, &context.surface.security);
    let mut others: Vec<(&str, TokenStream)> = context
        .api
        .operations
        .iter()
        .zip(&context.surface.calls)
        .filter(|(_, call)| call.security != context.surface.security)
        .map(|(operation, call)| (operation.id.as_str(), sets(context, &call.security)))
        .collect();
    // The runtime uses a binary search by bytes.
    others.sort_by_key(|(id, _)| *id);
    // An operation can have several calls.
    others.dedup_by_key(|(id, _)| *id);
    let others = others.iter().map(|(id, sets)| quote! { (#id, #sets) });
    quote! {
        /// The credentials that operations need.
        pub(crate) const SCHEMES: &[Scheme] = &[#(#schemes),*];
        #blank! {}
        /// The requirements of an operation, unless it is listed below: one of these sets, and all credentials in it.
        pub(crate) const SECURITY: Security = #usual;
        #blank! {}
        /// The requirements of the other operations, sorted by id.
        pub(crate) const OTHER_SECURITY: &[(&str, Security)] = &[#(#others),*];
    }
}

fn schemes<'c>(context: &Context<'c>) -> impl Iterator<Item = (&'c Scheme, &'c Setters)> {
    context.api.schemes.iter().zip(&context.surface.schemes)
}

fn sets(context: &Context<'_>, sets: &Sets) -> TokenStream {
    let sets = sets.iter().map(|set| {
        let names = set.iter().map(|scheme| context.surface.schemes[*scheme].name());
        quote! { &[#(#names),*] }
    });
    quote! { &[#(#sets),*] }
}

fn sent(kind: &SchemeKind) -> TokenStream {
    match kind {
        // The value begins with the name of the scheme: `SSWS …`.
        SchemeKind::Header(name) if name.eq_ignore_ascii_case("authorization") => quote! { Sent::Authorization },
        SchemeKind::Header(name) => {
            let name = name.to_ascii_lowercase();
            quote! { Sent::Header(#name) }
        }
        SchemeKind::Query(name) => quote! { Sent::Query(#name) },
        SchemeKind::Cookie(name) => quote! { Sent::Cookie(#name) },
        SchemeKind::Basic => quote! { Sent::Basic },
        SchemeKind::Bearer(_) | SchemeKind::Oauth2(_) | SchemeKind::OpenIdConnect(_) => quote! { Sent::Bearer },
        SchemeKind::Http(_) => quote! { Sent::Authorization },
    }
}

/// Emits the methods of the builder.
pub(super) fn setters(context: &Context<'_>) -> Option<TokenStream> {
    let blank = format_ident!("{BLANK}");
    let setters = schemes(context).enumerate().map(|(index, (scheme, names))| {
        let apart = (index > 0).then(|| quote! { #blank! {} });
        let doc = setter_doc(scheme).outer();
        let index = Literal::usize_unsuffixed(index);
        let Setters { setter, provider } = names;
        let setter = match argument(&scheme.kind) {
            None => quote! {
                pub fn #setter(self, user: impl Into<String>, password: impl Into<String>) -> Self {
                    self.with_basic(#index, user.into(), password.into())
                }
            },
            Some(name) => {
                let argument = format_ident!("{name}");
                quote! {
                    pub fn #setter(self, #argument: impl Into<String>) -> Self {
                        self.with_key(#index, #argument.into())
                    }
                }
            }
        };
        let provider = provider.as_ref().map(|provider| {
            let doc = provider_doc(names).outer();
            quote! {
                #blank! {}
                #doc
                pub fn #provider(self, provider: impl TokenProvider + 'static) -> Self {
                    self.with_provider(#index, Arc::new(provider))
                }
            }
        });
        quote! { #apart #doc #setter #provider }
    });
    (!context.api.schemes.is_empty()).then(|| quote! { impl<M> ClientBuilder<M> { #(#setters)* } })
}

/// Returns the name of the setter's argument; `None` if it is a user and a password.
fn argument(kind: &SchemeKind) -> Option<&'static str> {
    match kind {
        SchemeKind::Header(_) | SchemeKind::Query(_) | SchemeKind::Cookie(_) => Some("key"),
        SchemeKind::Basic => None,
        SchemeKind::Bearer(_) | SchemeKind::Oauth2(_) | SchemeKind::OpenIdConnect(_) => Some("token"),
        SchemeKind::Http(_) => Some("credentials"),
    }
}

fn setter_doc(scheme: &Scheme) -> Doc {
    let mut doc = Doc::new();
    if !scheme.description.is_empty() {
        doc = doc.prose(&scheme.description);
    }
    doc = doc.paragraph(sending(&scheme.kind));
    if let (SchemeKind::Basic, Some(variable)) = (&scheme.kind, &scheme.env) {
        doc = doc.paragraph(format!("In the environment, {} holds `user:password`.", docs::code(variable)));
    }
    let SchemeKind::Oauth2(flows) = &scheme.kind else { return doc };
    if flows.is_empty() {
        return doc;
    }
    doc.paragraph("The flows to obtain one:").block(flows.iter().map(flow))
}

/// Describes how a credential is sent, as a sentence.
pub(in crate::emit) fn sending(kind: &SchemeKind) -> String {
    match kind {
        SchemeKind::Header(name) => format!("Sent as the header `{name}`."),
        SchemeKind::Query(name) => format!("Sent as the parameter {} of the query.", docs::code(name)),
        SchemeKind::Cookie(name) => format!("Sent as the cookie {}.", docs::code(name)),
        SchemeKind::Basic => "Sent by basic authentication, as the header `Authorization`.".to_owned(),
        SchemeKind::Bearer(None) => "Sent as a bearer token, in the header `Authorization`.".to_owned(),
        SchemeKind::Bearer(Some(format)) => {
            let format = docs::code(format);
            format!("Sent as a bearer token, in the header `Authorization`. Its format: {format}.")
        }
        SchemeKind::Http(scheme) => format!(
            "Sent unchanged as the header `Authorization`. For the scheme {}, the value begins with the name of the scheme.",
            docs::code(scheme)
        ),
        SchemeKind::Oauth2(_) => {
            "An access token of OAuth 2.0, sent as a bearer token in the header `Authorization`.".to_owned()
        }
        SchemeKind::OpenIdConnect(url) => format!(
            "An access token of the OpenID provider that {} describes, sent as a bearer token in the header \
             `Authorization`.",
            docs::code(url)
        ),
    }
}

fn flow(flow: &Flow) -> String {
    let Flow { kind, authorization_url, token_url, refresh_url } = flow;
    let mut steps = Vec::new();
    for (what, url) in [("agree at", authorization_url), ("ask", token_url), ("renew at", refresh_url)] {
        steps.extend(url.as_ref().map(|url| format!("{what} {}", docs::code(url))));
    }
    format!("- {}: {}", kind.as_str(), steps.join(", "))
}

fn provider_doc(names: &Setters) -> Doc {
    let setter = names.name();
    Doc::new().paragraph(format!(
        "Like [`{setter}`](Self::{setter}), but gets the token from a [`TokenProvider`](crate::TokenProvider) before each \
         attempt of a call, and once more if the server rejects the token with a 401."
    ))
}
