//! Types: the schemas of the spec.

use std::ops::RangeInclusive;

use serde::Serialize;
use serde_json::Value;

use super::{Limits, TypeId, Union};
use crate::integer::Integer;
use crate::pointer::Pointer;

/// The type of a schema.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TypeDef {
    /// Its unique name: the key in `components.schemas`, or the place of the schema, such as `Pet.tag`.
    pub name: String,
    /// The origin of the schema.
    pub origin: Origin,
    /// The Rust name that the spec sets, from `x-rust-name`.
    pub rust_name: Option<String>,
    /// Its place in the spec.
    pub pointer: Pointer,
    /// Its documentation in the spec.
    pub docs: Docs,
    /// Its shape, without `null`: the types that refer to it say whether `null` is a value.
    pub shape: Shape,
}

/// The origin of a type, which determines its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// An entry of `components.schemas`.
    Component,
    /// A schema at the place where it is used.
    Inline {
        /// The enclosing part of the spec.
        owner: Owner,
        /// The path from the owner to it.
        roles: Vec<Role>,
    },
}

/// The part of the spec that contains an inline schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// Another type, by its name.
    Type(String),
    /// An operation, by its id.
    Operation(String),
    /// A path, whose operations share its parts.
    Path(String),
    /// Another entry of the components, by its name.
    Component(String),
}

/// The role of a schema in the enclosing one, or in an operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The value of a property.
    Property(String),
    /// An item of a list.
    Item,
    /// A value of a map.
    Value,
    /// A member of a union, by its distinguishing words.
    Member(String),
    /// The value of a parameter.
    Parameter(String),
    /// The value of a header.
    Header(String),
    /// A request body.
    Body,
    /// The body of a response with this status, or `default`.
    Response(String),
    /// A body in one of several media types.
    MediaType(String),
}

/// The shape of a schema.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// An object with known fields; fields that the spec does not list are kept.
    Object {
        /// The fields that it lists.
        fields: Vec<Field>,
        /// The schema of all other fields, if it has one.
        #[serde(skip_serializing_if = "Option::is_none")]
        others: Option<Box<Others>>,
    },
    /// A string from a list; other strings are kept.
    Enum(Vec<EnumValue>),
    /// An integer from a list, of this type; other integers of it are kept.
    IntegerEnum(Scalar, Vec<EnumValue>),
    /// One of several types.
    Union(Union),
    /// A scalar with a name, which becomes a separate type.
    Scalar(Scalar),
    /// Another name for an array, a map, a free-form object, any value or another type.
    Alias(TypeRef),
}

impl Shape {
    /// The fields of an object; none of another type.
    pub fn fields(&self) -> &[Field] {
        if let Self::Object { fields, .. } = self { fields } else { &[] }
    }

    /// The listed values of an enum.
    pub fn enum_values(&self) -> Option<&[EnumValue]> {
        match self {
            Self::Enum(values) | Self::IntegerEnum(_, values) => Some(values),
            Self::Object { .. } | Self::Union(_) | Self::Scalar(_) | Self::Alias(_) => None,
        }
    }
}

/// A property of an object.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Field {
    /// Name of the property.
    pub name: String,
    /// The Rust name that the spec sets.
    pub rust_name: Option<String>,
    /// Its place in the spec.
    pub pointer: Pointer,
    /// Its documentation in the spec.
    pub docs: Docs,
    /// Type of its value, without absence.
    pub ty: TypeRef,
    /// Whether it is always present.
    pub required: bool,
    /// Whether only the server sets it, so that it is not an input.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    /// Whether only a client sets it, and must: it is an input, and can be absent in responses.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub write_only: bool,
    /// Whether its value is behind a pointer: otherwise the object would contain itself.
    pub boxed: bool,
    /// Whether it is required and has a single possible value, so that it is not an input.
    pub constant: bool,
    /// The text by which unions recognize its object, if it is the same in all: it is filled in too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The name for callers of operations, from `x-argument-name`.
    pub argument_name: Option<String>,
}

/// The properties that an object does not list, from `additionalProperties`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Others {
    /// The Rust name that the spec sets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rust_name: Option<String>,
    /// Its place in the spec.
    pub pointer: Pointer,
    /// The documentation of a value.
    pub docs: Docs,
    /// Type of all of them: a [`TypeRef::Map`].
    pub ty: TypeRef,
}

impl Field {
    /// Whether the constructor takes it.
    pub fn is_argument(&self) -> bool {
        (self.required || self.write_only) && !self.is_filled_in()
    }

    /// Whether it is filled in.
    pub fn is_filled_in(&self) -> bool {
        self.constant || self.tag.is_some()
    }

    /// Whether it may be absent, and whether it may be `null`.
    pub fn presence(&self) -> Presence {
        Presence::of(self.required, &self.ty)
    }
}

/// Whether a value may be absent, and whether it may be `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always present, never `null`.
    Required,
    /// Always present, possibly `null`.
    RequiredNullable,
    /// Possibly absent. A `null` is read as absent.
    Optional,
    /// Possibly absent, possibly `null`, and the two differ.
    OptionalNullable,
}

impl Presence {
    /// Returns the presence of a value of type `ty`.
    pub fn of(required: bool, ty: &TypeRef) -> Self {
        match (required, ty.is_nullable()) {
            (true, false) => Self::Required,
            (true, true) => Self::RequiredNullable,
            (false, false) => Self::Optional,
            (false, true) => Self::OptionalNullable,
        }
    }
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EnumValue {
    /// The string as it is sent, or the integer in decimal.
    pub value: String,
    /// The name that the spec sets, from `x-enum-varnames`.
    pub rust_name: Option<String>,
    /// What the spec says about it, from `x-enum-descriptions`.
    pub description: String,
    /// Its place in the spec.
    pub pointer: Pointer,
}

/// The documentation of a schema.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Docs {
    /// The description, in Markdown.
    pub description: String,
    /// The value that the server uses for an absent one. Never sent by the client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// An example.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<Value>,
    /// Bounds on the value.
    pub limits: Limits,
    /// A `format` without a type of its own, such as `email`.
    pub format: Option<String>,
    /// Whether the spec calls it deprecated.
    pub deprecated: bool,
}

impl Docs {
    /// Combines the documentation at a place with that of the value there, which it overrides.
    #[must_use]
    pub fn over(self, below: Self) -> Self {
        Self {
            description: if self.description.is_empty() { below.description } else { self.description },
            default: self.default.or(below.default),
            example: self.example.or(below.example),
            deprecated: self.deprecated || below.deprecated,
            ..below
        }
    }

    /// Adds that values are files in multipart bodies, so that no call takes the type.
    #[must_use]
    pub fn of_file_part(mut self) -> Self {
        let space = if self.description.is_empty() { "" } else { "\n\n" };
        self.description += space;
        self.description += "A part of a multipart body with this schema is a `FilePart`.";
        self
    }
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TypeRef {
    /// A scalar without a name.
    Scalar(Scalar),
    /// A named schema.
    Named(TypeId),
    /// A list.
    Array(Box<TypeRef>),
    /// An object whose keys are data.
    Map(Box<TypeRef>),
    /// A value that may be `null`: the only place in the representation that says so. Never nested in itself.
    Nullable(Box<TypeRef>),
    /// An object without a schema.
    FreeForm,
    /// Any JSON value.
    Any,
    /// Bytes that are not JSON: a whole body.
    Binary,
    /// A part of a multipart body: bytes, possibly with a name and a media type.
    File,
}

impl TypeRef {
    /// Whether `null` is a value.
    pub fn is_nullable(&self) -> bool {
        matches!(self, Self::Nullable(_))
    }

    /// The type of the values other than `null`.
    pub fn without_null(&self) -> &Self {
        match self {
            Self::Nullable(value) => value,
            other => other,
        }
    }

    /// Returns the same type with `null` as a value.
    #[must_use]
    pub fn or_null(self) -> Self {
        if self.is_nullable() { self } else { Self::Nullable(Box::new(self)) }
    }
}

/// A value without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Scalar {
    /// `type: string`.
    String,
    /// `type: string, format: byte`: bytes as a text in base64.
    Base64,
    /// `type: string, format: uuid`.
    Uuid,
    /// `type: string, format: date-time`.
    Timestamp,
    /// `type: string, format: date`.
    Date,
    /// `type: integer, format: int32`.
    Int32,
    /// `type: integer`.
    Int64,
    /// `type: integer, format: uint32`.
    Uint32,
    /// `type: integer, format: uint64`, or bounds that only such integers can have.
    Uint64,
    /// `type: integer, format: int128`, or documented values that only such integers can have.
    Int128,
    /// `type: integer, format: uint128`, or documented values that only such integers can have.
    Uint128,
    /// `type: number`.
    Float64,
    /// `type: boolean`.
    Bool,
}

impl Scalar {
    /// Whether its values are copied, and not cloned.
    pub const fn is_copy(self) -> bool {
        !matches!(self, Self::String | Self::Base64)
    }

    /// Its values, if they are integers.
    pub fn integers(self) -> Option<RangeInclusive<Integer>> {
        match self {
            Self::Int32 => Some(i32::MIN.into()..=i32::MAX.into()),
            Self::Int64 => Some(i64::MIN.into()..=i64::MAX.into()),
            Self::Uint32 => Some(0.into()..=u32::MAX.into()),
            Self::Uint64 => Some(0.into()..=u64::MAX.into()),
            Self::Int128 => Some(Integer::MIN..=i128::MAX.into()),
            Self::Uint128 => Some(0.into()..=Integer::MAX),
            Self::String | Self::Base64 | Self::Uuid | Self::Timestamp | Self::Date | Self::Float64 | Self::Bool => {
                None
            }
        }
    }
}
