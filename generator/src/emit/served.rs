//! Documents the destinations of calls.

use super::docs::Doc;
use super::{Context, docs};
use crate::ir::{Operation, Server};

/// Returns the sentence about the server of an operation with servers of its own.
pub(super) fn sentence(context: &Context<'_>, operation: &Operation) -> Option<String> {
    let place = context.api.operations.iter().position(|other| other.id == operation.id)?;
    let first = context.surface.served.servers_of(place)?.first()?;
    Some(match first.default_url() {
        Some(url) => format!("It is sent to {}, unless the client has a base URL of its own.", docs::code(&url)),
        None => format!("The description does not name its server: {}.", missing(context, first)),
    })
}

/// Returns the settings that a client needs because the description does not name the server.
fn missing(context: &Context<'_>, server: &Server) -> String {
    let needed = server.variables.iter().filter(|variable| variable.default.is_none());
    let setters = needed.filter_map(|variable| {
        let mut setters = context.surface.served.variables.iter();
        Some(setters.find(|setter| setter.variable.name == variable.name)?.name())
    });
    let setters: Vec<String> = setters.map(|setter| format!("[`{setter}`](crate::ClientBuilder::{setter})")).collect();
    if setters.is_empty() {
        "the client needs a [`base_url`](crate::ClientBuilder::base_url)".to_owned()
    } else {
        format!("the client needs {}", docs::enumeration(&setters))
    }
}

/// Adds the section of the front page about servers, if there is anything to choose or to set.
pub(super) fn section(context: &Context<'_>, doc: Doc) -> Doc {
    let Context { api, surface, .. } = context;
    let served = &surface.served;
    let named = api.servers.iter().zip(&surface.servers).filter_map(|(server, ident)| Some((server, ident.as_ref()?)));
    let named: Vec<String> = named
        .map(|(server, ident)| format!("- [`Server::{ident}`](Server::{ident}): {}", docs::code(&server.url)))
        .collect();
    if !served.needs_base_url() && served.variables.is_empty() && named.is_empty() {
        return doc;
    }
    let mut doc = doc.paragraph("# Servers");
    if served.needs_base_url() {
        let what = match served.usual.first().filter(|server| server.is_absolute) {
            Some(server) => missing(context, server),
            None => "the client needs a [`base_url`](ClientBuilder::base_url)".to_owned(),
        };
        doc = doc.paragraph(format!("The description does not name the server of the API: {what}."));
    } else if let Some(url) = served.usual.first().and_then(Server::default_url) {
        doc = doc.paragraph(format!("Calls go to {} by default.", docs::code(&url)));
    }
    let rows = served.variables.iter().map(|setter| {
        let name = setter.name();
        format!("- [`{name}`](ClientBuilder::{name}) chooses {}", docs::code(&setter.variable.name))
    });
    let rows: Vec<String> = rows.chain(named).collect();
    if rows.is_empty() { doc } else { doc.gap().block(rows) }
}
