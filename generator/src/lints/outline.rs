//! The objects of a document that lints check, found in one walk; and a schema together with all schemas that it refers
//! to.

use std::collections::BTreeSet;

use crate::ir::is_json;
use crate::pointer::Pointer;
use crate::source::{Node, Tree, Value};
use crate::spec::METHODS;

/// The parts of a document; those of the same kind are in the order of the text.
pub(super) struct Outline<'t> {
    pub(super) tree: &'t Tree,
    /// Every object that is not a reference.
    pub(super) parts: Vec<Part<'t>>,
    /// Every reference.
    pub(super) references: Vec<Reference<'t>>,
}

/// An object with its place.
#[derive(Clone, Debug)]
pub(super) struct Part<'t> {
    pub(super) kind: Kind,
    pub(super) at: Pointer,
    pub(super) node: &'t Node,
}

/// A `$ref`.
pub(super) struct Reference<'t> {
    /// The object that is a reference.
    pub(super) at: Pointer,
    pub(super) target: &'t str,
}

/// The kind of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Document,
    Info,
    Tag,
    SecurityScheme,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    MediaType,
    Example,
    Schema(Role),
}

/// The role of the value that a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A named schema.
    Component,
    /// The value of a property.
    Property,
    /// The value of a parameter.
    Parameter,
    /// An item, a value of a map, a body, a part of an `allOf`.
    Nameless,
}

/// A schema, those it refers to, and those that its `allOf` lists: a value must be valid for each of them.
#[derive(Clone)]
pub(super) struct Whole<'t> {
    pub(super) parts: Vec<(Pointer, &'t Node)>,
    /// The places of the lists of `oneOf` and `anyOf` of which a member is among the parts.
    chosen: Vec<Pointer>,
}

/// The sections of the components that are walked, each with the kind of its entries. Lowering rejects the others.
const SECTIONS: [(&str, Kind); 7] = [
    ("schemas", Kind::Schema(Role::Component)),
    ("responses", Kind::Response),
    ("headers", Kind::Header),
    ("parameters", Kind::Parameter),
    ("examples", Kind::Example),
    ("requestBodies", Kind::RequestBody),
    ("securitySchemes", Kind::SecurityScheme),
];

impl<'t> Outline<'t> {
    pub(super) fn of(tree: &'t Tree) -> Self {
        let mut outline = Self { tree, parts: Vec::new(), references: Vec::new() };
        outline.visit(Kind::Document, Pointer::root(), tree.root());
        outline
    }

    /// The parts of one kind.
    pub(super) fn all(&self, kind: Kind) -> impl Iterator<Item = &Part<'t>> {
        self.parts.iter().filter(move |part| part.kind == kind)
    }

    /// Returns the target of a reference, or the object itself if it is not a reference.
    pub(super) fn resolve(&self, at: &Pointer, node: &'t Node) -> (Pointer, &'t Node) {
        let mut found = (at.clone(), node);
        let mut seen = BTreeSet::new();
        while let Some(target) = reference(found.1).and_then(Pointer::from_reference) {
            let Some(node) = self.tree.node(&target) else { break };
            if !seen.insert(std::ptr::from_ref(node)) {
                break;
            }
            found = (target, node);
        }
        found
    }

    /// Returns all schemas for which a value of a schema must be valid.
    pub(super) fn whole(&self, at: &Pointer, node: &'t Node) -> Whole<'t> {
        self.union(vec![(at.clone(), node)])
    }

    /// Returns all schemas for which a value of several schemas must be valid, each part once, however many paths lead
    /// to it: otherwise it would be checked twice at each level.
    pub(super) fn union(&self, schemas: Vec<(Pointer, &'t Node)>) -> Whole<'t> {
        let mut whole = Whole { parts: Vec::new(), chosen: Vec::new() };
        let mut seen = BTreeSet::new();
        let mut open = schemas;
        open.reverse();
        while let Some((at, node)) = open.pop() {
            let (at, node) = self.resolve(&at, node);
            if !seen.insert(std::ptr::from_ref(node)) {
                continue;
            }
            let parts = node.get("allOf").and_then(|parts| parts.value.as_sequence()).unwrap_or_default();
            let all_of = at.key("allOf");
            open.extend(parts.iter().enumerate().map(|(index, part)| (all_of.index(index), part)).rev());
            whole.parts.push((at, node));
        }
        whole
    }

    /// Returns the members of the first choice that the parts of a schema leave open: with each of them, the schema has
    /// one choice less.
    pub(super) fn choices(&self, whole: &Whole<'t>) -> Vec<Whole<'t>> {
        let lists = ["oneOf", "anyOf"].into_iter().flat_map(|key| whole.all(key).collect::<Vec<_>>());
        let mut open = lists.filter(|(at, _)| !whole.chosen.contains(at));
        let Some((at, list)) = open.next() else { return Vec::new() };
        let members = list.value.as_sequence().unwrap_or_default().iter().enumerate();
        let with = |(index, member): (usize, &'t Node)| {
            let mut with = whole.clone();
            for part in self.whole(&at.index(index), member).parts {
                if with.parts.iter().all(|(known, _)| *known != part.0) {
                    with.parts.push(part);
                }
            }
            with.chosen.push(at.clone());
            with
        };
        members.map(with).collect()
    }

    fn visit(&mut self, kind: Kind, at: Pointer, node: &'t Node) {
        if let Some(target) = reference(node) {
            self.references.push(Reference { at, target });
            return;
        }
        self.parts.push(Part { kind, at: at.clone(), node });
        match kind {
            Kind::Document => self.document(&at, node),
            Kind::PathItem => {
                self.list(Kind::Parameter, &at, node, "parameters");
                for method in METHODS {
                    self.one(Kind::Operation, &at, node, method);
                }
            }
            Kind::Operation => {
                self.list(Kind::Parameter, &at, node, "parameters");
                self.one(Kind::RequestBody, &at, node, "requestBody");
                self.map(Kind::Response, &at, node, "responses");
            }
            Kind::RequestBody => self.map(Kind::MediaType, &at, node, "content"),
            Kind::Response => {
                self.map(Kind::MediaType, &at, node, "content");
                self.map(Kind::Header, &at, node, "headers");
            }
            Kind::Parameter | Kind::Header => {
                self.one(Kind::Schema(Role::Parameter), &at, node, "schema");
                self.map(Kind::Example, &at, node, "examples");
            }
            Kind::MediaType => {
                self.one(Kind::Schema(Role::Nameless), &at, node, "schema");
                self.map(Kind::Example, &at, node, "examples");
            }
            Kind::Schema(_) => {
                self.mapping(&at, node);
                self.map(Kind::Schema(Role::Property), &at, node, "properties");
                for key in ["allOf", "oneOf", "anyOf"] {
                    self.list(Kind::Schema(Role::Nameless), &at, node, key);
                }
                for key in ["items", "additionalProperties", "not"] {
                    self.one(Kind::Schema(Role::Nameless), &at, node, key);
                }
            }
            Kind::Info | Kind::Tag | Kind::SecurityScheme | Kind::Example => {}
        }
    }

    fn document(&mut self, at: &Pointer, node: &'t Node) {
        self.one(Kind::Info, at, node, "info");
        self.list(Kind::Tag, at, node, "tags");
        self.map(Kind::PathItem, at, node, "paths");
        if let Some(components) = node.get("components") {
            for (section, kind) in SECTIONS {
                self.map(kind, &at.key("components"), components, section);
            }
        }
    }

    /// The references in the mapping of a discriminator.
    fn mapping(&mut self, at: &Pointer, node: &'t Node) {
        let mapping = node.get("discriminator").and_then(|discriminator| discriminator.get("mapping"));
        let at = at.key("discriminator").key("mapping");
        for entry in
            mapping.and_then(|mapping| mapping.value.as_mapping()).into_iter().flat_map(|entries| entries.iter())
        {
            if let Some(target) = entry.node.value.as_str() {
                self.references.push(Reference { at: at.key(&entry.key), target });
            }
        }
    }

    /// Visits the value of a key, if it is an object: `additionalProperties` can be a boolean, too.
    fn one(&mut self, kind: Kind, at: &Pointer, node: &'t Node, key: &str) {
        if let Some(node) = node.get(key).filter(|node| is_object(node)) {
            self.visit(kind, at.key(key), node);
        }
    }

    /// Visits the items of the list under a key.
    fn list(&mut self, kind: Kind, at: &Pointer, node: &'t Node, key: &str) {
        let Some(items) = node.get(key).and_then(|node| node.value.as_sequence()) else { return };
        let at = at.key(key);
        for (index, item) in items.iter().enumerate().filter(|(_, item)| is_object(item)) {
            self.visit(kind, at.index(index), item);
        }
    }

    /// Visits the entries of the mapping under a key, but not its extensions.
    fn map(&mut self, kind: Kind, at: &Pointer, node: &'t Node, key: &str) {
        let Some(entries) = node.get(key).and_then(|node| node.value.as_mapping()) else { return };
        let at = at.key(key);
        let may_have_extensions = matches!(kind, Kind::PathItem | Kind::Response);
        for entry in entries.iter().filter(|entry| is_object(&entry.node)) {
            if !(may_have_extensions && entry.key.starts_with("x-")) {
                self.visit(kind, at.key(&entry.key), &entry.node);
            }
        }
    }
}

impl<'t> Part<'t> {
    /// Whether a media type is JSON, whose values a schema describes.
    pub(super) fn is_json(&self) -> bool {
        self.at.last().is_some_and(|media_type| is_json(&media_type))
    }

    /// Returns the text of a key, if it exists and is not blank.
    pub(super) fn text(&self, key: &str) -> Option<&'t str> {
        self.node.get(key).and_then(|node| node.value.as_str()).filter(|text| !text.trim().is_empty())
    }
}

impl<'t> Whole<'t> {
    /// Returns the values of a key in all parts, each with its place.
    pub(super) fn all<'w>(&'w self, key: &'w str) -> impl Iterator<Item = (Pointer, &'t Node)> + 'w {
        self.parts.iter().filter_map(move |(at, node)| node.get(key).map(|found| (at.key(key), found)))
    }

    /// Returns the value of a key in the first part that has it.
    pub(super) fn first(&self, key: &str) -> Option<&'t Node> {
        self.parts.iter().find_map(|(_, node)| node.get(key))
    }

    /// The `type`.
    pub(super) fn kind(&self) -> Option<&'t str> {
        self.first("type").and_then(|kind| kind.value.as_str())
    }
}

fn is_object(node: &Node) -> bool {
    matches!(node.value, Value::Mapping(_))
}

/// Returns the target of an object that is a reference.
pub(super) fn reference(node: &Node) -> Option<&str> {
    node.get("$ref").and_then(|target| target.value.as_str())
}
