//! Paginated lists: their pages, or their items.

mod course;
mod read;
mod seen;
mod table;
pub(crate) mod walk;

pub(crate) use self::course::{Course, Largest, Place};
pub(crate) use self::read::{Paging, Walker};
pub(crate) use self::table::pages;
pub(crate) use self::walk::{Next, Position, Repeated, start};

use crate::runtime::client::driver::Exchange;
use crate::runtime::client::streams::Wanted;
use crate::runtime::client::{Client, Error, Request};
use futures_core::stream::{FusedStream, Stream};
use serde_core::Serialize;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The pages of a list, fetched one after another.
///
/// A [`Stream`] that needs no other crate: [`try_next`](Pages::try_next) returns the next page. A page is fetched only
/// on demand, and none is kept. An error ends the stream. Dropping the future of `next` or `try_next` loses nothing:
/// the next call returns the page that was being fetched.
#[must_use = "pages are fetched only on demand"]
pub struct Pages<T> {
    client: Client,
    walker: Walker<T>,
    /// The page that is being fetched.
    exchange: Option<Exchange>,
}

/// The items of a list, from all its pages.
///
/// A [`Stream`] that needs no other crate: [`try_next`](Items::try_next) returns the next item. A page is fetched when
/// the items of the previous page are used up, and one page is held at a time. An error ends the stream. Dropping the
/// future of `next` or `try_next` loses nothing.
#[must_use = "items are fetched only on demand"]
pub struct Items<T> {
    pages: Pages<Vec<T>>,
    page: std::vec::IntoIter<T>,
}

impl<T> Pages<T> {
    pub(crate) fn new<I: Serialize + 'static>(client: Client, request: Request, paging: Paging<T, I>) -> Pages<T>
    where
        T: 'static,
    {
        Pages { client, walker: Walker::pages(request, paging), exchange: None }
    }

    /// Returns the next page, or `None` at the end.
    ///
    /// # Errors
    /// The page could not be fetched, or the list has no end: see
    /// [`ErrorKind::RepeatedPage`](crate::ErrorKind::RepeatedPage).
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        self.next().await.transpose()
    }

    /// Returns the next page as a result, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Collects the remaining pages.
    ///
    /// # Errors
    /// See [`try_next`](Pages::try_next). The pages before the error are lost.
    pub async fn try_collect<C: Default + Extend<T>>(mut self) -> Result<C, Error> {
        let mut all = C::default();
        while let Some(page) = self.try_next().await? {
            all.extend([page]);
        }
        Ok(all)
    }
}

impl<T> Items<T> {
    pub(crate) fn new<P: 'static>(client: Client, request: Request, paging: Paging<P, T>) -> Items<T>
    where
        T: Serialize + 'static,
    {
        let pages = Pages { client, walker: Walker::items(request, paging), exchange: None };
        Items { pages, page: Vec::new().into_iter() }
    }

    /// Returns the next item, or `None` at the end.
    ///
    /// # Errors
    /// Its page could not be fetched, or the list has no end: see
    /// [`ErrorKind::RepeatedPage`](crate::ErrorKind::RepeatedPage).
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        self.next().await.transpose()
    }

    /// Returns the next item as a result, or `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Collects the remaining items.
    ///
    /// # Errors
    /// See [`try_next`](Items::try_next). The items before the error are lost.
    pub async fn try_collect<C: Default + Extend<T>>(mut self) -> Result<C, Error> {
        let mut all = C::default();
        while let Some(item) = self.try_next().await? {
            all.extend([item]);
        }
        Ok(all)
    }
}

/// No field is pinned in place.
impl<T> Unpin for Items<T> {}

impl<T> Stream for Pages<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let exchange = match &mut this.exchange {
            Some(exchange) => exchange,
            None => match this.walker.request() {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(request)) => this.exchange.insert(this.client.exchange(request, Wanted::Whole)),
            },
        };
        let outcome = ready!(exchange.as_mut().poll(context));
        this.exchange = None;
        Poll::Ready(Some(this.walker.page(outcome.map(|received| received.answer))))
    }
}

impl<T> FusedStream for Pages<T> {
    fn is_terminated(&self) -> bool {
        self.exchange.is_none() && self.walker.is_over()
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(item) = this.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => this.page = page.into_iter(),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.page.len(), None)
    }
}

impl<T> FusedStream for Items<T> {
    fn is_terminated(&self) -> bool {
        self.page.len() == 0 && self.pages.is_terminated()
    }
}

impl<T> fmt::Debug for Pages<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("walker", &self.walker).finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("walker", &self.pages.walker)
            .field("held", &self.page.len())
            .finish_non_exhaustive()
    }
}
