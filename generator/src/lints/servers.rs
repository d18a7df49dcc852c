//! `insecure-server`: a server that the emitted client rejects, since keys would be sent to it unencrypted.
//! `unknown-host`: no server has a host, so that callers must set the base URL; or one of several servers cannot be
//! selected by name.

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
        let message = "no server has a host: callers must set the base URL";
        warnings.push(warning(Code::UnknownHost, Place::Value(at), message).help(
            "write a whole URL first, with a `default` for each variable:\nservers:\n  - url: https://api.example.com",
        ));
    }
    warnings
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
