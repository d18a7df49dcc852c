//! Rust types as data: the type of a value, and the types that callers may pass for it.

use std::ops::RangeInclusive;

use crate::integer::Integer;
use crate::ir::{Presence, Scalar, TypeId, TypeRef, Types};

/// A type in the emitted code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RustType {
    /// `bool`.
    Bool,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `u32`.
    U32,
    /// `u64`.
    U64,
    /// `i128`.
    I128,
    /// `u128`.
    U128,
    /// `f64`.
    F64,
    /// `String`.
    String,
    /// The runtime's type for bytes as a text in base64.
    Base64,
    /// `uuid::Uuid`.
    Uuid,
    /// The runtime's type for a point in time.
    Timestamp,
    /// The runtime's type for a day.
    Date,
    /// The runtime's name for a free-form object.
    JsonObject,
    /// Any JSON value.
    Value,
    /// `bytes::Bytes`.
    Bytes,
    /// The runtime's type for a part of a multipart body.
    FilePart,
    /// The runtime's type for a body that is sent: bytes in memory or a stream of them.
    Body,
    /// A type below `models`.
    Model(TypeId),
    /// `Vec`.
    Vec(Box<RustType>),
    /// `BTreeMap` with texts as keys.
    Map(Box<RustType>),
    /// The runtime's type for the items of a response with one per line.
    Lines(Box<RustType>),
    /// The runtime's type for the events of a response.
    Events(Box<RustType>),
    /// The runtime's type for an event of a response that is read as a whole.
    Event(Box<RustType>),
    /// `Option`.
    Option(Box<RustType>),
    /// The runtime's type for a value that can be absent or `null`.
    Nullable(Box<RustType>),
    /// `Box`.
    Boxed(Box<RustType>),
}

/// The types that a caller may pass for a value, and the conversion to the stored type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The type.
    pub ty: RustType,
    /// The accepted types.
    pub taken: Taken,
    /// The conversion.
    pub form: Form,
}

/// The types that are accepted for a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A value of the type.
    Itself,
    /// All types that convert to the type: `impl Into<T>`.
    Into,
    /// All iterators of the items: `impl IntoIterator<Item = T>`.
    Items,
    /// All iterators of types that convert to the items: `impl IntoIterator<Item = impl Into<T>>`.
    IntoItems,
}

/// The conversion of a passed value to the stored one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Unchanged.
    Plain,
    /// `.into()`.
    Into,
    /// `Box::new(…)`.
    Boxed,
    /// `.into_iter().collect()`.
    Collect,
    /// `.into_iter().map(Into::into).collect()`.
    CollectInto,
    /// `Some(…)`.
    Some,
    /// `Some(….into())`.
    SomeInto,
    /// `Some(Box::new(…))`.
    SomeBoxed,
    /// `Some(….into_iter().collect())`.
    SomeCollect,
    /// `Some(….into_iter().map(Into::into).collect())`.
    SomeCollectInto,
}

/// The outermost part of a type.
#[derive(Clone, Copy, Debug)]
pub enum Spelling<'t> {
    /// A name.
    Word(&'static str),
    /// The name of a type below `models`.
    Model(TypeId),
    /// A name with one type between angle brackets.
    Generic(&'static str, &'t RustType),
    /// A map from texts.
    Map(&'t RustType),
}

impl RustType {
    /// Returns the type of a present value.
    pub fn of(ty: &TypeRef) -> Self {
        let inner = |ty: &TypeRef| Box::new(Self::of(ty));
        match ty {
            TypeRef::Scalar(scalar) => Self::of_scalar(*scalar),
            TypeRef::Named(id) => Self::Model(*id),
            TypeRef::Array(item) => Self::Vec(inner(item)),
            TypeRef::Map(values) => Self::Map(inner(values)),
            TypeRef::Nullable(value) => Self::Option(inner(value)),
            TypeRef::FreeForm => Self::JsonObject,
            TypeRef::Any => Self::Value,
            TypeRef::Binary => Self::Bytes,
            TypeRef::File => Self::FilePart,
        }
    }

    /// The type of a scalar.
    pub const fn of_scalar(scalar: Scalar) -> Self {
        match scalar {
            Scalar::String => Self::String,
            Scalar::Base64 => Self::Base64,
            Scalar::Uuid => Self::Uuid,
            Scalar::Timestamp => Self::Timestamp,
            Scalar::Date => Self::Date,
            Scalar::Int32 => Self::I32,
            Scalar::Int64 => Self::I64,
            Scalar::Uint32 => Self::U32,
            Scalar::Uint64 => Self::U64,
            Scalar::Int128 => Self::I128,
            Scalar::Uint128 => Self::U128,
            Scalar::Float64 => Self::F64,
            Scalar::Bool => Self::Bool,
        }
    }

    /// The scalar of which it is the type.
    pub const fn scalar(&self) -> Option<Scalar> {
        match self {
            Self::String => Some(Scalar::String),
            Self::Base64 => Some(Scalar::Base64),
            Self::Uuid => Some(Scalar::Uuid),
            Self::Timestamp => Some(Scalar::Timestamp),
            Self::Date => Some(Scalar::Date),
            Self::I32 => Some(Scalar::Int32),
            Self::I64 => Some(Scalar::Int64),
            Self::U32 => Some(Scalar::Uint32),
            Self::U64 => Some(Scalar::Uint64),
            Self::I128 => Some(Scalar::Int128),
            Self::U128 => Some(Scalar::Uint128),
            Self::F64 => Some(Scalar::Float64),
            Self::Bool => Some(Scalar::Bool),
            _ => None,
        }
    }

    /// Returns the type that stores a value that can be absent or `null`.
    pub fn kept(ty: &TypeRef, required: bool, boxed: bool) -> Self {
        let value = Self::of(ty.without_null());
        let value = if boxed { Self::Boxed(Box::new(value)) } else { value };
        match Presence::of(required, ty) {
            Presence::Required => value,
            Presence::RequiredNullable | Presence::Optional => Self::Option(Box::new(value)),
            Presence::OptionalNullable => Self::Nullable(Box::new(value)),
        }
    }

    /// Returns the type that stores a body that can be absent or `null`: bytes can be a stream there.
    pub fn kept_body(ty: &TypeRef, required: bool) -> Self {
        let kept = Self::kept(ty, required, false);
        if *kept.value() == Self::Bytes { kept.with_value(Self::Body) } else { kept }
    }

    /// Replaces the value, without boxes.
    fn with_value(self, value: Self) -> Self {
        match self {
            Self::Option(inner) => Self::Option(Box::new(inner.with_value(value))),
            Self::Nullable(inner) => Self::Nullable(Box::new(inner.with_value(value))),
            _ => value,
        }
    }

    /// Returns the type of the value, without absence, `null` and boxes.
    pub fn value(&self) -> &Self {
        match self {
            Self::Option(inner) | Self::Nullable(inner) | Self::Boxed(inner) => inner.value(),
            other => other,
        }
    }

    /// Its values, if they are integers.
    pub fn integers(&self) -> Option<RangeInclusive<Integer>> {
        self.scalar()?.integers()
    }

    /// Whether values of the type are created from many types.
    fn has_many_forms(&self) -> bool {
        matches!(self, Self::String | Self::Base64 | Self::Bytes | Self::FilePart | Self::Body)
    }

    /// The types that this one contains, including itself.
    pub fn parts(&self) -> impl Iterator<Item = &Self> {
        std::iter::successors(Some(self), |ty| match ty {
            Self::Vec(inner)
            | Self::Map(inner)
            | Self::Lines(inner)
            | Self::Events(inner)
            | Self::Event(inner)
            | Self::Option(inner)
            | Self::Nullable(inner)
            | Self::Boxed(inner) => Some(inner),
            _ => None,
        })
    }

    /// Returns the spelling of the type.
    pub fn spelling(&self) -> Spelling<'_> {
        match self {
            Self::Bool => Spelling::Word("bool"),
            Self::I32 => Spelling::Word("i32"),
            Self::I64 => Spelling::Word("i64"),
            Self::U32 => Spelling::Word("u32"),
            Self::U64 => Spelling::Word("u64"),
            Self::I128 => Spelling::Word("i128"),
            Self::U128 => Spelling::Word("u128"),
            Self::F64 => Spelling::Word("f64"),
            Self::String => Spelling::Word("String"),
            Self::Base64 => Spelling::Word("Base64"),
            Self::Uuid => Spelling::Word("Uuid"),
            Self::Timestamp => Spelling::Word("Timestamp"),
            Self::Date => Spelling::Word("Date"),
            Self::JsonObject => Spelling::Word("JsonObject"),
            Self::Value => Spelling::Word("Value"),
            Self::Bytes => Spelling::Word("Bytes"),
            Self::FilePart => Spelling::Word("FilePart"),
            Self::Body => Spelling::Word("Body"),
            Self::Model(id) => Spelling::Model(*id),
            Self::Vec(inner) => Spelling::Generic("Vec", inner),
            Self::Map(inner) => Spelling::Map(inner),
            Self::Lines(inner) => Spelling::Generic("Lines", inner),
            Self::Events(inner) => Spelling::Generic("Events", inner),
            Self::Event(inner) => Spelling::Generic("Event", inner),
            Self::Option(inner) => Spelling::Generic("Option", inner),
            Self::Nullable(inner) => Spelling::Generic("Nullable", inner),
            Self::Boxed(inner) => Spelling::Generic("Box", inner),
        }
    }

    /// Returns the type on one line, with `model` for the name of a type below `models`.
    pub fn written(&self, model: &dyn Fn(TypeId) -> String) -> String {
        match self.spelling() {
            Spelling::Word(word) => word.to_owned(),
            Spelling::Model(id) => model(id),
            Spelling::Generic(name, inner) => format!("{name}<{}>", inner.written(model)),
            Spelling::Map(values) => format!("BTreeMap<String, {}>", values.written(model)),
        }
    }
}

impl Form {
    /// Returns the conversion of a value of the accepted type itself.
    #[must_use]
    pub const fn without_conversion(self) -> Self {
        match self {
            Self::Plain | Self::Into | Self::Collect | Self::CollectInto => Self::Plain,
            Self::Some | Self::SomeInto | Self::SomeCollect | Self::SomeCollectInto => Self::Some,
            Self::Boxed | Self::SomeBoxed => self,
        }
    }
}

impl Accepted {
    /// Whether a caller can also pass absence or `null`.
    pub fn is_wrapped(&self) -> bool {
        matches!(self.ty, RustType::Option(_) | RustType::Nullable(_))
    }

    /// Returns what a constructor, an argument or a setter accepts for a value: the value itself if it is required or
    /// not nullable, and every equivalent type if it can be absent or `null`.
    pub fn of(types: &Types, ty: &TypeRef, required: bool, boxed: bool) -> Self {
        Self::kept_as(types, ty, RustType::kept(ty, required, boxed), Presence::of(required, ty), boxed)
    }

    /// The same for a whole body.
    pub fn body(types: &Types, ty: &TypeRef, required: bool) -> Self {
        Self::kept_as(types, ty, RustType::kept_body(ty, required), Presence::of(required, ty), false)
    }

    fn kept_as(types: &Types, ty: &TypeRef, kept: RustType, presence: Presence, boxed: bool) -> Self {
        // A named list is accepted as a plain list.
        let value = match types.unaliased(ty.without_null()) {
            list @ TypeRef::Array(_) => RustType::of(list),
            _ => kept.value().clone(),
        };
        let taken = |ty: RustType, taken: Taken, form: Form| Self { ty, taken, form };
        // A type that is created from many types accepts all of them.
        let by = match &value {
            ty if ty.has_many_forms() => Taken::Into,
            RustType::Vec(item) if !boxed && item.has_many_forms() => Taken::IntoItems,
            RustType::Vec(_) if !boxed => Taken::Items,
            _ => Taken::Itself,
        };
        match (presence, by) {
            (Presence::OptionalNullable, _) => taken(kept, Taken::Into, Form::Into),
            (Presence::RequiredNullable, _) => taken(kept, Taken::Itself, Form::Plain),
            (Presence::Required, Taken::Into) => taken(value, by, Form::Into),
            (Presence::Required, Taken::Items) => taken(value, by, Form::Collect),
            (Presence::Required, Taken::IntoItems) => taken(value, by, Form::CollectInto),
            (Presence::Required, Taken::Itself) => taken(value, by, if boxed { Form::Boxed } else { Form::Plain }),
            (Presence::Optional, Taken::Into) => taken(value, by, Form::SomeInto),
            (Presence::Optional, Taken::Items) => taken(value, by, Form::SomeCollect),
            (Presence::Optional, Taken::IntoItems) => taken(value, by, Form::SomeCollectInto),
            (Presence::Optional, Taken::Itself) => taken(value, by, if boxed { Form::SomeBoxed } else { Form::Some }),
        }
    }
}
