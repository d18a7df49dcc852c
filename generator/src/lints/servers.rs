//! `insecure-server`: a server that the emitted client refuses, since keys would be sent to it unencrypted.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::warning;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::Api;

pub(super) fn insecure(api: &Api) -> Vec<Diagnostic> {
    let plain = api.servers.iter().filter(|server| is_insecure(&server.url));
    let report = |server: &crate::ir::Server| {
        let message = format!("the client refuses `{}`, as keys would be sent unencrypted", server.url);
        warning(Code::InsecureServer, Place::Value(server.pointer.key("url")), message).help(
            "write `https://` if the server speaks it; else callers have to allow it: `Client::builder().allow_insecure_http()`",
        )
    };
    plain.map(report).collect()
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
