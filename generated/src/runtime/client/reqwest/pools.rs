//! One pool of connections per runtime.
//!
//! A task of the runtime that opened a connection drives it. A call from another runtime waits for that task: until the
//! timeout, if the first runtime no longer runs. So each runtime gets its own client.

use super::failure::Failure;
use super::runtime::{self, Watch};
use std::sync::{Mutex, PoisonError};
use tokio::runtime::Id;

/// Builds a client. It is known to succeed: it has built one before.
type Make = Box<dyn Fn() -> Result<reqwest::Client, reqwest::Error> + Send + Sync>;

/// The clients of a transport.
pub(super) struct Pools {
    source: Source,
    state: Mutex<State>,
}

/// The source of a runtime's client.
enum Source {
    /// The caller's client, for all runtimes.
    Own(reqwest::Client),
    Made(Make),
}

#[derive(Default)]
struct State {
    /// The known runtimes, the most recently used last.
    known: Vec<Known>,
    /// A client that no runtime has used.
    unused: Option<reqwest::Client>,
}

impl State {
    #[inline]
    fn place_of(&self, id: Id) -> Option<usize> {
        for (place, known) in self.known.iter().enumerate() {
            if known.id == id {
                return Some(place);
            }
        }
        None
    }
}

/// A runtime.
struct Known {
    id: Id,
    watch: Watch,
    /// Its client, or the reason why it cannot have one.
    client: Result<reqwest::Client, &'static str>,
}

/// The number of runtimes that are remembered.
const MOST: usize = 8;

const OVER: &str = "the tokio runtime here has ended, which the default transport needs";

impl Pools {
    /// Uses one client for all runtimes.
    #[inline]
    pub(super) fn of(client: reqwest::Client) -> Pools {
        Pools { source: Source::Own(client), state: Mutex::default() }
    }

    /// Uses one client per runtime.
    ///
    /// # Errors
    /// A client cannot be built.
    #[inline]
    pub(super) fn new(make: Make) -> Result<Pools, reqwest::Error> {
        let state = State { known: Vec::new(), unused: Some(make()?) };
        Ok(Pools { source: Source::Made(make), state: Mutex::new(state) })
    }

    /// Returns the client for the current runtime.
    ///
    /// # Errors
    /// There is no runtime that can run a call.
    #[inline]
    pub(super) fn here(&self) -> Result<reqwest::Client, Failure> {
        let here = runtime::current()?;
        let id = here.id();
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match state.place_of(id) {
            Some(place) => {
                let known = state.known.remove(place);
                state.known.push(known);
            }
            None => {
                let watch = Watch::over(&here);
                let client = match runtime::check_drivers() {
                    // A runtime that has ended gets no client: it would be lost.
                    Ok(()) if watch.is_over() => Err(OVER),
                    Ok(()) => Ok(self.another(&mut state)?),
                    Err(reason) => Err(reason),
                };
                if state.known.len() >= MOST {
                    state.known.remove(0);
                }
                state.known.push(Known { id, watch, client });
            }
        }
        match state.known.last() {
            Some(known) if known.watch.is_over() => Err(Failure::unusable(OVER)),
            Some(Known { client: Ok(client), .. }) => Ok(client.clone()),
            Some(Known { client: Err(reason), .. }) => Err(Failure::unusable(*reason)),
            None => Err(Failure::unusable("the transport has no client")),
        }
    }

    #[inline]
    fn another(&self, state: &mut State) -> Result<reqwest::Client, reqwest::Error> {
        match (&self.source, state.unused.take()) {
            (Source::Own(client), _) => Ok(client.clone()),
            (_, Some(client)) => Ok(client),
            (Source::Made(make), None) => make(),
        }
    }
}
