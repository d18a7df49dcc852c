//! The items of a fake.

use super::table::{Ids, Resource};
use super::value::text;
use crate::resources::RESOURCES;
use crate::runtime::client::testing::answer::fail;
use serde_core::Serialize;
use serde_core::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The items of a [`Fake`](crate::testing::Fake), by resource.
///
/// The name of a resource is the last part of its path: `things` for `/api/things`. If two paths end alike, or the path
/// has an argument, the name is the whole path with the arguments filled in: `/orgs/7/things`. Clones are the same
/// store.
#[derive(Clone, Default)]
pub struct Store {
    items: Arc<Mutex<Items>>,
}

/// By the path of the list, in the order in which they were created.
#[derive(Default)]
pub(super) struct Items {
    pub(super) lists: BTreeMap<String, Vec<Value>>,
    made: u64,
}

impl Store {
    /// Returns all items, in the order in which they were created.
    ///
    /// # Panics
    /// There is no such resource, or an item does not fit the type.
    #[track_caller]
    #[must_use]
    pub fn items<T: DeserializeOwned>(&self, resource: &str) -> Vec<T> {
        let (path, _) = known(resource);
        self.lock().lists.get(&path).into_iter().flatten().map(read).collect()
    }

    /// Returns the item with an id.
    ///
    /// # Panics
    /// There is no such resource, or the item does not fit the type.
    #[track_caller]
    #[must_use]
    pub fn get<T: DeserializeOwned>(&self, resource: &str, id: impl fmt::Display) -> Option<T> {
        let (path, resource) = known(resource);
        let items = self.lock();
        items.position(resource, &path, &id.to_string()).and_then(|place| items.lists.get(&path)?.get(place)).map(read)
    }

    /// Adds an item, or replaces the one with its id.
    ///
    /// # Panics
    /// There is no such resource, or the item has no id.
    #[track_caller]
    pub fn put(&self, resource: &str, item: &(impl Serialize + ?Sized)) {
        let (path, resource) = known(resource);
        let item = match serde_json::to_value(item) {
            Ok(item) => item,
            Err(error) => fail(&format!("an item of {path} cannot be written as JSON: {error}")),
        };
        let id = item.get(resource.id).map(text).unwrap_or_default();
        if id.is_empty() {
            fail(&format!("an item of {path} needs `{}`", resource.id));
        }
        self.lock().put(resource, &path, &id, item);
    }

    /// Removes the item with an id, and returns whether it existed.
    ///
    /// # Panics
    /// There is no such resource.
    #[track_caller]
    pub fn remove(&self, resource: &str, id: impl fmt::Display) -> bool {
        let (path, resource) = known(resource);
        self.lock().remove(resource, &path, &id.to_string()).is_some()
    }

    /// A test that panicked in the meantime does not invalidate the items.
    pub(super) fn lock(&self) -> MutexGuard<'_, Items> {
        self.items.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Items {
    pub(super) fn position(&self, resource: &Resource, path: &str, id: &str) -> Option<usize> {
        let list = self.lists.get(path)?;
        list.iter().position(|item| item.get(resource.id).is_some_and(|own| text(own) == id))
    }

    pub(super) fn put(&mut self, resource: &Resource, path: &str, id: &str, item: Value) {
        let place = self.position(resource, path, id);
        let list = self.lists.entry(path.to_owned()).or_default();
        match place.and_then(|place| list.get_mut(place)) {
            Some(own) => *own = item,
            None => list.push(item),
        }
    }

    pub(super) fn remove(&mut self, resource: &Resource, path: &str, id: &str) -> Option<Value> {
        let place = self.position(resource, path, id)?;
        Some(self.lists.get_mut(path)?.remove(place))
    }

    /// Returns an id that no item of the list has.
    pub(super) fn fresh(&mut self, resource: &Resource, path: &str) -> Value {
        loop {
            self.made = self.made.saturating_add(1);
            let id = match resource.ids {
                Ids::Uuid => Value::from(format!("00000000-0000-4000-8000-{:012x}", self.made)),
                Ids::Integer => Value::from(self.made),
                Ids::Text => Value::from(self.made.to_string()),
            };
            if self.position(resource, path, &text(&id)).is_none() {
                return id;
            }
        }
    }
}

/// Returns the resource that a test names, with the path of its list.
#[track_caller]
fn known(name: &str) -> (String, &'static Resource) {
    let path = name.trim_matches('/');
    let whole = RESOURCES.iter().find(|resource| {
        let mut given = path.split('/');
        let mut wanted = resource.collection.trim_matches('/').split('/');
        let fits = wanted.by_ref().all(|part| given.next().is_some_and(|own| own == part || is_argument(part)));
        fits && given.next().is_none()
    });
    if let Some(resource) = whole {
        return (path.to_owned(), resource);
    }
    let is_last = |resource: &&Resource| resource.collection.rsplit('/').next() == Some(path);
    let mut last = RESOURCES.iter().filter(is_last);
    match (last.next(), last.next()) {
        (Some(only), None) if !only.collection.contains('{') => (only.collection.trim_matches('/').to_owned(), only),
        _ => {
            let all: Vec<&str> = RESOURCES.iter().map(|resource| resource.collection).collect();
            fail(&format!("{name:?} is not one of the resources that the fake knows: {}", all.join(", ")))
        }
    }
}

pub(super) fn is_argument(segment: &str) -> bool {
    segment.starts_with('{')
}

#[track_caller]
fn read<T: DeserializeOwned>(item: &Value) -> T {
    match serde_json::from_value(item.clone()) {
        Ok(item) => item,
        Err(error) => fail(&format!("an item is not what was expected: {error}: {item}")),
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(&self.lock().lists).finish()
    }
}
