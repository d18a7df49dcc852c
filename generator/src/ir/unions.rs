//! Unions: values that are one of several types.

use serde::Serialize;

use super::{Docs, TypeRef};
use crate::pointer::Pointer;

/// A choice between types, from `oneOf` or `anyOf`. What is none of them is kept.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Union {
    /// The property of objects that tells which it is, from `discriminator.propertyName`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The types, in the order of the spec. No two are the same.
    pub variants: Vec<UnionVariant>,
}

/// A type that a value of a union can be of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnionVariant {
    /// What tells it from the others, in words: the name of its schema, or what it has for itself.
    pub name: String,
    /// The Rust name that the spec asks for, from `x-rust-name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rust_name: Option<String>,
    /// Where it stands in the spec.
    pub pointer: Pointer,
    /// What the spec says about it.
    pub docs: Docs,
    /// Its type, `null` aside: that is a value of the union.
    pub ty: TypeRef,
    /// Whether the value lies behind a pointer: objects do, so that the union stays small however they grow, and what
    /// would contain itself otherwise.
    pub boxed: bool,
    /// The texts of the tag that mean it, from `discriminator.mapping`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mapped: Vec<String>,
    /// The name of its schema, which the tag has where nothing else is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
}
