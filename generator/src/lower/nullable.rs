//! Whether a schema allows `null`: determined once for all components, since references can lead through all of them.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::Schema;

use super::narrowing::{Class, class};
use super::unions::members;
use super::{At, Lowering, SchemaAt};

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

    /// Returns the parts of an `allOf` of scalars of which one must allow `null`: none, if one in place does not.
    fn nullable_parts(&self, schema: &At<'a, Schema>) -> Vec<SchemaAt<'a>> {
        let mut parts = self.parts_of_a_value(schema).map(|parts| self.without_all_of(&parts)).unwrap_or_default();
        parts.retain(|part| part.schema().is_none_or(|part| class(part) != Class::Open));
        let is_nullable = |part: &SchemaAt<'a>| part.schema().is_none_or(|part| part.schema_data.nullable);
        if parts.iter().all(is_nullable) { parts } else { Vec::new() }
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
                    (None, None) => open.extend(self.nullable_parts(&schema)),
                },
            }
        }
        within
    }
}
