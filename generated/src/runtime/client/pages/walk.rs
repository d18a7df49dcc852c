//! The walk over the pages of a list: which page comes next, and what ends it. Numbers in, numbers out.

use std::fmt;

/// A walk that stands before a page.
#[derive(Debug)]
pub(crate) struct Walk {
    state: State,
    /// The fingerprint of the page before this one, if that page did not say what comes next.
    before: Option<u64>,
}

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
    /// Nothing. What is left to go by are the items: their fingerprint, or `None` for a page without items.
    Unsaid(Option<u64>),
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Fetch(i64),
    Fail(Repeated),
    End,
}

/// The server gave, or is about to give, a page for the second time: going on would never end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeated {
    /// A page named itself, or one before it, as the next.
    Number { page: i64, next: i64 },
    /// A page has the items of the one before it.
    Items { page: i64 },
}

impl Walk {
    pub(crate) fn new(first: i64) -> Walk {
        Walk { state: State::At(first), before: None }
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

    /// Goes on from the page that was fetched.
    ///
    /// # Errors
    /// The page is one that was given before.
    pub(crate) fn go_on(&mut self, next: Next) -> Result<(), Repeated> {
        let State::At(page) = self.state else { return Ok(()) };
        let before = self.before.take();
        self.state = match next {
            Next::None | Next::Unsaid(None) => State::Ended,
            Next::Page(next) => State::from_to(page, next),
            Next::Unsaid(items) if items == before => {
                self.state = State::Ended;
                return Err(Repeated::Items { page });
            }
            Next::Unsaid(items) => {
                self.before = items;
                State::from_to(page, page.saturating_add(1))
            }
        };
        Ok(())
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
            Repeated::Items { page } => write!(f, "page {page} has the same items as the one before it"),
        }
    }
}
