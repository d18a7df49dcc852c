//! The header `Cookie`: all pairs of a request in one, since HTTP allows only one.

use http::header::{COOKIE, HeaderMap, HeaderValue};

/// Joins the pairs with those in the headers, in the last of the headers.
pub(crate) fn join(pairs: &[String], headers: &mut [&mut HeaderMap]) {
    let is_single = |count: usize| pairs.is_empty() && count < 2;
    if is_single(headers.iter().map(|headers| headers.get_all(COOKIE).iter().count()).sum()) {
        return;
    }
    let mut joined: Vec<u8> = Vec::new();
    let mut push = |pair: &[u8]| {
        joined.extend_from_slice(if joined.is_empty() { b"" } else { b"; " });
        joined.extend_from_slice(pair);
    };
    pairs.iter().for_each(|pair| push(pair.as_bytes()));
    let mut is_sensitive = false;
    for headers in headers.iter_mut() {
        for given in headers.get_all(COOKIE) {
            push(given.as_bytes());
            is_sensitive |= given.is_sensitive();
        }
        headers.remove(COOKIE);
    }
    // The pairs are encoded, and the existing header was valid.
    let (Some(last), Ok(mut value)) = (headers.last_mut(), HeaderValue::from_maybe_shared(joined)) else { return };
    value.set_sensitive(is_sensitive);
    last.insert(COOKIE, value);
}

/// Returns the names of the cookies in a header.
pub(crate) fn names(header: &HeaderValue) -> impl Iterator<Item = &str> {
    let pairs = header.as_bytes().split(|byte| *byte == b';');
    pairs.filter_map(|pair| str::from_utf8(pair.split(|byte| *byte == b'=').next()?.trim_ascii()).ok())
}
