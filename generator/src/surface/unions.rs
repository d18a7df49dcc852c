//! Unions: how a variant stores its value, and how callers create and access it.

use super::rust_type::RustType;
use crate::ident::Ident;
use crate::ir::{self, Evidence, Scalar, Shape, TypeRef, Types};
use crate::names::TypeNames;

/// An enum of several types, with a variant for each and one for all others.
#[derive(Clone, Debug)]
pub struct Union {
    /// The property of objects whose text selects the variant.
    pub tag: Option<String>,
    /// The variants, in the order of the spec.
    pub variants: Vec<UnionVariant>,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Its name.
    pub ident: Ident,
    /// The type of its value, without a box.
    pub ty: RustType,
    /// How it stores its value: a word in the tables of the runtime.
    pub form: VariantForm,
    /// The method that returns it.
    pub accessor: Ident,
    /// Whether `From` converts a value of its type to the union: no other variant has that type.
    pub is_made_by_from: bool,
    /// The evidence for it.
    pub evidence: Evidence,
}

/// How a variant stores its value, and the return type of its accessor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariantForm {
    /// Behind a pointer; returned by reference.
    Boxed,
    /// Unboxed; returned by reference.
    Plain,
    /// Unboxed; returned by value.
    Copied,
    /// A `Vec`; returned as a slice.
    List,
    /// A `String`; returned as a `&str`.
    Text,
}

impl UnionVariant {
    /// Returns the type of the stored value.
    pub fn held(&self) -> RustType {
        match self.form {
            VariantForm::Boxed => RustType::Boxed(Box::new(self.ty.clone())),
            VariantForm::Plain | VariantForm::Copied | VariantForm::List | VariantForm::Text => self.ty.clone(),
        }
    }
}

pub(super) fn union(types: &Types, union: &ir::Union, names: &TypeNames) -> Union {
    let ir::Distinction { tag, variants: evidence } = types.distinction(union);
    let resolved: Vec<RustType> = union.variants.iter().map(|variant| resolved(types, &variant.ty)).collect();
    let named = names.members.iter().zip(&names.accessors);
    let variants = union.variants.iter().zip(named).zip(evidence).zip(&resolved);
    let variants = variants.map(|(((variant, (ident, accessor)), evidence), own)| UnionVariant {
        ident: ident.clone(),
        ty: RustType::of(&variant.ty),
        form: form(types, variant, own),
        accessor: accessor.clone(),
        is_made_by_from: resolved.iter().filter(|other| *other == own).count() == 1,
        evidence,
    });
    Union { tag, variants: variants.collect() }
}

fn form(types: &Types, variant: &ir::UnionVariant, resolved: &RustType) -> VariantForm {
    if variant.boxed {
        return VariantForm::Boxed;
    }
    let is_alias = matches!(&variant.ty, TypeRef::Named(id) if matches!(types[*id].shape, Shape::Alias(_)));
    match resolved {
        RustType::Vec(_) if !is_alias => VariantForm::List,
        RustType::String => VariantForm::Text,
        RustType::Model(id) => match types[*id].shape {
            Shape::Scalar(scalar) if scalar.is_copy() => VariantForm::Copied,
            Shape::IntegerEnum(..) => VariantForm::Copied,
            _ => VariantForm::Plain,
        },
        ty if ty.scalar().is_some_and(Scalar::is_copy) => VariantForm::Copied,
        _ => VariantForm::Plain,
    }
}

/// Returns a type with all aliases replaced, also in its parts: the compiler does not distinguish aliases.
fn resolved(types: &Types, ty: &TypeRef) -> RustType {
    let inner = |ty: &TypeRef| Box::new(resolved(types, ty));
    match types.unaliased(ty) {
        TypeRef::Array(item) => RustType::Vec(inner(item)),
        TypeRef::Map(values) => RustType::Map(inner(values)),
        TypeRef::Nullable(value) => RustType::Option(inner(value)),
        ty => RustType::of(ty),
    }
}
