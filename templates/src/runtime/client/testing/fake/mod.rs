//! A fake of the API: it keeps items in memory, and answers the operations that work with them.

mod answers;
mod list;
mod store;
mod table;
mod value;

pub use self::store::Store;
#[allow(unused_imports, reason = "an API need not have resources of all kinds")]
pub(crate) use self::table::{Action, Does, Frame, Ids, List, Paged, PagedBy, Resource};

use super::{Answer, Script, Sent};
#[cfg(feature = "blocking")]
use crate::runtime::client::blocking;
use crate::runtime::client::{Client, ClientBuilder};
use serde::Serialize;

/// The API in memory: what is created can be read, listed, changed and deleted, and an unknown id is a 404.
///
/// It knows the resources that the API's description has by rule: a path with a list or a way to create, and the same path
/// with an id behind it. Lists are filtered, sorted and come in pages. What the description does not say it does not do:
/// values are not checked, times stay what they are, and nothing changes by itself. An operation that is not about such a
/// resource fails at once, and the error names it: [`on`](Fake::on), [`always`](Fake::always) and
/// [`answer`](Fake::answer) say what it answers.
///
/// Clones are the same fake.
#[derive(Clone, Debug)]
pub struct Fake {
    script: Script,
    store: Store,
}

impl Fake {
    /// A fake without items.
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

    /// Adds an answer of the operation with this id, which it gives once and in place of its own: a 409, a 429, a fault.
    #[must_use]
    pub fn on(self, operation: &str, answer: Answer) -> Fake {
        Fake { script: self.script.on(operation, answer), store: self.store }
    }

    /// Says how the operation with this id answers from now on.
    #[must_use]
    pub fn always(self, operation: &str, answer: impl Fn(&Sent) -> Answer + Send + Sync + 'static) -> Fake {
        Fake { script: self.script.always(operation, answer), store: self.store }
    }

    /// The same with the items: for an operation that the description does not say enough about.
    #[must_use]
    pub fn answer(self, operation: &str, answer: impl Fn(&Sent, &Store) -> Answer + Send + Sync + 'static) -> Fake {
        let store = self.store.clone();
        self.always(operation, move |sent| answer(sent, &store))
    }

    /// A client that sends to this fake.
    ///
    /// # Panics
    /// It cannot be set up, which would be a mistake of this crate.
    #[track_caller]
    #[must_use]
    pub fn client(&self) -> Client {
        self.script.client()
    }

    /// A blocking client that sends to this fake.
    ///
    /// # Panics
    /// The thread of the client cannot be started.
    #[cfg(feature = "blocking")]
    #[track_caller]
    #[must_use]
    pub fn blocking_client(&self) -> blocking::Client {
        self.script.blocking_client()
    }

    /// What [`client`](Fake::client) builds, to be adjusted.
    pub fn builder(&self) -> ClientBuilder {
        self.script.builder()
    }

    /// The items.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// What was asked, and how much time passed. It is a transport too.
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
