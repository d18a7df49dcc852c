//! Texts in a value that refer to something, at any depth.

use super::{Entry, Node, Value};

impl Node {
    /// Visits every text of a key `$ref` in this value.
    pub fn each_reference<'n>(&'n self, see: &mut impl FnMut(&'n Self)) {
        self.each(&mut |entry| {
            if entry.key == "$ref" && entry.node.value.as_str().is_some() {
                see(&entry.node);
            }
        });
    }

    /// Visits every text that maps a discriminator in this value to a schema.
    pub fn each_mapped<'n>(&'n self, see: &mut impl FnMut(&'n str)) {
        self.each(&mut |entry| {
            let mapping = Some(&entry.node).filter(|_| entry.key == "discriminator");
            let mapping = mapping.and_then(|node| node.get("mapping")?.value.as_mapping());
            mapping
                .into_iter()
                .flat_map(|texts| texts.iter())
                .filter_map(|text| text.node.value.as_str())
                .for_each(&mut *see);
        });
    }

    /// Visits every entry of every mapping in this value.
    fn each<'n>(&'n self, see: &mut impl FnMut(&'n Entry)) {
        match &self.value {
            Value::Sequence(items) => items.iter().for_each(|item| item.each(see)),
            Value::Mapping(entries) => {
                for entry in entries.iter() {
                    see(entry);
                    entry.node.each(see);
                }
            }
            _ => {}
        }
    }

    /// Changes every text of a key `$ref` in this value.
    pub fn each_reference_mut(&mut self, change: &mut impl FnMut(&mut String)) {
        match &mut self.value {
            Value::Sequence(items) => items.iter_mut().for_each(|item| item.each_reference_mut(change)),
            Value::Mapping(entries) => {
                for (key, node) in entries.values_mut() {
                    match &mut node.value {
                        Value::String(reference) if key == "$ref" => change(reference),
                        _ => node.each_reference_mut(change),
                    }
                }
            }
            _ => {}
        }
    }
}
