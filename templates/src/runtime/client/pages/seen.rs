//! Which pages of a list were given already, in bounded memory.

/// Remembers pages by their fingerprints: the first ones all, and of the rest enough to find every cycle.
///
/// A server that gives the same pages again, in whatever order, soon gives one of the first. One that gives a long list
/// first and then repeats in a cycle, is found by Brent's algorithm: a page is kept until twice as many have come, so
/// that the cycle returns to it.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// In ascending order: a hash set is much to compile for so little.
    first: Vec<u64>,
    kept: u64,
    /// How many pages came since that page was kept, and after how many it is replaced.
    since: u64,
    until: u64,
}

/// How many pages are all remembered: 128 KiB of memory at most.
const ALL: usize = 1 << 14;

impl Seen {
    /// Whether this page was not given before, as far as is remembered. It is remembered now.
    pub(crate) fn is_new(&mut self, page: u64) -> bool {
        let Err(place) = self.first.binary_search(&page) else { return false };
        if self.until > 0 && page == self.kept {
            return false;
        }
        if self.first.len() < ALL {
            self.first.insert(place, page);
            return true;
        }
        self.since += 1;
        if self.since >= self.until {
            (self.kept, self.since, self.until) = (page, 0, (self.until * 2).max(1));
        }
        true
    }
}
