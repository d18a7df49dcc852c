//! Scalars: texts, enums of texts, numbers and booleans.

use openapiv3::{
    BooleanType, IntegerFormat, IntegerType, NumberType, Schema, SchemaData, StringFormat, StringType,
    VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use super::At;
use super::schemas::{Lowered, string_extension};
use super::types::DraftShape;
use crate::ir::{Bound, EnumValue, Limits, Scalar};
use crate::spec::{WIDE_ENUM, WIDE_MAXIMUM, WIDE_MINIMUM, WIDE_MULTIPLE};

pub(super) fn string_of(schema: &At<'_, Schema>, string: &StringType) -> Lowered {
    let limits = Limits {
        min_length: string.min_length,
        max_length: string.max_length,
        pattern: string.pattern.clone(),
        ..Limits::default()
    };
    // `adapt` ensures that `null` only occurs with `nullable: true` and texts, and that no value is repeated.
    if string.enumeration.iter().any(Option::is_some) {
        let values = enum_values(schema, &string.enumeration);
        return Lowered { shape: DraftShape::Enum(values), limits, format: None };
    }
    let (scalar, format) = match &string.format {
        VariantOrUnknownOrEmpty::Empty => (Scalar::String, None),
        VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => (Scalar::Timestamp, None),
        VariantOrUnknownOrEmpty::Item(StringFormat::Date) => (Scalar::Date, None),
        VariantOrUnknownOrEmpty::Item(StringFormat::Password) => (Scalar::String, Some("password")),
        VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => (Scalar::Base64, None),
        VariantOrUnknownOrEmpty::Item(StringFormat::Binary) => (Scalar::String, Some("binary")),
        VariantOrUnknownOrEmpty::Unknown(format) if format == "uuid" => (Scalar::Uuid, None),
        VariantOrUnknownOrEmpty::Unknown(format) => (Scalar::String, Some(format.as_str())),
    };
    Lowered { shape: DraftShape::Scalar(scalar), limits, format: format.map(str::to_owned) }
}

fn enum_values<T: ToString>(schema: &At<'_, Schema>, values: &[Option<T>]) -> Vec<EnumValue> {
    let data = &schema.schema_data;
    let rust_names = string_list_extension(data, "x-enum-varnames");
    let descriptions = string_list_extension(data, "x-enum-descriptions");
    let mut lowered: Vec<EnumValue> = Vec::new();
    let list = schema.key("enum");
    for (index, value) in values.iter().enumerate() {
        let at = list.index(index);
        let Some(value) = value else { continue };
        lowered.push(EnumValue {
            value: value.to_string(),
            rust_name: rust_names.get(index).cloned(),
            description: descriptions.get(index).cloned().unwrap_or_default(),
            pointer: at,
        });
    }
    lowered
}

pub(super) fn integer_of(schema: &At<'_, Schema>, integer: &IntegerType) -> Lowered {
    let wide = |key: &str| string_extension(&schema.schema_data, key);
    let (minimum, maximum) = (wide(WIDE_MINIMUM), wide(WIDE_MAXIMUM));
    let (scalar, format) = match &integer.format {
        VariantOrUnknownOrEmpty::Empty if minimum.is_some() || maximum.is_some() => (Scalar::Uint64, None),
        VariantOrUnknownOrEmpty::Empty | VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64) => (Scalar::Int64, None),
        VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => (Scalar::Int32, None),
        VariantOrUnknownOrEmpty::Unknown(format) if format == "uint32" => (Scalar::Uint32, None),
        VariantOrUnknownOrEmpty::Unknown(format) if format == "uint64" => (Scalar::Uint64, None),
        VariantOrUnknownOrEmpty::Unknown(format) if format == "int128" => (Scalar::Int128, None),
        VariantOrUnknownOrEmpty::Unknown(format) if format == "uint128" => (Scalar::Uint128, None),
        VariantOrUnknownOrEmpty::Unknown(format) => (Scalar::Int64, Some(format.clone())),
    };
    let limits = Limits {
        minimum: bound(minimum.or(integer.minimum.map(|value| value.to_string())), integer.exclusive_minimum),
        maximum: bound(maximum.or(integer.maximum.map(|value| value.to_string())), integer.exclusive_maximum),
        multiple_of: wide(WIDE_MULTIPLE).or(integer.multiple_of.map(|value| value.to_string())),
        ..Limits::default()
    };
    if lists_integers(&schema.schema_data, integer) {
        let values = match schema.schema_data.extensions.get(WIDE_ENUM).and_then(Value::as_array) {
            Some(values) => enum_values(schema, &values.iter().map(Value::as_str).collect::<Vec<_>>()),
            None => enum_values(schema, &integer.enumeration),
        };
        return Lowered { shape: DraftShape::IntegerEnum(scalar, values), limits, format };
    }
    Lowered { shape: DraftShape::Scalar(scalar), limits, format }
}

/// Whether a schema of integers lists its values.
pub(super) fn lists_integers(data: &SchemaData, integer: &IntegerType) -> bool {
    integer.enumeration.iter().any(Option::is_some) || data.extensions.contains_key(WIDE_ENUM)
}

pub(super) fn number_of(number: &NumberType) -> Lowered {
    let format = match &number.format {
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format.clone()),
        _ => None,
    };
    let limits = Limits {
        minimum: bound(number.minimum, number.exclusive_minimum),
        maximum: bound(number.maximum, number.exclusive_maximum),
        multiple_of: number.multiple_of.map(|value| value.to_string()),
        one_of: listed(&number.enumeration),
        ..Limits::default()
    };
    Lowered { shape: DraftShape::Scalar(Scalar::Float64), limits, format }
}

pub(super) fn boolean_of(boolean: &BooleanType) -> Lowered {
    let limits = Limits { one_of: listed(&boolean.enumeration), ..Limits::default() };
    Lowered { shape: DraftShape::Scalar(Scalar::Bool), limits, format: None }
}

/// Returns the values of an enum of numbers or booleans, as JSON.
fn listed<T: ToString>(values: &[Option<T>]) -> Vec<String> {
    values.iter().flatten().map(ToString::to_string).collect()
}

fn bound(value: Option<impl ToString>, exclusive: bool) -> Option<Bound> {
    value.map(|value| Bound { value: value.to_string(), exclusive })
}

fn string_list_extension(data: &SchemaData, name: &str) -> Vec<String> {
    let list = data.extensions.get(name).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
