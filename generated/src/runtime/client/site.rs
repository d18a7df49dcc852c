//! The sites of the API.

use crate::api::SITES;
use crate::runtime::client::Error;
use crate::runtime::client::text::append;
use std::fmt;
use std::str::FromStr;

/// A site that serves the API. An account belongs to one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Site {
    domain: &'static str,
    base_url: &'static str,
}

impl Site {
    /// Every site, the default first.
    pub const ALL: &'static [Site] = SITES;

    /// Creates a site that this version does not know.
    #[inline]
    #[must_use]
    pub const fn new(domain: &'static str, base_url: &'static str) -> Site {
        Site { domain, base_url }
    }

    /// The domain that identifies the site.
    #[inline]
    #[must_use]
    pub const fn domain(self) -> &'static str {
        self.domain
    }

    /// The base URL of the API on the site.
    #[inline]
    #[must_use]
    pub const fn base_url(self) -> &'static str {
        self.base_url
    }
}

impl fmt::Display for Site {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.domain)
    }
}

impl FromStr for Site {
    type Err = Error;

    /// Finds a site by its domain, in upper or lower case.
    #[inline]
    fn from_str(text: &str) -> Result<Site, Error> {
        let found = Site::ALL.iter().find(|site| site.domain.eq_ignore_ascii_case(text));
        found.copied().ok_or_else(|| {
            let mut domains = String::new();
            for site in Site::ALL {
                append(&mut domains, ", ", site.domain);
            }
            Error::configuration(format!("{text:?} is not a site; the sites are {domains}"), None)
        })
    }
}
