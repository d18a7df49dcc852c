//! Schemas: from `components.schemas`, and wherever a schema stands inline, to types.

use std::collections::BTreeMap;

use openapiv3::{
    ArrayType, IntegerFormat, IntegerType, NumberType, ReferenceOr, Schema, SchemaData, SchemaKind, StringFormat,
    StringType, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

use super::all_of::{is_merge, is_named_by_its_user};
use super::{Lowering, MAX_CHAIN, prose, untyped};
use crate::diagnostics::{Code, Place};
use crate::ir::{Bound, Docs, EnumValue, Limits, Scalar, Shape, TypeDef, TypeRef};
use crate::pointer::Pointer;

/// A schema where it is used: the type of the value, and what the place says about it.
pub(super) struct Usage {
    pub(super) ty: TypeRef,
    pub(super) nullable: bool,
    pub(super) docs: Docs,
}

/// A schema or a reference to one, whichever way `openapiv3` boxes it.
#[derive(Clone, Copy)]
pub(super) enum SchemaOrReference<'s> {
    Reference(&'s str),
    Schema(&'s Schema),
}

impl<'s> From<&'s ReferenceOr<Schema>> for SchemaOrReference<'s> {
    fn from(schema: &'s ReferenceOr<Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema),
        }
    }
}

impl<'s> From<&'s ReferenceOr<Box<Schema>>> for SchemaOrReference<'s> {
    fn from(schema: &'s ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Schema(schema),
        }
    }
}

/// What a schema is, before it is known whether it has a name.
pub(super) struct Lowered {
    pub(super) shape: Shape,
    pub(super) limits: Limits,
    pub(super) format: Option<String>,
}

impl Lowered {
    pub(super) fn new(shape: Shape) -> Self {
        Self { shape, limits: Limits::default(), format: None }
    }
}

impl Lowering<'_> {
    /// Every named schema, sorted by name.
    pub(super) fn types(&mut self) -> Vec<TypeDef> {
        let names: Vec<&str> = self.type_ids.keys().copied().collect();
        names.into_iter().map(|name| self.type_def(name)).collect()
    }

    fn type_def(&mut self, name: &str) -> TypeDef {
        let pointer = Pointer::root().key("components").key("schemas").key(name);
        let components = self.components;
        let (shape, docs, nullable, rust_name) = match &components.schemas[name] {
            ReferenceOr::Reference { reference } => {
                let target = self.schema_id(reference, &pointer).map_or(TypeRef::Any, TypeRef::Named);
                (Shape::Alias(target), Docs::default(), false, None)
            }
            ReferenceOr::Item(schema) => {
                let data = &schema.schema_data;
                let rust_name = string_extension(data, "x-rust-name");
                let annotated = single_all_of(schema, &pointer).filter(|(inner, _)| !is_named_by_its_user(inner));
                if let Some((inner, at)) = annotated {
                    let usage = self.overlay(data, inner, &at, &pointer);
                    (Shape::Alias(usage.ty), usage.docs, usage.nullable, rust_name)
                } else {
                    let lowered = self.schema(schema, &pointer);
                    let docs = self.docs(data, &lowered, &pointer);
                    (lowered.shape, docs, data.nullable, rust_name)
                }
            }
        };
        TypeDef { name: name.to_owned(), rust_name, pointer, docs, nullable, shape }
    }

    /// A schema as the type of a value: a parameter, an item, a body.
    pub(super) fn usage<'s>(&mut self, schema: impl Into<SchemaOrReference<'s>>, pointer: &Pointer) -> Usage {
        let schema = schema.into();
        if let SchemaOrReference::Schema(Schema { schema_data, .. }) = schema
            && schema_data.extensions.contains_key("x-rust-name")
        {
            self.problem(
                Code::InvalidExtension,
                &pointer.key("x-rust-name"),
                "`x-rust-name` on a schema without a name of its own",
            )
            .help = Some("it belongs on an entry of `components.schemas`, on a property or on a parameter".to_owned());
        }
        self.value(schema, pointer)
    }

    /// The same for a property, whose `x-rust-name` names the field.
    pub(super) fn value(&mut self, schema: SchemaOrReference<'_>, pointer: &Pointer) -> Usage {
        let schema = match schema {
            SchemaOrReference::Reference(reference) => {
                let ty = self.schema_id(reference, pointer).map_or(TypeRef::Any, TypeRef::Named);
                return Usage { ty, nullable: self.is_nullable(reference), docs: Docs::default() };
            }
            SchemaOrReference::Schema(schema) => schema,
        };
        let data = &schema.schema_data;
        if let Some((inner, at)) = single_all_of(schema, pointer) {
            return self.overlay(data, inner, &at, pointer);
        }
        if is_merge(schema) {
            // Its parts are not looked into: this schema may be inside one of them.
            let ty = self.nameless(pointer, "an `allOf` of several schemas");
            return Usage { ty, nullable: data.nullable, docs: Docs::default() };
        }
        let lowered = self.schema(schema, pointer);
        let docs = self.docs(data, &lowered, pointer);
        let ty = match lowered.shape {
            Shape::Alias(ty) => ty,
            Shape::Scalar(scalar) => TypeRef::Scalar(scalar),
            Shape::Object(_) => self.nameless(pointer, "an object with properties"),
            Shape::Enum(_) => self.nameless(pointer, "an enum"),
        };
        Usage { ty, nullable: data.nullable, docs }
    }

    fn nameless(&mut self, pointer: &Pointer, what: &str) -> TypeRef {
        self.unsupported(pointer, &format!("{what} without a name")).help =
            Some("move it to `components.schemas` and refer to it: `$ref: '#/components/schemas/NAME'`".to_owned());
        TypeRef::Any
    }

    /// A one-element `allOf`: another schema, annotated at the place of use.
    fn overlay(&mut self, data: &SchemaData, inner: &ReferenceOr<Schema>, at: &Pointer, pointer: &Pointer) -> Usage {
        let mut usage = self.usage(inner, at);
        let above = self.docs(data, &Lowered::new(Shape::Alias(TypeRef::Any)), pointer);
        if !above.description.is_empty() {
            usage.docs.description = above.description;
        }
        usage.docs.default = above.default.or(usage.docs.default);
        usage.docs.example = above.example.or(usage.docs.example);
        usage.docs.deprecated |= above.deprecated;
        usage.nullable |= data.nullable;
        usage
    }

    /// Whether a `$ref` leads to a schema that allows `null`.
    fn is_nullable(&self, reference: &str) -> bool {
        let mut at = SchemaOrReference::Reference(reference);
        let mut steps = 0;
        // A circle of references and a chain that is too long are reported elsewhere; here they must only end.
        while steps <= MAX_CHAIN + 1 {
            let schema = match at {
                SchemaOrReference::Schema(schema) => schema,
                SchemaOrReference::Reference(reference) => {
                    let name = super::component_name(reference, "schemas");
                    let Some(target) = name.and_then(|name| self.components.schemas.get(&name)) else { return false };
                    at = target.into();
                    steps += 1;
                    continue;
                }
            };
            if schema.schema_data.nullable {
                return true;
            }
            match &schema.schema_kind {
                SchemaKind::AllOf { all_of } if all_of.len() == 1 => at = (&all_of[0]).into(),
                _ => return false,
            }
        }
        false
    }

    fn schema(&mut self, schema: &Schema, pointer: &Pointer) -> Lowered {
        match &schema.schema_kind {
            SchemaKind::Type(Type::String(string)) => self.string(string, &schema.schema_data, pointer),
            SchemaKind::Type(Type::Integer(integer)) => self.integer(integer, pointer),
            SchemaKind::Type(Type::Number(number)) => self.number(number, pointer),
            SchemaKind::Type(Type::Boolean(boolean)) => {
                if !boolean.enumeration.is_empty() {
                    self.unsupported(&pointer.key("enum"), "an enum of booleans");
                }
                Lowered::new(Shape::Scalar(Scalar::Bool))
            }
            SchemaKind::Type(Type::Array(array)) => self.array(array, pointer),
            SchemaKind::Type(Type::Object(object)) => self.object(object, pointer),
            SchemaKind::OneOf { .. } => self.composition(pointer, "oneOf"),
            SchemaKind::AnyOf { .. } => self.composition(pointer, "anyOf"),
            SchemaKind::AllOf { .. } => self.merge(schema, pointer),
            SchemaKind::Not { .. } => self.composition(pointer, "not"),
            SchemaKind::Any(any) if *any == openapiv3::AnySchema::default() => Lowered::new(Shape::Alias(TypeRef::Any)),
            SchemaKind::Any(_) if is_merge(schema) => self.merge(schema, pointer),
            SchemaKind::Any(any) => {
                let choices =
                    [("oneOf", !any.one_of.is_empty()), ("anyOf", !any.any_of.is_empty()), ("not", any.not.is_some())];
                if let Some((keyword, _)) = choices.into_iter().find(|(_, is_there)| *is_there) {
                    return self.composition(pointer, keyword);
                }
                let (message, help) = match &any.typ {
                    None => ("a schema that limits its value without a `type`", untyped::help(any)),
                    Some(_) => (
                        "a schema with keys that do not belong together",
                        "keep only keys that mean something to values of its `type`".to_owned(),
                    ),
                };
                self.unsupported(pointer, message).help = Some(help);
                Lowered::new(Shape::Alias(TypeRef::Any))
            }
        }
    }

    fn composition(&mut self, pointer: &Pointer, keyword: &str) -> Lowered {
        self.unsupported(&pointer.key(keyword), &format!("`{keyword}`"));
        Lowered::new(Shape::Alias(TypeRef::Any))
    }

    fn string(&mut self, string: &StringType, data: &SchemaData, pointer: &Pointer) -> Lowered {
        let limits = Limits {
            min_length: string.min_length,
            max_length: string.max_length,
            pattern: string.pattern.clone(),
            ..Limits::default()
        };
        if !string.enumeration.is_empty() {
            let values = self.enum_values(&string.enumeration, data, pointer);
            return Lowered { shape: Shape::Enum(values), limits, format: None };
        }
        let (scalar, format) = match &string.format {
            VariantOrUnknownOrEmpty::Empty => (Scalar::String, None),
            VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => (Scalar::Timestamp, None),
            VariantOrUnknownOrEmpty::Item(StringFormat::Date) => (Scalar::Date, None),
            VariantOrUnknownOrEmpty::Item(StringFormat::Password) => (Scalar::String, Some("password")),
            VariantOrUnknownOrEmpty::Item(StringFormat::Byte | StringFormat::Binary) => {
                self.unsupported(&pointer.key("format"), "a string of bytes");
                (Scalar::String, None)
            }
            VariantOrUnknownOrEmpty::Unknown(format) if format == "uuid" => (Scalar::Uuid, None),
            VariantOrUnknownOrEmpty::Unknown(format) => (Scalar::String, Some(format.as_str())),
        };
        Lowered { shape: Shape::Scalar(scalar), limits, format: format.map(str::to_owned) }
    }

    fn enum_values(&mut self, values: &[Option<String>], data: &SchemaData, pointer: &Pointer) -> Vec<EnumValue> {
        let rust_names = string_list_extension(data, "x-enum-varnames");
        let descriptions = string_list_extension(data, "x-enum-descriptions");
        let mut lowered: Vec<EnumValue> = Vec::new();
        let mut known: BTreeMap<&str, Pointer> = BTreeMap::new();
        for (index, value) in values.iter().enumerate() {
            let at = pointer.key("enum").index(index);
            let Some(value) = value else {
                // `null` in the list goes with `nullable: true`, which says the same.
                if !data.nullable {
                    self.problem(Code::InvalidEnum, &at, "`null` in an enum that is not nullable").help =
                        Some("add `nullable: true` beside `enum`".to_owned());
                }
                continue;
            };
            if let Some(first) = known.get(value.as_str()) {
                let first = Place::Value(first.clone());
                let problem = self.problem(Code::InvalidEnum, &at, format!("`{value}` stands twice in this enum"));
                problem.related.push((first, "first here".to_owned()));
                problem.help = Some("remove one of them".to_owned());
                continue;
            }
            known.insert(value, at.clone());
            lowered.push(EnumValue {
                value: value.clone(),
                rust_name: rust_names.get(index).cloned(),
                description: descriptions.get(index).cloned().unwrap_or_default(),
                pointer: at,
            });
        }
        if lowered.is_empty() {
            self.problem(Code::InvalidEnum, &pointer.key("enum"), "an enum that no string is in").help =
                Some("list the strings that may be sent".to_owned());
        }
        lowered
    }

    fn integer(&mut self, integer: &IntegerType, pointer: &Pointer) -> Lowered {
        if !integer.enumeration.is_empty() {
            self.unsupported(&pointer.key("enum"), "an enum of numbers");
        }
        let (scalar, format) = match &integer.format {
            VariantOrUnknownOrEmpty::Empty | VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64) => {
                (Scalar::Int64, None)
            }
            VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => (Scalar::Int32, None),
            VariantOrUnknownOrEmpty::Unknown(format) => (Scalar::Int64, Some(format.clone())),
        };
        let limits = Limits {
            minimum: bound(integer.minimum, integer.exclusive_minimum),
            maximum: bound(integer.maximum, integer.exclusive_maximum),
            multiple_of: integer.multiple_of.map(|value| value.to_string()),
            ..Limits::default()
        };
        Lowered { shape: Shape::Scalar(scalar), limits, format }
    }

    fn number(&mut self, number: &NumberType, pointer: &Pointer) -> Lowered {
        if !number.enumeration.is_empty() {
            self.unsupported(&pointer.key("enum"), "an enum of numbers");
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
        Lowered { shape: Shape::Scalar(Scalar::Float64), limits, format }
    }

    fn array(&mut self, array: &ArrayType, pointer: &Pointer) -> Lowered {
        let item = match &array.items {
            Some(items) => nested(self.usage(items, &pointer.key("items"))),
            None => TypeRef::Any,
        };
        let limits = Limits {
            min_items: array.min_items,
            max_items: array.max_items,
            unique_items: array.unique_items,
            ..Limits::default()
        };
        Lowered { shape: Shape::Alias(TypeRef::Array(Box::new(item))), limits, format: None }
    }

    pub(super) fn docs(&mut self, data: &SchemaData, lowered: &Lowered, pointer: &Pointer) -> Docs {
        for (key, set) in [("readOnly", data.read_only), ("writeOnly", data.write_only)] {
            if set {
                self.unsupported(&pointer.key(key), &format!("`{key}`")).help =
                    Some("use one schema for what is sent and another for what comes back".to_owned());
            }
        }
        if data.discriminator.is_some() {
            self.unsupported(&pointer.key("discriminator"), "`discriminator`");
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

/// The one schema of an `allOf` that annotates it.
fn single_all_of<'s>(schema: &'s Schema, pointer: &Pointer) -> Option<(&'s ReferenceOr<Schema>, Pointer)> {
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => match all_of.as_slice() {
            [inner] => Some((inner, pointer.key("allOf").index(0))),
            _ => None,
        },
        _ => None,
    }
}

pub(super) fn nested(usage: Usage) -> TypeRef {
    if usage.nullable && usage.ty != TypeRef::Any { TypeRef::Nullable(Box::new(usage.ty)) } else { usage.ty }
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
