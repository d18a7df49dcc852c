//! Reads a page and its position from a response.

use super::course::{Course, Largest, Place};
use super::walk::{Found, Next, Repeated, Step, Walk};
use crate::runtime::client::interpret::Read;
use crate::runtime::client::{Error, Operation, Request, Response};
use crate::runtime::model::{Nullable, Value};
use bytes::Bytes;
use serde_core::Serialize;
use std::fmt;
use std::hash::{DefaultHasher, Hasher as _};
use std::io;

/// How to follow the pages `P` of a list with items `I`.
pub(crate) struct Paging<P, I> {
    pub(crate) course: Course,
    /// The size of pages that a stream over all items requests.
    pub(crate) largest: Option<Largest>,
    /// The function that reads a response.
    pub(crate) read: Read<P>,
    /// The items of a page, if it has any.
    pub(crate) items: fn(&mut P) -> Option<&mut Vec<I>>,
    /// The position of the next page.
    pub(crate) next: fn(&P) -> Next,
}

/// The walk through a list, which the asynchronous and the blocking client share. `T` is the result for each page.
pub(crate) struct Walker<T> {
    request: Request,
    place: Place,
    walk: Walk,
    take: Box<Take<T>>,
}

/// Converts a response.
type Take<T> = dyn Fn(&'static Operation, Response<Bytes>) -> Result<(T, About), Error> + Send + Sync;

/// The data of a page that the walk needs.
struct About {
    next: Next,
    items: Option<Found>,
}

impl Next {
    /// Reads the number of the next page: null means that there is none.
    #[inline]
    pub(crate) fn number(number: Option<Nullable<i64>>) -> Next {
        match number {
            Some(Nullable::Value(number)) => Next::Page(number),
            Some(Nullable::Null) => Next::None,
            Some(Nullable::Absent) | None => Next::Unsaid,
        }
    }

    /// Reads the cursor to the next page: null and an empty text mean that there is none.
    pub(crate) fn cursor<C: Serialize>(cursor: &C) -> Next {
        match Value::of(cursor) {
            Ok(cursor) if !cursor.is_null() && cursor.as_json() != "\"\"" => Next::Cursor(cursor.as_json().into()),
            Ok(_) | Err(_) => Next::None,
        }
    }
}

impl<T> Walker<T> {
    /// Walks through whole pages.
    pub(crate) fn pages<I: Serialize + 'static>(request: Request, paging: Paging<T, I>) -> Walker<T>
    where
        T: 'static,
    {
        let Paging { course, largest: _, read, items, next } = paging;
        let take = move |operation, answer| {
            let mut page = read(operation, answer)?.into_body();
            let about = about(&mut page, items, next);
            Ok((page, about))
        };
        Walker::new(request, course, Box::new(take))
    }

    fn new(request: Request, course: Course, take: Box<Take<T>>) -> Walker<T> {
        let Course { place, start } = course;
        Walker { request, place, walk: Walk::new(start), take }
    }

    /// Returns the request for the next page; `None` at the end.
    pub(crate) fn request(&mut self) -> Option<Result<Request, Error>> {
        match self.walk.step() {
            Step::Fetch(position) => Some(Ok(self.place.ask(self.request.again(), &position))),
            Step::Fail(repeated) => Some(Err(self.repeated(repeated))),
            Step::End => None,
        }
    }

    /// Reads the response to that request.
    pub(crate) fn page(&mut self, outcome: Result<Response<Bytes>, Error>) -> Result<T, Error> {
        let read = outcome.and_then(|answer| (self.take)(self.request.operation(), answer));
        let (page, about) = read.inspect_err(|_| self.walk.end())?;
        self.walk.go_on(about.next, about.items).map_err(|repeated| self.repeated(repeated))?;
        Ok(page)
    }

    pub(crate) fn is_over(&self) -> bool {
        self.walk.is_over()
    }

    fn repeated(&self, repeated: Repeated) -> Error {
        Error::repeated_page(self.request.operation(), repeated)
    }
}

impl<I: Serialize + 'static> Walker<Vec<I>> {
    /// Walks through the items of each page.
    pub(crate) fn items<P: 'static>(request: Request, paging: Paging<P, I>) -> Walker<Vec<I>> {
        let Paging { course, largest, read, items, next } = paging;
        let request = match largest {
            Some(largest) => largest.ask(request),
            None => request,
        };
        let take = move |operation, answer| {
            let mut page = read(operation, answer)?.into_body();
            let about = about(&mut page, items, next);
            Ok((items(&mut page).map(std::mem::take).unwrap_or_default(), about))
        };
        Walker::new(request, course, Box::new(take))
    }
}

impl<T> fmt::Debug for Walker<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.request.operation().id;
        f.debug_struct("Walker").field("operation", &operation).field("walk", &self.walk).finish_non_exhaustive()
    }
}

fn about<P, I: Serialize>(page: &mut P, items: fn(&mut P) -> Option<&mut Vec<I>>, next: fn(&P) -> Next) -> About {
    let next = next(page);
    let items = items(page).map(|items| &**items).filter(|items| !items.is_empty());
    About { next, items: items.map(|items| Found { count: items.len(), fingerprint: fingerprint(items) }) }
}

/// Returns a fingerprint of the items of a page, which does not depend on their order.
fn fingerprint<I: Serialize>(items: &[I]) -> u64 {
    struct Print(DefaultHasher);

    impl io::Write for Print {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.write(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    let mut sum = 0_u64;
    for item in items {
        let mut print = Print(DefaultHasher::new());
        // The items were read from JSON, so they can be written; and two different ones are written differently.
        let _ = serde_json::to_writer(&mut print, item);
        sum = sum.wrapping_add(print.0.finish());
    }
    sum
}
