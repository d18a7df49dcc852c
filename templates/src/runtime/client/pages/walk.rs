//! The walk over the pages of a list: which page comes next, and what ends it. Places in, places out.

use super::seen::Seen;
use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// A walk that stands before a page.
#[derive(Debug)]
pub(crate) struct Walk {
    state: State,
    /// The pages that were given, by their items.
    seen: Seen,
    /// The cursors that pages named.
    cursors: Seen,
    /// How many pages were fetched.
    fetched: u64,
    /// How many pages in a row held nothing new.
    stale: u32,
}

/// How many pages in a row may hold nothing new, each naming a later one, before the walk is given up: a filter may leave
/// some of a server's pages empty, but hardly so many.
const MOST_STALE: u32 = 100;

#[derive(Debug)]
enum State {
    /// The page in this place is next.
    At(Position),
    /// The last page was good, and named a page that was given already.
    Circling(Repeated),
    Ended,
}

/// The number or offset that a caller gave, as a position holds it. No list reaches the greatest.
pub(crate) fn start(given: impl TryInto<i64>) -> i64 {
    given.try_into().unwrap_or(i64::MAX)
}

/// What tells the server which page is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// The page with this number.
    Page(i64),
    /// The page that begins behind so many items.
    Offset(i64),
    /// The page that another one named, by a JSON scalar; `None` is where the call begins by itself.
    Cursor(Option<Box<str>>),
}

/// What a page says about the one after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// It has this number.
    Page(i64),
    /// It is had by this JSON scalar.
    Cursor(Box<str>),
    /// There is none.
    None,
    /// Nothing.
    Unsaid,
}

/// The items of a page that has any.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) count: usize,
    /// What tells them from those of another page.
    pub(crate) fingerprint: u64,
}

/// What to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Fetch(Position),
    Fail(Repeated),
    End,
}

/// The server gave, or is about to give, a page for the second time, or gives nothing: going on would never end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeated {
    /// A page named itself, or one before it, as the next.
    Number { page: i64, next: i64 },
    /// A page has the items of one before it, and does not say what comes next.
    Items { page: Spot },
    /// A page has nothing new, and names what an earlier one named as the next.
    Cursor { page: Spot },
    /// The last of many pages that held nothing new.
    Nothing { page: Spot },
}

/// A page, for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    Page(i64),
    Offset(i64),
    /// The first one that was fetched is 1.
    Fetched(u64),
}

impl Walk {
    pub(crate) fn new(first: Position) -> Walk {
        Walk { state: State::At(first), seen: Seen::default(), cursors: Seen::default(), fetched: 0, stale: 0 }
    }

    /// What to do next. After a failure there is nothing to do.
    pub(crate) fn step(&mut self) -> Step {
        match &self.state {
            State::At(position) => Step::Fetch(position.clone()),
            State::Circling(repeated) => {
                let repeated = *repeated;
                self.state = State::Ended;
                Step::Fail(repeated)
            }
            State::Ended => Step::End,
        }
    }

    /// Goes on from the page that was fetched, which has these items, if any.
    ///
    /// Where pages say nothing about the next one, a page without items is the last, and one with the items of another an
    /// error: such a server does not know the parameter, or starts again. Where they name the next one, pages with equal
    /// items may be right, and so may pages without any; but not page after page of them. A cursor that comes again is
    /// believed as long as it leads to something new: some servers keep one for the whole walk.
    ///
    /// # Errors
    /// The page is one that was given before, or one of too many that hold nothing new.
    pub(crate) fn go_on(&mut self, next: Next, items: Option<Found>) -> Result<(), Repeated> {
        let State::At(position) = &self.state else { return Ok(()) };
        self.fetched += 1;
        let page = position.spot(self.fetched);
        let new = items.is_some_and(|items| self.seen.is_new(items.fingerprint));
        self.stale = if new { 0 } else { self.stale + 1 };
        self.state = match (next, position) {
            (Next::None, _) | (Next::Unsaid, Position::Cursor(_)) => State::Ended,
            (Next::Unsaid, _) if items.is_none() => State::Ended,
            (Next::Unsaid, _) if !new => return self.fail(Repeated::Items { page }),
            (Next::Unsaid, Position::Page(page)) => State::from_to(*page, page.saturating_add(1)),
            (Next::Unsaid, Position::Offset(offset)) => {
                let count = items.map_or(0, |items| i64::try_from(items.count).unwrap_or(i64::MAX));
                match offset.saturating_add(count) {
                    next if next > *offset => State::At(Position::Offset(next)),
                    next => State::Circling(Repeated::Number { page: *offset, next }),
                }
            }
            (Next::Cursor(cursor), _) if !self.cursors.is_new(hash(&cursor)) && !new => {
                return self.fail(Repeated::Cursor { page });
            }
            (Next::Page(_) | Next::Cursor(_), _) if self.stale >= MOST_STALE => {
                return self.fail(Repeated::Nothing { page });
            }
            (Next::Cursor(cursor), _) => State::At(Position::Cursor(Some(cursor))),
            (Next::Page(next), Position::Page(page)) => State::from_to(*page, next),
            (Next::Page(next), _) => State::At(Position::Page(next)),
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
        if next > page { State::At(Position::Page(next)) } else { State::Circling(Repeated::Number { page, next }) }
    }
}

impl Position {
    fn spot(&self, fetched: u64) -> Spot {
        match self {
            Position::Page(page) => Spot::Page(*page),
            Position::Offset(offset) => Spot::Offset(*offset),
            Position::Cursor(_) => Spot::Fetched(fetched),
        }
    }
}

fn hash(cursor: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    cursor.hash(&mut hasher);
    hasher.finish()
}

impl fmt::Display for Repeated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Repeated::Number { page, next } => write!(f, "page {page} names page {next} as the next"),
            Repeated::Items { page } => write!(f, "{page} has the same items as one before it"),
            Repeated::Cursor { page } => {
                write!(f, "{page} holds nothing new, and names the same page as one before it")
            }
            Repeated::Nothing { page } => {
                write!(f, "{page} names another page, and is the last of {MOST_STALE} in a row without a new item")
            }
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Spot::Page(page) => write!(f, "page {page}"),
            Spot::Offset(offset) => write!(f, "the page at offset {offset}"),
            Spot::Fetched(page) => write!(f, "the page that was fetched as number {page}"),
        }
    }
}
