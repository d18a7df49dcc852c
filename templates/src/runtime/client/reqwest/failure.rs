//! What reqwest's errors mean.

use super::streamed::Unread;
use crate::runtime::client::{Reached, TransportError, TransportErrorKind};
use std::error::Error as StdError;
use std::io;

/// A [`TransportError`] into which `?` turns reqwest's errors.
pub(super) struct Failure(pub(super) TransportError);

impl Failure {
    /// Nothing can be sent from here, now or later.
    pub(super) fn unusable(reason: impl Into<Box<dyn StdError + Send + Sync>>) -> Failure {
        Failure(TransportError::new(TransportErrorKind::Other, Reached::No, reason))
    }
}

impl From<reqwest::Error> for Failure {
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
        // The URL is the caller's own and long; the operation says where the request went.
        Failure(TransportError::new(kind, reached, error.without_url()))
    }
}

/// What TLS says, if it is to blame.
fn tls_cause<'e>(error: &'e (dyn StdError + 'static)) -> Option<&'e rustls::Error> {
    let mut link = Some(error);
    while let Some(error) = link {
        if let Some(tls) = error.downcast_ref() {
            return Some(tls);
        }
        // An I/O error hides what it was made from: its `source` is that of the hidden one.
        if let Some(inner) = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            return tls_cause(inner);
        }
        link = error.source();
    }
    None
}

/// Whether the body of the request is to blame.
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

/// Whether the next attempt would fail in the same way. Only the server's own trouble may pass.
fn is_final(error: &rustls::Error) -> bool {
    use rustls::AlertDescription::{InternalError, UserCanceled};
    !matches!(error, rustls::Error::AlertReceived(InternalError | UserCanceled))
}
