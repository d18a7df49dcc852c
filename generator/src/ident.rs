//! Identifiers that can move between threads: those of `proc_macro2` belong to the thread that created them.

use std::fmt;

use proc_macro2::{Span, TokenStream};
use quote::{IdentFragment, ToTokens, TokenStreamExt as _};

/// An identifier of the generated crate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ident(Box<str>);

impl Ident {
    /// Creates an identifier that is not a keyword.
    pub(crate) fn plain(name: &str) -> Self {
        Self(name.into())
    }

    /// Creates an identifier from a keyword.
    pub(crate) fn raw(name: &str) -> Self {
        Self(format!("r#{name}").into())
    }

    /// The identifier as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`, as in documentation.
    pub fn unraw(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl PartialEq<str> for Ident {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for Ident {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let ident = match self.0.strip_prefix("r#") {
            Some(keyword) => proc_macro2::Ident::new_raw(keyword, Span::call_site()),
            None => proc_macro2::Ident::new(&self.0, Span::call_site()),
        };
        tokens.append(ident);
    }
}

impl IdentFragment for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.unraw())
    }
}
