//! Keeps only what the operations of a slice reach: components, tags, security schemes.

use std::collections::{BTreeMap, BTreeSet};

use crate::pointer::Pointer;
use crate::slice::list::is_method;
use crate::source::{Mapping, Node, Value};

/// A component: its kind, such as `schemas`, and its name.
type Component = (String, String);

const SCHEMAS: &str = "schemas";
const SECURITY_SCHEMES: &str = "securitySchemes";

/// Drops everything that no operation reaches.
pub(super) fn prune(root: &mut Node) {
    let names = used_names(root);
    if !names.default_security {
        drop_key(root, "security");
    }
    let reached = reached(root);
    let Value::Mapping(document) = &mut root.value else { return };
    // Parts that are not operations of a client are not selected.
    document.retain(|entry| !matches!(entry.key.as_str(), "webhooks" | "x-webhooks"));
    if let Some(Node { value: Value::Sequence(tags), .. }) = document.get_mut("tags") {
        let name = |tag: &Node| tag.get("name").and_then(|name| name.value.as_str()).map(str::to_owned);
        tags.retain(|tag| name(tag).is_none_or(|name| names.tags.contains(&name)));
    }
    let Some(Node { value: Value::Mapping(components), .. }) = document.get_mut("components") else { return };
    for (kind, node) in components.values_mut() {
        let Value::Mapping(entries) = &mut node.value else { continue };
        if kind.starts_with("x-") {
            continue;
        }
        let schemes = (kind == SECURITY_SCHEMES).then_some(&names.schemes);
        let is_used = |name: &String| match schemes {
            Some(schemes) => schemes.contains(name),
            None => reached.contains(&(kind.to_owned(), name.clone())),
        };
        entries.retain(|entry| is_used(&entry.key));
    }
    components.retain(|entry| entry.node.value.as_mapping().is_none_or(|entries| !entries.is_empty()));
}

/// The names that operations use without a reference.
#[derive(Default)]
struct UsedNames {
    tags: BTreeSet<String>,
    schemes: BTreeSet<String>,
    /// Whether an operation has no `security` of its own.
    default_security: bool,
}

fn used_names(root: &Node) -> UsedNames {
    let mut names = UsedNames::default();
    let paths = root.get("paths").and_then(|paths| paths.value.as_mapping());
    let items = paths.into_iter().flat_map(|paths| paths.iter()).filter_map(|path| path.node.value.as_mapping());
    for operation in items.flat_map(|item| item.iter()).filter(|entry| is_method(&entry.key)).map(|entry| &entry.node) {
        let tags = operation.get("tags").and_then(|tags| tags.value.as_sequence()).unwrap_or_default();
        names.tags.extend(tags.iter().filter_map(|tag| tag.value.as_str()).map(str::to_owned));
        match operation.get("security") {
            Some(security) => names.schemes.extend(schemes(security)),
            None => names.default_security = true,
        }
    }
    if names.default_security {
        names.schemes.extend(root.get("security").into_iter().flat_map(schemes));
    }
    names
}

/// Returns the security schemes that requirements name.
fn schemes(security: &Node) -> impl Iterator<Item = String> + '_ {
    let requirements = security.value.as_sequence().unwrap_or_default().iter();
    let named = requirements.filter_map(|requirement| requirement.value.as_mapping());
    named.flat_map(|requirement| requirement.iter()).map(|scheme| scheme.key.clone())
}

fn drop_key(node: &mut Node, key: &str) {
    if let Value::Mapping(entries) = &mut node.value {
        entries.remove(key);
    }
}

/// Returns the components that something outside the components refers to, directly or through others.
fn reached(root: &Node) -> BTreeSet<Component> {
    let Some(document) = root.value.as_mapping() else { return BTreeSet::new() };
    let mut search = Search { reached: BTreeSet::new(), open: Vec::new() };
    for entry in document.iter().filter(|entry| entry.key != "components") {
        search.look(&entry.node);
    }
    let Some(components) = root.get("components") else { return search.reached };
    let children = children(components);
    let mut heirs: BTreeSet<Component> = BTreeSet::new();
    while let Some(component) = search.open.pop() {
        let (kind, name) = &component;
        let Some(node) = components.get(kind).and_then(|of_kind| of_kind.get(name)) else { continue };
        search.look(node);
        // Where an object with a discriminator is valid, so is each schema that has it as a part.
        if kind == SCHEMAS && (node.get("discriminator").is_some() || heirs.contains(&component)) {
            for child in children.get(name).into_iter().flatten() {
                let child = (SCHEMAS.to_owned(), child.clone());
                // A descendant that was reached before is followed again: its own descendants are valid there too.
                if heirs.insert(child.clone()) {
                    search.reached.insert(child.clone());
                    search.open.push(child);
                }
            }
        }
    }
    search.reached
}

/// Returns the schemas that have a schema as a part of their `allOf`, by the name of the latter.
fn children(components: &Node) -> BTreeMap<String, Vec<String>> {
    let mut children: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let schemas = components.get(SCHEMAS).and_then(|schemas| schemas.value.as_mapping());
    for schema in schemas.into_iter().flat_map(|schemas| schemas.iter()) {
        let parts = schema.node.get("allOf").and_then(|parts| parts.value.as_sequence()).unwrap_or_default();
        for reference in parts.iter().filter_map(|part| part.get("$ref")?.value.as_str()) {
            if let Some((_, parent)) = component(reference).filter(|(kind, _)| kind == SCHEMAS) {
                children.entry(parent).or_default().push(schema.key.clone());
            }
        }
    }
    children
}

struct Search {
    reached: BTreeSet<Component>,
    /// The components that were not followed yet.
    open: Vec<Component>,
}

impl Search {
    /// Adds every component that a value refers to.
    fn look(&mut self, node: &Node) {
        match &node.value {
            Value::Sequence(items) => items.iter().for_each(|item| self.look(item)),
            Value::Mapping(entries) => {
                for entry in entries.iter() {
                    match (entry.key.as_str(), &entry.node.value) {
                        ("$ref", Value::String(reference)) => self.refer(reference),
                        ("mapping", Value::Mapping(mapping)) => self.map(mapping),
                        _ => self.look(&entry.node),
                    }
                }
            }
            _ => {}
        }
    }

    /// The mapping of a discriminator names schemas, or refers to them. A property with the name `mapping` contains no
    /// texts.
    fn map(&mut self, mapping: &Mapping) {
        for entry in mapping.iter() {
            match &entry.node.value {
                Value::String(schema) => {
                    self.note((SCHEMAS.to_owned(), schema.clone()));
                    self.refer(schema);
                }
                _ => self.look(&entry.node),
            }
        }
    }

    fn refer(&mut self, reference: &str) {
        if let Some(component) = component(reference) {
            self.note(component);
        }
    }

    fn note(&mut self, component: Component) {
        if self.reached.insert(component.clone()) {
            self.open.push(component);
        }
    }
}

/// Returns the component that a reference leads to, or into.
fn component(reference: &str) -> Option<Component> {
    let pointer = Pointer::from_reference(reference)?;
    let mut segments = pointer.segments();
    if segments.next()? != "components" {
        return None;
    }
    Some((segments.next()?, segments.next()?))
}
