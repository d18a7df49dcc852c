//! Which URL calls may be sent below.

use http::Uri;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A checked base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    /// Scheme, host, port and path prefix, without a slash at the end.
    pub(crate) text: String,
    /// Whether the connection is encrypted.
    pub(crate) secure: bool,
}

impl BaseUrl {
    /// Accepts `https`, and `http` to this machine, or to anywhere with `allow_insecure_http`.
    ///
    /// # Errors
    /// Says what is wrong with the URL.
    pub(crate) fn parse(text: &str, allow_insecure_http: bool) -> Result<BaseUrl, String> {
        if text.contains('@') {
            // It may hold a password, so it is not repeated.
            return Err("the base URL cannot be used: a user or password has no place in it".to_owned());
        }
        let refuse = |reason: &str| Err(format!("the base URL {text:?} cannot be used: {reason}"));
        // The transport may read URLs as browsers do, where some characters mean others: only the plain ones pass.
        if !text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/[]%!$&'()*+,;=?#".contains(&byte)) {
            return refuse("it holds a character that must be percent-encoded");
        }
        if text.contains('?') || text.contains('#') {
            return refuse("a query or a fragment has no place in it");
        }
        let Ok(uri) = text.parse::<Uri>() else { return refuse("it is not a URL") };
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return refuse("it must start with https://"),
        };
        let Some(authority) = uri.authority() else { return refuse("it has no host") };
        let host = authority.host();
        let port = &authority.as_str()[host.len()..];
        if !valid_host(host) {
            return refuse("its host is not a name or an address");
        }
        if !port.is_empty() && authority.port_u16().is_none_or(|port| port == 0) {
            return refuse("its port is not a number from 1 to 65535");
        }
        let path = uri.path().trim_end_matches('/');
        if let Err(reason) = check_path(path) {
            return refuse(reason);
        }
        if !secure && !allow_insecure_http && !is_loopback(host) {
            return refuse("the keys would be sent unencrypted; use https, or say allow_insecure_http()");
        }
        let scheme = if secure { "https" } else { "http" };
        Ok(BaseUrl { text: format!("{scheme}://{authority}{path}"), secure })
    }
}

fn valid_host(host: &str) -> bool {
    match host.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']').is_some_and(|address| address.parse::<Ipv6Addr>().is_ok()),
        None => !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)),
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        || address.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback())
}

fn check_path(path: &str) -> Result<(), &'static str> {
    for segment in path.split('/') {
        let segment = segment.to_ascii_lowercase();
        if matches!(segment.as_str(), "." | "%2e" | ".." | ".%2e" | "%2e." | "%2e%2e") {
            return Err("a part of its path is a dot or two");
        }
    }
    for escape in path.split('%').skip(1) {
        if !matches!(escape.as_bytes(), [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit()) {
            return Err("its path holds a % that encodes nothing");
        }
    }
    Ok(())
}
