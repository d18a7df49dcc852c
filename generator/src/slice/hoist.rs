//! Moves the targets of references in removed operations to the components, so that they still exist.

use std::collections::{BTreeMap, BTreeSet};

use crate::pointer::Pointer;
use crate::slice::list::is_method;
use crate::source::{Entry, Node};

/// A target of a reference below `paths`.
pub(super) struct Referred {
    pointer: Pointer,
    node: Node,
    /// Its name as a component.
    words: String,
}

/// The maximum number of values that may be copied: references could otherwise create any number.
const MAX_COPIED: usize = 100_000;

/// Returns the targets of references below `paths`.
pub(super) fn referred_to(root: &Node) -> BTreeMap<String, Referred> {
    let mut found: BTreeMap<String, Referred> = BTreeMap::new();
    let mut copied: usize = 0;
    root.each_reference(&mut |node| {
        let Some(reference) = node.value.as_str() else { return };
        if !reference.starts_with("#/paths/") || found.contains_key(reference) {
            return;
        }
        let Some(pointer) = Pointer::from_reference(reference) else { return };
        let Some(node) = root.find(&pointer) else { return };
        copied = copied.saturating_add(node.size());
        if copied <= MAX_COPIED {
            let words = words(root, &pointer);
            found.insert(reference.to_owned(), Referred { pointer, node: node.clone(), words });
        }
    });
    found
}

/// Converts removed targets to components, and updates the references.
pub(super) fn hoist(root: &mut Node, referred: BTreeMap<String, Referred>) {
    let gone = referred.into_iter().filter(|(_, referred)| root.find(&referred.pointer).is_none());
    let gone: Vec<(String, Referred)> = gone.collect();
    let components = Pointer::root().key("components");
    let mut moved: BTreeMap<String, String> = BTreeMap::new();
    let mut homes: BTreeMap<Pointer, String> = BTreeMap::new();
    let mut taken: BTreeSet<Pointer> = BTreeSet::new();
    let mut numbers: BTreeMap<Pointer, usize> = BTreeMap::new();
    let mut new: BTreeMap<&str, Vec<Entry>> = BTreeMap::new();
    for (reference, Referred { pointer, node, words }) in gone {
        if let Some(home) = homes.get(&pointer) {
            moved.insert(reference, home.clone());
            continue;
        }
        let Some(section) = section(&pointer) else { continue };
        let words = if words.is_empty() { "Shared".to_owned() } else { words };
        let wanted = components.key(section).key(&words);
        let (mut home, mut name) = (wanted.clone(), words.clone());
        let number = numbers.entry(wanted).or_insert(1);
        while taken.contains(&home) || root.find(&home).is_some() {
            *number = number.saturating_add(1);
            name = format!("{words}-{number}");
            home = components.key(section).key(&name);
        }
        taken.insert(home.clone());
        new.entry(section).or_default().push(Entry { key: name, key_span: node.span, node });
        homes.insert(pointer, home.to_string());
        moved.insert(reference, home.to_string());
    }
    for (section, entries) in new {
        root.add_components(section, entries);
    }
    if !moved.is_empty() {
        root.each_reference_mut(&mut |reference| {
            if let Some(home) = moved.get(reference) {
                home.clone_into(reference);
            }
        });
    }
}

/// Returns the section of the components for the object at a place.
fn section(pointer: &Pointer) -> Option<&'static str> {
    let segments: Vec<String> = pointer.segments().collect();
    Some(match segments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["paths", _] => return None,
        ["paths", _, .., "properties", _] => "schemas",
        ["paths", _, .., "parameters", _] => "parameters",
        ["paths", _, .., "responses", _] => "responses",
        ["paths", _, .., "requestBody"] => "requestBodies",
        ["paths", _, .., "headers", _] => "headers",
        ["paths", _, .., "examples", _] => "examples",
        _ => "schemas",
    })
}

/// Returns a name for a place, with the characters of a component's name: the name of the type of an inline schema
/// there.
fn words(root: &Node, pointer: &Pointer) -> String {
    let text = |at: &Pointer, key: &str| Some(root.find(at)?.get(key)?.value.as_str()?.to_owned());
    let segments: Vec<String> = pointer.segments().collect();
    let mut keys = segments.iter().map(String::as_str).skip(1);
    let mut words: Vec<String> = Vec::new();
    let mut at = Pointer::root().key("paths");
    if let Some(path) = keys.next() {
        at = at.key(path);
        words.push(path.to_owned());
    }
    let mut keys = keys.peekable();
    while let Some(key) = keys.next() {
        at = at.key(key);
        match key {
            "parameters" | "properties" | "headers" | "examples" | "responses" | "content" => {
                let Some(name) = keys.next() else { break };
                at = at.key(name);
                match key {
                    "parameters" => words.extend(text(&at, "name")),
                    "responses" => {
                        words.extend((!name.starts_with('2') && name != "default").then(|| name.to_owned()));
                        words.extend(keys.peek().map(|_| "Response".to_owned()));
                    }
                    "content" => {}
                    _ => words.push(name.to_owned()),
                }
            }
            "requestBody" => words.extend(keys.peek().map(|_| "Body".to_owned())),
            "items" => words.push("Item".to_owned()),
            "additionalProperties" => words.push("Value".to_owned()),
            "schema" => {}
            // The operation's id already describes its path.
            key if is_method(key) && words.len() == 1 => {
                words = vec![text(&at, "operationId").unwrap_or_else(|| format!("{key} {}", words.concat()))];
            }
            key => words.push(key.to_owned()),
        }
    }
    let is_plain = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let words = words.iter().flat_map(|word| word.split(|character| !is_plain(character)));
    words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
}
