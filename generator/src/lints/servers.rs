//! `insecure-server`: a server that the emitted client refuses, since keys would be sent to it unencrypted.
//! `unknown-host`: no server says where calls go, so that callers have to; or one of several cannot be chosen by name.

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
        let message = format!("the client refuses `{url}`, as keys would be sent unencrypted");
        warning(Code::InsecureServer, Place::Value(server.pointer.key("url")), message).help(
            "write `https://` if the server speaks it; else callers have to allow it: `Client::builder().allow_insecure_http()`",
        )
    };
    plain.map(report).collect()
}

/// Of the document's servers the first is the default; those of an operation take its place there.
pub(super) fn unknown_hosts(api: &Api) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    let is_elsewhere =
        !api.operations.is_empty() && api.operations.iter().all(|operation| !operation.servers.is_empty());
    let document = (!is_elsewhere).then_some((&api.servers, Pointer::root()));
    let own = api.operations.iter().filter(|operation| !operation.servers.is_empty());
    let own = own.map(|operation| (&operation.servers, operation.pointer.clone()));
    for (servers, at) in document.into_iter().chain(own) {
        let first = servers.first();
        if first.and_then(Server::default_url).is_some() {
            let others = servers.iter().filter(|server| !server.is_absolute);
            warnings.extend(others.map(|server| {
                let message = "this server has no host: callers who want it have to know its URL";
                warning(Code::UnknownHost, Place::Value(server.pointer.key("url")), message)
                    .help("write the whole URL, or leave the server out")
            }));
            continue;
        }
        let at = first.map_or(at, |server| server.pointer.key("url"));
        let message = "no server says where calls go: callers have to";
        warnings.push(warning(Code::UnknownHost, Place::Value(at), message).help(
            "write a whole URL first, with a `default` for each variable:\nservers:\n  - url: https://api.example.com",
        ));
    }
    warnings
}

/// Whether a URL leads to another machine, and unencrypted.
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
