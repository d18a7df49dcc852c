//! Parts of OpenAPI that a client does not use: callbacks and webhooks, which the server calls, and links. They are
//! dropped and counted.

use crate::source::{Mapping, Value};
use crate::spec::Object;

/// The number of dropped objects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ignored {
    pub callbacks: usize,
    pub webhooks: usize,
    pub links: usize,
}

impl Ignored {
    /// Drops them from an object.
    pub(super) fn drop_from(&mut self, entries: &mut Mapping, object: &Object) {
        for key in ["callbacks", "webhooks", "links"] {
            let count = match (object.name, key) {
                ("an operation" | "`components`", "callbacks") => &mut self.callbacks,
                ("the document", "webhooks") => &mut self.webhooks,
                ("a response" | "`components`", "links") => &mut self.links,
                _ => continue,
            };
            let Some(Value::Mapping(dropped)) = entries.entry(key).map(|entry| &entry.node.value) else { continue };
            *count += dropped.iter().filter(|entry| !entry.key.starts_with("x-")).count();
            entries.remove(key);
        }
    }

    /// Lists the kinds with their numbers: `2 callbacks and 1 link`.
    pub fn listed(self) -> Option<String> {
        let kinds = [(self.callbacks, "callback"), (self.webhooks, "webhook"), (self.links, "link")];
        let kinds = kinds.iter().filter(|(count, _)| *count > 0);
        let mut kinds: Vec<String> =
            kinds.map(|(count, kind)| format!("{count} {kind}{}", if *count == 1 { "" } else { "s" })).collect();
        let last = kinds.pop()?;
        Some(if kinds.is_empty() { last } else { format!("{} and {last}", kinds.join(", ")) })
    }
}
