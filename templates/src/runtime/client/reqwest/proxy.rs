//! The proxy that the environment names: it is used, or the client reports that it cannot be used. It is never ignored
//! silently.

use crate::runtime::client::text::append;
use std::ffi::OsString;

/// Looks up a variable of the environment.
pub(crate) type Lookup<'l> = &'l dyn Fn(&str) -> Option<OsString>;

/// The destination of requests, as far as it is known.
#[derive(Clone, Copy)]
pub(crate) struct Target<'t> {
    pub(crate) secure: bool,
    pub(crate) host: Option<&'t str>,
}

/// Returns the proxy for requests to a target, if the environment names one and `NO_PROXY` does not exclude the host.
///
/// # Errors
/// Names the variable, the problem and the way out. The message does not repeat the value, which can contain a
/// password.
#[inline]
pub(crate) fn from_env(target: Target<'_>, lookup: Lookup<'_>) -> Result<Option<reqwest::Proxy>, String> {
    // In a CGI script, `HTTP_PROXY` contains the header `Proxy` of the script's client.
    let is_cgi = lookup("REQUEST_METHOD").is_some();
    let names: &[&'static str] = match (target.secure, is_cgi) {
        (true, _) => &["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"],
        (false, false) => &["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"],
        (false, true) => &["http_proxy", "ALL_PROXY", "all_proxy"],
    };
    let Some((name, proxy)) = first(names, lookup)? else { return Ok(None) };
    let mut exceptions = String::new();
    if let Some((_, list)) = first(&["NO_PROXY", "no_proxy"], lookup)? {
        for entry in list.split([',', ' ', '\t']) {
            let entry = plain(entry);
            if entry == "*" || target.host.is_some_and(|host| covers(&entry, host)) {
                return Ok(None);
            }
            append(&mut exceptions, ",", &entry);
        }
    }
    let refuse = |reason: &str| {
        format!(
            "{name} names a proxy that cannot be used: {reason}; write it as http://HOST:PORT or socks5h://HOST:PORT, \
             except the host by NO_PROXY, or unset {name}"
        )
    };
    let url = read(&proxy).map_err(|reason| refuse(&reason))?;
    let proxy = if target.secure { reqwest::Proxy::https(url) } else { reqwest::Proxy::http(url) };
    let proxy = proxy.map_err(|_| refuse("it is not a URL"))?;
    Ok(Some(proxy.no_proxy(reqwest::NoProxy::from_string(&exceptions))))
}

/// Returns the first of these variables that has a value.
#[inline]
fn first(names: &[&'static str], lookup: Lookup<'_>) -> Result<Option<(&'static str, String)>, String> {
    for name in names {
        match lookup(name).map(OsString::into_string) {
            None => {}
            Some(Ok(value)) if value.trim().is_empty() => {}
            Some(Ok(value)) => return Ok(Some((name, value.trim().to_owned()))),
            Some(Err(_)) => return Err(format!("{name} is not valid Unicode: correct it, or unset it")),
        }
    }
    Ok(None)
}

/// Parses the URL of a proxy; without a scheme, it uses HTTP.
#[inline]
fn read(text: &str) -> Result<reqwest::Url, String> {
    if text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err("it contains a space".to_owned());
    }
    let text = if text.contains("://") { text.to_owned() } else { format!("http://{text}") };
    let Ok(url) = reqwest::Url::parse(&text) else { return Err("it is not a URL".to_owned()) };
    match url.scheme() {
        "http" | "https" | "socks4" | "socks4a" | "socks5" | "socks5h" => {}
        // Some programs take it for version 4, and others for version 5.
        "socks" => return Err("socks:// does not name the version of SOCKS".to_owned()),
        other => return Err(format!("{other}:// is not a supported proxy scheme")),
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err("it has no host".to_owned());
    }
    if url.port() == Some(0) {
        return Err("its port is 0".to_owned());
    }
    if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
        return Err("it must not have a path, a query or a fragment".to_owned());
    }
    // reqwest parses it again with this parser, and ignores a URL that the parser rejects.
    match url.as_str().parse::<http::Uri>() {
        Ok(uri) if uri.authority().is_some() => Ok(url),
        _ => Err("it is not a URL".to_owned()),
    }
}

/// Converts an entry of `NO_PROXY` to the form of reqwest, where `*.example.com` is `.example.com`.
#[inline]
fn plain(entry: &str) -> String {
    match entry.strip_prefix("*.") {
        Some(domain) => format!(".{domain}"),
        None => entry.trim_matches(['[', ']']).to_owned(),
    }
}

/// Whether an entry is this host or a domain above it. reqwest handles ranges of addresses.
#[inline]
fn covers(entry: &str, host: &str) -> bool {
    let (entry, host) = (entry.trim_start_matches('.').to_ascii_lowercase(), host.trim_matches(['[', ']']));
    let host = host.to_ascii_lowercase();
    host == entry || (!entry.is_empty() && host.strip_suffix(&entry).is_some_and(|above| above.ends_with('.')))
}
