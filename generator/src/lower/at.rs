//! Objects of the document with their places.

use std::ops::Deref;

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};

use crate::pointer::Pointer;

/// An object of the document with its place.
#[derive(Debug)]
pub(super) struct At<'a, T: ?Sized> {
    pub(super) object: &'a T,
    pub(super) pointer: Pointer,
}

/// A schema or a reference to one, with its place.
#[derive(Clone, Debug)]
pub(super) enum SchemaAt<'a> {
    Reference(At<'a, str>),
    Schema(At<'a, Schema>),
}

impl<'a, T: ?Sized> At<'a, T> {
    pub(super) fn new(object: &'a T, pointer: Pointer) -> Self {
        Self { object, pointer }
    }

    /// The place of a key of the object.
    pub(super) fn key(&self, key: &str) -> Pointer {
        self.pointer.key(key)
    }

    /// Returns the value of a key, with its place.
    pub(super) fn part<P: ?Sized>(&self, key: &str, part: &'a P) -> At<'a, P> {
        At::new(part, self.key(key))
    }

    /// Returns the value of an optional key.
    pub(super) fn optional<P>(&self, key: &str, part: &'a Option<P>) -> Option<At<'a, P>> {
        part.as_ref().map(|part| self.part(key, part))
    }

    /// Returns the items of a list under a key.
    pub(super) fn items<P>(&self, key: &str, items: &'a [P]) -> impl Iterator<Item = At<'a, P>> + use<'a, P, T> {
        let list = self.key(key);
        items.iter().enumerate().map(move |(index, item)| At::new(item, list.index(index)))
    }

    /// Returns the entries of a mapping under a key.
    pub(super) fn entries<P>(
        &self,
        key: &str,
        entries: &'a IndexMap<String, P>,
    ) -> impl Iterator<Item = (&'a str, At<'a, P>)> + use<'a, P, T> {
        let mapping = self.key(key);
        entries.iter().map(move |(name, entry)| (name.as_str(), At::new(entry, mapping.key(name))))
    }
}

impl<'a> SchemaAt<'a> {
    pub(super) fn pointer(&self) -> &Pointer {
        match self {
            Self::Reference(reference) => &reference.pointer,
            Self::Schema(schema) => &schema.pointer,
        }
    }

    /// The schema, unless it is a reference.
    pub(super) fn schema(&self) -> Option<&'a Schema> {
        match self {
            Self::Reference(_) => None,
            Self::Schema(schema) => Some(schema.object),
        }
    }
}

impl<T: ?Sized> Deref for At<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.object
    }
}

impl<T: ?Sized> Clone for At<'_, T> {
    fn clone(&self) -> Self {
        Self { object: self.object, pointer: self.pointer.clone() }
    }
}

impl<'a> From<At<'a, Schema>> for SchemaAt<'a> {
    fn from(schema: At<'a, Schema>) -> Self {
        Self::Schema(schema)
    }
}

impl<'a> From<At<'a, ReferenceOr<Schema>>> for SchemaAt<'a> {
    fn from(At { object, pointer }: At<'a, ReferenceOr<Schema>>) -> Self {
        match object {
            ReferenceOr::Reference { reference } => Self::Reference(At::new(reference, pointer)),
            ReferenceOr::Item(schema) => Self::Schema(At::new(schema, pointer)),
        }
    }
}

impl<'a> From<At<'a, ReferenceOr<Box<Schema>>>> for SchemaAt<'a> {
    fn from(At { object, pointer }: At<'a, ReferenceOr<Box<Schema>>>) -> Self {
        match object {
            ReferenceOr::Reference { reference } => Self::Reference(At::new(reference, pointer)),
            ReferenceOr::Item(schema) => Self::Schema(At::new(schema, pointer)),
        }
    }
}
