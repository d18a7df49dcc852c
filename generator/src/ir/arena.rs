//! All types of an API in one list, and walks over them.

use std::collections::BTreeSet;
use std::ops::Index;

use serde::Serialize;

use super::{Field, Limits, Scalar, Shape, TypeDef, TypeRef};

/// A type in [`Types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct TypeId(pub usize);

/// The types of an API, identified by their index.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Types(Vec<TypeDef>);

/// A field inside a value: the fields on the path to it, each with its object. Aliases of objects are followed, so each
/// step is a field of its [`Shape::Object`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct FieldPath(Vec<Step>);

/// A step of a [`FieldPath`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Step {
    /// The object.
    pub object: TypeId,
    /// The index of the field in the object.
    pub field: usize,
}

impl Types {
    /// Creates a list of types, whose ids are their indices.
    pub fn new(types: Vec<TypeDef>) -> Self {
        Self(types)
    }

    /// Changes the shapes of the types.
    #[must_use]
    pub fn map(self, mut shape: impl FnMut(TypeId, Shape) -> Shape) -> Self {
        let types = self.0.into_iter().enumerate();
        Self(types.map(|(index, def)| TypeDef { shape: shape(TypeId(index), def.shape), ..def }).collect())
    }

    /// Every type with its id.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (TypeId, &TypeDef)> + DoubleEndedIterator {
        self.0.iter().enumerate().map(|(index, def)| (TypeId(index), def))
    }

    /// The number of types.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no types.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the type behind aliases. A cycle of aliases ends at any of its members.
    pub fn unaliased<'t>(&'t self, ty: &'t TypeRef) -> &'t TypeRef {
        let mut ty = ty;
        for _ in 0..=self.0.len() {
            match ty {
                TypeRef::Named(id) => match &self[*id].shape {
                    Shape::Alias(target) => ty = target,
                    Shape::Object { .. }
                    | Shape::Enum(_)
                    | Shape::IntegerEnum(..)
                    | Shape::Union(_)
                    | Shape::Scalar(_) => {
                        return ty;
                    }
                },
                _ => return ty,
            }
        }
        ty
    }

    /// Returns the limits of a value: its own, and those of the aliases of its type.
    pub fn limits(&self, own: &Limits, ty: &TypeRef) -> Limits {
        let (mut limits, mut ty) = (own.clone(), ty);
        for _ in 0..=self.0.len() {
            let TypeRef::Named(id) = ty else { break };
            let definition = &self[*id];
            limits = limits.and(definition.docs.limits.clone());
            let Shape::Alias(target) = &definition.shape else { break };
            ty = target;
        }
        limits
    }

    /// Returns the definition that a type names, through aliases.
    pub fn definition(&self, ty: &TypeRef) -> Option<&TypeDef> {
        match self.unaliased(ty) {
            TypeRef::Named(id) => Some(&self[*id]),
            _ => None,
        }
    }

    /// Returns the object of a type, with its fields.
    pub fn object(&self, ty: &TypeRef) -> Option<(TypeId, &[Field])> {
        match self.unaliased(ty) {
            TypeRef::Named(id) => match &self[*id].shape {
                Shape::Object { fields, .. } => Some((*id, fields)),
                Shape::Enum(_) | Shape::IntegerEnum(..) | Shape::Union(_) | Shape::Scalar(_) | Shape::Alias(_) => None,
            },
            _ => None,
        }
    }

    /// Whether a value is a text, number or boolean, whose text is its form on the wire.
    pub fn is_scalar(&self, ty: &TypeRef) -> bool {
        match self.unaliased(ty) {
            TypeRef::Scalar(_) => true,
            TypeRef::Named(id) => matches!(self[*id].shape, Shape::Scalar(_) | Shape::Enum(_) | Shape::IntegerEnum(..)),
            _ => false,
        }
    }

    /// Whether a value is an integer, with a named type or not.
    pub fn is_integer(&self, ty: &TypeRef) -> bool {
        let is_integer = |scalar: &Scalar| scalar.integers().is_some();
        match self.unaliased(ty) {
            TypeRef::Scalar(scalar) => is_integer(scalar),
            TypeRef::Named(id) => matches!(&self[*id].shape, Shape::Scalar(scalar) if is_integer(scalar)),
            _ => false,
        }
    }

    /// Returns the path of these names from a value of type `ty`; `None` if one of them is not a field. Nullable values
    /// on the path are followed.
    pub fn path<'n>(&self, ty: &TypeRef, names: impl IntoIterator<Item = &'n str>) -> Option<FieldPath> {
        let mut path = FieldPath::default();
        let mut ty = ty;
        for name in names {
            let (object, fields) = self.object(ty.without_null())?;
            let field = fields.iter().position(|field| field.name == name)?;
            path = path.then(object, field);
            ty = &fields[field].ty;
        }
        (!path.0.is_empty()).then_some(path)
    }

    /// The fields on a path, in order.
    pub fn fields<'t>(&'t self, path: &'t FieldPath) -> impl DoubleEndedIterator<Item = &'t Field> {
        path.0.iter().filter_map(|step| match &self[step.object].shape {
            Shape::Object { fields, .. } => fields.get(step.field),
            Shape::Enum(_) | Shape::IntegerEnum(..) | Shape::Union(_) | Shape::Scalar(_) | Shape::Alias(_) => None,
        })
    }

    /// Adds every type that a type contains, including itself.
    pub fn reach<'t>(&'t self, ty: &'t TypeRef, reached: &mut BTreeSet<TypeId>) {
        let mut waiting = vec![ty];
        while let Some(ty) = waiting.pop() {
            match ty {
                TypeRef::Named(id) if reached.insert(*id) => match &self[*id].shape {
                    Shape::Object { fields, others } => {
                        waiting.extend(fields.iter().map(|field| &field.ty));
                        waiting.extend(others.iter().map(|others| &others.ty));
                    }
                    Shape::Union(union) => waiting.extend(union.variants.iter().map(|variant| &variant.ty)),
                    Shape::Alias(target) => waiting.push(target),
                    Shape::Enum(_) | Shape::IntegerEnum(..) | Shape::Scalar(_) => {}
                },
                TypeRef::Array(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => waiting.push(inner),
                TypeRef::Named(_)
                | TypeRef::Scalar(_)
                | TypeRef::FreeForm
                | TypeRef::Any
                | TypeRef::Binary
                | TypeRef::File => {}
            }
        }
    }

    /// Returns the names of the fields on a path, as in JSON.
    pub fn names<'t>(&'t self, path: &'t FieldPath) -> Vec<&'t str> {
        self.fields(path).map(|field| field.name.as_str()).collect()
    }
}

impl Default for FieldPath {
    fn default() -> Self {
        Self::start()
    }
}

impl FieldPath {
    /// The empty path, which leads to the value itself.
    pub const fn start() -> Self {
        Self(Vec::new())
    }

    /// Extends the path by a field of the object that it leads to.
    #[must_use]
    pub fn then(&self, object: TypeId, field: usize) -> Self {
        let mut steps = self.0.clone();
        steps.push(Step { object, field });
        Self(steps)
    }

    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }
}

impl Index<TypeId> for Types {
    type Output = TypeDef;

    fn index(&self, id: TypeId) -> &TypeDef {
        &self.0[id.0]
    }
}
