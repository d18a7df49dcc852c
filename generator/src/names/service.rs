//! Names of what concerns every call: credentials, sites, servers and their variables.

use heck::ToShoutySnakeCase;

use super::SchemeNames;
use super::reserved::RESERVED_SETTERS;
use super::scope::{Foreign, Naming, Scope};
use super::words::{set_apart, variable_name};
use crate::diagnostics::Place;
use crate::ident::Ident;
use crate::ir::{Api, Scheme, Server};

/// The most words of a description that is a name.
const MAX_WORDS: usize = 5;

/// The setters of credentials.
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
    // Behind all the setters: none of them gives way to the provider of another.
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

/// The constants of sites.
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

/// The constants of servers, where there are several: of those that have no site, and anything to be named by.
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

/// What people call a server: what the spec says in a few words, else what is fixed of its URL. If there is more than one of
/// which the same is fixed, it is chosen by its variables alone.
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
    let is_telling = is_wordy(&words) && (server.variables.is_empty() || !is_chosen_by_variables());
    is_telling.then_some(words)
}

/// What is fixed of the host and path of a URL.
fn fixed_words(server: &Server) -> String {
    let rest = server.url.split_once("://").map_or(server.url.as_str(), |(_, rest)| rest);
    let fixed = rest.split('{').enumerate().map(|(index, part)| {
        // What stands behind the variable that the part begins with.
        if index == 0 { part } else { part.split_once('}').map_or("", |(_, fixed)| fixed) }
    });
    fixed.collect::<Vec<_>>().join(" ")
}

/// The setters of variables, each once.
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
