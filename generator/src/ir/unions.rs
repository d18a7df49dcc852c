//! Unions: values that are one of several types.

use serde::Serialize;

use super::{Docs, TypeRef};
use crate::pointer::Pointer;

/// A choice between types, from `oneOf` or `anyOf`. A value of none of them is kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Union {
    /// The property of objects that selects the type, from `discriminator.propertyName`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The types, in the order of the spec. No two are the same.
    pub variants: Vec<UnionVariant>,
}

/// A type that a value of a union can be of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnionVariant {
    /// Its distinguishing name: that of its schema, or words about its content.
    pub name: String,
    /// The Rust name that the spec sets, from `x-rust-name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rust_name: Option<String>,
    /// Its place in the spec.
    pub pointer: Pointer,
    /// Its documentation in the spec.
    pub docs: Docs,
    /// Its type, without `null`, which is a value of the union.
    pub ty: TypeRef,
    /// Whether the value is behind a pointer: objects are, so that the union stays small however they grow; and so is a
    /// type that would otherwise contain itself.
    pub boxed: bool,
    /// The texts of the tag that select it, from `discriminator.mapping`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mapped: Vec<String>,
    /// The name of its schema, which is the default text of the tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
}
