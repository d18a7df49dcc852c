//! The destinations of definitions in other files.
//!
//! A definition that an entry of the components or a path refers to goes there. Any other becomes an entry of the
//! components under the last name of its pointer, or the name of its file; if two have the same name, the name of the
//! file is prefixed.

use std::collections::{BTreeMap, BTreeSet};

use super::address::{Address, ENDS};
use super::units::{Unit, Units};
use crate::pointer::Pointer;
use crate::source::{Entry, Node, Value};
use crate::spec::{DOCUMENT, Field, Object, Shape};

/// The destination of each definition.
pub(super) struct Homes {
    homes: BTreeMap<Address, Pointer>,
}

impl Homes {
    pub(super) fn new(root: &Node, units: &Units<'_>) -> Self {
        let is_whole = |target: &&Address| units.around.get(target).is_none_or(|around| *around == target.pointer);
        let whole: Vec<&Address> = units.order.iter().filter(is_whole).collect();
        let mut homes = Self { homes: BTreeMap::new() };
        homes.of_places(root, units);
        homes.of_names(root, units, &whole);
        // A definition inside another moves with it.
        for target in &units.order {
            let Some(around) = units.around.get(target).filter(|around| **around != target.pointer) else { continue };
            let around = Address { file: target.file.clone(), pointer: around.clone() };
            let Some(home) = homes.homes.get(&around) else { continue };
            let behind = target.pointer.segments().skip(around.pointer.segments().count());
            let place = behind.fold(home.clone(), |at, key| at.key(key));
            homes.homes.insert(target.clone(), place);
        }
        homes
    }

    /// Returns the reference to a definition.
    pub(super) fn reference(&self, target: &Address) -> Option<String> {
        if target.file.is_empty() {
            return Some(target.reference());
        }
        self.homes.get(target).map(|home| Address { file: String::new(), pointer: home.clone() }.reference())
    }

    /// Moves each definition to its destination.
    pub(super) fn settle(&self, root: &mut Node, units: &mut Units<'_>) {
        let mut new: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
        for target in std::mem::take(&mut units.order) {
            let is_whole = units.around.get(&target).is_none_or(|around| *around == target.pointer);
            let Some(home) = self.homes.get(&target).filter(|_| is_whole) else { continue };
            let Some(Unit { node, .. }) = units.units.remove(&target) else { continue };
            let segments: Vec<String> = home.segments().collect();
            match (segments.iter().try_fold(&mut *root, |node, key| inside(node, key)), segments.as_slice()) {
                (Some(place), _) => put(place, node),
                (None, [_, section, name]) => {
                    let entry = Entry { key: name.clone(), key_span: node.span, node };
                    new.entry(section.clone()).or_default().push(entry);
                }
                (None, _) => {}
            }
        }
        for (section, entries) in new {
            root.add_components(&section, entries);
        }
    }

    /// Handles entries of the components and paths that consist of a reference.
    fn of_places(&mut self, root: &Node, units: &Units<'_>) {
        let places = sections().into_iter().map(|(section, _)| Pointer::root().key("components").key(section));
        for at in places.chain([Pointer::root().key("paths")]) {
            let entries = root.find(&at).and_then(|node| node.value.as_mapping());
            for entry in entries.into_iter().flat_map(|entries| entries.iter()) {
                let is_path = at.segments().count() == 1;
                let reference = entry.node.get("$ref").filter(|_| is_path || is_only_a_reference(&entry.node));
                let Some(target) = reference.and_then(|node| units.known(node.value.as_str()?)) else { continue };
                let is_whole = units.around.get(&target).is_none_or(|around| *around == target.pointer);
                let is_of_kind = units.units.get(&target).is_some_and(|unit| match section_of(unit.kind) {
                    Some(section) => at.last().as_deref() == Some(section),
                    None => is_path,
                });
                if is_whole && is_of_kind {
                    self.homes.entry(target).or_insert_with(|| at.key(&entry.key));
                }
            }
        }
    }

    /// Adds entries of the components for the other definitions.
    fn of_names(&mut self, root: &Node, units: &Units<'_>, whole: &[&Address]) {
        let components = Pointer::root().key("components");
        let homeless: Vec<(&Address, &'static str)> = whole
            .iter()
            .filter(|target| !self.homes.contains_key(**target))
            .filter_map(|target| Some((*target, section_of(units.units.get(*target)?.kind)?)))
            .collect();
        let mut wanted: BTreeMap<(&str, String), usize> = BTreeMap::new();
        for (target, section) in &homeless {
            let number = wanted.entry((section, name(target))).or_default();
            *number = number.saturating_add(1);
        }
        let mut taken: BTreeSet<Pointer> = BTreeSet::new();
        let mut numbers: BTreeMap<Pointer, usize> = BTreeMap::new();
        for (target, section) in homeless {
            let section_at = components.key(section);
            let is_free = |at: &Pointer, taken: &BTreeSet<Pointer>| root.find(at).is_none() && !taken.contains(at);
            let own = name(target);
            let is_alone = wanted.get(&(section, own.clone())) == Some(&1);
            let mut home = section_at.key(&own);
            if !is_alone || !is_free(&home, &taken) {
                let long = [stem(&target.file).replace('/', "_"), own].join("_");
                let long = plain(&long);
                home = section_at.key(&long);
                let number = numbers.entry(home.clone()).or_insert(1);
                while !is_free(&home, &taken) {
                    *number = number.saturating_add(1);
                    home = section_at.key(format!("{long}_{number}"));
                }
            }
            taken.insert(home.clone());
            self.homes.insert(target.clone(), home);
        }
    }
}

fn is_only_a_reference(node: &Node) -> bool {
    node.value.as_mapping().is_some_and(|entries| entries.len() == 1)
}

/// Returns the sections of the components, each with the kind of its entries.
fn sections() -> Vec<(&'static str, &'static Object)> {
    let Shape::Object(document) = &DOCUMENT else { return Vec::new() };
    let Some(Shape::Object(components)) = document.shape_of(&[], "components") else { return Vec::new() };
    let section = |field: &'static Field| match &field.shape {
        Shape::Map(_, Shape::Referable(object)) => Some((field.key, *object)),
        _ => None,
    };
    components.fields.iter().filter_map(section).collect()
}

/// Returns the section for objects of a kind; there is none for path items.
fn section_of(kind: &'static Object) -> Option<&'static str> {
    sections().into_iter().find(|(_, object)| std::ptr::eq(*object, kind)).map(|(section, _)| section)
}

/// Returns the name of a definition: the last name of its pointer, or the name of its file.
fn name(target: &Address) -> String {
    let last = target.pointer.last().filter(|last| last.parse::<usize>().is_err());
    plain(&last.unwrap_or_else(|| {
        let stem = stem(&target.file);
        let mut parts = stem.rsplit('/');
        let file = parts.next().unwrap_or_default();
        // Such a file is named by its folder.
        let folder = parts.next().filter(|_| matches!(file, "index" | "_index"));
        folder.unwrap_or(file).to_owned()
    }))
}

/// Returns the path of a file without its extension.
fn stem(file: &str) -> &str {
    ENDS.iter().find_map(|end| file.strip_suffix(end)).unwrap_or(file)
}

/// Converts a name to one that an entry of the components can have.
fn plain(name: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '_' | '-');
    let name: String = name.chars().map(|character| if is_plain(character) { character } else { '_' }).collect();
    if name.is_empty() { "Shared".to_owned() } else { name }
}

fn inside<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    match &mut node.value {
        Value::Mapping(entries) => entries.get_mut(key),
        _ => None,
    }
}

/// Moves a definition to its place. Keys beside the reference there stay.
fn put(place: &mut Node, node: Node) {
    let Value::Mapping(own) = &mut place.value else { return };
    own.remove("$ref");
    if own.is_empty() {
        *place = node;
        return;
    }
    let Value::Mapping(entries) = node.value else { return };
    for entry in entries.into_entries() {
        if own.entry(&entry.key).is_none() {
            own.insert(entry);
        }
    }
}
