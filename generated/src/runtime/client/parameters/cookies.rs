//! The header `Cookie`: all pairs of a request in one, since HTTP allows only one.

use http::header::{COOKIE, HeaderMap, HeaderValue};

/// Joins the pairs with those in the headers, in the last of the headers.
pub(crate) fn join(pairs: &[String], headers: &mut [&mut HeaderMap]) {
    let mut count = 0;
    for headers in headers.iter() {
        count += headers.get_all(COOKIE).iter().count();
    }
    if pairs.is_empty() && count < 2 {
        return;
    }
    let mut joined: Vec<u8> = Vec::new();
    let mut push = |pair: &[u8]| {
        joined.extend_from_slice(if joined.is_empty() { b"" } else { b"; " });
        joined.extend_from_slice(pair);
    };
    for pair in pairs {
        push(pair.as_bytes());
    }
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

/// Returns the first name of a cookie in a header that is one of those.
pub(crate) fn find<'h>(header: &'h HeaderValue, is_one: &dyn Fn(&str) -> bool) -> Option<&'h str> {
    let mut rest = Some(header.as_bytes());
    while let Some(pairs) = rest {
        let pair;
        (pair, rest) = split(pairs, b';');
        if let Ok(name) = str::from_utf8(split(pair, b'=').0.trim_ascii())
            && is_one(name)
        {
            return Some(name);
        }
    }
    None
}

/// Splits a text at a separator, if it contains one.
fn split(text: &[u8], separator: u8) -> (&[u8], Option<&[u8]>) {
    for (place, byte) in text.iter().enumerate() {
        if *byte == separator {
            return (&text[..place], Some(&text[place + 1..]));
        }
    }
    (text, None)
}
