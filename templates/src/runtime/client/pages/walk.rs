//! The walk over the pages of a list: which page comes next, and when the list ends. It knows positions only, and does
//! no I/O.

use super::seen::Seen;
use std::fmt;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// A walk before its next page.
#[derive(Debug)]
pub(crate) struct Walk {
    state: State,
    /// The pages so far, by the fingerprints of their items.
    seen: Seen,
    /// The cursors so far.
    cursors: Seen,
    /// The number of pages that were fetched.
    fetched: u64,
    /// The number of consecutive pages without a new item.
    stale: u32,
}

/// The number of consecutive pages without a new item, each naming another page, after which the walk ends with an
/// error: a filter can leave some of a server's pages empty, but hardly so many.
const MOST_STALE: u32 = 100;

#[derive(Debug)]
enum State {
    /// The page at this position is next.
    At(Position),
    /// The last page was valid, but named an earlier page as the next.
    Circling(Repeated),
    Ended,
}

/// Converts the number or offset that the caller set to a position. No list reaches the maximum.
pub(crate) fn start(given: impl TryInto<i64>) -> i64 {
    given.try_into().unwrap_or(i64::MAX)
}

/// The position of a page, as the server knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    /// The page with this number.
    Page(i64),
    /// The page after this number of items.
    Offset(i64),
    /// The page of a cursor, which is a JSON scalar; `None` for the start of the call.
    Cursor(Option<Box<str>>),
}

/// The position of the next page, according to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    /// The page with this number.
    Page(i64),
    /// The page of this cursor, a JSON scalar.
    Cursor(Box<str>),
    /// The list ends.
    None,
    /// The page does not name the next one.
    Unsaid,
}

/// The items of a page that is not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) count: usize,
    /// Their fingerprint.
    pub(crate) fingerprint: u64,
}

/// The next step of the walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Fetch(Position),
    Fail(Repeated),
    End,
}

/// The server repeats a page, or returns no new items, so that the walk would never end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeated {
    /// A page named itself, or an earlier page, as the next.
    Number { page: i64, next: i64 },
    /// A page has the items of an earlier one, and does not name the next.
    Items { page: Spot },
    /// A page has no new items, and names the same next page as an earlier one.
    Cursor { page: Spot },
    /// The last of many pages without a new item.
    Nothing { page: Spot },
}

/// The position of a page, for messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    Page(i64),
    Offset(i64),
    /// The number of fetched pages, from 1.
    Fetched(u64),
}

impl Walk {
    #[inline]
    pub(crate) fn new(first: Position) -> Walk {
        Walk { state: State::At(first), seen: Seen::default(), cursors: Seen::default(), fetched: 0, stale: 0 }
    }

    /// Returns the next step. After a failure there is none.
    #[inline]
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

    /// Continues after a page with these items, if any.
    ///
    /// If pages do not name the next one, a page without items is the last, and a page with the items of an earlier one
    /// is an error: such a server does not know the parameter, or starts again. If they name the next one, pages with
    /// equal items or without items are valid; but not page after page of them. A repeated cursor is accepted as long
    /// as it leads to new items: some servers keep one cursor for the whole list.
    ///
    /// # Errors
    /// The page repeats an earlier one, or is one of too many without new items.
    #[inline]
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

    #[inline]
    fn fail(&mut self, repeated: Repeated) -> Result<(), Repeated> {
        self.end();
        Err(repeated)
    }

    /// Ends the walk, because a page could not be fetched.
    #[inline]
    pub(crate) fn end(&mut self) {
        self.state = State::Ended;
    }

    #[inline]
    pub(crate) fn is_over(&self) -> bool {
        matches!(self.state, State::Ended)
    }
}

impl State {
    #[inline]
    fn from_to(page: i64, next: i64) -> State {
        if next > page { State::At(Position::Page(next)) } else { State::Circling(Repeated::Number { page, next }) }
    }
}

impl Position {
    #[inline]
    fn spot(&self, fetched: u64) -> Spot {
        match self {
            Position::Page(page) => Spot::Page(*page),
            Position::Offset(offset) => Spot::Offset(*offset),
            Position::Cursor(_) => Spot::Fetched(fetched),
        }
    }
}

#[inline]
fn hash(cursor: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    cursor.hash(&mut hasher);
    hasher.finish()
}

impl fmt::Display for Repeated {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Repeated::Number { page, next } => write!(f, "page {page} names page {next} as the next"),
            Repeated::Items { page } => write!(f, "{page} has the same items as an earlier page"),
            Repeated::Cursor { page } => {
                write!(f, "{page} has no new items, and names the same next page as an earlier page")
            }
            Repeated::Nothing { page } => {
                write!(
                    f,
                    "{page} names another page, and is the last of {MOST_STALE} consecutive pages without a new item"
                )
            }
        }
    }
}

impl fmt::Display for Spot {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Spot::Page(page) => write!(f, "page {page}"),
            Spot::Offset(offset) => write!(f, "the page at offset {offset}"),
            Spot::Fetched(page) => write!(f, "fetched page {page}"),
        }
    }
}
