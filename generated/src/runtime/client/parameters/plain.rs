//! Parameters that implement `Display`: the usual ones, which need no JSON.

use crate::runtime::client::Request;
use crate::runtime::client::request::Problem;
use crate::runtime::client::text::append;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt::{self, Display, Write as _};

/// All except the unreserved characters of RFC 3986.
pub(in crate::runtime::client) const RESERVED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The reason why an empty object is not sent.
pub(super) const EMPTY_OBJECT: &str = "an empty object cannot be distinguished from an absent one: set a field";

/// The reason why an empty list is not sent.
pub(in crate::runtime::client) const EMPTY_LIST: &str =
    "an empty list cannot be distinguished from an absent one: add an item";

impl Request {
    /// Replaces `{name}` in the path by a value.
    #[inline]
    pub fn path(mut self, name: &str, value: &dyn Display) -> Request {
        let Some(value) = self.text(name, value) else { return self };
        self.fill_path(name, &encode(&value).to_string())
    }

    /// Replaces `{name}` in the path by an encoded text.
    #[inline]
    pub(super) fn fill_path(mut self, name: &str, value: &str) -> Request {
        // An encoded value contains no braces, so it can never be taken for another placeholder.
        let Some(path) = fill(&self.path, name, value) else {
            return self.reject(name, "the path has no placeholder for it, or it was set before");
        };
        // A value beside other text in its segment, as in `/reports/{name}.json`, may be a dot.
        if value.is_empty() || path.split('/').any(|segment| matches!(segment, "." | "..")) {
            return self
                .reject(name, &format!("{value:?} cannot be a part of the path: it would name another resource"));
        }
        self.path = path;
        self
    }

    /// Adds `name=value` to the query.
    #[inline]
    pub fn query(mut self, name: &str, value: &dyn Display) -> Request {
        let Some(value) = self.text(name, value) else { return self };
        let separator = if self.query.is_empty() { "" } else { "&" };
        // Writing to a string cannot fail.
        let _ = write!(self.query, "{separator}{}={}", encode(name), encode(&value));
        self
    }

    /// Adds an encoded text to the query.
    #[inline]
    #[allow(dead_code, reason = "an API need not have parameters of other styles")]
    pub(super) fn append_query(&mut self, pair: &str) {
        append(&mut self.query, "&", pair);
    }

    /// Adds `name=value` to the query if there is a value.
    pub fn query_opt<T: Display>(self, name: &str, value: Option<&T>) -> Request {
        match value {
            Some(value) => self.query(name, value),
            None => self,
        }
    }

    /// Adds `name=value` to the query for each value of a list, if there is a list.
    ///
    /// An empty list is rejected: nothing would be sent for it, and the server would read it as an absent list. Pass
    /// `None` for an absent list.
    pub fn query_each<T: Display>(self, name: &str, values: Option<&Vec<T>>) -> Request {
        let Some(values) = values else { return self };
        if values.is_empty() {
            return self.reject(name, EMPTY_LIST);
        }
        values.iter().fold(self, |request, value| request.query(name, value))
    }

    /// Adds `name=value,value` to the query, if there is a list. An empty list is rejected, as by
    /// [`query_each`](Request::query_each).
    pub fn query_joined<T: Display>(mut self, name: &str, values: Option<&Vec<T>>) -> Request {
        for (index, value) in values.into_iter().flatten().enumerate() {
            if index == 0 {
                self = self.query(name, value);
            } else if let Some(value) = self.text(name, value) {
                // Only the comma between two values is unencoded. Writing to a string cannot fail.
                let _ = write!(self.query, ",{}", encode(&value));
            }
        }
        match values {
            Some(values) if values.is_empty() => self.reject(name, EMPTY_LIST),
            _ => self,
        }
    }

    /// Whether the query has a pair with this name.
    #[inline]
    #[allow(dead_code, reason = "an API need not have lists that come in pages")]
    pub(crate) fn has_query(&self, name: &str) -> bool {
        let start = format!("{}=", encode(name));
        self.query.split('&').any(|pair| pair.starts_with(&start))
    }

    /// Removes the pairs of a name from the query.
    #[inline]
    #[allow(dead_code, reason = "an API need not have lists that come in pages")]
    pub(crate) fn without_query(mut self, name: &str) -> Request {
        let start = format!("{}=", encode(name));
        let mut rest = String::new();
        for pair in self.query.split('&') {
            if !pair.starts_with(&start) {
                append(&mut rest, "&", pair);
            }
        }
        self.query = rest;
        self
    }

    /// Prints the value; returns `None` and records the problem if it cannot be printed.
    #[inline]
    fn text(&mut self, name: &str, value: &dyn Display) -> Option<String> {
        let mut text = String::new();
        match write!(text, "{value}") {
            Ok(()) => Some(text),
            Err(fmt::Error) => {
                self.problem.get_or_insert_with(|| Problem::new(name, "the value cannot be printed"));
                None
            }
        }
    }
}

/// Replaces each placeholder of this name in the path; `None` if it has none.
#[inline]
fn fill(path: &str, name: &str, value: &str) -> Option<String> {
    let mut parts = path.split('{');
    let mut filled = parts.next()?.to_owned();
    let mut found = false;
    for part in parts {
        match part.strip_prefix(name).and_then(|rest| rest.strip_prefix('}')) {
            Some(rest) => {
                found = true;
                filled.push_str(value);
                filled.push_str(rest);
            }
            None => {
                filled.push('{');
                filled.push_str(part);
            }
        }
    }
    found.then_some(filled)
}

#[inline]
fn encode(text: &str) -> impl Display {
    utf8_percent_encode(text, RESERVED)
}
