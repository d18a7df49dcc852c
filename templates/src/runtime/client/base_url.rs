//! The base URLs to which calls may be sent.

use http::Uri;
use http::uri::Authority;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::runtime::client::text::is_all;

/// A checked base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    /// Scheme, host, port and path prefix, without a slash at the end.
    pub(crate) text: String,
    /// Host and port.
    pub(crate) authority: Authority,
    /// Whether the connection is encrypted.
    pub(crate) secure: bool,
    /// Whether the host is this machine.
    pub(crate) loopback: bool,
}

impl BaseUrl {
    /// Accepts `https`, and `http` to this machine, or to anywhere with `allow_insecure_http`.
    ///
    /// # Errors
    /// Says what is wrong with the URL.
    #[inline]
    pub(crate) fn parse(text: &str, allow_insecure_http: bool) -> Result<BaseUrl, String> {
        if text.contains('@') {
            // The URL can contain a password, so the message does not repeat it.
            return Err("the base URL cannot be used: it must not contain a user or a password".to_owned());
        }
        let refuse = |reason: &str| Err(format!("the base URL {text:?} cannot be used: {reason}"));
        // The transport may parse URLs as browsers do, which gives some characters another meaning: only plain ones are
        // accepted.
        if !is_all(text, |byte| byte.is_ascii_alphanumeric() || b"-._~:/[]%!$&'()*+,;=?#".contains(&byte)) {
            return refuse("it contains a character that must be percent-encoded");
        }
        if text.contains('?') || text.contains('#') {
            return refuse("it must not have a query or a fragment");
        }
        let Ok(uri) = text.parse::<Uri>() else { return refuse("it is not a URL") };
        let secure = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return refuse("it must start with https://"),
        };
        let Some(authority) = uri.authority() else { return refuse("it has no host") };
        let (host, port) = split(authority.as_str());
        if !valid_host(host) {
            return refuse("its host is not a name or an address");
        }
        if port.is_some_and(|port| !valid_port(port)) {
            return refuse("its port is not a number from 1 to 65535");
        }
        let path = uri.path().trim_end_matches('/');
        if let Err(reason) = check_path(path) {
            return refuse(reason);
        }
        let loopback = is_loopback(host);
        if !secure && !allow_insecure_http && !loopback {
            return refuse("the keys would be sent unencrypted; use https, or call allow_insecure_http()");
        }
        let scheme = if secure { "https" } else { "http" };
        let text = format!("{scheme}://{authority}{path}");
        if !sent_as_written(&text, host, path) {
            return refuse("the transport would parse it as another URL");
        }
        Ok(BaseUrl { text, authority: authority.clone(), secure, loopback })
    }
}

/// Splits the host from the text after the colon.
#[inline]
fn split(authority: &str) -> (&str, Option<&str>) {
    let end_of_address = authority.rfind(']').map_or(0, |bracket| bracket + 1);
    match authority[end_of_address..].find(':') {
        Some(colon) => (&authority[..end_of_address + colon], Some(&authority[end_of_address + colon + 1..])),
        None => (authority, None),
    }
}

/// A domain name, or an address in its usual form.
#[inline]
fn valid_host(host: &str) -> bool {
    if host.starts_with('[') {
        let address = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        return address.is_some_and(|address| address.parse::<Ipv6Addr>().is_ok());
    }
    // A dot at the end marks a fully qualified name.
    let name = host.strip_suffix('.').unwrap_or(host);
    if name.len() > 253 {
        return false;
    }
    for label in name.split('.') {
        let is_plain = is_all(label, |byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        if !is_plain || label.is_empty() || label.len() > 63 || label.starts_with('-') || label.ends_with('-') {
            return false;
        }
    }
    // A host that ends in a number is parsed as an address, even in octal or hexadecimal: only the usual form is
    // accepted.
    let last = name.rsplit('.').next().unwrap_or(name);
    let hexadecimal = last.strip_prefix("0x").or_else(|| last.strip_prefix("0X"));
    let number = is_all(last, |byte| byte.is_ascii_digit())
        || hexadecimal.is_some_and(|digits| is_all(digits, |byte| byte.is_ascii_hexdigit()));
    !number || host.parse::<Ipv4Addr>().is_ok()
}

#[inline]
fn valid_port(port: &str) -> bool {
    is_all(port, |byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok_and(|port| port > 0)
}

#[inline]
fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || address.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
        || address.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback())
}

#[inline]
fn check_path(path: &str) -> Result<(), &'static str> {
    for segment in path.split('/') {
        let segment = segment.to_ascii_lowercase();
        if matches!(segment.as_str(), "." | "%2e" | ".." | ".%2e" | "%2e." | "%2e%2e") {
            return Err("a segment of its path is one or two dots");
        }
    }
    let mut rest = path;
    while let Some((_, escape)) = rest.split_once('%') {
        if !matches!(escape.as_bytes(), [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit()) {
            return Err("its path contains a % that encodes nothing");
        }
        rest = escape;
    }
    Ok(())
}

/// Whether the parser of the default transport accepts the URL, and finds the same host and path in it.
#[inline]
#[cfg(feature = "reqwest")]
fn sent_as_written(text: &str, host: &str, path: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(text) else { return false };
    // An IPv6 address has many valid forms.
    let same_host = host.starts_with('[') || url.host_str().is_some_and(|read| read.eq_ignore_ascii_case(host));
    same_host && url.path().trim_end_matches('/') == path
}

#[inline]
#[cfg(not(feature = "reqwest"))]
fn sent_as_written(_text: &str, _host: &str, _path: &str) -> bool {
    true
}
