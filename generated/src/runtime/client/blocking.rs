//! The blocking client: the same calls, which block the thread that makes them.
//!
//! Calls have the methods of the asynchronous client, but [`send`](Client::send) returns the result itself, and
//! `pages` and `stream` return iterators. You can use it anywhere, even inside an asynchronous runtime, whose thread it
//! then blocks.

mod streams;

pub use self::streams::{ByteStream, Events, Lines};

use crate::runtime::client::pages::{Paging, Walker};
use crate::runtime::client::streams::items::{self, ReadItem};
use crate::runtime::client::streams::{Received, Wanted};
use crate::runtime::client::{
    BoxFuture, ClientBuilder, Error, Reached, Request, Response, TransportError, TransportErrorKind, interpret,
};
use bytes::Bytes;
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use std::fmt;
use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::mpsc::sync_channel;
use std::thread::{self, ThreadId};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Calls the API and blocks until the response is there.
///
/// Cloning is cheap, and clones share their connections and one background thread, which ends when the last of them is
/// dropped. Calls from several threads run at the same time. No `Debug` output and no error contains the keys;
/// [`Client`](crate::Client) documents what happens to their memory.
///
/// Its operations are those of the asynchronous [`Client`](crate::Client), and begin the same calls.
#[derive(Clone, Debug)]
pub struct Client {
    client: super::Client<Blocking>,
}

/// How the blocking [`Client`] sends its calls.
#[derive(Clone)]
pub struct Blocking {
    jobs: UnboundedSender<Job>,
    /// The thread that sends them.
    worker: ThreadId,
}

/// A running call, which reports to the thread that waits for it.
type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Client {
    /// Creates a client with the keys and the site from the environment.
    ///
    /// # Errors
    /// Variables are missing or invalid, all of which the error names; or the default transport or the client's thread
    /// cannot be set up.
    #[inline]
    pub fn from_env() -> Result<Client, Error> {
        ClientBuilder::from_env().blocking().build()
    }

    /// Sets up a client.
    #[inline]
    pub fn builder() -> ClientBuilder<Blocking> {
        ClientBuilder::new().blocking()
    }

    #[inline]
    pub(crate) fn start(client: super::Client) -> Result<Client, Error> {
        Ok(Client { client: client.with_mode(Blocking::start()?) })
    }

    /// Sends a request, blocks, and reads the body of the response as JSON: see [`Client::send`](crate::Client::send).
    ///
    /// # Errors
    /// The request is not complete, no whole response was received, the server responded with another status than a
    /// 2xx, or the body of its response cannot be read.
    pub fn send<T: DeserializeOwned>(&self, request: Request) -> Result<Response<T>, Error> {
        self.client.wait_and_read(request, interpret::json)
    }

    /// Sends a request whose response has no body, and blocks. If the API sends a body nevertheless, it is ignored.
    ///
    /// # Errors
    /// As [`send`](Client::send); and the response may not come from the API: its body is an HTML page, or it has a
    /// status that the operation does not document and no JSON in its body.
    #[inline]
    pub fn send_empty(&self, request: Request) -> Result<Response<()>, Error> {
        self.client.wait_and_read(request, interpret::empty)
    }

    /// Sends a request, blocks, and returns the raw body of the response: see
    /// [`Client::send_bytes`](crate::Client::send_bytes).
    ///
    /// # Errors
    /// The request is not complete, no whole response was received, or the server responded with another status than a
    /// 2xx.
    #[inline]
    pub fn send_bytes(&self, request: Request) -> Result<Response<Bytes>, Error> {
        self.client.wait_and_read(request, interpret::bytes)
    }
}

impl Client {
    /// Sends a request, blocks until the response begins, and returns its body as a stream: see
    /// [`Client::send_streamed`](crate::Client::send_streamed).
    ///
    /// # Errors
    /// The request is not complete, no response began, or the server responded with another status than a 2xx. The
    /// stream reports errors in the body of a successful response.
    #[inline]
    pub fn send_streamed(&self, request: Request) -> Result<Response<ByteStream>, Error> {
        self.client.wait_streamed(request, Wanted::Stream)
    }

    /// Sends a request whose response has one JSON text per line or per record separator, and returns them as they
    /// arrive: see [`Client::send_lines`](crate::Client::send_lines).
    ///
    /// # Errors
    /// As [`send_streamed`](Client::send_streamed).
    pub fn send_lines<T: DeserializeOwned>(&self, request: Request) -> Result<Response<Lines<T>>, Error> {
        self.client.wait_for_lines(request, items::json)
    }

    /// Sends a request whose response is a `text/event-stream`, and returns the events as they arrive: see
    /// [`Client::send_events`](crate::Client::send_events).
    ///
    /// # Errors
    /// As [`send_streamed`](Client::send_streamed); and the response may be of another media type, which is read whole.
    pub fn send_events<T: DeserializeOwned>(&self, request: Request) -> Result<Response<Events<T>>, Error> {
        self.client.wait_for_events(request, items::json)
    }
}

impl Deref for Client {
    type Target = super::Client<Blocking>;

    #[inline]
    fn deref(&self) -> &super::Client<Blocking> {
        &self.client
    }
}

impl super::Client<Blocking> {
    pub(crate) fn wait_and_read<T>(&self, request: Request, read: interpret::Read<T>) -> Result<Response<T>, Error> {
        let operation = request.operation();
        read(operation, self.wait(request)?)
    }

    pub(crate) fn wait_for_lines<T>(&self, request: Request, read: ReadItem<T>) -> Result<Response<Lines<T>>, Error> {
        Ok(self.wait_streamed(request, Wanted::Stream)?.map(|stream| Lines::new(stream, read)))
    }

    pub(crate) fn wait_for_events<T>(&self, request: Request, read: ReadItem<T>) -> Result<Response<Events<T>>, Error> {
        Ok(self.wait_streamed(request, Wanted::Events)?.map(|stream| Events::new(stream, read)))
    }

    #[inline]
    pub(crate) fn wait_streamed(&self, request: Request, wanted: Wanted) -> Result<Response<ByteStream>, Error> {
        let operation = request.operation();
        let answer = self.exchange_and_wait(request, wanted)?.stream(operation);
        Ok(answer.map(|stream| ByteStream::new(stream, self.mode.clone())))
    }

    #[inline]
    fn wait(&self, request: Request) -> Result<Response<Bytes>, Error> {
        Ok(self.exchange_and_wait(request, Wanted::Whole)?.answer)
    }

    #[inline]
    fn exchange_and_wait(&self, request: Request, wanted: Wanted) -> Result<Received, Error> {
        let operation = request.operation();
        let lost = |lost: Lost| Error::transport(operation, lost.into());
        self.mode.run(self.exchange(request, wanted)).map_err(lost)?
    }
}

impl Blocking {
    /// Starts the thread. The runtime is created and dropped there: neither may happen in an asynchronous context.
    #[inline]
    fn start() -> Result<Blocking, Error> {
        let (jobs, queue) = unbounded_channel();
        let (report, started) = sync_channel(1);
        let work = move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            match runtime {
                // The receiver is gone only if the thread that starts this one is gone.
                Ok(runtime) => {
                    let _ = report.send(Ok(()));
                    runtime.block_on(carry(queue));
                }
                Err(error) => drop(report.send(Err(error))),
            }
        };
        let problem = "the thread of the blocking client cannot be started";
        let thread = thread::Builder::new().name(env!("CARGO_PKG_NAME").to_owned()).spawn(work);
        let thread = thread.map_err(|error| Error::configuration(problem, Some(error.into())))?;
        match started.recv() {
            Ok(Ok(())) => Ok(Blocking { jobs, worker: thread.thread().id() }),
            Ok(Err(error)) => Err(Error::configuration(problem, Some(error.into()))),
            Err(error) => Err(Error::configuration(problem, Some(error.into()))),
        }
    }

    /// Runs a future on the thread, and waits for its outcome.
    ///
    /// An outcome always arrives: when the thread ends, for any reason, the other end of the channel is dropped.
    fn run<T: Send + 'static>(&self, future: BoxFuture<'static, T>) -> Result<T, Lost> {
        if thread::current().id() == self.worker {
            return Err(Lost(Reached::No, "a blocking client cannot be used inside its own transport"));
        }
        let (report, outcome) = sync_channel(1);
        let job = Box::pin(async move {
            // The channel has room for the only report.
            let _ = report.send(future.await);
        });
        if self.jobs.send(job).is_err() {
            return Err(Lost(Reached::No, "the thread of the blocking client has ended"));
        }
        outcome.recv().map_err(|_| Lost(Reached::Unknown, "the transport panicked"))
    }
}

/// Why the thread returned no outcome.
struct Lost(Reached, &'static str);

impl From<Lost> for TransportError {
    #[inline]
    fn from(Lost(reached, reason): Lost) -> TransportError {
        TransportError::new(TransportErrorKind::Other, reached, reason)
    }
}

/// Runs calls concurrently until the last client is gone.
#[inline]
async fn carry(mut queue: UnboundedReceiver<Job>) {
    while let Some(job) = queue.recv().await {
        tokio::spawn(job);
    }
}

impl fmt::Debug for Blocking {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blocking")
    }
}

/// The pages of a list, fetched one after another.
///
/// A page is fetched only on demand, and none is kept. An error ends the iterator.
#[derive(Debug)]
#[must_use = "pages are fetched only on demand"]
pub struct Pages<T> {
    client: super::Client<Blocking>,
    walker: Walker<T>,
}

/// The items of a list, from all its pages.
///
/// A page is fetched when the items of the previous page are used up, and one page is held at a time. An error ends the
/// iterator.
#[must_use = "items are fetched only on demand"]
pub struct Items<T> {
    pages: Pages<Vec<T>>,
    page: std::vec::IntoIter<T>,
}

#[allow(dead_code, reason = "an API need not have lists that come in pages")]
impl<T> Pages<T> {
    pub(crate) fn new<I>(client: super::Client<Blocking>, request: Request, paging: Paging<T, I>) -> Pages<T>
    where
        T: 'static,
        I: Serialize + 'static,
    {
        Pages { client, walker: Walker::pages(request, paging) }
    }
}

#[allow(dead_code, reason = "an API need not have lists that come in pages")]
impl<T> Items<T> {
    pub(crate) fn new<P>(client: super::Client<Blocking>, request: Request, paging: Paging<P, T>) -> Items<T>
    where
        P: 'static,
        T: Serialize + 'static,
    {
        let pages = Pages { client, walker: Walker::items(request, paging) };
        Items { pages, page: Vec::new().into_iter() }
    }
}

impl<T> Iterator for Pages<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let request = match self.walker.request()? {
            Ok(request) => request,
            Err(error) => return Some(Err(error)),
        };
        let outcome = self.client.wait(request);
        Some(self.walker.page(outcome))
    }
}

impl<T> std::iter::FusedIterator for Pages<T> {}

impl<T> Iterator for Items<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.page.next() {
                return Some(Ok(item));
            }
            match self.pages.next()? {
                Ok(page) => self.page = page.into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.page.len(), None)
    }
}

impl<T> std::iter::FusedIterator for Items<T> {}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = self.page.len();
        f.debug_struct("Items").field("walker", &self.pages.walker).field("held", &held).finish_non_exhaustive()
    }
}
