//! Operations as data: the description of each.

use crate::runtime::client::auth;
use http::{Method, StatusCode};

/// One operation of the API, as data.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The operation's id in the API's description, such as `GetThing`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the base URL, with `{name}` for each argument.
    pub path: &'static str,
    /// The permission that the keys need.
    pub permission: Option<&'static str>,
    /// Why the operation may still change, if the description says so.
    pub unstable: Option<&'static str>,
    /// Whether sending the same request twice has the same effect as sending it once.
    pub idempotent: bool,
    /// Each documented status, with the name of the model of its body. A [range](Operation::range) represents all
    /// statuses with its first digit, and [`Operation::DEFAULT`] all others.
    pub responses: &'static [(u16, Option<&'static str>)],
}

impl Operation {
    /// Represents, in [`responses`](Operation::responses), every status without an entry of its own.
    pub const DEFAULT: u16 = 0;

    /// Represents, in [`responses`](Operation::responses), every status with this first digit that has no entry of its own:
    /// 4 for `4XX`.
    #[must_use]
    pub const fn range(first_digit: u16) -> u16 {
        first_digit
    }

    /// The documented response for a status: `Some(None)` is one without a described body.
    #[must_use]
    pub fn response(&self, status: u16) -> Option<Option<&'static str>> {
        let find = |wanted: u16| {
            for (key, body) in self.responses {
                if *key == wanted {
                    return Some(*body);
                }
            }
            None
        };
        find(status).or_else(|| find(Operation::range(status / 100))).or_else(|| find(Operation::DEFAULT))
    }

    /// Whether a status means success: a 2xx, or a documented 3xx if the description documents no other success.
    pub(crate) fn succeeds_with(&self, status: StatusCode) -> bool {
        if !status.is_redirection() {
            return status.is_success();
        }
        for (key, _) in self.responses {
            if matches!(*key, Operation::DEFAULT | 2 | 200..=299) {
                return false;
            }
        }
        self.response(status.as_u16()).is_some()
    }

    /// Describes an operation that this crate does not know, for [`Client::send`](crate::Client::send).
    ///
    /// `path` starts with a slash; `idempotent` says whether the request may be sent again if it is unknown
    /// whether it arrived.
    ///
    /// ```text
    /// static GET_THING: Operation = Operation::new("GetThing", Method::GET, "/api/v2/things/{thing_id}", true);
    /// ```
    ///
    /// # Panics
    /// The path is invalid: it does not start with a slash, so that its first segment would extend the host; or it
    /// contains a segment of one or two dots, a query, a fragment, a backslash, a space, or another character that must
    /// be percent-encoded. In a `static` or a `const`, this is a compile error.
    #[inline]
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str, idempotent: bool) -> Operation {
        let bytes = path.as_bytes();
        let checked = if bytes.len() > 1 && bytes[1] == b'/' {
            Err("the path starts with two slashes: a parser can take the next segment for a host")
        } else {
            check_path(path)
        };
        if let Err(reason) = checked {
            #[allow(clippy::panic, reason = "documented; in a static, the compiler stops at it")]
            {
                panic!("{}", reason);
            }
        }
        Operation { id, method, path, permission: None, unstable: None, idempotent, responses: &[] }
    }

    /// The sets of credentials that the operation accepts: a call needs all credentials of one set. Each is named as
    /// the builder's method that sets it. No set means that the operation takes no credentials; an empty set means that
    /// they are optional.
    ///
    /// An operation that this crate does not know takes the usual credentials of the known ones, unless its
    /// [request](crate::Request::security) sets others.
    #[must_use]
    pub fn security(&self) -> &'static [&'static [&'static str]] {
        auth::of(self.id)
    }
}

/// Checks a path below a base URL, with or without placeholders.
///
/// # Errors
/// Says what is wrong with it.
pub(crate) const fn check_path(path: &str) -> Result<(), &'static str> {
    let bytes = path.as_bytes();
    if bytes.is_empty() || bytes[0] != b'/' {
        return Err("the path must start with a slash: it would become a part of the host");
    }
    let mut at = 0;
    // The number of characters in the segment so far, and whether they are all dots.
    let (mut length, mut dots) = (0, true);
    while at <= bytes.len() {
        if at == bytes.len() || bytes[at] == b'/' {
            if dots && (length == 1 || length == 2) {
                return Err("a segment of the path is one or two dots, which would change the resource");
            }
            (length, dots) = (0, true);
            at += 1;
            continue;
        }
        let mut byte = bytes[at];
        at += 1;
        match byte {
            b'?' | b'#' => return Err("the path must not have a query or a fragment"),
            b'\\' => return Err("the path contains a backslash, which some servers take for a slash"),
            b'%' => {
                if at + 1 >= bytes.len() || !bytes[at].is_ascii_hexdigit() || !bytes[at + 1].is_ascii_hexdigit() {
                    return Err("the path contains a % that encodes nothing");
                }
                if bytes[at] == b'2' && bytes[at + 1].eq_ignore_ascii_case(&b'e') {
                    byte = b'.';
                }
                at += 2;
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {}
            // The other characters of a segment in RFC 3986.
            b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'='
            | b':' | b'@' => {}
            // The placeholder of an argument, whose name may contain any character.
            b'{' => {
                while at < bytes.len() && bytes[at] != b'}' {
                    at += 1;
                }
                if at == bytes.len() {
                    return Err("the path contains an unpaired brace");
                }
                at += 1;
            }
            _ => return Err("the path contains a character that must be percent-encoded"),
        }
        length += 1;
        dots = dots && byte == b'.';
    }
    Ok(())
}
