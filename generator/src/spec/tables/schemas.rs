//! Schemas.

use super::{ALLOW, EXTERNAL_DOCS};
use crate::spec::checks;
use crate::spec::grammar::KeyRule::Any;
use crate::spec::grammar::Shape::{
    Count, Flag, FlagOr, Json, JsonButNull, List, Map, NonEmptyList, NotModelled, Number, OneOf, PositiveNumber,
    Referable, Text,
};
use crate::spec::grammar::{Object, ObjectKind, Shape, optional, required};

pub(super) static SCHEMA: Object = Object {
    kind: ObjectKind::Schema,
    fields: &[
        optional("title", Text),
        optional("description", Text),
        optional("type", OneOf(&["string", "number", "integer", "boolean", "array", "object"])),
        optional("format", Text),
        optional("nullable", Flag),
        optional("readOnly", Flag),
        optional("writeOnly", Flag),
        optional("deprecated", Flag),
        optional("enum", NonEmptyList(&Json)),
        optional("default", JsonButNull),
        optional("example", JsonButNull),
        optional("pattern", Text),
        optional("minLength", Count),
        optional("maxLength", Count),
        optional("multipleOf", PositiveNumber),
        optional("minimum", Number),
        optional("maximum", Number),
        optional("exclusiveMinimum", Flag),
        optional("exclusiveMaximum", Flag),
        optional("items", Referable(&SCHEMA)),
        optional("minItems", Count),
        optional("maxItems", Count),
        optional("uniqueItems", Flag),
        optional("properties", Map(Any, &Referable(&SCHEMA))),
        optional("required", NonEmptyList(&Text)),
        optional("additionalProperties", FlagOr(&Referable(&SCHEMA))),
        optional("minProperties", Count),
        optional("maxProperties", Count),
        optional("allOf", NonEmptyList(&Referable(&SCHEMA))),
        optional("oneOf", NonEmptyList(&Referable(&SCHEMA))),
        optional("anyOf", NonEmptyList(&Referable(&SCHEMA))),
        optional("not", Referable(&SCHEMA)),
        optional("discriminator", Shape::Object(&DISCRIMINATOR)),
        optional("externalDocs", Shape::Object(&EXTERNAL_DOCS)),
        optional("xml", NotModelled("remove it; the generated crate uses JSON")),
    ],
    extensions: &[
        optional("x-rust-name", Text),
        optional("x-argument-name", Text),
        optional("x-enum-varnames", List(&Text)),
        optional("x-enum-descriptions", List(&Text)),
        ALLOW,
    ],
    check: Some(checks::schema),
    ..Object::named("a schema")
};

static DISCRIMINATOR: Object = Object {
    fields: &[required("propertyName", Text), optional("mapping", Map(Any, &Text))],
    ..Object::named("a discriminator")
};
