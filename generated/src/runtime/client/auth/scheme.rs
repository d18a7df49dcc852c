//! The credentials that an API and its operations require, as data.

use crate::api::{OTHER_SECURITY, SCHEMES, SECURITY};
use crate::runtime::client::text::append;
use http::HeaderName;
use http::header::AUTHORIZATION;

/// A security scheme.
#[derive(Debug)]
pub(crate) struct Scheme {
    /// Its name: the builder's method that sets the credential.
    pub(crate) name: &'static str,
    pub(crate) sent: Sent,
    /// The environment variable that usually holds the credential; for [`Sent::Basic`], `user:password`.
    pub(crate) env: Option<&'static str>,
}

/// How the credential of a scheme is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(dead_code, reason = "an API need not have credentials of each kind")]
pub(crate) enum Sent {
    /// As this header, whose name is in lower case.
    Header(&'static str),
    /// As this parameter of the query.
    Query(&'static str),
    /// As this cookie.
    Cookie(&'static str),
    /// As the header `Authorization`: a user and a password.
    Basic,
    /// As the header `Authorization`: a token.
    Bearer,
    /// As the header `Authorization`: the caller supplies the whole value.
    Authorization,
}

/// The sets of schemes, by name, of which an operation requires one: it requires all schemes of that set. Without sets,
/// it requires nothing; with an empty set, credentials are optional.
pub(crate) type Security = &'static [&'static [&'static str]];

impl Scheme {
    pub(crate) fn named(name: &str) -> Option<(usize, &'static Scheme)> {
        for (index, scheme) in SCHEMES.iter().enumerate() {
            if scheme.name == name {
                return Some((index, scheme));
            }
        }
        None
    }

    /// Whether the credential is sent as this header.
    pub(crate) fn goes_in_header(&self, name: &HeaderName) -> bool {
        match self.sent {
            Sent::Header(header) => name == header,
            Sent::Basic | Sent::Bearer | Sent::Authorization => *name == AUTHORIZATION,
            Sent::Cookie(_) | Sent::Query(_) => false,
        }
    }
}

/// Returns the requirements of the operation with this id.
pub(crate) fn of(operation: &str) -> Security {
    match OTHER_SECURITY.binary_search_by_key(&operation, |(id, _)| id) {
        Ok(place) => OTHER_SECURITY[place].1,
        Err(_) => SECURITY,
    }
}

/// The names of the schemes of the only set, if every operation of the API requires the same one. Without their
/// credentials no call can be made.
#[inline]
pub(crate) fn always_required() -> &'static [&'static str] {
    match SECURITY {
        [only] if OTHER_SECURITY.is_empty() => only,
        _ => &[],
    }
}

/// Describes the accepted credentials: `api_key (API_KEY) and app_key (APP_KEY), or token`.
pub(crate) fn in_words(security: Security) -> String {
    let mut words = String::new();
    for set in security {
        let mut names = String::new();
        for name in *set {
            append(&mut names, " and ", name);
            if let Some(variable) = Scheme::named(name).and_then(|(_, scheme)| scheme.env) {
                names.push_str(" (");
                names.push_str(variable);
                names.push(')');
            }
        }
        append(&mut words, ", or ", &names);
    }
    words
}
