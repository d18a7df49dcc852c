//! Unions whose members only list values: together they are one enum.
//!
//! Tools write a member for each value of an enum in order to describe it. A member that allows any text makes the
//! listed values the known ones, which every enum distinguishes from others.

use std::collections::BTreeSet;

use openapiv3::{Schema, SchemaData, SchemaKind, Type};

use super::members::title;
use super::scalars::{integer_of, string_of};
use super::schemas::{Lowered, string_extension};
use super::types::DraftShape;
use super::unions::members;
use super::{At, SchemaAt, prose};
use crate::ir::{EnumValue, Limits, Scalar};

/// The values of the members, in their order.
#[derive(Default)]
struct Listed {
    values: Vec<EnumValue>,
    known: BTreeSet<String>,
    /// The type of integers.
    integer: Option<Scalar>,
    /// Whether there are texts.
    has_texts: bool,
}

/// Returns the enum that a union is, unless a member is a reference or more than a list of values.
pub(super) fn as_enum(union: &At<'_, Schema>) -> Option<Lowered> {
    if union.schema_data.discriminator.is_some() {
        return None;
    }
    let mut listed = Listed::default();
    for member in members(union)?.several {
        let SchemaAt::Schema(member) = SchemaAt::from(member) else { return None };
        listed.add(&member)?;
    }
    if listed.values.is_empty() {
        return None;
    }
    match (listed.integer, listed.has_texts) {
        (Some(scalar), false) => Some(Lowered::new(DraftShape::IntegerEnum(scalar, listed.values))),
        (None, true) => Some(Lowered::new(DraftShape::Enum(listed.values))),
        _ => None,
    }
}

impl Listed {
    /// Adds the values of a member; `None` if it does not only list values.
    fn add(&mut self, member: &At<'_, Schema>) -> Option<()> {
        if member.schema_data.read_only || member.schema_data.write_only {
            return None;
        }
        let Lowered { shape, limits, format } = match &member.object.schema_kind {
            SchemaKind::Type(Type::String(string)) => string_of(member, string),
            SchemaKind::Type(Type::Integer(integer)) => integer_of(member, integer),
            _ => return None,
        };
        if limits != Limits::default() || format.is_some() {
            return None;
        }
        let values = match shape {
            DraftShape::Enum(values) => values,
            DraftShape::IntegerEnum(scalar, values) if self.integer.is_none_or(|known| known == scalar) => {
                self.integer = Some(scalar);
                values
            }
            DraftShape::Scalar(Scalar::String) => Vec::new(),
            _ => return None,
        };
        self.has_texts |= matches!(member.object.schema_kind, SchemaKind::Type(Type::String(_)));
        let is_single = values.len() == 1;
        let is_integer = self.integer.is_some();
        for value in values {
            if self.known.insert(value.value.clone()) {
                self.values.push(described(value, &member.schema_data, is_single, is_integer));
            }
        }
        Some(())
    }
}

/// Gives a value the documentation of its member. The name of a member is that of its value if it lists only one; so is
/// the title, if the value is an integer, which is no name.
fn described(value: EnumValue, member: &SchemaData, is_single: bool, is_integer: bool) -> EnumValue {
    let title = || title(member).filter(|_| is_integer).map(str::to_owned);
    let name = || string_extension(member, "x-rust-name").or_else(title).filter(|_| is_single);
    let rust_name = value.rust_name.or_else(name);
    let mut description = value.description;
    if description.is_empty() {
        let stated = member.description.as_deref().or(member.title.as_deref());
        description = prose(stated, member.external_docs.as_ref());
    }
    if member.deprecated {
        let space = if description.is_empty() { "" } else { "\n\n" };
        description = format!("{description}{space}Deprecated.");
    }
    EnumValue { rust_name, description, ..value }
}
