//! Narrowing: several schemas for one value, which must be valid for each of them.
//!
//! An empty schema gives way to any other, a type to a narrower one, a union to the type of some of its members, and of
//! two that cannot be compared, one with a name is chosen, or else the later one. Objects become one that has the properties of all. If no value is valid for both, that is an error
//! with both places.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaKind, StringFormat, StringType, Type, VariantOrUnknownOrEmpty};

use super::lists::Items;
use super::references::MAX_CHAIN;
use super::unions::{members, single_or_null};
use super::{At, Lowering, SchemaAt};
use crate::pointer::Pointer;

/// The kind of values of a schema, as far as two schemas can contradict each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Unknown.
    Open,
    String,
    Number,
    Boolean,
    List,
    Object,
    /// One of several types.
    Union,
}

/// The result of several schemas for one value.
pub(super) enum Narrowed<'a> {
    /// The schema that is as narrow as all of them.
    One(SchemaAt<'a>),
    /// Several objects, several lists, or several scalars of which one is an enum, which are merged.
    Merged(Vec<SchemaAt<'a>>),
    /// No value is valid: the two that contradict each other.
    Nothing(SchemaAt<'a>, SchemaAt<'a>),
}

/// A union beside a schema of another class.
pub(super) enum Beside {
    /// Every member is of the class.
    Narrower,
    /// Some values of the class may be of a member.
    Wider,
    /// No member is of the class.
    Apart,
}

impl<'a> Lowering<'a> {
    /// Returns the result for the schemas of one value. There is at least one schema.
    pub(super) fn narrowed(&self, schemas: &[SchemaAt<'a>]) -> Option<Narrowed<'a>> {
        let schemas = self.without_all_of(schemas);
        let mut chosen = schemas.first()?.clone();
        let mut merged = vec![chosen.clone()];
        for schema in schemas.iter().skip(1) {
            let [was, now] = [&chosen, schema].map(|schema| self.essence(schema.clone()));
            let [before, after] =
                [&was, &now].map(|schema| schema.as_ref().map_or(Class::Open, |schema| class(schema)));
            match (before, after) {
                (_, Class::Open) => {}
                (Class::Open, _) => (chosen, merged) = (schema.clone(), vec![schema.clone()]),
                (Class::Object | Class::Union, Class::Object) | (Class::Object, Class::Union) => {
                    merged.push(schema.clone());
                }
                (Class::Union, Class::Union) if merged.len() > 1 => merged.push(schema.clone()),
                (Class::Union, Class::Union) => {
                    if was.zip(now).is_some_and(|(was, now)| self.are_apart(&was, &now)) {
                        return Some(Narrowed::Nothing(chosen, schema.clone()));
                    }
                    (chosen, merged) = (schema.clone(), vec![schema.clone()]);
                }
                (Class::Union, _) | (_, Class::Union) => {
                    let is_later = before == Class::Union;
                    let ((union, other), class) =
                        if is_later { ((was, schema), after) } else { ((now, &chosen), before) };
                    match union
                        .map(|union| self.listed_beside(&union, other).unwrap_or_else(|| self.beside(&union, class)))
                    {
                        Some(Beside::Narrower) if is_later => {}
                        Some(Beside::Wider) if !is_later => {}
                        Some(Beside::Apart) => return Some(Narrowed::Nothing(chosen, schema.clone())),
                        _ => (chosen, merged) = (schema.clone(), vec![schema.clone()]),
                    }
                }
                // A requirement on objects does not concern other values.
                (_, Class::Object) if now.as_ref().is_some_and(only_requires) => {}
                (Class::Object, _) if was.as_ref().is_some_and(only_requires) => {
                    (chosen, merged) = (schema.clone(), vec![schema.clone()]);
                }
                (before, after) if before != after => return Some(Narrowed::Nothing(chosen, schema.clone())),
                (Class::List, Class::List) => {
                    let is_replaced = match self.compared_items(&merged, schema) {
                        Items::Neither(first, other) => return Some(Narrowed::Nothing(first, other)),
                        Items::Both => {
                            merged.push(schema.clone());
                            continue;
                        }
                        Items::Earlier => false,
                        Items::Later => true,
                        Items::Equal => !is_named(&chosen) || is_named(schema),
                    };
                    if is_replaced {
                        (chosen, merged) = (schema.clone(), vec![schema.clone()]);
                    }
                }
                _ if was
                    .zip(now)
                    .is_some_and(|(was, now)| gives_way(&was, &now, is_named(&chosen) && !is_named(schema))) => {}
                _ => (chosen, merged) = (schema.clone(), vec![schema.clone()]),
            }
        }
        let kind = self.class_of(&chosen);
        if kind == Class::List
            && let Some((first, other)) = self.lists_apart(&schemas)
        {
            return Some(Narrowed::Nothing(first, other));
        }
        if matches!(kind, Class::String | Class::Number | Class::Boolean) && schemas.len() > 1 {
            let of_kind = schemas.into_iter().filter(|schema| self.class_of(schema) == kind).collect::<Vec<_>>();
            return Some(self.narrowed_values(chosen, &of_kind));
        }
        if kind == Class::Object || kind == Class::Union {
            merged = self.without_parts(merged);
            chosen = merged.first()?.clone();
        }
        Some(if merged.len() > 1 { Narrowed::Merged(merged) } else { Narrowed::One(chosen) })
    }

    /// Returns the kind of values of a schema, through references and annotations.
    pub(super) fn class_of(&self, schema: &SchemaAt<'a>) -> Class {
        self.essence(schema.clone()).map_or(Class::Open, |schema| class(&schema))
    }

    /// Whether no member of a union has the class of a member of another.
    fn are_apart(&self, union: &At<'a, Schema>, other: &At<'a, Schema>) -> bool {
        let classes = |union: &At<'a, Schema>| -> Vec<Class> {
            let several = members(union).map(|members| members.several).unwrap_or_default();
            several.into_iter().map(|member| self.class_of(&member.into())).collect()
        };
        let (one, other) = (classes(union), classes(other));
        let is_open = |class: &Class| matches!(class, Class::Open | Class::Union);
        !one.iter().any(|class| is_open(class) || other.contains(class)) && !other.iter().any(is_open)
    }

    fn beside(&self, union: &At<'a, Schema>, other: Class) -> Beside {
        let several = members(union).map(|members| members.several).unwrap_or_default();
        let classes =
            several.into_iter().map(|member| self.essence(member.into()).map_or(Class::Open, |member| class(&member)));
        let classes: Vec<Class> = classes.collect();
        if classes.iter().all(|class| *class == other) {
            Beside::Narrower
        } else if classes.iter().any(|class| [other, Class::Open, Class::Union].contains(class)) {
            Beside::Wider
        } else {
            Beside::Apart
        }
    }

    /// Whether an object has all properties of another, because it is the same or has it in its `allOf`.
    pub(super) fn is_part(&self, part: &SchemaAt<'a>, whole: &SchemaAt<'a>) -> bool {
        let (Some(part), Some(whole)) = (self.essence(part.clone()), self.essence(whole.clone())) else { return false };
        self.with_parts(whole).contains(&part.pointer)
    }

    /// Returns the places of an object and of all parts of its `allOf`, and of theirs.
    fn with_parts(&self, whole: At<'a, Schema>) -> BTreeSet<Pointer> {
        let mut seen = BTreeSet::new();
        let mut open = vec![whole];
        while let Some(schema) = open.pop() {
            if !seen.insert(schema.pointer.clone()) {
                continue;
            }
            let all_of = match &schema.object.schema_kind {
                SchemaKind::AllOf { all_of } => all_of,
                SchemaKind::Any(any) => &any.all_of,
                _ => continue,
            };
            open.extend(schema.items("allOf", all_of).filter_map(|part| self.essence(part.into())));
        }
        seen
    }

    /// Returns the objects that are neither another one nor a part of it, in time proportional to their parts.
    fn without_parts(&self, schemas: Vec<SchemaAt<'a>>) -> Vec<SchemaAt<'a>> {
        let mut parts = BTreeSet::new();
        let mut known = BTreeSet::new();
        let mut wholes: Vec<(SchemaAt<'a>, Option<Pointer>)> = Vec::with_capacity(schemas.len());
        for schema in schemas {
            let Some(whole) = self.essence(schema.clone()) else {
                wholes.push((schema, None));
                continue;
            };
            let own = whole.pointer.clone();
            if known.insert(own.clone()) {
                parts.extend(self.with_parts(whole).into_iter().filter(|part| *part != own));
                wholes.push((schema, Some(own)));
            }
        }
        wholes.retain(|(_, own)| own.as_ref().is_none_or(|own| !parts.contains(own)));
        wholes.into_iter().map(|(schema, _)| schema).collect()
    }

    /// Returns the schema behind references and annotations.
    pub(super) fn essence(&self, mut at: SchemaAt<'a>) -> Option<At<'a, Schema>> {
        // A chain that is too long, or a cycle, is reported elsewhere.
        for _ in 0..=MAX_CHAIN {
            at = match at {
                SchemaAt::Reference(reference) => self.schema(&reference)?,
                SchemaAt::Schema(schema) => match only_part(&schema).or_else(|| single_or_null(&schema)) {
                    Some(part) => part.into(),
                    None => return Some(schema),
                },
            };
        }
        None
    }

    /// Returns the single schema that a schema annotates at its use: that of an `allOf` of one, whose other parts are
    /// empty or wider, or that of a choice between a schema and `null`.
    pub(super) fn annotated(&self, schema: &At<'a, Schema>) -> Option<At<'a, ReferenceOr<Schema>>> {
        let only = only_part(schema).or_else(|| single_or_null(schema));
        if only.is_some() {
            return only;
        }
        let parts = self.parts_of_a_value(schema)?;
        match self.narrowed(&parts)? {
            Narrowed::One(chosen) => {
                let SchemaKind::AllOf { all_of } = &schema.object.schema_kind else { return None };
                let is_in = |part: &At<'a, ReferenceOr<Schema>>| {
                    let inside = self.without_all_of(&[part.clone().into()]);
                    part.pointer == *chosen.pointer() || inside.iter().any(|part| part.pointer() == chosen.pointer())
                };
                schema.items("allOf", all_of).find(is_in)
            }
            Narrowed::Merged(_) | Narrowed::Nothing(..) => None,
        }
    }

    /// Returns the parts of an `allOf` that does not describe an object, and not only unions.
    pub(super) fn parts_of_a_value(&self, schema: &At<'a, Schema>) -> Option<Vec<SchemaAt<'a>>> {
        let SchemaKind::AllOf { all_of } = &schema.object.schema_kind else { return None };
        let parts: Vec<SchemaAt<'a>> = schema.items("allOf", all_of).map(SchemaAt::from).collect();
        let classes = self.without_all_of(&parts);
        let classes: Vec<Class> =
            classes.iter().map(|schema| self.class_of(schema)).filter(|class| *class != Class::Open).collect();
        let is_union = !classes.is_empty() && classes.iter().all(|class| *class == Class::Union);
        (!classes.contains(&Class::Object) && !is_union).then_some(parts)
    }

    /// Returns whether only a server sets the value, and whether only a client does.
    pub(super) fn one_way(&self, mut at: SchemaAt<'a>) -> (bool, bool) {
        let (mut read_only, mut write_only) = (false, false);
        for _ in 0..=MAX_CHAIN {
            at = match at {
                SchemaAt::Reference(reference) => match self.schema(&reference) {
                    Some(schema) => schema,
                    None => break,
                },
                SchemaAt::Schema(schema) => {
                    let mut note = |data: &openapiv3::SchemaData| {
                        read_only |= data.read_only;
                        write_only |= data.write_only;
                    };
                    note(&schema.schema_data);
                    if let SchemaKind::AllOf { all_of } = &schema.object.schema_kind {
                        all_of.iter().filter_map(ReferenceOr::as_item).for_each(|part| note(&part.schema_data));
                    }
                    match self.annotated(&schema) {
                        Some(part) => part.into(),
                        None => break,
                    }
                }
            };
        }
        // Both at once contradict each other.
        (read_only && !write_only, write_only && !read_only)
    }
}

/// Returns the only part of an `allOf` that describes the value, if the others only annotate it.
fn only_part<'a>(schema: &At<'a, Schema>) -> Option<At<'a, ReferenceOr<Schema>>> {
    let SchemaKind::AllOf { all_of } = &schema.object.schema_kind else { return None };
    if let [_] = all_of.as_slice() {
        return schema.items("allOf", all_of).next();
    }
    let mut parts = schema.items("allOf", all_of).filter(|part| !says_nothing(part.object));
    parts.next().filter(|_| parts.next().is_none())
}

/// Whether a schema only has documentation.
pub(super) fn says_nothing(schema: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(schema) = schema else { return false };
    matches!(&schema.schema_kind, SchemaKind::Any(any) if *any == AnySchema::default())
}

/// Whether a schema only lists required properties of an object, without describing any.
fn only_requires(schema: &At<'_, Schema>) -> bool {
    match &schema.object.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            !object.required.is_empty() && object.properties.is_empty() && object.additional_properties.is_none()
        }
        _ => false,
    }
}

pub(super) fn class(schema: &Schema) -> Class {
    match &schema.schema_kind {
        SchemaKind::Type(kind) => match kind {
            Type::String(_) => Class::String,
            Type::Number(_) | Type::Integer(_) => Class::Number,
            Type::Boolean(_) => Class::Boolean,
            Type::Array(_) => Class::List,
            Type::Object(_) => Class::Object,
        },
        SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => Class::Union,
        SchemaKind::AllOf { .. } => Class::Object,
        SchemaKind::Not { .. } => Class::Open,
        SchemaKind::Any(any) if super::all_of::is_composed(any) && *any != AnySchema::default() => Class::Object,
        SchemaKind::Any(_) => Class::Open,
    }
}

fn is_named(schema: &SchemaAt<'_>) -> bool {
    matches!(schema, SchemaAt::Reference(_))
}

/// Whether a later schema gives way to an earlier one: the earlier is narrower, or as narrow and has a name. Of two enums,
/// the later may have other values.
fn gives_way(earlier: &Schema, later: &Schema, is_name: bool) -> bool {
    match rank(earlier).cmp(&rank(later)) {
        Ordering::Greater => true,
        Ordering::Equal => is_name && rank(later) < ENUM,
        Ordering::Less => false,
    }
}

/// How narrow an enum of texts is.
const ENUM: usize = 3;

/// Whether a schema lists texts.
pub(super) fn is_enum(schema: &Schema) -> bool {
    rank(schema) >= ENUM
}

/// Returns how much narrower a schema is than others of its kind.
fn rank(schema: &Schema) -> usize {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => string_rank(string),
        SchemaKind::Type(Type::Integer(_)) => 1,
        _ => 0,
    }
}

fn string_rank(string: &StringType) -> usize {
    match (&string.format, string.enumeration.len()) {
        (_, 1) => ENUM + 1,
        (_, 2..) => ENUM,
        (VariantOrUnknownOrEmpty::Item(StringFormat::Date | StringFormat::DateTime), _) => 2,
        (VariantOrUnknownOrEmpty::Unknown(format), _) if format == "uuid" => 2,
        (VariantOrUnknownOrEmpty::Empty, _) => 0,
        _ => 1,
    }
}
