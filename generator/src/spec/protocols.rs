//! Servers of other protocols than HTTP, which a description lists for other clients.

/// Returns the protocol of a URL, if that is not HTTP.
pub(crate) fn other_protocol(url: &str) -> Option<&str> {
    let (scheme, _) = url.split_once("://")?;
    let is_scheme = scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let is_http = ["http", "https"].iter().any(|http| scheme.eq_ignore_ascii_case(http));
    (is_scheme && !scheme.is_empty() && !is_http).then_some(scheme)
}

/// Returns the servers of a list that a client of HTTP calls, each with its place in the list: all of them, unless only
/// some are servers of other protocols.
pub(crate) fn called<'s, S>(servers: &'s [S], url: impl Fn(&'s S) -> &'s str) -> impl Iterator<Item = (usize, &'s S)> {
    let is_called = move |server: &'s S| other_protocol(url(server)).is_none();
    let is_one_called = servers.iter().any(&is_called);
    servers.iter().enumerate().filter(move |(_, server)| !is_one_called || is_called(server))
}
