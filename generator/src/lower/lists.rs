//! Several lists, or maps, for one value: their items are merged, as if `items` were an `allOf`.

use std::collections::BTreeSet;

use openapiv3::{Schema, SchemaKind, Type};

use super::narrowing::{Class, Narrowed, class, is_enum};
use super::references::MAX_CHAIN;
use super::schemas::{limits_of, nested};
use super::{At, Lowering, SchemaAt};
use crate::diagnostics::{Code, Place};
use crate::ir::{Limits, Origin, Owner, Role, TypeRef};
use crate::pointer::Pointer;

/// The place of a type that several schemas describe: the enclosing part of the spec, and the path from there.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) owner: Owner,
    pub(super) roles: Vec<Role>,
}

/// The list that has the items of two.
pub(super) enum Items<'a> {
    /// Either of them.
    Equal,
    /// The earlier one, because its items are narrower.
    Earlier,
    /// The later one.
    Later,
    /// None: the items must be merged.
    Both,
    /// No item is valid for both: the two schemas that contradict each other.
    Neither(SchemaAt<'a>, SchemaAt<'a>),
}

impl Spot {
    /// The place of the type that is being lowered, or of a part of it.
    pub(super) fn of_type(name: &str, role: Option<Role>) -> Self {
        Self { owner: Owner::Type(name.to_owned()), roles: role.into_iter().collect() }
    }

    fn then(&self, role: Role) -> Self {
        Self { owner: self.owner.clone(), roles: self.roles.iter().cloned().chain([role]).collect() }
    }
}

impl<'a> Lowering<'a> {
    /// Returns the type of a list that an `allOf` of lists describes in place, and the limits of all its parts; `None`
    /// if a part is not a list.
    pub(super) fn list_in_place(&mut self, schema: &At<'a, Schema>) -> Option<(TypeRef, Limits)> {
        let spot = match self.origin(&schema.pointer) {
            (_, Origin::Inline { owner, roles }) => Spot { owner, roles },
            (name, Origin::Component) => Spot::of_type(&name, None),
        };
        self.list_of_parts(schema, &spot)
    }

    /// The same for the list that is the type being lowered.
    pub(super) fn own_list(&mut self, schema: &At<'a, Schema>) -> Option<(TypeRef, Limits)> {
        let spot = Spot::of_type(&self.current, None);
        self.list_of_parts(schema, &spot)
    }

    fn list_of_parts(&mut self, schema: &At<'a, Schema>, spot: &Spot) -> Option<(TypeRef, Limits)> {
        let lists = self.lists(schema)?;
        let ty = self.united(&lists, spot).without_null().clone();
        Some((ty, self.limits_of_all(&lists)))
    }

    /// Returns the limits of all schemas of a text, a number or a list.
    pub(super) fn limits_of_all(&self, schemas: &[SchemaAt<'a>]) -> Limits {
        let schemas = self.without_all_of(schemas);
        let all = schemas.into_iter().filter_map(|schema| self.essence(schema));
        all.fold(Limits::default(), |limits, schema| limits.and(limits_of(&schema)))
    }

    /// Returns the type of a value that is of all these schemas.
    pub(super) fn united(&mut self, schemas: &[SchemaAt<'a>], spot: &Spot) -> TypeRef {
        let ty = match self.narrowed(schemas) {
            None => TypeRef::Any,
            Some(Narrowed::One(schema)) => self.usage(schema).ty,
            Some(Narrowed::Merged(several)) => self.merged_value(&several, spot),
            Some(Narrowed::Nothing(first, other)) => {
                let what = match spot.roles.last() {
                    Some(Role::Item) => "no item of this list is valid for both parts",
                    Some(Role::Value) => "no additional property is valid for both parts of this object",
                    _ => "no value is valid for both parts of this `allOf`",
                };
                self.contradiction(&first, &other, what);
                TypeRef::Any
            }
        };
        if self.all_allow_null(schemas) { ty.or_null() } else { ty.without_null().clone() }
    }

    /// Returns the type of a value that several lists, several objects or several scalars describe.
    pub(super) fn merged_value(&mut self, several: &[SchemaAt<'a>], spot: &Spot) -> TypeRef {
        let items: Vec<SchemaAt<'a>> = several.iter().filter_map(|list| self.items_of(list)).collect();
        let Some(first) = items.first() else { return TypeRef::Named(self.merged_type(several, spot)) };
        if spot.roles.len() > MAX_CHAIN {
            let message = format!("an `allOf` of lists with more than {MAX_CHAIN} lists inside");
            self.unsupported(first.pointer(), &message).help =
                Some("describe the value in one schema: lists that contain themselves cannot be merged".to_owned());
            return TypeRef::Any;
        }
        TypeRef::Array(Box::new(nested(self.united(&items, &spot.then(Role::Item)))))
    }

    /// Reports that no value is valid for two schemas.
    pub(super) fn contradiction(&mut self, first: &SchemaAt<'a>, other: &SchemaAt<'a>, message: &str) {
        let problem = self.problem(Code::ConflictingProperty, other.pointer(), message);
        problem.related.push((Place::Value(first.pointer().clone()), "the other part".to_owned()));
        problem.help = Some("describe it in only one of the parts, or equally in both".to_owned());
    }

    /// Whether `null` is a value of all schemas; it is one of an empty schema.
    pub(super) fn all_allow_null(&self, schemas: &[SchemaAt<'a>]) -> bool {
        schemas.iter().all(|schema| {
            let is_open = self.essence(schema.clone()).is_some_and(|schema| class(&schema) == Class::Open);
            is_open || self.allows_null(schema.clone())
        })
    }

    /// Compares the items of the lists so far with those of another list.
    pub(super) fn compared_items(&self, lists: &[SchemaAt<'a>], other: &SchemaAt<'a>) -> Items<'a> {
        let (earlier, later) = match (lists.first().and_then(|list| self.items_of(list)), self.items_of(other)) {
            (None, None) => return Items::Equal,
            (Some(_), None) => return Items::Earlier,
            (None, Some(_)) => return Items::Later,
            (Some(earlier), Some(later)) => (earlier, later),
        };
        // Items of several lists, and lists inside, are compared when they are merged: here, the time would be
        // proportional to the cube of the lists, and the comparison of lists of themselves would not end.
        if lists.len() > 1 {
            return Items::Both;
        }
        let place = |items: &SchemaAt<'a>| self.essence(items.clone()).map(|items| items.pointer);
        if place(&earlier) == place(&later) {
            return Items::Equal;
        }
        if self.is_list(&earlier) && self.is_list(&later) {
            return Items::Both;
        }
        let is_later = |schema: &SchemaAt<'a>| schema.pointer() == later.pointer();
        match self.narrowed(&[earlier.clone(), later.clone()]) {
            None => Items::Equal,
            Some(Narrowed::Nothing(first, other)) => Items::Neither(first, other),
            Some(Narrowed::Merged(_)) => Items::Both,
            Some(Narrowed::One(chosen)) if !is_later(&chosen) => Items::Earlier,
            Some(Narrowed::One(_)) => {
                let reverse = self.narrowed(&[later.clone(), earlier]);
                let is_equal = matches!(reverse, Some(Narrowed::One(chosen)) if !is_later(&chosen));
                let is_enum = self.essence(later).is_some_and(|later| is_enum(&later));
                if is_equal && !is_enum { Items::Equal } else { Items::Later }
            }
        }
    }

    /// Returns the items of a list, unless they are any values.
    pub(super) fn items_of(&self, list: &SchemaAt<'a>) -> Option<SchemaAt<'a>> {
        let list = self.essence(list.clone())?;
        let SchemaKind::Type(Type::Array(array)) = &list.object.schema_kind else { return None };
        let items = SchemaAt::from(list.part("items", array.items.as_ref()?));
        let is_open = self.essence(items.clone()).is_none_or(|items| class(&items) == Class::Open);
        (!is_open).then_some(items)
    }

    fn is_list(&self, schema: &SchemaAt<'a>) -> bool {
        let Some(schema) = self.essence(schema.clone()) else { return false };
        class(&schema) == Class::List || self.lists(&schema).is_some()
    }

    /// Returns the schemas with the parts of each `allOf` of lists or scalars in its place.
    pub(super) fn without_all_of(&self, schemas: &[SchemaAt<'a>]) -> Vec<SchemaAt<'a>> {
        let parts = |schema: &SchemaAt<'a>| match self.essence(schema.clone()) {
            Some(essence) => self.values_of(&essence).unwrap_or_else(|| vec![schema.clone()]),
            None => vec![schema.clone()],
        };
        schemas.iter().flat_map(parts).collect()
    }

    /// Returns the lists of which an `allOf` consists; `None` if it is not an `allOf`, or a part is anything else.
    fn lists(&self, schema: &At<'a, Schema>) -> Option<Vec<SchemaAt<'a>>> {
        let is_list = |part: &SchemaAt<'a>| self.essence(part.clone()).is_some_and(|part| class(&part) == Class::List);
        self.values_of(schema).filter(|parts| parts.iter().all(is_list))
    }

    /// Returns the lists and scalars of which an `allOf` consists; `None` if it is not an `allOf`, or a part is anything
    /// else.
    fn values_of(&self, schema: &At<'a, Schema>) -> Option<Vec<SchemaAt<'a>>> {
        let mut values = Vec::new();
        let is_value = self.add_values(schema, 0, &mut BTreeSet::new(), &mut values);
        (is_value && !values.is_empty()).then_some(values)
    }

    fn add_values(
        &self,
        schema: &At<'a, Schema>,
        depth: usize,
        seen: &mut BTreeSet<Pointer>,
        values: &mut Vec<SchemaAt<'a>>,
    ) -> bool {
        let SchemaKind::AllOf { all_of } = &schema.object.schema_kind else { return false };
        if !seen.insert(schema.pointer.clone()) {
            return true;
        }
        depth <= MAX_CHAIN
            && schema.items("allOf", all_of).map(SchemaAt::from).all(|part| {
                let Some(essence) = self.essence(part.clone()) else { return false };
                match class(&essence) {
                    Class::Open => true,
                    Class::List | Class::String | Class::Number | Class::Boolean => {
                        if seen.insert(essence.pointer) {
                            values.push(part);
                        }
                        true
                    }
                    Class::Object | Class::Union => self.add_values(&essence, depth + 1, seen, values),
                }
            })
    }
}
