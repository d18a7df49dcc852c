//! Types: what the schemas of the spec are.

use serde::Serialize;
use serde_json::Value;

use super::{TypeId, Union};
use crate::pointer::Pointer;

/// A type that a schema is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TypeDef {
    /// What tells it from the others: its key in `components.schemas`, or the place that has it, such as `Pet.tag`.
    pub name: String,
    /// Where it comes from.
    pub origin: Origin,
    /// The Rust name that the spec asks for, from `x-rust-name`.
    pub rust_name: Option<String>,
    /// Where it stands in the spec.
    pub pointer: Pointer,
    /// What the spec says about it.
    pub docs: Docs,
    /// What it is, `null` aside: whether that is a value too is said by the types that refer to it.
    pub shape: Shape,
}

/// Where a type comes from, by which it is named.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// An entry of `components.schemas`.
    Component,
    /// A schema that stands where it is used.
    Inline {
        /// What it is in.
        owner: Owner,
        /// The way from the owner to it.
        roles: Vec<Role>,
    },
}

/// What an inline schema is in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// Another type, by its name.
    Type(String),
    /// An operation, by its id.
    Operation(String),
    /// A path, whose operations share what it says.
    Path(String),
    /// Another entry of the components, by its name.
    Component(String),
}

/// What a schema is to the one around it, or to an operation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The value of a property.
    Property(String),
    /// An item of a list.
    Item,
    /// A value of a map.
    Value,
    /// A member of a union, by the words that tell it from the others.
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

/// What a schema is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// An object with known fields; fields that the spec does not list are kept.
    Object {
        /// Those that it lists.
        fields: Vec<Field>,
        /// What it says of all others, if it does.
        #[serde(skip_serializing_if = "Option::is_none")]
        others: Option<Box<Others>>,
    },
    /// A string out of a list; other strings are kept.
    Enum(Vec<EnumValue>),
    /// An integer out of a list, of this type; other integers of it are kept.
    IntegerEnum(Scalar, Vec<EnumValue>),
    /// One of several types.
    Union(Union),
    /// A scalar with a name of its own, which makes it a type of its own.
    Scalar(Scalar),
    /// Another name for an array, a map, a free-form object, any value or another type.
    Alias(TypeRef),
}

impl Shape {
    /// The values that are listed, if that is what it is.
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
    /// The Rust name that the spec asks for.
    pub rust_name: Option<String>,
    /// Where it stands in the spec.
    pub pointer: Pointer,
    /// What the spec says about it.
    pub docs: Docs,
    /// Type of its value, absence aside.
    pub ty: TypeRef,
    /// Whether it is always there.
    pub required: bool,
    /// Whether only the server sets it, so that nobody is asked for it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub read_only: bool,
    /// Whether only a client sets it and has to: it is asked for, and need not be there in what comes back.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub write_only: bool,
    /// Whether its value lies behind a pointer: the object would contain itself otherwise.
    pub boxed: bool,
    /// Whether it is required and can have one value only, so that nobody needs to be asked for it.
    pub constant: bool,
    /// The text by which unions tell that its object is of this type, where that is the same in all: it is filled in too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// What callers of operations know it by, from `x-argument-name`.
    pub argument_name: Option<String>,
}

/// What an object says of the properties that it does not list, from `additionalProperties`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Others {
    /// The Rust name that the spec asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rust_name: Option<String>,
    /// Where it stands in the spec.
    pub pointer: Pointer,
    /// What the spec says about a value.
    pub docs: Docs,
    /// Type of all of them: a [`TypeRef::Map`].
    pub ty: TypeRef,
}

impl Field {
    /// Whether who makes a value has to give it.
    pub fn is_asked_for(&self) -> bool {
        (self.required || self.write_only) && !self.is_filled_in()
    }

    /// Whether it has its value without anybody giving it.
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
    /// Always there, never `null`.
    Required,
    /// Always there, perhaps `null`.
    RequiredNullable,
    /// Perhaps absent. A `null` is read as absent.
    Optional,
    /// Perhaps absent, perhaps `null`, and the two differ.
    OptionalNullable,
}

impl Presence {
    /// The presence of a value of type `ty` that must or need not be there.
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
    /// The name that the spec asks for, from `x-enum-varnames`.
    pub rust_name: Option<String>,
    /// What the spec says about it, from `x-enum-descriptions`.
    pub description: String,
    /// Where it stands in the spec.
    pub pointer: Pointer,
}

/// What the spec says about a schema for people.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Docs {
    /// The description, in Markdown.
    pub description: String,
    /// What the server takes for an absent value. Never sent by the client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// A value as it may look.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub example: Option<Value>,
    /// Bounds on the value.
    pub limits: Limits,
    /// A `format` that has no type of its own, such as `email`.
    pub format: Option<String>,
    /// Whether the spec calls it deprecated.
    pub deprecated: bool,
}

impl Docs {
    /// What is said at a place, over what is said of the value that stands there.
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
}

/// Bounds that the spec states for a value.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Limits {
    /// Smallest number, as written in the spec.
    pub minimum: Option<Bound>,
    /// Largest number.
    pub maximum: Option<Bound>,
    /// The number is a multiple of this.
    pub multiple_of: Option<String>,
    /// Fewest characters.
    pub min_length: Option<usize>,
    /// Most characters.
    pub max_length: Option<usize>,
    /// Regular expression that the string matches.
    pub pattern: Option<String>,
    /// Fewest items, or fewest properties of a map.
    pub min_items: Option<usize>,
    /// Most items, or most properties of a map.
    pub max_items: Option<usize>,
    /// Whether no item occurs twice.
    pub unique_items: bool,
    /// The numbers, booleans or other values that it may be, as JSON. An enum of texts or of integers has a type.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<String>,
}

/// A bound of a number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bound {
    /// The number, in decimal.
    pub value: String,
    /// Whether the number itself is outside.
    pub exclusive: bool,
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
    /// A value that may be `null`: the one place where the representation says so. Never nested in itself.
    Nullable(Box<TypeRef>),
    /// An object of which the spec says nothing.
    FreeForm,
    /// Any JSON value.
    Any,
    /// Bytes that are not JSON: a whole body.
    Binary,
    /// A part of a multipart body: bytes, perhaps with a name and a media type.
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

    /// The same type with `null` as a value.
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
    /// `type: number`.
    Float64,
    /// `type: boolean`.
    Bool,
}
