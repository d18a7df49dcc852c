//! Schemas: from `components.schemas`, and wherever a schema stands inline, to types.

use openapiv3::{
    AnySchema, ArrayType, IntegerFormat, IntegerType, NumberType, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use super::all_of::{is_composed_object, is_merge, is_named_by_its_user};
use super::references::MAX_CHAIN;
use super::types::{Draft, DraftShape};
use super::unions::{self, single_or_null};
use super::{At, Lowering, SchemaAt, prose};
use crate::diagnostics::Code;
use crate::ir::{Bound, Docs, EnumValue, Limits, Origin, Scalar, TypeRef};
use crate::spec::{WIDE_MAXIMUM, WIDE_MINIMUM, types_of_keys};

/// A schema where it is used: the type of the value, and what the place says about it.
#[derive(Clone)]
pub(super) struct Usage {
    pub(super) ty: TypeRef,
    pub(super) docs: Docs,
}

impl Usage {
    fn new(ty: TypeRef, nullable: bool, docs: Docs) -> Self {
        Self { ty: if nullable { ty.or_null() } else { ty }, docs }
    }
}

/// What a schema is, before it is known whether it has a name.
pub(super) struct Lowered {
    pub(super) shape: DraftShape,
    pub(super) limits: Limits,
    pub(super) format: Option<String>,
}

impl Lowered {
    pub(super) fn new(shape: DraftShape) -> Self {
        Self { shape, limits: Limits::default(), format: None }
    }

    /// Nothing is known of it, or it is reported.
    pub(super) fn anything() -> Self {
        Self::new(DraftShape::Alias(TypeRef::Any))
    }
}

impl<'a> Lowering<'a> {
    /// The type that an entry of `components.schemas` is.
    pub(super) fn draft(&mut self, name: &'a str) -> Draft {
        let entry = self.schema_at(name, &self.components.object.schemas[name]);
        let pointer = entry.pointer().clone();
        let (shape, docs, rust_name) = match entry {
            SchemaAt::Reference(reference) => {
                let target = self.referenced_type(&reference).map_or(TypeRef::Any, TypeRef::Named);
                (DraftShape::Alias(target), Docs::default(), None)
            }
            SchemaAt::Schema(schema) => {
                let rust_name = string_extension(&schema.schema_data, "x-rust-name");
                let annotated = single_all_of(&schema).or_else(|| single_or_null(&schema));
                if let Some(inner) = annotated.filter(|inner| !is_named_by_its_user(inner.object)) {
                    let usage = self.overlay(&schema, inner);
                    (DraftShape::Alias(usage.ty.without_null().clone()), usage.docs, rust_name)
                } else {
                    let lowered = self.lowered(&schema);
                    let docs = self.docs(&schema, &lowered);
                    (lowered.shape, docs, rust_name)
                }
            }
        };
        Draft { name: name.to_owned(), origin: Origin::Component, rust_name, pointer, docs, shape }
    }

    /// The type that an inline schema is.
    pub(super) fn inline_draft(&mut self, schema: &At<'a, Schema>, name: String, origin: Origin) -> Draft {
        let lowered = self.lowered(schema);
        let docs = self.docs(schema, &lowered);
        Draft { name, origin, rust_name: None, pointer: schema.pointer.clone(), docs, shape: lowered.shape }
    }

    /// A schema as the type of a value: a parameter, an item, a body.
    pub(super) fn usage(&mut self, schema: impl Into<SchemaAt<'a>>) -> Usage {
        let schema = schema.into();
        if schema.schema().is_some_and(|schema| schema.schema_data.extensions.contains_key("x-rust-name")) {
            self.problem(
                Code::InvalidExtension,
                &schema.pointer().key("x-rust-name"),
                "`x-rust-name` on a schema without a name of its own",
            )
            .help = Some("it belongs on an entry of `components.schemas`, on a property or on a parameter".to_owned());
        }
        self.value(schema)
    }

    /// The same for a property, whose `x-rust-name` names the field.
    pub(super) fn value(&mut self, schema: SchemaAt<'a>) -> Usage {
        let schema = match schema {
            SchemaAt::Reference(reference) => {
                let ty = self.referenced_type(&reference).map_or(TypeRef::Any, TypeRef::Named);
                return Usage::new(ty, self.is_nullable(reference), Docs::default());
            }
            SchemaAt::Schema(schema) => schema,
        };
        if let Some(inner) = single_all_of(&schema).or_else(|| single_or_null(&schema)) {
            return self.overlay(&schema, inner);
        }
        let nullable = schema.schema_data.nullable || self.has_null_member(&schema, 0);
        if needs_name(schema.object) {
            let id = match self.types.known_inline(&schema.pointer) {
                Some(id) => id,
                None => {
                    let origin = self.origin(&schema.pointer);
                    self.types.inline(schema.clone(), origin)
                }
            };
            // What is said of the type is said of the value: with its type, where it is shown.
            let docs = self.docs(&schema, &Lowered::anything());
            return Usage::new(TypeRef::Named(id), nullable, docs);
        }
        let lowered = self.lowered(&schema);
        let docs = self.docs(&schema, &lowered);
        let ty = match lowered.shape {
            DraftShape::Alias(ty) => ty,
            DraftShape::Scalar(scalar) => TypeRef::Scalar(scalar),
            // Reported: what needs a name has got one above.
            DraftShape::Object(_) | DraftShape::Enum(_) | DraftShape::Union { .. } => TypeRef::Any,
        };
        Usage::new(ty, nullable, docs)
    }

    /// A one-element `allOf`, or a choice between a schema and `null`: another schema, annotated at the place of use.
    fn overlay(&mut self, schema: &At<'a, Schema>, inner: At<'a, ReferenceOr<Schema>>) -> Usage {
        let usage = self.usage(inner);
        let above = self.docs(schema, &Lowered::anything());
        let mut docs = usage.docs;
        if !above.description.is_empty() {
            docs.description = above.description;
        }
        docs.default = above.default.or(docs.default);
        docs.example = above.example.or(docs.example);
        docs.deprecated |= above.deprecated;
        let nullable = schema.schema_data.nullable || unions::members(schema).is_some_and(|members| members.has_null);
        Usage::new(usage.ty, nullable, docs)
    }

    /// Whether a `$ref` leads to a schema that allows `null`.
    fn is_nullable(&self, reference: At<'a, str>) -> bool {
        self.allows_null(SchemaAt::Reference(reference), 0)
    }

    /// Whether a schema allows `null`, or what it refers to does.
    pub(super) fn allows_null(&self, mut at: SchemaAt<'a>, depth: usize) -> bool {
        let mut steps = depth;
        // A cycle of references and a chain that is too long are reported elsewhere; here they must only end.
        while steps <= MAX_CHAIN + 1 {
            at = match at {
                SchemaAt::Reference(reference) => {
                    steps += 1;
                    let Some((_, target)) = self.schema(&reference) else { return false };
                    target
                }
                SchemaAt::Schema(schema) if schema.schema_data.nullable => return true,
                SchemaAt::Schema(schema) => match single_all_of(&schema) {
                    Some(inner) => inner.into(),
                    None => return self.has_null_member(&schema, steps),
                },
            };
        }
        false
    }

    fn lowered(&mut self, schema: &At<'a, Schema>) -> Lowered {
        match &schema.object.schema_kind {
            SchemaKind::Type(Type::String(string)) => self.string(schema, string),
            SchemaKind::Type(Type::Integer(integer)) => self.integer(schema, integer),
            SchemaKind::Type(Type::Number(number)) => self.number(schema, number),
            SchemaKind::Type(Type::Boolean(boolean)) => {
                if !boolean.enumeration.is_empty() {
                    self.unsupported(&schema.key("enum"), "an enum of booleans");
                }
                Lowered::new(DraftShape::Scalar(Scalar::Bool))
            }
            SchemaKind::Type(Type::Array(array)) => self.array(schema, array),
            SchemaKind::Type(Type::Object(object)) => self.object(schema, object),
            SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => self.union(schema),
            SchemaKind::AllOf { .. } => self.merge(schema),
            // What a value is not says nothing of what it is.
            SchemaKind::Not { .. } => Lowered::anything(),
            SchemaKind::Any(any) if *any == openapiv3::AnySchema::default() => Lowered::anything(),
            SchemaKind::Any(_) if is_merge(schema.object) => self.merge(schema),
            SchemaKind::Any(any) => {
                let (message, help) = match &any.typ {
                    None => ("a schema that limits its value without a `type`", help_without_type(any)),
                    Some(_) => (
                        "a schema with keys that do not belong together",
                        "keep only keys that mean something to values of its `type`".to_owned(),
                    ),
                };
                self.unsupported(&schema.pointer, message).help = Some(help);
                Lowered::anything()
            }
        }
    }

    fn string(&mut self, schema: &At<'a, Schema>, string: &StringType) -> Lowered {
        let limits = Limits {
            min_length: string.min_length,
            max_length: string.max_length,
            pattern: string.pattern.clone(),
            ..Limits::default()
        };
        if !string.enumeration.is_empty() {
            let values = self.enum_values(schema, &string.enumeration);
            return Lowered { shape: DraftShape::Enum(values), limits, format: None };
        }
        let (scalar, format) = match &string.format {
            VariantOrUnknownOrEmpty::Empty => (Scalar::String, None),
            VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => (Scalar::Timestamp, None),
            VariantOrUnknownOrEmpty::Item(StringFormat::Date) => (Scalar::Date, None),
            VariantOrUnknownOrEmpty::Item(StringFormat::Password) => (Scalar::String, Some("password")),
            VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => (Scalar::String, Some("byte")),
            VariantOrUnknownOrEmpty::Item(StringFormat::Binary) => (Scalar::String, Some("binary")),
            VariantOrUnknownOrEmpty::Unknown(format) if format == "uuid" => (Scalar::Uuid, None),
            VariantOrUnknownOrEmpty::Unknown(format) => (Scalar::String, Some(format.as_str())),
        };
        Lowered { shape: DraftShape::Scalar(scalar), limits, format: format.map(str::to_owned) }
    }

    fn enum_values(&mut self, schema: &At<'a, Schema>, values: &[Option<String>]) -> Vec<EnumValue> {
        let data = &schema.schema_data;
        let rust_names = string_list_extension(data, "x-enum-varnames");
        let descriptions = string_list_extension(data, "x-enum-descriptions");
        let mut lowered: Vec<EnumValue> = Vec::new();
        let list = schema.key("enum");
        for (index, value) in values.iter().enumerate() {
            let at = list.index(index);
            // `adapt` saw to it that `null` goes with `nullable: true`, and that no value stands twice.
            let Some(value) = value else { continue };
            lowered.push(EnumValue {
                value: value.clone(),
                rust_name: rust_names.get(index).cloned(),
                description: descriptions.get(index).cloned().unwrap_or_default(),
                pointer: at,
            });
        }
        if lowered.is_empty() {
            self.problem(Code::InvalidEnum, &list, "an enum that no string is in").help =
                Some("list the strings that may be sent".to_owned());
        }
        lowered
    }

    fn integer(&mut self, schema: &At<'a, Schema>, integer: &IntegerType) -> Lowered {
        if !integer.enumeration.is_empty() {
            self.unsupported(&schema.key("enum"), "an enum of numbers");
        }
        let wide = |key: &str| string_extension(&schema.schema_data, key);
        let (minimum, maximum) = (wide(WIDE_MINIMUM), wide(WIDE_MAXIMUM));
        let (scalar, format) = match &integer.format {
            VariantOrUnknownOrEmpty::Empty if minimum.is_some() || maximum.is_some() => (Scalar::Uint64, None),
            VariantOrUnknownOrEmpty::Empty | VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64) => {
                (Scalar::Int64, None)
            }
            VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => (Scalar::Int32, None),
            VariantOrUnknownOrEmpty::Unknown(format) if format == "uint32" => (Scalar::Uint32, None),
            VariantOrUnknownOrEmpty::Unknown(format) if format == "uint64" => (Scalar::Uint64, None),
            VariantOrUnknownOrEmpty::Unknown(format) => (Scalar::Int64, Some(format.clone())),
        };
        let limits = Limits {
            minimum: bound(minimum.or(integer.minimum.map(|value| value.to_string())), integer.exclusive_minimum),
            maximum: bound(maximum.or(integer.maximum.map(|value| value.to_string())), integer.exclusive_maximum),
            multiple_of: integer.multiple_of.map(|value| value.to_string()),
            ..Limits::default()
        };
        Lowered { shape: DraftShape::Scalar(scalar), limits, format }
    }

    fn number(&mut self, schema: &At<'a, Schema>, number: &NumberType) -> Lowered {
        if !number.enumeration.is_empty() {
            self.unsupported(&schema.key("enum"), "an enum of numbers");
        }
        let format = match &number.format {
            VariantOrUnknownOrEmpty::Unknown(format) => Some(format.clone()),
            _ => None,
        };
        let limits = Limits {
            minimum: bound(number.minimum, number.exclusive_minimum),
            maximum: bound(number.maximum, number.exclusive_maximum),
            multiple_of: number.multiple_of.map(|value| value.to_string()),
            ..Limits::default()
        };
        Lowered { shape: DraftShape::Scalar(Scalar::Float64), limits, format }
    }

    fn array(&mut self, schema: &At<'a, Schema>, array: &'a ArrayType) -> Lowered {
        let item = match &array.items {
            Some(items) => nested(self.usage(schema.part("items", items))),
            None => TypeRef::Any,
        };
        let limits = Limits {
            min_items: array.min_items,
            max_items: array.max_items,
            unique_items: array.unique_items,
            ..Limits::default()
        };
        Lowered { shape: DraftShape::Alias(TypeRef::Array(Box::new(item))), limits, format: None }
    }

    pub(super) fn docs(&mut self, schema: &At<'a, Schema>, lowered: &Lowered) -> Docs {
        let data = &schema.schema_data;
        for (key, set) in [("readOnly", data.read_only), ("writeOnly", data.write_only)] {
            if set {
                self.unsupported(&schema.key(key), &format!("`{key}`")).help =
                    Some("use one schema for what is sent and another for what comes back".to_owned());
            }
        }
        if data.discriminator.is_some() && unions::members(schema).is_none() {
            self.unsupported(&schema.key("discriminator"), "`discriminator` without `oneOf` or `anyOf`");
        }
        let description = data.description.as_deref().or(data.title.as_deref());
        Docs {
            description: prose(description, data.external_docs.as_ref()),
            default: data.default.clone(),
            example: data.example.clone(),
            limits: lowered.limits.clone(),
            format: lowered.format.clone(),
            deprecated: data.deprecated,
        }
    }
}

/// Whether values of a schema have a type of their own, wherever the schema stands.
fn needs_name(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => !object.properties.is_empty(),
        SchemaKind::Type(Type::String(string)) => !string.enumeration.is_empty(),
        SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => true,
        _ => is_merge(schema) || is_composed_object(schema),
    }
}

/// The one schema of an `allOf` that annotates it.
fn single_all_of<'a>(schema: &At<'a, Schema>) -> Option<At<'a, ReferenceOr<Schema>>> {
    match &schema.object.schema_kind {
        SchemaKind::AllOf { all_of } if all_of.len() == 1 => schema.items("allOf", all_of).next(),
        _ => None,
    }
}

/// The type of a value inside of a list or a map, where `null` is one of any values.
pub(super) fn nested(usage: Usage) -> TypeRef {
    if *usage.ty.without_null() == TypeRef::Any { TypeRef::Any } else { usage.ty }
}

fn bound(value: Option<impl ToString>, exclusive: bool) -> Option<Bound> {
    value.map(|value| Bound { value: value.to_string(), exclusive })
}

pub(super) fn string_extension(data: &SchemaData, name: &str) -> Option<String> {
    data.extensions.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn string_list_extension(data: &SchemaData, name: &str) -> Vec<String> {
    let list = data.extensions.get(name).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// What to do about a schema without a `type`: `adapt` says it where only one has the keys.
fn help_without_type(schema: &AnySchema) -> String {
    let keys = serde_json::to_value(schema).unwrap_or_default();
    match types_of_keys(|key| keys.get(key).is_some()).concat().as_slice() {
        [] => "add the `type` that is meant".to_owned(),
        [only] => format!("add `type: {only}`"),
        several => {
            let listed: Vec<String> = several.iter().map(|name| format!("`{name}`")).collect();
            format!("add the `type` that is meant, and keep only its keys: these are of {}", listed.join(" and "))
        }
    }
}
