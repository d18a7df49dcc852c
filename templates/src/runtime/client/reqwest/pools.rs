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
    /// `None` if there is but the one, which is the caller's.
    make: Option<Make>,
    /// The one that was used last is the last. One without a runtime was not used yet.
    clients: Mutex<Vec<(Option<Id>, reqwest::Client)>>,
}

/// How many runtimes are remembered.
const MOST: usize = 8;

impl Pools {
    /// One client, for all runtimes.
    pub(super) fn of(client: reqwest::Client) -> Pools {
        Pools { make: None, clients: Mutex::new(vec![(None, client)]) }
    }

    /// A client for each runtime.
    ///
    /// # Errors
    /// None can be made.
    pub(super) fn new(make: Make) -> Result<Pools, reqwest::Error> {
        let client = make()?;
        Ok(Pools { make: Some(make), clients: Mutex::new(vec![(None, client)]) })
    }

    /// The client for the runtime around this call.
    ///
    /// # Errors
    /// There is no runtime that can carry a call.
    pub(super) fn here(&self) -> Result<reqwest::Client, Failure> {
        let here = runtime::current()?;
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((Some(last), client)) = clients.last()
            && *last == here
        {
            return Ok(client.clone());
        }
        if let Some(known) = clients.iter().position(|(runtime, _)| *runtime == Some(here)) {
            let known = clients.remove(known);
            let client = known.1.clone();
            clients.push(known);
            return Ok(client);
        }
        runtime::check_drivers()?;
        let unused = clients.iter().position(|(runtime, _)| runtime.is_none());
        let client = match (unused, &self.make) {
            (Some(unused), _) => clients.remove(unused).1,
            (None, Some(make)) => make()?,
            (None, None) => match clients.last() {
                Some((_, own)) => own.clone(),
                None => return Err(Failure::unusable("the transport has no client")),
            },
        };
        if clients.len() >= MOST {
            clients.remove(0);
        }
        clients.push((Some(here), client.clone()));
        Ok(client)
    }
}
