//! A credential in the form in which it is sent.

use super::secret::{Secret, header_over, wiped};
use super::{Scheme, Sent};
use crate::runtime::client::parameters::plain::RESERVED;
use crate::runtime::client::secrets::BASE64;
use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE};
use http::uri::InvalidUri;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use percent_encoding::utf8_percent_encode;
use std::io::Write as _;
use zeroize::Zeroizing;

/// A credential that can be sent, in memory that is wiped.
#[derive(Clone)]
pub(crate) struct Sealed {
    wire: Wire,
    /// The texts that are never printed, beginning with the one from the caller.
    secrets: Vec<Bytes>,
}

#[derive(Clone)]
enum Wire {
    Header(HeaderName, HeaderValue),
    /// A pair of the query, encoded.
    Query(Bytes),
    /// A name and its value.
    Cookie(Bytes),
}

const NO_HEADER: &str = "it contains a character that a header cannot have";
const NOT_PLAIN: &str =
    "it contains a character that a header cannot have: only visible ASCII without spaces can be sent";

impl Sealed {
    /// # Errors
    /// Says why the text cannot be sent, without repeating any of it.
    #[inline]
    pub(super) fn new(scheme: &Scheme, secret: Secret) -> Result<Sealed, &'static str> {
        let graphic = |c: char| c.is_ascii_graphic();
        match scheme.sent {
            Sent::Header(name) => {
                secret.check(graphic, NOT_PLAIN)?;
                let text = secret.into_bytes();
                // The name comes from the description, where it is valid; but it can be too long to be sent.
                let name = HeaderName::from_bytes(name.as_bytes());
                Sealed::header(name.map_err(|_| "the name of its header cannot be sent")?, &text, vec![text.clone()])
            }
            Sent::Bearer => {
                secret.check(graphic, NOT_PLAIN)?;
                let value = prefixed("Bearer ", secret.text().as_bytes());
                Sealed::header(AUTHORIZATION, &value, vec![value.slice("Bearer ".len()..)])
            }
            Sent::Basic => Sealed::basic(&secret),
            Sent::Authorization => {
                let inner = |c: char| c.is_ascii_graphic() || c == ' ';
                secret.check(
                    inner,
                    "it contains a character that a header cannot have: only visible ASCII can be sent",
                )?;
                if secret.text().trim().len() != secret.text().len() {
                    return Err("it begins or ends with a space");
                }
                // The word before the space is the name of the scheme.
                let space = secret.text().find(' ');
                let text = secret.into_bytes();
                let mut secrets = vec![text.clone()];
                if let Some(space) = space {
                    secrets.push(text.slice(space + 1..));
                }
                Sealed::header(AUTHORIZATION, &text, secrets)
            }
            Sent::Query(name) => {
                secret.check(
                    graphic,
                    "it contains a character that no key has: only visible ASCII without spaces can be sent",
                )?;
                let mut pair = Zeroizing::new(Vec::with_capacity(3 * (name.len() + secret.text().len()) + 1));
                for part in utf8_percent_encode(name, RESERVED) {
                    pair.extend_from_slice(part.as_bytes());
                }
                pair.push(b'=');
                for part in utf8_percent_encode(secret.text(), RESERVED) {
                    pair.extend_from_slice(part.as_bytes());
                }
                Ok(Sealed { wire: Wire::Query(wiped(pair)), secrets: vec![secret.into_bytes()] })
            }
            Sent::Cookie(name) => {
                let octet = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | ',' | ';' | '\\');
                secret.check(octet, "it contains a character that a cookie cannot have")?;
                let pair = prefixed(&format!("{name}="), secret.text().as_bytes());
                let text = pair.slice(name.len() + 1..);
                Ok(Sealed { wire: Wire::Cookie(pair), secrets: vec![text] })
            }
        }
    }

    #[inline]
    fn header(name: HeaderName, value: &Bytes, secrets: Vec<Bytes>) -> Result<Sealed, &'static str> {
        let value = header_over(value).map_err(|_| NO_HEADER)?;
        Ok(Sealed { wire: Wire::Header(name, value), secrets })
    }

    /// A user and a password, either of which may be empty. Some APIs expect a key in one of them, so neither is
    /// printed.
    #[inline]
    fn basic(secret: &Secret) -> Result<Sealed, &'static str> {
        const MISSING: &str = "it needs a colon between user and password";
        secret.check(|c| !c.is_control(), "it contains a control character")?;
        let colon = secret.text().find(':').ok_or(MISSING)?;
        if secret.text().len() == 1 {
            return Err("user and password are empty");
        }
        let pair = secret.clone().into_bytes();
        let encoded = base64(&pair);
        let value = prefixed(BASIC, &encoded);
        let (user, password) = (pair.slice(..colon), pair.slice(colon + 1..));
        let padding = (3 - pair.len() % 3) % 3;
        let mut secrets = vec![value.slice(BASIC.len()..value.len() - padding)];
        for text in [user, password] {
            if !text.is_empty() {
                secrets.push(text);
            }
        }
        Sealed::header(AUTHORIZATION, &value, secrets)
    }

    /// The texts that are never printed.
    pub(super) fn secrets(&self) -> &[Bytes] {
        &self.secrets
    }

    /// The token, if the credential of the scheme is a token.
    pub(super) fn token(&self) -> Option<&str> {
        str::from_utf8(self.secrets.first()?).ok()
    }

    /// Adds the credential to a request.
    ///
    /// # Errors
    /// The URL becomes too long.
    pub(super) fn put(&self, headers: &mut HeaderMap, uri: &mut Uri) -> Result<(), InvalidUri> {
        match &self.wire {
            Wire::Header(name, value) => drop(headers.insert(name.clone(), value.clone())),
            Wire::Cookie(pair) => {
                let others = headers.get(COOKIE).map_or(&[][..], HeaderValue::as_bytes);
                let mut all = Zeroizing::new(Vec::with_capacity(others.len() + 2 + pair.len()));
                all.extend_from_slice(others);
                if !others.is_empty() {
                    all.extend_from_slice(b"; ");
                }
                all.extend_from_slice(pair);
                // Both parts are, or could be, in headers already.
                if let Ok(value) = header_over(&wiped(all)) {
                    headers.insert(COOKIE, value);
                }
            }
            Wire::Query(pair) => {
                let separator: &[u8] = if uri.query().is_some() { b"&" } else { b"?" };
                // It can contain another credential, and a text that grows would leave a copy of it in the old memory.
                let authority = uri.authority().map_or(0, |authority| authority.as_str().len());
                let path = uri.path_and_query().map_or(0, |path| path.as_str().len());
                let length = "https://".len() + authority + path + separator.len() + pair.len();
                let mut all = Zeroizing::new(Vec::with_capacity(length));
                // Writing to memory cannot fail.
                let _ = write!(all, "{uri}");
                all.extend_from_slice(separator);
                all.extend_from_slice(pair);
                *uri = Uri::from_maybe_shared(wiped(all))?;
            }
        }
        Ok(())
    }
}

const BASIC: &str = "Basic ";

/// Joins a prefix and a text, in memory that is wiped.
#[inline]
fn prefixed(prefix: &str, text: &[u8]) -> Bytes {
    let mut all = Zeroizing::new(Vec::with_capacity(prefix.len() + text.len()));
    all.extend_from_slice(prefix.as_bytes());
    all.extend_from_slice(text);
    wiped(all)
}

#[inline]
fn base64(bytes: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut digits = Zeroizing::new(Vec::with_capacity(bytes.len().div_ceil(3) * 4));
    for chunk in bytes.chunks(3) {
        let mut bits: u32 = 0;
        for place in 0..3 {
            bits = bits << 8 | u32::from(chunk.get(place).copied().unwrap_or_default());
        }
        for digit in 0..4 {
            let place = (bits >> (18 - 6 * digit)) & 63;
            digits.push(if digit <= chunk.len() { BASE64[place as usize] } else { b'=' });
        }
    }
    digits
}
