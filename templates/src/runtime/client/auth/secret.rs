//! Secret text, and memory that is wiped.

use bytes::Bytes;
use http::HeaderValue;
use http::header::InvalidHeaderValue;
use std::fmt;
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// The maximum length of a credential: servers accept header lines of 8 KiB, or less.
const MAX: usize = 8192;

/// Text that is never printed, and is wiped from memory when dropped.
///
/// Other copies are not wiped: the text that the caller passed by reference; the environment, if the text came from
/// there; and the buffers of the transport, into which each request is written.
#[derive(Clone)]
pub(crate) struct Secret(Zeroizing<String>);

impl Secret {
    pub(crate) fn new(text: String) -> Secret {
        Secret(Zeroizing::new(text))
    }

    /// Joins two texts with a colon, as basic authentication sends them.
    #[inline]
    pub(crate) fn pair(user: String, password: String) -> Secret {
        let (user, password) = (Secret::new(user), Secret::new(password));
        // Reserved at once: a text that grows leaves a copy in the old memory.
        let mut both = Zeroizing::new(String::with_capacity(user.0.len() + 1 + password.0.len()));
        both.push_str(&user.0);
        both.push(':');
        both.push_str(&password.0);
        Secret(both)
    }

    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// The bytes, in memory that is wiped when the last clone is dropped.
    pub(crate) fn into_bytes(mut self) -> Bytes {
        wiped(Zeroizing::new(std::mem::take(&mut *self.0).into_bytes()))
    }

    /// Checks whether the text can be sent: every character must pass.
    ///
    /// # Errors
    /// Says what cannot be sent, without repeating any of it.
    #[inline]
    pub(crate) fn check(&self, passes: fn(char) -> bool, otherwise: &'static str) -> Result<(), &'static str> {
        if self.0.is_empty() {
            return Err("it is empty");
        }
        if self.0.len() > MAX {
            return Err("it is longer than 8192 characters, which no server accepts in a header");
        }
        let mut outcome = Ok(());
        for c in self.0.chars() {
            if matches!(c, '\r' | '\n') {
                return Err("it contains a line break (is it the content of a file, with a newline at its end?)");
            }
            if !passes(c) {
                outcome = Err(otherwise);
            }
        }
        outcome
    }
}

/// Bytes over the memory of their owner, which is wiped when the last clone is dropped.
pub(crate) fn wiped<T>(owner: T) -> Bytes
where
    T: AsRef<[u8]> + ZeroizeOnDrop + Send + 'static,
{
    Bytes::from_owner(owner)
}

/// A header value that is marked sensitive and shares this memory.
///
/// # Errors
/// A header cannot carry these bytes.
pub(crate) fn header_over(bytes: &Bytes) -> Result<HeaderValue, InvalidHeaderValue> {
    let mut value = HeaderValue::from_maybe_shared(bytes.clone())?;
    value.set_sensitive(true);
    Ok(value)
}

impl fmt::Debug for Secret {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
