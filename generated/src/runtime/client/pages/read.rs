//! From an answer to a page, and to what the walk has to know of it.

use super::walk::{Next, Repeated, Step, Walk};
use crate::runtime::client::{Error, Operation, Request, Response, interpret};
use crate::runtime::model::Nullable;
use bytes::Bytes;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;
use std::hash::{DefaultHasher, Hasher as _};
use std::io;

/// How the pages `P` of a list with items `I` are followed.
pub(crate) struct Paging<P, I> {
    /// The query parameter for the number of the page.
    pub(crate) parameter: &'static str,
    /// The number of the first page.
    pub(crate) first: i64,
    /// The items of a page, if it has any.
    pub(crate) items: fn(&mut P) -> Option<&mut Vec<I>>,
    /// The number of the next page, if the page says anything about it: null if there is none.
    pub(crate) next: fn(&P) -> Option<Nullable<i64>>,
}

/// A list on its way: what both the asynchronous and the blocking walk stand on. `T` is what is made of each page.
pub(crate) struct Walker<T> {
    request: Request,
    parameter: &'static str,
    walk: Walk,
    read: Box<Read<T>>,
}

type Read<T> = dyn Fn(&'static Operation, Response<Bytes>) -> Result<(T, About), Error> + Send + Sync;

/// What the walk has to know of a page.
struct About {
    next: Next,
    /// The fingerprint of its items, if it has any.
    items: Option<u64>,
}

impl<T> Walker<T> {
    /// Gives whole pages.
    pub(crate) fn pages<I>(request: Request, paging: Paging<T, I>) -> Walker<T>
    where
        T: DeserializeOwned + 'static,
        I: Serialize + 'static,
    {
        let Paging { parameter, first, .. } = paging;
        Walker::new(request, parameter, first, Box::new(move |operation, answer| paging.read(operation, answer)))
    }

    fn new(request: Request, parameter: &'static str, first: i64, read: Box<Read<T>>) -> Walker<T> {
        Walker { request: request.without_query(parameter), parameter, walk: Walk::new(first), read }
    }

    /// The request for the next page; `None` at the end.
    pub(crate) fn request(&mut self) -> Option<Result<Request, Error>> {
        match self.walk.step() {
            Step::Fetch(number) => Some(Ok(self.request.again().query(self.parameter, &number))),
            Step::Fail(repeated) => Some(Err(self.repeated(repeated))),
            Step::End => None,
        }
    }

    /// What the answer to that request holds.
    pub(crate) fn page(&mut self, outcome: Result<Response<Bytes>, Error>) -> Result<T, Error> {
        let read = outcome.and_then(|answer| (self.read)(self.request.operation(), answer));
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

impl<I> Walker<Vec<I>> {
    /// Gives the items of each page.
    pub(crate) fn items<P>(request: Request, paging: Paging<P, I>) -> Walker<Vec<I>>
    where
        P: DeserializeOwned + 'static,
        I: Serialize + 'static,
    {
        let Paging { parameter, first, .. } = paging;
        let read = move |operation, answer| {
            let (mut page, about) = paging.read(operation, answer)?;
            Ok(((paging.items)(&mut page).map(std::mem::take).unwrap_or_default(), about))
        };
        Walker::new(request, parameter, first, Box::new(read))
    }
}

impl<T> fmt::Debug for Walker<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operation = self.request.operation().id;
        f.debug_struct("Walker").field("operation", &operation).field("walk", &self.walk).finish_non_exhaustive()
    }
}

impl<P: DeserializeOwned, I: Serialize> Paging<P, I> {
    fn read(&self, operation: &'static Operation, answer: Response<Bytes>) -> Result<(P, About), Error> {
        let mut page: P = interpret::json(operation, answer)?.into_body();
        let next = match (self.next)(&page) {
            Some(Nullable::Value(number)) => Next::Page(number),
            Some(Nullable::Null) => Next::None,
            Some(Nullable::Absent) | None => Next::Unsaid,
        };
        let items = (self.items)(&mut page).and_then(|items| fingerprint(items));
        Ok((page, About { next, items }))
    }
}

/// A number that tells the items of two pages apart, without keeping either and whatever their order; `None` without items.
fn fingerprint<I: Serialize>(items: &[I]) -> Option<u64> {
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

    if items.is_empty() {
        return None;
    }
    let mut sum = 0_u64;
    for item in items {
        let mut print = Print(DefaultHasher::new());
        // The items were read from JSON, so they can be written; and what is written of them would tell them apart.
        let _ = serde_json::to_writer(&mut print, item);
        sum = sum.wrapping_add(print.0.finish());
    }
    Some(sum)
}
