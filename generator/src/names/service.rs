//! Names for all calls: credentials, sites, servers and their variables.

use heck::ToShoutySnakeCase;

use super::SchemeNames;
use super::reserved::RESERVED_SETTERS;
use super::scope::{Foreign, Naming, Scope};
use super::words::{set_apart, variable_name};
use crate::diagnostics::Place;
use crate::ident::Ident;
use crate::ir::{Api, Scheme, Server};

/// The maximum number of words in a description that is used as a name.
const MAX_WORDS: usize = 5;

/// Returns the setters of credentials.
pub(super) fn schemes(naming: &mut Naming, api: &Api, scope: &mut Scope) -> Vec<SchemeNames> {
    let foreign = |scheme: &Scheme| {
        let name = scheme.rust_name.as_ref().unwrap_or(&scheme.name).clone();
        (name, Place::Key(scheme.pointer.clone()))
    };
    let give = |naming: &mut Naming, scope: &mut Scope, scheme: &Scheme, cased: &dyn Fn(&str) -> String| {
        let (name, place) = foreign(scheme);
        let foreign = Foreign { name: &name, place, extension: "x-rust-name", fallback: "key", in_place_of: None };
        naming.give(&foreign, scope, cased)
    };
    let setter = |source: &str| set_apart(variable_name(source), RESERVED_SETTERS);
    let setters: Vec<Ident> = api.schemes.iter().map(|scheme| give(naming, scope, scheme, &setter)).collect();
    // After all setters, so that none of them yields to a provider.
    let names = api.schemes.iter().zip(setters).map(|(scheme, setter)| {
        let provider = scheme.kind.is_renewable().then(|| {
            let of_setter = format!("{}_provider", setter.unraw());
            give(naming, scope, scheme, &|source| {
                let number = source.rsplit(' ').next().filter(|number| number.parse::<usize>().is_ok());
                number.map_or_else(|| of_setter.clone(), |number| format!("{of_setter}_{number}"))
            })
        });
        SchemeNames { setter, provider }
    });
    names.collect()
}

/// Returns the constants of sites.
pub(super) fn sites(naming: &mut Naming, api: &Api) -> Vec<Option<Ident>> {
    let mut scope = Scope::default();
    let servers = api.servers.iter();
    servers
        .map(|server| {
            server.site.as_ref().map(|site| {
                let place = Place::Value(server.pointer.key("x-site-name"));
                let foreign =
                    Foreign { name: &site.name, place, extension: "x-site-name", fallback: "SITE", in_place_of: None };
                naming.give(&foreign, &mut scope, &|source| set_apart(source.to_shouty_snake_case(), &["ALL"]))
            })
        })
        .collect()
}

/// Returns the constants of servers, if there are several: those without a site and with a name.
pub(super) fn servers(naming: &mut Naming, api: &Api) -> Vec<Option<Ident>> {
    let mut scope = Scope::default();
    let servers = api.servers.iter().map(|server| {
        let words = wanted_server_name(server, &api.servers).filter(|_| api.servers.len() > 1)?;
        let place = Place::Value(server.pointer.key("url"));
        let foreign = Foreign { name: &words, place, extension: "x-rust-name", fallback: "SERVER", in_place_of: None };
        Some(naming.give(&foreign, &mut scope, &|source| source.to_shouty_snake_case()))
    });
    servers.collect()
}

/// Returns the name of a server: a short description in the spec, or else the constant part of its URL. If several have
/// the same constant part, they are only selected by their variables.
fn wanted_server_name(server: &Server, all: &[Server]) -> Option<String> {
    if server.site.is_some() || !server.is_absolute {
        return None;
    }
    if let Some(name) = &server.rust_name {
        return Some(name.clone());
    }
    let description = server.description.trim_end_matches('.');
    let is_name = !description.contains('\n') && description.split_whitespace().count() <= MAX_WORDS;
    let is_wordy = |text: &str| text.contains(|c: char| c.is_alphanumeric());
    if is_name && is_wordy(description) {
        return Some(description.to_owned());
    }
    let words = fixed_words(server);
    let is_chosen_by_variables = || all.iter().filter(|other| fixed_words(other) == words).count() > 1;
    let is_meaningful = is_wordy(&words) && (server.variables.is_empty() || !is_chosen_by_variables());
    is_meaningful.then_some(words)
}

/// Returns the constant words of a URL's host and path.
fn fixed_words(server: &Server) -> String {
    let rest = server.url.split_once("://").map_or(server.url.as_str(), |(_, rest)| rest);
    let fixed = rest.split('{').enumerate().map(|(index, part)| {
        // The text after the variable with which the part begins.
        if index == 0 { part } else { part.split_once('}').map_or("", |(_, fixed)| fixed) }
    });
    fixed.collect::<Vec<_>>().join(" ")
}

/// Returns the setters of variables, each once.
pub(super) fn variables(naming: &mut Naming, api: &Api, scope: &mut Scope) -> Vec<(String, Ident)> {
    let mut setters: Vec<(String, Ident)> = Vec::new();
    let servers = api.servers.iter().chain(api.operations.iter().flat_map(|operation| &operation.servers));
    for variable in servers.flat_map(|server| &server.variables) {
        if setters.iter().any(|(name, _)| *name == variable.name) {
            continue;
        }
        let words = format!("server {}", variable.rust_name.as_ref().unwrap_or(&variable.name));
        let place = Place::Value(variable.pointer.clone());
        let foreign =
            Foreign { name: &words, place, extension: "x-rust-name", fallback: "server variable", in_place_of: None };
        let ident = naming.give(&foreign, scope, &|source| set_apart(variable_name(source), RESERVED_SETTERS));
        setters.push((variable.name.clone(), ident));
    }
    setters
}
