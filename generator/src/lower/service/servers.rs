//! The servers of the API, and those of operations with servers of their own.

use std::collections::BTreeSet;

use openapiv3::Server as ServerObject;

use super::extension;
use crate::diagnostics::{Code, Place};
use crate::ir::{Server, ServerVariable, Site};
use crate::lower::{At, Lowering, paths, prose};
use crate::spec::called;

impl Lowering<'_> {
    pub(super) fn site_env(&mut self, servers: &[Server]) -> Option<String> {
        let variable = extension(&self.document.extensions, "x-site-env")?;
        let at = self.document.key("x-site-env");
        self.check_variable(&At::new(&variable, at.clone()));
        if servers.iter().all(|server| server.site.is_none()) {
            let message = "`x-site-env` names an environment variable for the site, but no server has an `x-site`";
            self.problem(Code::InvalidExtension, &at, message).help =
                Some("add `x-site` and `x-site-name` to each server, or remove the key".to_owned());
        }
        Some(variable)
    }

    pub(in crate::lower) fn servers(&mut self, list: &At<'_, [ServerObject]>) -> Vec<Server> {
        let servers = called(list, |server| &server.url);
        let servers = servers.map(|(index, server)| self.server(&At::new(server, list.pointer.index(index))));
        let servers: Vec<Server> = servers.collect();
        self.check_sites(&servers);
        servers
    }

    /// A site is selected by its domain, from the environment variable or by the program.
    fn check_sites(&mut self, servers: &[Server]) {
        let sites = || servers.iter().filter_map(|server| Some((server, server.site.as_ref()?)));
        for (index, (server, site)) in sites().enumerate() {
            let at = server.pointer.key("x-site");
            if site.domain.trim().is_empty() {
                self.problem(Code::InvalidExtension, &at, "`x-site` is empty, so nothing selects this server").help =
                    Some("write the value that selects this server: `x-site: example.com`".to_owned());
            }
            self.refuse_hidden(Place::Value(at.clone()), "the site", &site.domain);
            if let Some((first, _)) = sites().take(index).find(|(_, first)| first.domain == site.domain) {
                let first = Place::Value(first.pointer.key("x-site"));
                let message = format!("two servers have the site `{}`", site.domain);
                let problem = self.problem(Code::InvalidExtension, &at, message);
                problem.related.push((first, "the other one".to_owned()));
                problem.help = Some("keep one server for each site".to_owned());
            }
            if !server.is_absolute || !server.variables.is_empty() {
                self.problem(Code::InvalidExtension, &at, "a site is a single server, but this URL has variables")
                    .help = Some("write the whole `url`, without variables: `url: https://api.example.com`".to_owned());
            }
        }
    }

    fn server(&mut self, server: &At<'_, ServerObject>) -> Server {
        let mut variables = variables(server);
        self.refuse_hidden(Place::Value(server.key("url")), "the URL of this server", &server.url);
        // A variable with an unusable default must be set, and so has no default.
        if unusable(&filled(&server.url, &variables)).is_some() {
            let empty = variables.iter_mut().filter(|variable| variable.default.as_deref() == Some(""));
            empty.for_each(|variable| variable.default = None);
        }
        let url = filled(&server.url, &variables);
        let is_absolute = match url.split_once("://") {
            Some(("http" | "https", rest)) => !rest.is_empty(),
            Some(_) => {
                let message = format!("`{}` is not an http URL", server.url);
                self.problem(Code::InvalidServer, &server.key("url"), message).help =
                    Some("write it with its scheme and host: `url: https://api.example.com`".to_owned());
                true
            }
            None => false,
        };
        if let Some(reason) = unusable(&url).filter(|_| is_absolute) {
            let message = format!("no call can be sent below `{}`: {reason}", server.url);
            self.problem(Code::InvalidServer, &server.key("url"), message).help =
                Some("write scheme, host and, if needed, a path: `url: https://api.example.com/v1`".to_owned());
        } else if is_absolute {
            self.check_values(&server.url, &variables);
        }
        let lowered = Server {
            url: server.url.trim_end_matches('/').to_owned(),
            is_absolute,
            description: server.description.as_deref().unwrap_or_default().trim().to_owned(),
            // The caller's base URL is put before a path without a host.
            variables: if is_absolute { variables } else { Vec::new() },
            site: self.site(server),
            rust_name: extension(&server.extensions, "x-rust-name"),
            pointer: server.pointer.clone(),
        };
        if lowered.is_absolute {
            return lowered;
        }
        // A path below an unknown host.
        let path = if url.contains("://") { "" } else { url.trim_end_matches('/') };
        Server { url: path.to_owned(), ..lowered }
    }

    /// Rejects values with which nothing can be sent.
    fn check_values(&mut self, url: &str, variables: &[ServerVariable]) {
        for (place, variable) in variables.iter().enumerate() {
            for (index, value) in variable.values.iter().enumerate() {
                let mut chosen = variables.to_vec();
                chosen[place].default = Some(value.clone());
                let filled = filled(url, &chosen);
                let reason = match filled.split_once("://") {
                    Some(("http" | "https", _)) => unusable(&filled),
                    _ => Some("it is not an http URL"),
                };
                if let Some(reason) = reason {
                    let message = format!("no call can be sent below `{filled}`: {reason}");
                    self.problem(Code::InvalidServer, &variable.pointer.key("enum").index(index), message).help =
                        Some("write a value with which the URL is valid, or remove it".to_owned());
                }
            }
        }
    }

    fn site(&mut self, server: &At<'_, ServerObject>) -> Option<Site> {
        let domain = extension(&server.extensions, "x-site");
        let name = extension(&server.extensions, "x-site-name");
        let (key, missing) = match (domain, name) {
            (Some(domain), Some(name)) => return Some(Site { domain, name }),
            (None, None) => return None,
            (Some(_), None) => ("x-site", "add the name of the site in Rust: `x-site-name: EU1`"),
            (None, Some(_)) => ("x-site-name", "add the value that selects this server: `x-site: example.com`"),
        };
        self.problem(Code::InvalidExtension, &server.key(key), "`x-site` and `x-site-name` require each other").help =
            Some(missing.to_owned());
        None
    }
}

/// Returns the variables of a URL, in its order.
fn variables(server: &At<'_, ServerObject>) -> Vec<ServerVariable> {
    let mut seen = BTreeSet::new();
    let names = server.url.split('{').skip(1).filter_map(|part| Some(part.split_once('}')?.0));
    let names = names.filter(|name| seen.insert(*name));
    let described = |name: &str| server.variables.as_ref()?.get(name);
    let variables = names.map(|name| {
        let Some(variable) = described(name) else {
            return ServerVariable {
                name: name.to_owned(),
                default: None,
                values: Vec::new(),
                description: String::new(),
                rust_name: None,
                pointer: server.key("url"),
            };
        };
        let mut values: Vec<String> = Vec::new();
        for value in &variable.enumeration {
            if !values.contains(value) {
                values.push(value.clone());
            }
        }
        // `{your-domain}` or `<domain>` tells people to set another value.
        let is_usable = !variable.default.contains(|c: char| "{}<>".contains(c) || c.is_whitespace());
        ServerVariable {
            name: name.to_owned(),
            default: is_usable.then(|| variable.default.clone()),
            values,
            description: prose(variable.description.as_deref(), None),
            rust_name: extension(&variable.extensions, "x-rust-name"),
            pointer: server.key("variables").key(name),
        }
    });
    variables.collect()
}

/// Returns the URL with all variables filled in; a variable without a default is a digit, which a host and a port can be.
fn filled(url: &str, variables: &[ServerVariable]) -> String {
    variables.iter().fold(url.to_owned(), |url, variable| {
        url.replace(&format!("{{{}}}", variable.name), variable.default.as_deref().unwrap_or("1"))
    })
}

/// Returns why the emitted client would reject a URL.
fn unusable(url: &str) -> Option<&'static str> {
    let (_, rest) = url.split_once("://")?;
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    if url.contains('@') {
        return Some("it must not contain a user or a password");
    }
    if url.contains(['?', '#']) {
        return Some("it must not have a query or a fragment");
    }
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let is_name =
        |host: &str| !host.is_empty() && host.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._".contains(&b));
    let is_host = match host.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']').is_some_and(|address| address.parse::<std::net::Ipv6Addr>().is_ok()),
        None => is_name(host),
    };
    if !is_host {
        return Some("its host is not a name or an address");
    }
    if port.is_some_and(|port| port.parse::<u16>().is_ok_and(|port| port == 0) || port.parse::<u16>().is_err()) {
        return Some("its port is not a number from 1 to 65535");
    }
    let path = format!("/{path}");
    (path.contains(['{', '}']) || paths::check(&path).is_err())
        .then_some("its path is not in the form in which it is sent")
}
