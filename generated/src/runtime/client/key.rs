//! The keys that every call carries, and how they are kept secret.

use bytes::Bytes;
use http::HeaderValue;
use http::header::InvalidHeaderValue;
use std::fmt;
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// A key that the API asks for.
#[derive(Debug)]
pub(crate) struct Key {
    /// The name of the key, and of the builder's method that sets it.
    pub(crate) name: &'static str,
    /// The header that carries it, in lower case.
    pub(crate) header: &'static str,
    /// The environment variable that usually holds it.
    pub(crate) env: Option<&'static str>,
}

/// The most letters of a key: servers take header lines of 8 KiB, or less.
const MAX_KEY: usize = 8192;

/// Text that is never printed, and is wiped from memory when dropped.
///
/// That is all that is promised: the text that the caller gave, unless it was moved in here; the environment, if it came
/// from there; and the buffers of the transport, into which each request is written, hold copies that are not wiped.
#[derive(Clone)]
pub(crate) struct Secret(Zeroizing<String>);

impl Secret {
    pub(crate) fn new(text: String) -> Secret {
        Secret(Zeroizing::new(text))
    }

    /// The header value that carries the secret: marked sensitive, and over memory that is wiped when its last clone
    /// is dropped.
    ///
    /// # Errors
    /// Says what a header cannot carry, without repeating any of it.
    pub(crate) fn into_header(mut self) -> Result<HeaderValue, &'static str> {
        if self.0.is_empty() {
            return Err("it is empty");
        }
        if self.0.len() > MAX_KEY {
            return Err("it is longer than 8192 characters, which no server takes in a header");
        }
        if self.0.bytes().any(|byte| matches!(byte, b'\r' | b'\n')) {
            return Err("it holds a line break (is it a file's content, with the newline at its end?)");
        }
        if !self.0.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(
                "it holds a character that a header cannot carry: only visible ASCII without spaces can be sent",
            );
        }
        let bytes = Zeroizing::new(std::mem::take(&mut *self.0).into_bytes());
        header_over(bytes).map_err(|_| "it holds a character that a header cannot carry")
    }
}

/// A header value that is marked sensitive and shares its owner's memory, which is wiped when the last clone is dropped.
pub(crate) fn header_over<T>(owner: T) -> Result<HeaderValue, InvalidHeaderValue>
where
    T: AsRef<[u8]> + ZeroizeOnDrop + Send + 'static,
{
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(owner))?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
