//! Text that is not a valid value of a named type.

use std::error::Error as StdError;
use std::fmt;

/// Text that cannot be read as an id or another value with a type of its own.
///
/// It prints the text, the type and the reason: `x1 is not a valid ThingId: …`.
pub struct ParseError {
    type_name: &'static str,
    text: String,
    source: Box<dyn StdError + Send + Sync>,
}

impl ParseError {
    /// For the runtime's macros: `text` is not a valid value of the type with this name.
    #[allow(dead_code, reason = "an API need not have scalars with names")]
    pub(crate) fn new(
        type_name: &'static str,
        text: &str,
        source: impl Into<Box<dyn StdError + Send + Sync>>,
    ) -> ParseError {
        ParseError { type_name, text: text.to_owned(), source: source.into() }
    }

    /// The text.
    #[inline]
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for ParseError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MOST: usize = 60;
        let start: String = self.text.chars().take(MOST).collect();
        let rest = if start.len() < self.text.len() { "…" } else { "" };
        write!(f, "`{}{rest}` is not a valid {}: {}", start.escape_debug(), self.type_name, self.source)
    }
}

/// The same line as `Display`: a `main` that returns the error prints it with `Debug`.
impl fmt::Debug for ParseError {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// There is no `source`: this text includes it.
impl StdError for ParseError {}
