//! The meaning of reqwest's errors.

use super::streamed::Unread;
use crate::runtime::client::{Reached, TransportError, TransportErrorKind};
use std::error::Error as StdError;
use std::io;

/// A [`TransportError`] to which `?` converts reqwest's errors.
pub(super) struct Failure(pub(super) TransportError);

impl Failure {
    /// An error for a transport that cannot send anything, now or later.
    pub(super) fn unusable(reason: impl Into<Box<dyn StdError + Send + Sync>>) -> Failure {
        Failure(TransportError::new(TransportErrorKind::Other, Reached::No, reason))
    }
}

impl From<reqwest::Error> for Failure {
    #[inline]
    fn from(error: reqwest::Error) -> Failure {
        let reached = if error.is_connect() || error.is_builder() { Reached::No } else { Reached::Unknown };
        let kind = if error.is_timeout() {
            TransportErrorKind::Timeout
        } else if error.is_connect() && tls_cause(&error).is_some_and(is_final) {
            TransportErrorKind::Tls
        } else if error.is_connect() {
            TransportErrorKind::Connect
        } else if is_unread(&error) {
            TransportErrorKind::RequestBody
        } else if error.is_body() || error.is_decode() {
            TransportErrorKind::Body
        } else {
            TransportErrorKind::Other
        };
        // The URL is the caller's own and long; the error already names the operation.
        Failure(TransportError::new(kind, reached, error.without_url()))
    }
}

/// Returns the error of TLS, if it is the cause.
#[inline]
fn tls_cause<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e rustls::Error> {
    let mut link = Some(error);
    while let Some(error) = link {
        if let Some(tls) = error.downcast_ref() {
            return Some(tls);
        }
        // An I/O error hides the error inside: its `source` is that of the hidden error.
        if let Some(inner) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            return tls_cause(inner);
        }
        link = error.source();
    }
    None
}

/// Whether the body of the request is the cause.
#[inline]
fn is_unread(error: &(dyn StdError + 'static)) -> bool {
    let mut link = Some(error);
    while let Some(error) = link {
        if error.is::<Unread>() {
            return true;
        }
        link = error.source();
    }
    false
}

/// Whether the next attempt would fail in the same way. Only a problem of the server itself can be temporary.
#[inline]
fn is_final(error: &rustls::Error) -> bool {
    use rustls::AlertDescription::{InternalError, UserCanceled};
    !matches!(error, rustls::Error::AlertReceived(InternalError | UserCanceled))
}
