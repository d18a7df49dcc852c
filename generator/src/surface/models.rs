//! Models: the types below `models`, as callers see them.

use super::derives::{self, Derive};
use super::features::Gate;
use super::rust_type::{Accepted, RustType};
use super::unions::{self, Union};
use crate::ident::Ident;
use crate::ir::{EnumValue, Field, Presence, Shape, TypeDef, TypeRef, Types};
use crate::names::TypeNames;

/// A type below `models`.
#[derive(Clone, Debug)]
pub struct Type {
    /// Its name.
    pub ident: Ident,
    /// Its module, which is also the name of its file.
    pub module: Ident,
    /// Whether emitted files use its name for something else, so that it is not imported there.
    pub shadows: bool,
    /// The derived traits, in the order in which they are written.
    pub derives: Vec<Derive>,
    /// Its kind.
    pub kind: Kind,
    /// The features that it needs.
    pub gate: Gate,
}

/// The kind of a type.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A struct with a field for each property and one for all others.
    Struct(Struct),
    /// An enum with a variant for each text and one for all others.
    Enum(Vec<Variant>),
    /// The same of integers of this type.
    IntegerEnum(RustType, Vec<Variant>),
    /// An enum with a variant for each type and one for all other values.
    Union(Union),
    /// A struct around a value without a name.
    Newtype(RustType),
    /// Another name for a type.
    Alias(RustType),
}

/// A struct.
#[derive(Clone, Debug)]
pub struct Struct {
    /// The fields, in the order of the spec.
    pub members: Vec<Member>,
    /// The field for the properties that the spec does not list, by name, if they have a type.
    pub others: Option<Others>,
    /// The struct that `new` takes, if two of the fields could be mistaken for one another.
    pub fields: Option<Ident>,
    /// How `Default` is implemented.
    pub default: DefaultImpl,
}

/// The field of a struct for properties without a field of their own.
#[derive(Clone, Debug)]
pub struct Others {
    /// Its name, and that of its setter.
    pub ident: Ident,
    /// Its type: a map.
    pub ty: RustType,
}

/// Whether and how `Default` is implemented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DefaultImpl {
    /// It is not: a value is required.
    No,
    /// It is derived.
    Derived,
    /// It is written out, because it fills in constants.
    Written,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name.
    pub ident: Ident,
    /// Its type.
    pub ty: RustType,
    /// How it is read and written.
    pub word: Word,
    /// The source of its value.
    pub filled: Filled,
}

/// How a field is read and written: a word in the tables of the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// It is always present, and never `null`.
    Required,
    /// It is always present, and may be `null`.
    RequiredNullable,
    /// It is absent if it is unset.
    Optional,
    /// It may be absent, `null` or a value.
    Nullable,
}

/// The source of a field's value in a new struct.
#[derive(Clone, Debug, PartialEq)]
pub enum Filled {
    /// An argument of `new`.
    Argument(Accepted),
    /// It is unset until its setter is called.
    Setter(Accepted),
    /// The only possible variant of its type, or the one by which unions recognize its object.
    Constant(Ident),
    /// The text by which unions recognize its object.
    Tag(String),
    /// It is unset: only the server sets it.
    Server,
}

impl Member {
    /// Returns the type that callers may pass for it.
    pub fn accepted(&self) -> Option<&Accepted> {
        match &self.filled {
            Filled::Argument(accepted) | Filled::Setter(accepted) => Some(accepted),
            Filled::Constant(_) | Filled::Tag(_) | Filled::Server => None,
        }
    }
}

/// A variant of an enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its name.
    pub ident: Ident,
    /// The text that it represents, or the integer in decimal.
    pub value: String,
}

/// Returns the Rust type of a schema; `has_equality` if its values can be keys.
pub(super) fn model(types: &Types, def: &TypeDef, names: &TypeNames, all: &[TypeNames], has_equality: bool) -> Type {
    let kind = match &def.shape {
        Shape::Object { fields, others } => {
            let mut object = object(types, fields, &names.members, all);
            object.fields.clone_from(&names.fields);
            let others = others.as_ref().zip(names.members.get(fields.len()));
            object.others = others.map(|(others, ident)| Others { ident: ident.clone(), ty: RustType::of(&others.ty) });
            Kind::Struct(object)
        }
        Shape::Enum(values) => Kind::Enum(variants(values, names)),
        Shape::IntegerEnum(scalar, values) => Kind::IntegerEnum(RustType::of_scalar(*scalar), variants(values, names)),
        Shape::Union(union) => Kind::Union(unions::union(types, union, names)),
        Shape::Scalar(scalar) => Kind::Newtype(RustType::of_scalar(*scalar)),
        Shape::Alias(target) => Kind::Alias(RustType::of(target)),
    };
    let derives = derives::of(&kind, has_equality);
    Type {
        ident: names.ident.clone(),
        module: names.module.clone(),
        shadows: names.shadows,
        derives,
        kind,
        gate: Gate::default(),
    }
}

fn variants(values: &[EnumValue], names: &TypeNames) -> Vec<Variant> {
    let variants = values.iter().zip(&names.members);
    variants.map(|(value, ident)| Variant { ident: ident.clone(), value: value.value.clone() }).collect()
}

fn object(types: &Types, fields: &[Field], members: &[Ident], all: &[TypeNames]) -> Struct {
    let members = fields.iter().zip(members).map(|(field, ident)| member(types, field, ident, all));
    let members: Vec<Member> = members.collect();
    let is_argument = |member: &Member| matches!(member.filled, Filled::Argument(_));
    let is_constant = |member: &Member| matches!(member.filled, Filled::Constant(_) | Filled::Tag(_));
    let default = if members.iter().any(is_argument) {
        DefaultImpl::No
    } else if members.iter().any(is_constant) {
        DefaultImpl::Written
    } else {
        DefaultImpl::Derived
    };
    Struct { members, others: None, fields: None, default }
}

fn member(types: &Types, field: &Field, ident: &Ident, all: &[TypeNames]) -> Member {
    let accepted = Accepted::of(types, &field.ty, field.required, field.boxed);
    Member {
        ident: ident.clone(),
        ty: RustType::kept(&field.ty, field.required, field.boxed),
        word: match field.presence() {
            Presence::Required => Word::Required,
            Presence::RequiredNullable => Word::RequiredNullable,
            Presence::Optional => Word::Optional,
            Presence::OptionalNullable => Word::Nullable,
        },
        filled: match (constant(types, field, all), &field.tag) {
            (Some(variant), _) => Filled::Constant(variant.clone()),
            (None, Some(tag)) => Filled::Tag(tag.clone()),
            (None, None) if field.read_only => Filled::Server,
            (None, None) if field.is_argument() => Filled::Argument(accepted),
            (None, None) => Filled::Setter(accepted),
        },
    }
}

/// Returns the variant of the enum that is filled in for a field.
fn constant<'n>(types: &Types, field: &Field, all: &'n [TypeNames]) -> Option<&'n Ident> {
    let TypeRef::Named(id) = field.ty else { return None };
    let values = types[id].shape.enum_values()?;
    let place = match &field.tag {
        Some(tag) => values.iter().position(|value| value.value == *tag)?,
        None if field.constant => 0,
        None => return None,
    };
    all[id.0].members.get(place)
}
