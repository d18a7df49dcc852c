//! Models: what a type below `models` is to a caller.

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
    /// Whether emitted files need its name for something else, so that it is not imported there.
    pub shadows: bool,
    /// What is derived for it, in the order in which it is written.
    pub derives: Vec<Derive>,
    /// What it is.
    pub kind: Kind,
    /// Which features it needs.
    pub gate: Gate,
}

/// What a type is.
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
    /// The field that holds, by their names, the properties that the spec does not list, where it gives them a type.
    pub others: Option<Others>,
    /// The struct by which `new` is given what it asks for, where two of the fields could be mistaken for one another.
    pub fields: Option<Ident>,
    /// How an empty one is made without naming its constructor.
    pub default: DefaultImpl,
}

/// The field of a struct that holds what has no field of its own.
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
    /// It is not: something has to be given.
    No,
    /// It is derived.
    Derived,
    /// It is written out, because constants have to be filled in.
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
    /// How it gets its value.
    pub filled: Filled,
}

/// How a field is read and written: a word in the tables of the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// It is always there.
    Required,
    /// It is absent where it is unset.
    Optional,
    /// It may be absent, `null` or a value.
    Nullable,
}

/// How a field of a new value gets its value.
#[derive(Clone, Debug, PartialEq)]
pub enum Filled {
    /// `new` asks for it.
    Argument(Accepted),
    /// It is unset until its setter is called.
    Setter(Accepted),
    /// It can only be this variant of its type, or it is the one by which unions tell its object.
    Constant(Ident),
    /// It is the text by which unions tell its object.
    Tag(String),
    /// It is unset: only the server sets it.
    Server,
}

impl Member {
    /// What a caller may give for it.
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

/// The Rust type that a schema becomes; `has_equality` if its values can be keys.
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
    let is_asked_for = |member: &Member| matches!(member.filled, Filled::Argument(_));
    let is_constant = |member: &Member| matches!(member.filled, Filled::Constant(_) | Filled::Tag(_));
    let default = if members.iter().any(is_asked_for) {
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
            Presence::Required | Presence::RequiredNullable => Word::Required,
            Presence::Optional => Word::Optional,
            Presence::OptionalNullable => Word::Nullable,
        },
        filled: match (constant(types, field, all), &field.tag) {
            (Some(variant), _) => Filled::Constant(variant.clone()),
            (None, Some(tag)) => Filled::Tag(tag.clone()),
            (None, None) if field.read_only => Filled::Server,
            (None, None) if field.is_asked_for() => Filled::Argument(accepted),
            (None, None) => Filled::Setter(accepted),
        },
    }
}

/// The variant of the enum that a field is filled in with.
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
