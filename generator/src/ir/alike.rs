//! Values that a caller could confuse without an error of the compiler.

use std::collections::BTreeSet;

use super::{Field, Scalar, TypeRef, Types};

impl Types {
    /// Returns the kind of values that a type accepts, as far as the compiler distinguishes them in an argument.
    pub fn kind(&self, ty: &TypeRef) -> String {
        match self.unaliased(ty) {
            TypeRef::Scalar(scalar) if scalar.integers().is_some() || *scalar == Scalar::Float64 => "number".to_owned(),
            TypeRef::Scalar(scalar) => format!("{scalar:?}"),
            TypeRef::Named(id) => format!("#{}", id.0),
            TypeRef::Array(item) => format!("[{}]", self.kind(item)),
            TypeRef::Map(values) => format!("{{{}}}", self.kind(values)),
            TypeRef::Nullable(value) => format!("{}?", self.kind(value)),
            TypeRef::FreeForm => "{}".to_owned(),
            TypeRef::Any => "any".to_owned(),
            TypeRef::Binary => "bytes".to_owned(),
            TypeRef::File => "file".to_owned(),
        }
    }

    /// Whether the constructor of an object has several arguments that could be mistaken for one another.
    pub fn has_arguments_of_one_type(&self, fields: &[Field]) -> bool {
        let mut kinds = BTreeSet::new();
        fields.iter().filter(|field| field.is_argument()).any(|field| !kinds.insert(self.kind(&field.ty)))
    }
}
