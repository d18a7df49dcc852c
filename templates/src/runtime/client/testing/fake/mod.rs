//! A fake of the API: it keeps items in memory, and responds to the operations that work with them.

mod answers;
mod list;
mod store;
mod table;
mod value;

pub use self::store::Store;
#[allow(unused_imports, reason = "an API need not have resources of all kinds")]
pub(crate) use self::table::{Action, Does, Frame, Ids, List, Paged, PagedBy, Resource};

use super::{Answer, OperationId, Script, Sent};
#[cfg(feature = "blocking")]
use crate::runtime::client::blocking;
use crate::runtime::client::{Client, ClientBuilder};
use serde_core::Serialize;

/// The API in memory: created items can be read, listed, changed and deleted, and an unknown id gives a 404.
///
/// It recognizes the resources of the API's description by rule: a path with a list or a way to create items, and the
/// same path followed by an id. Lists are filtered, sorted and paginated. The fake does only what the description
/// states: it does not check values, times do not change, and nothing changes by itself. An operation on anything else
/// fails at once, and the error names it: define its response with [`on`](Fake::on), [`always`](Fake::always) or
/// [`answer`](Fake::answer).
///
/// Clones are the same fake.
#[derive(Clone, Debug)]
pub struct Fake {
    script: Script,
    store: Store,
}

impl Fake {
    /// Creates a fake without items.
    #[must_use]
    pub fn new() -> Fake {
        let store = Store::default();
        let own = store.clone();
        let script = Script::new().otherwise(move |sent| answers::answer(&own, sent));
        Fake { script, store }
    }

    /// Adds an item: see [`Store::put`].
    ///
    /// # Panics
    /// There is no such resource, or the item has no id.
    #[track_caller]
    #[must_use]
    pub fn with(self, resource: &str, item: &(impl Serialize + ?Sized)) -> Fake {
        self.store.put(resource, item);
        self
    }

    /// Adds a response of the operation with this id, which is used once and instead of the fake's own: a 409, a 429, a
    /// fault.
    ///
    /// # Panics
    /// The API has no operation with this id.
    #[track_caller]
    #[must_use]
    pub fn on(self, operation: impl OperationId, answer: Answer) -> Fake {
        Fake { script: self.script.on(operation, answer), store: self.store }
    }

    /// Sets a function that responds to the operation with this id from now on.
    ///
    /// # Panics
    /// The API has no operation with this id.
    #[track_caller]
    #[must_use]
    pub fn always(self, operation: impl OperationId, answer: impl Fn(&Sent) -> Answer + Send + Sync + 'static) -> Fake {
        Fake { script: self.script.always(operation, answer), store: self.store }
    }

    /// Like [`always`](Fake::always), with the stored items: for an operation that the description does not describe
    /// sufficiently.
    ///
    /// # Panics
    /// The API has no operation with this id.
    #[track_caller]
    #[must_use]
    pub fn answer(
        self,
        operation: impl OperationId,
        answer: impl Fn(&Sent, &Store) -> Answer + Send + Sync + 'static,
    ) -> Fake {
        let store = self.store.clone();
        self.always(operation, move |sent| answer(sent, &store))
    }

    /// Builds a client that sends to this fake.
    ///
    /// # Panics
    /// The client cannot be set up, which would be a defect of this crate.
    #[track_caller]
    #[must_use]
    pub fn client(&self) -> Client {
        self.script.client()
    }

    /// Builds a blocking client that sends to this fake.
    ///
    /// # Panics
    /// The thread of the client cannot be started.
    #[cfg(feature = "blocking")]
    #[track_caller]
    #[must_use]
    pub fn blocking_client(&self) -> blocking::Client {
        self.script.blocking_client()
    }

    /// The builder of [`client`](Fake::client), for adjustments.
    pub fn builder(&self) -> ClientBuilder {
        self.script.builder()
    }

    /// The items.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The script of this fake: its requests, and the simulated time. It is also a transport.
    #[must_use]
    pub fn script(&self) -> &Script {
        &self.script
    }
}

impl Default for Fake {
    fn default() -> Fake {
        Fake::new()
    }
}
