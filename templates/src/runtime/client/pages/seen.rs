//! Which pages of a list were given already, in bounded memory.

use std::collections::HashSet;

/// Remembers pages by their fingerprints: the first ones all, and of the rest enough to find every cycle.
///
/// A server that gives the same pages again, in whatever order, soon gives one of the first. One that gives a long list
/// first and goes round in circles then, is found by Brent's algorithm: a page is kept until twice as many have come, so
/// that the circle comes back to it.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    first: HashSet<u64>,
    kept: u64,
    /// How many pages came since that page was kept, and after how many it is replaced.
    since: u64,
    until: u64,
}

/// How many pages are all remembered: half a mebibyte of memory at most.
const ALL: usize = 1 << 14;

impl Seen {
    /// Whether this page was not given before, as far as is remembered. It is remembered now.
    pub(crate) fn is_new(&mut self, page: u64) -> bool {
        if self.first.contains(&page) || (self.until > 0 && page == self.kept) {
            return false;
        }
        if self.first.len() < ALL {
            return self.first.insert(page);
        }
        self.since += 1;
        if self.since >= self.until {
            (self.kept, self.since, self.until) = (page, 0, (self.until * 2).max(1));
        }
        true
    }
}
