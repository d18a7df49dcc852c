//! Components that are added to a document.

use super::{Entry, Mapping, Node, Value};

impl Node {
    /// Adds entries to a section of the components of this document, and creates both if necessary.
    pub fn add_components(&mut self, section: &str, new: Vec<Entry>) {
        let Some(span) = new.first().map(|entry| entry.key_span) else { return };
        let mut owner = self;
        for key in ["components", section] {
            let Value::Mapping(entries) = &mut owner.value else { return };
            if entries.entry(key).is_none() {
                let node = Self { span, value: Value::Mapping(Mapping::default()) };
                entries.insert(Entry { key: key.to_owned(), key_span: span, node });
            }
            let Some(next) = entries.get_mut(key) else { return };
            owner = next;
        }
        if let Value::Mapping(entries) = &mut owner.value {
            entries.append(new);
        }
    }
}
