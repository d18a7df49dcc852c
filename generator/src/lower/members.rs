//! Names for the members of a union.
//!
//! A reference has the name of its schema. An inline member is named by its title, by its constant, by the kind of its
//! JSON, or, among several objects, by the property that only it has. The last resort is a number.

use std::collections::BTreeSet;

use openapiv3::{ReferenceOr, Schema, SchemaData, SchemaKind, StringFormat, Type, VariantOrUnknownOrEmpty};

use super::unions::Member;
use super::{At, Lowering};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// Returns the names of the members.
    pub(super) fn words(&self, union: &At<'a, Schema>, members: &[Member<'a>]) -> Vec<String> {
        let tag = union.schema_data.discriminator.as_ref().map(|discriminator| discriminator.property_name.as_str());
        let mut taken = BTreeSet::new();
        let mut words = Vec::with_capacity(members.len());
        for member in members {
            let wanted = match self.name_of(member.object) {
                Some(name) => name,
                None => match member.object {
                    ReferenceOr::Item(schema) => self.inline_words(schema, tag, members),
                    ReferenceOr::Reference { .. } => "Value".to_owned(),
                },
            };
            let mut word = wanted.clone();
            let mut number: usize = 2;
            while !taken.insert(word.clone()) {
                word = joined(&wanted, &number.to_string());
                number = number.saturating_add(1);
            }
            words.push(word);
        }
        words
    }

    fn name_of(&self, schema: &ReferenceOr<Schema>) -> Option<String> {
        match schema {
            ReferenceOr::Reference { reference } => self.reference_words(reference),
            ReferenceOr::Item(_) => None,
        }
    }

    /// Returns the name of a reference: its component, or the last name of a pointer into one.
    pub(super) fn reference_words(&self, reference: &str) -> Option<String> {
        if let Some(name) = self.component(reference) {
            return Some(name.to_owned());
        }
        self.schema(reference)?;
        let way: Vec<String> = Pointer::from_reference(reference)?.segments().collect();
        match way.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            [.., name, "items"] => Some(joined(name, "Item")),
            [.., name, "additionalProperties"] => Some(joined(name, "Value")),
            [.., "properties", name] => Some((*name).to_owned()),
            _ => None,
        }
    }

    fn inline_words(&self, schema: &Schema, tag: Option<&str>, members: &[Member<'a>]) -> String {
        if let Some(title) = title(&schema.schema_data) {
            return title.to_owned();
        }
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                let constants =
                    object.properties.iter().filter_map(|(name, property)| Some((name, constant(property)?)));
                let tagged = constants.clone().find(|(name, _)| tag == Some(name.as_str()));
                let required = || constants.clone().find(|(name, _)| object.required.contains(name));
                if let Some((_, constant)) = tagged.or_else(required) {
                    return constant.to_owned();
                }
                match own_property(schema, members) {
                    Some(name) => joined("With", name),
                    None if object.properties.is_empty() => match &object.additional_properties {
                        Some(openapiv3::AdditionalProperties::Schema(_)) => "Map".to_owned(),
                        _ => "Object".to_owned(),
                    },
                    None => "Object".to_owned(),
                }
            }
            SchemaKind::Type(Type::Array(array)) => match &array.items {
                Some(ReferenceOr::Reference { reference }) => match self.component(reference) {
                    Some(name) => joined(name, "List"),
                    None => "List".to_owned(),
                },
                Some(ReferenceOr::Item(item)) => match title(&item.schema_data).unwrap_or_else(|| kind_words(item)) {
                    "" => "List".to_owned(),
                    item => joined(item, "List"),
                },
                None => "List".to_owned(),
            },
            SchemaKind::Type(Type::String(string)) => match string.enumeration.as_slice() {
                [Some(only)] => only.clone(),
                [] => kind_words(schema).to_owned(),
                _ => "Enum".to_owned(),
            },
            SchemaKind::AllOf { all_of } => {
                let mut names = all_of.iter().filter_map(|part| match part {
                    ReferenceOr::Reference { reference } => self.component(reference),
                    ReferenceOr::Item(_) => None,
                });
                names.next().map_or_else(|| "Object".to_owned(), str::to_owned)
            }
            SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => "Choice".to_owned(),
            _ => match kind_words(schema) {
                "" => "Object".to_owned(),
                words => words.to_owned(),
            },
        }
    }
}

fn joined(one: &str, other: &str) -> String {
    [one, other].join(" ")
}

/// Returns the title of a schema, if it can be a name.
pub(super) fn title(data: &SchemaData) -> Option<&str> {
    // A title of many words is a description.
    const MOST_WORDS: usize = 5;
    let title = data.title.as_deref()?.trim();
    (!title.is_empty() && title.split_whitespace().count() <= MOST_WORDS).then_some(title)
}

/// Returns the only possible text of a property.
fn constant(property: &ReferenceOr<Box<Schema>>) -> Option<&str> {
    let ReferenceOr::Item(schema) = property else { return None };
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => match string.enumeration.as_slice() {
            [Some(only)] => Some(only),
            _ => None,
        },
        _ => None,
    }
}

/// Returns a property that no other member has, preferably a required one.
fn own_property<'s>(schema: &'s Schema, members: &[Member<'_>]) -> Option<&'s str> {
    let SchemaKind::Type(Type::Object(object)) = &schema.schema_kind else { return None };
    let objects: Vec<&openapiv3::ObjectType> = members
        .iter()
        .filter_map(|member| match member.object {
            ReferenceOr::Item(Schema { schema_kind: SchemaKind::Type(Type::Object(object)), .. }) => Some(object),
            _ => None,
        })
        .collect();
    if objects.len() < 2 {
        return None;
    }
    let is_own = |name: &&String| objects.iter().filter(|other| other.properties.contains_key(*name)).count() == 1;
    let required = object.required.iter().find(|name| object.properties.contains_key(*name) && is_own(name));
    required.or_else(|| object.properties.keys().find(is_own)).map(String::as_str)
}

/// Returns the kind of JSON of a schema without properties; empty for any.
fn kind_words(schema: &Schema) -> &'static str {
    let SchemaKind::Type(kind) = &schema.schema_kind else { return "" };
    match kind {
        Type::String(string) => match &string.format {
            VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => "Timestamp",
            VariantOrUnknownOrEmpty::Item(StringFormat::Date) => "Date",
            VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => "Base64",
            VariantOrUnknownOrEmpty::Unknown(format) if format == "uuid" => "Uuid",
            _ => "String",
        },
        Type::Number(_) => "Number",
        Type::Integer(_) => "Integer",
        Type::Boolean(_) => "Boolean",
        Type::Object(_) => "Object",
        Type::Array(_) => "List",
    }
}
