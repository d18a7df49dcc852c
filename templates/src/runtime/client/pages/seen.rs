//! Remembers which pages of a list were already returned, in bounded memory.

/// Remembers pages by their fingerprints: all of the first ones, and of the others enough to find every cycle.
///
/// A server that repeats pages, in whatever order, soon repeats one of the first. Brent's algorithm finds a cycle after
/// a long list without repetition: a page is kept until twice as many have come, so that the cycle returns to it.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// In ascending order: a hash set would cost too much to compile.
    first: Vec<u64>,
    kept: u64,
    /// The number of pages since that page was kept, and after how many it is replaced.
    since: u64,
    until: u64,
}

/// The number of pages that are all remembered: at most 128 KiB of memory.
const ALL: usize = 1 << 14;

impl Seen {
    /// Returns whether this page is new, as far as is remembered, and remembers it.
    #[inline]
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
