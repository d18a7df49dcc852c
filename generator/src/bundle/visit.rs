//! The references of an object: those at the places where OpenAPI has them, and not similar values in an example.

use super::address::is_reference;
use crate::pointer::Pointer;
use crate::source::{Node, Value};
use crate::spec::{Object, ObjectKind, Shape};

/// A function that receives a reference: its text, which it can change, and the kind of its target.
pub(super) type See<'s> = &'s mut dyn FnMut(&mut String, &'static Object);

/// Visits every reference in a value.
pub(super) fn references(node: &mut Node, shape: &'static Shape, see: See<'_>) {
    let mut visit = Visit { see, places: None, at: Pointer::root() };
    visit.shape(node, shape);
}

/// Visits an object or a reference to one; returns the places of all objects in it, each with its kind.
pub(super) fn referable(node: &mut Node, object: &'static Object, at: &Pointer, see: See<'_>) -> Vec<Pointer> {
    let mut visit = Visit { see, places: Some(Vec::new()), at: at.clone() };
    visit.referable(node, object);
    visit.places.unwrap_or_default()
}

struct Visit<'s> {
    see: See<'s>,
    /// The places of the objects that a reference can lead to, if they are needed.
    places: Option<Vec<Pointer>>,
    at: Pointer,
}

impl Visit<'_> {
    fn inside(&mut self, key: &str, node: &mut Node, shape: &'static Shape) {
        if self.places.is_none() {
            self.shape(node, shape);
            return;
        }
        let inside = self.at.key(key);
        let outside = std::mem::replace(&mut self.at, inside);
        self.shape(node, shape);
        self.at = outside;
    }

    fn shape(&mut self, node: &mut Node, shape: &'static Shape) {
        match (shape, &mut node.value) {
            (Shape::List(of) | Shape::NonEmptyList(of), Value::Sequence(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.inside(&index.to_string(), item, of);
                }
            }
            (Shape::Map(_, of), Value::Mapping(entries)) => {
                for (key, node) in entries.values_mut() {
                    self.inside(key, node, of);
                }
            }
            (Shape::Object(object), Value::Mapping(_)) => self.object(node, object),
            (Shape::Referable(object), Value::Mapping(_)) => self.referable(node, object),
            (Shape::FlagOr(other) | Shape::TextOr(other), Value::Mapping(_)) => self.shape(node, other),
            _ => {}
        }
    }

    fn referable(&mut self, node: &mut Node, object: &'static Object) {
        if let Some(places) = &mut self.places {
            places.push(self.at.clone());
        }
        let Value::Mapping(entries) = &mut node.value else { return };
        if let Some(Node { value: Value::String(reference), .. }) = entries.get_mut("$ref") {
            (self.see)(reference, object);
        }
        self.object(node, object);
    }

    fn object(&mut self, node: &mut Node, object: &'static Object) {
        let Value::Mapping(entries) = &mut node.value else { return };
        if object.kind == ObjectKind::Schema
            && let Some(discriminator) = entries.get_mut("discriminator")
            && let Value::Mapping(discriminator) = &mut discriminator.value
            && let Some(Node { value: Value::Mapping(mapping), .. }) = discriminator.get_mut("mapping")
        {
            for (_, text) in mapping.values_mut() {
                match &mut text.value {
                    // Any other text is the name of a schema.
                    Value::String(text) if is_reference(text) => (self.see)(text, object),
                    _ => {}
                }
            }
        }
        let shapes: Vec<Option<&'static Shape>> =
            entries.iter().map(|entry| object.shape_of(entries, &entry.key)).collect();
        for ((key, node), shape) in entries.values_mut().zip(shapes) {
            if let Some(shape) = shape {
                self.inside(key, node, shape);
            }
        }
    }
}
