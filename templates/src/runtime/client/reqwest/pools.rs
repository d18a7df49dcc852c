//! A pool of connections for each runtime.
//!
//! A connection is driven by a task of the runtime that made it. Used from another, it waits for that task: until the
//! timeout, if nobody drives the first runtime any more. So each runtime gets a client of its own.

use super::failure::Failure;
use super::runtime;
use std::sync::{Mutex, PoisonError};
use tokio::runtime::Id;

/// How a client is made. It is known to work: one was made before.
type Make = Box<dyn Fn() -> Result<reqwest::Client, reqwest::Error> + Send + Sync>;

/// The clients of a transport.
pub(super) struct Pools {
    source: Source,
    state: Mutex<State>,
}

/// Where the client of a runtime comes from.
enum Source {
    /// There is but the one, which is the caller's.
    Own(reqwest::Client),
    Made(Make),
}

#[derive(Default)]
struct State {
    /// What is known of runtimes; the one that was used last is the last.
    known: Vec<Known>,
    /// One that no runtime has used.
    unused: Option<reqwest::Client>,
}

/// The client of a runtime, or why it can have none.
struct Known(Id, Result<reqwest::Client, &'static str>);

/// How many runtimes are remembered.
const MOST: usize = 8;

impl Pools {
    /// One client, for all runtimes.
    pub(super) fn of(client: reqwest::Client) -> Pools {
        Pools { source: Source::Own(client), state: Mutex::default() }
    }

    /// A client for each runtime.
    ///
    /// # Errors
    /// None can be made.
    pub(super) fn new(make: Make) -> Result<Pools, reqwest::Error> {
        let state = State { known: Vec::new(), unused: Some(make()?) };
        Ok(Pools { source: Source::Made(make), state: Mutex::new(state) })
    }

    /// The client for the runtime around this call.
    ///
    /// # Errors
    /// There is no runtime that can carry a call.
    pub(super) fn here(&self) -> Result<reqwest::Client, Failure> {
        let here = runtime::current()?;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match state.known.iter().rposition(|known| known.0 == here) {
            Some(place) => state.known[place..].rotate_left(1),
            None => {
                let client = match runtime::check_drivers() {
                    Ok(()) => Ok(self.another(&mut state)?),
                    Err(reason) => Err(reason),
                };
                if state.known.len() >= MOST {
                    state.known.remove(0);
                }
                state.known.push(Known(here, client));
            }
        }
        match state.known.last() {
            Some(Known(_, Ok(client))) => Ok(client.clone()),
            Some(Known(_, Err(reason))) => Err(Failure::unusable(*reason)),
            None => Err(Failure::unusable("the transport has no client")),
        }
    }

    fn another(&self, state: &mut State) -> Result<reqwest::Client, reqwest::Error> {
        match (&self.source, state.unused.take()) {
            (Source::Own(client), _) => Ok(client.clone()),
            (_, Some(client)) => Ok(client),
            (Source::Made(make), None) => make(),
        }
    }
}
