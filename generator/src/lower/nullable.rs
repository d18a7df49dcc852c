//! Whether a schema allows `null`: determined once for all components, since references can lead through all of them.

use std::collections::{BTreeMap, BTreeSet};

use super::unions::members;
use super::{Lowering, SchemaAt};

/// The names of the components that allow `null`.
pub(super) type Nullable<'a> = BTreeSet<&'a str>;

/// What a schema says about `null` before a reference is followed.
#[derive(Default)]
struct Within<'a> {
    allows_null: bool,
    /// The components of which one must allow `null` for the schema to allow it.
    components: Vec<&'a str>,
}

impl<'a> Lowering<'a> {
    pub(super) fn find_nullable(&mut self) {
        let mut nullable = Nullable::new();
        let mut referring: BTreeMap<&'a str, Vec<&'a str>> = BTreeMap::new();
        for (name, schema) in &self.components.object.schemas {
            let within = self.within(self.schema_at(name, schema));
            if within.allows_null {
                nullable.insert(name);
            }
            for component in within.components {
                referring.entry(component).or_default().push(name);
            }
        }
        let mut open: Vec<&'a str> = nullable.iter().copied().collect();
        while let Some(name) = open.pop() {
            let referring = referring.get(name).into_iter().flatten();
            open.extend(referring.filter(|name| nullable.insert(name)));
        }
        self.nullable = nullable;
    }

    /// Whether a schema, its target or one of its members allows `null`.
    pub(super) fn allows_null(&self, at: SchemaAt<'a>) -> bool {
        let within = self.within(at);
        within.allows_null || within.components.iter().any(|name| self.nullable.contains(name))
    }

    fn within(&self, at: SchemaAt<'a>) -> Within<'a> {
        let mut within = Within::default();
        let mut passed = BTreeSet::new();
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            match at {
                SchemaAt::Reference(reference) => match self.component(&reference) {
                    Some(name) => within.components.push(name),
                    // A part of another schema: followed once, because it can lead back.
                    None if passed.insert(reference.object) => open.extend(self.schema(&reference)),
                    None => {}
                },
                SchemaAt::Schema(schema) if schema.schema_data.nullable => within.allows_null = true,
                SchemaAt::Schema(schema) => match (self.annotated(&schema), members(&schema)) {
                    (Some(inner), _) => open.push(inner.into()),
                    (None, Some(members)) => {
                        within.allows_null |= members.has_null;
                        open.extend(members.several.into_iter().map(SchemaAt::from));
                    }
                    (None, None) => {}
                },
            }
        }
        within
    }
}
