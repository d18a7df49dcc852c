//! The walk over the pages of a list: which page comes next, and what ends it. Numbers in, numbers out.

use super::seen::Seen;
use std::fmt;

/// A walk that stands before a page.
#[derive(Debug)]
pub(crate) struct Walk {
    state: State,
    /// The pages that were given, by their items.
    seen: Seen,
    /// How many pages in a row held nothing new.
    stale: u32,
}

/// How many pages in a row may hold nothing new, each naming a later one, before the walk is given up: a filter may leave
/// some of a server's pages empty, but hardly so many.
const MOST_STALE: u32 = 100;

#[derive(Clone, Copy, Debug)]
enum State {
    /// The page with this number is next.
    At(i64),
    /// The last page was good, and named a page that was given already.
    Circling(Repeated),
    Ended,
}

/// What a page says about the one after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// It has this number.
    Page(i64),
    /// There is none.
    None,
    /// Nothing.
    Unsaid,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Fetch(i64),
    Fail(Repeated),
    End,
}

/// The server gave, or is about to give, a page for the second time, or gives nothing: going on would never end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeated {
    /// A page named itself, or one before it, as the next.
    Number { page: i64, next: i64 },
    /// A page has the items of one before it, and does not say what comes next.
    Items { page: i64 },
    /// The last of many pages that held nothing new.
    Nothing { page: i64 },
}

impl Walk {
    pub(crate) fn new(first: i64) -> Walk {
        Walk { state: State::At(first), seen: Seen::default(), stale: 0 }
    }

    /// What to do next. After a failure there is nothing to do.
    pub(crate) fn step(&mut self) -> Step {
        match self.state {
            State::At(number) => Step::Fetch(number),
            State::Circling(repeated) => {
                self.state = State::Ended;
                Step::Fail(repeated)
            }
            State::Ended => Step::End,
        }
    }

    /// Goes on from the page that was fetched: `items` is the fingerprint of its items, or `None` if it has none.
    ///
    /// Where pages say nothing about the next one, a page without items is the last, and one with the items of another an
    /// error: such a server does not know the parameter, or starts again. Where they name the next one, pages with equal
    /// items may be right, and so may pages without any; but not page after page of them.
    ///
    /// # Errors
    /// The page is one that was given before, or one of too many that hold nothing new.
    pub(crate) fn go_on(&mut self, next: Next, items: Option<u64>) -> Result<(), Repeated> {
        let State::At(page) = self.state else { return Ok(()) };
        let new = items.is_some_and(|items| self.seen.is_new(items));
        self.stale = if new { 0 } else { self.stale + 1 };
        self.state = match next {
            Next::None => State::Ended,
            Next::Unsaid if items.is_none() => State::Ended,
            Next::Unsaid if !new => return self.fail(Repeated::Items { page }),
            Next::Page(_) if self.stale >= MOST_STALE => return self.fail(Repeated::Nothing { page }),
            Next::Unsaid => State::from_to(page, page.saturating_add(1)),
            Next::Page(next) => State::from_to(page, next),
        };
        Ok(())
    }

    fn fail(&mut self, repeated: Repeated) -> Result<(), Repeated> {
        self.end();
        Err(repeated)
    }

    /// Ends the walk: a page could not be had.
    pub(crate) fn end(&mut self) {
        self.state = State::Ended;
    }

    pub(crate) fn is_over(&self) -> bool {
        matches!(self.state, State::Ended)
    }
}

impl State {
    fn from_to(page: i64, next: i64) -> State {
        if next > page { State::At(next) } else { State::Circling(Repeated::Number { page, next }) }
    }
}

impl fmt::Display for Repeated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Repeated::Number { page, next } => write!(f, "page {page} names page {next} as the next"),
            Repeated::Items { page } => write!(f, "page {page} has the same items as one before it"),
            Repeated::Nothing { page } => {
                write!(f, "page {page} names another page, and is the last of {MOST_STALE} in a row without a new item")
            }
        }
    }
}
