//! `insecure-server`: a server that the emitted client rejects, since keys would be sent to it unencrypted.
//! `unknown-host`: no server has a host, so that callers must set the base URL; or one of several servers cannot be
//! selected by name.
//! `unused-server`: a server of an operation to which no setting of the client leads.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::warning;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Api, Server};
use crate::pointer::Pointer;

pub(super) fn insecure(api: &Api) -> Vec<Diagnostic> {
    let own = api.operations.iter().flat_map(|operation| &operation.servers);
    let urls = api.servers.iter().chain(own).filter_map(|server| Some((server, server.default_url()?)));
    let plain = urls.filter(|(_, url)| is_insecure(url));
    let report = |(server, url): (&Server, String)| {
        let message = format!("the client rejects `{url}`, because keys would be sent unencrypted");
        warning(Code::InsecureServer, Place::Value(server.pointer.key("url")), message).help(
            "write `https://` if the server supports it; otherwise callers must allow it: `Client::builder().allow_insecure_http()`",
        )
    };
    plain.map(report).collect()
}

/// The first server of the document is the default; those of an operation replace it there.
pub(super) fn unknown_hosts(api: &Api) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    let has_own_servers =
        !api.operations.is_empty() && api.operations.iter().all(|operation| !operation.servers.is_empty());
    let document = (!has_own_servers).then_some((&api.servers, Pointer::root()));
    let own = api.operations.iter().filter(|operation| !operation.servers.is_empty());
    let own = own.map(|operation| (&operation.servers, operation.pointer.clone()));
    for (servers, at) in document.into_iter().chain(own) {
        let first = servers.first();
        if first.and_then(Server::default_url).is_some() {
            let others = servers.iter().filter(|server| !server.is_absolute);
            warnings.extend(others.map(|server| {
                let message = "this server has no host: callers need to know its URL";
                warning(Code::UnknownHost, Place::Value(server.pointer.key("url")), message)
                    .help("write the whole URL, or remove the server")
            }));
            continue;
        }
        let at = first.map_or(at, |server| server.pointer.key("url"));
        let message = if servers.iter().any(|server| server.default_url().is_some()) {
            "the first server has no host: callers must set the base URL"
        } else {
            "no server has a host: callers must set the base URL"
        };
        warnings.push(warning(Code::UnknownHost, Place::Value(at), message).help(
            "write a whole URL first, with a `default` for each variable:\nservers:\n  - url: https://api.example.com",
        ));
    }
    warnings
}

/// The client chooses among the servers of an operation by the site and by variables: it knows no names for them, since
/// each name would be for one operation.
pub(super) fn unused(api: &Api) -> Vec<Diagnostic> {
    let is_usual = |servers: &[Server]| {
        servers.len() == api.servers.len() && servers.iter().zip(&api.servers).all(|(one, usual)| one.serves_as(usual))
    };
    let own = api.operations.iter().map(|operation| &operation.servers).filter(|servers| !is_usual(servers));
    let mut warnings = Vec::new();
    for servers in own {
        for (index, server) in servers.iter().enumerate() {
            let earlier = &servers[..index];
            let is_led_to = earlier.is_empty()
                || server.site.is_some()
                || !server.variables.is_empty() && !earlier.iter().any(|earlier| accepts_all(earlier, server));
            if is_led_to || !server.is_absolute {
                continue;
            }
            let message = "the client does not use this server: it sends the operation to one before it";
            warnings.push(warning(Code::UnusedServer, Place::Value(server.pointer.key("url")), message).help(
                "put the server that callers need first, or remove the others: callers can set any base URL for all calls",
            ));
        }
    }
    warnings
}

/// Whether a server accepts all values of the variables of another.
fn accepts_all(server: &Server, other: &Server) -> bool {
    other.variables.iter().all(|variable| {
        let same = server.variables.iter().find(|same| same.name == variable.name);
        same.is_some_and(|same| {
            let has_any = same.values.is_empty();
            let is_listed = |value: &String| same.values.contains(value) || same.default.as_ref() == Some(value);
            has_any || !variable.values.is_empty() && variable.values.iter().all(is_listed)
        })
    })
}

/// Whether a URL leads to another machine without encryption.
fn is_insecure(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else { return false };
    let authority = rest.split('/').next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let is_loopback = host.eq_ignore_ascii_case("localhost")
        || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        || host.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback());
    !is_loopback
}
