//! Pairs the types of the two sides, and compares types of values.

use std::collections::{BTreeMap, BTreeSet};

use super::lists::matched;
use super::{Class, Comparison, Side};
use crate::ir::{Api, Field, Operation, Scalar, Shape, TypeDef, TypeId, TypeRef, UnionVariant, Uses};
use crate::surface::{Accepted, Kind, RustType, Surface};

/// The corresponding types of both sides, and their uses.
pub(super) struct Pairs {
    /// The new type of each old one.
    new_of: Vec<Option<TypeId>>,
    old: Uses,
    new: Uses,
}

/// The uses of a type, on either side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use {
    /// It is a part of requests.
    pub(super) sent: bool,
    /// It is a part of responses.
    pub(super) received: bool,
}

/// A shape without its documentation.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Outline<'a> {
    /// Name, whether it is required, whether it is boxed, type; the type of all other fields.
    Object(Vec<(&'a str, bool, bool, TypeRef)>, Option<TypeRef>),
    /// The type of its integers, if it has any.
    Enum(Option<Scalar>, Vec<&'a str>),
    /// The tag; for each variant its name, whether it is boxed, its type.
    Union(Option<&'a str>, Vec<(&'a str, bool, TypeRef)>),
    Scalar(Scalar),
    Alias(TypeRef),
}

/// An id that no type of the new side has.
const GONE: TypeId = TypeId(usize::MAX);

impl Pairs {
    /// Pairs types with the same name in the spec, then those with the same name in Rust, then renamed types: the only
    /// removed and the only added type of the same shape.
    pub(super) fn new(old: Side<'_>, new: Side<'_>) -> Self {
        type Named<'a> = ((TypeId, &'a TypeDef), String);
        let [before, after] = [old, new].map(|side| -> Vec<Named<'_>> {
            side.api.types.iter().zip(side.surface.types.iter().map(|ty| ty.ident.to_string())).collect()
        });
        let by_name = |_: usize, ((_, def), _): &Named<'_>| Some(def.name.clone());
        let by_ident = |_: usize, (_, ident): &Named<'_>| Some(ident.clone());
        let types = matched(&before, &after, &[&by_name, &by_ident]);
        let mut pairs = Self { new_of: vec![None; before.len()], old: old.api.uses(), new: new.api.uses() };
        for (((old, _), _), ((new, _), _)) in types.kept {
            pairs.new_of[old.0] = Some(*new);
        }
        let [gone, added] = [types.gone, types.added].map(|types| types.into_iter().map(|(ty, _)| *ty).collect());
        pairs.by_shape(gone, added);
        pairs
    }

    /// Pairs types whose shape is unique among the unpaired types of their side.
    fn by_shape(&mut self, mut gone: Vec<(TypeId, &TypeDef)>, mut added: Vec<(TypeId, &TypeDef)>) {
        loop {
            let mut alike: BTreeMap<Outline<'_>, [Vec<TypeId>; 2]> = BTreeMap::new();
            for (id, def) in &gone {
                alike.entry(Outline::of(def, &|ty| self.translated(ty))).or_default()[0].push(*id);
            }
            for (id, def) in &added {
                alike.entry(Outline::of(def, &TypeRef::clone)).or_default()[1].push(*id);
            }
            let unique = alike.values().filter(|[old, new]| old.len() == 1 && new.len() == 1);
            let renamed: BTreeMap<TypeId, TypeId> = unique.map(|[old, new]| (old[0], new[0])).collect();
            if renamed.is_empty() {
                return;
            }
            // Types that refer to them can now be equal too.
            let taken: BTreeSet<TypeId> = renamed.values().copied().collect();
            gone.retain(|(id, _)| !renamed.contains_key(id));
            added.retain(|(id, _)| !taken.contains(id));
            renamed.into_iter().for_each(|(old, new)| self.new_of[old.0] = Some(new));
        }
    }

    /// The new types that existed before.
    pub(super) fn kept(&self) -> impl Iterator<Item = TypeId> {
        self.new_of.iter().flatten().copied()
    }

    /// The new type of an old one.
    pub(super) fn new_of(&self, old: TypeId) -> Option<TypeId> {
        self.new_of[old.0]
    }

    /// The uses of a type that both sides have.
    pub(super) fn uses(&self, old: TypeId, new: TypeId) -> Use {
        Use {
            sent: self.old.sent.contains(&old) || self.new.sent.contains(&new),
            received: self.old.received.contains(&old) || self.new.received.contains(&new),
        }
    }

    /// Converts an old type to the ids of the new side.
    fn translated(&self, old: &TypeRef) -> TypeRef {
        let inner = |ty: &TypeRef| Box::new(self.translated(ty));
        match old {
            TypeRef::Named(id) => TypeRef::Named(self.new_of(*id).unwrap_or(GONE)),
            TypeRef::Array(item) => TypeRef::Array(inner(item)),
            TypeRef::Map(values) => TypeRef::Map(inner(values)),
            TypeRef::Nullable(value) => TypeRef::Nullable(inner(value)),
            TypeRef::Scalar(_) | TypeRef::FreeForm | TypeRef::Any | TypeRef::Binary | TypeRef::File => old.clone(),
        }
    }
}

impl Comparison<'_> {
    /// Returns the effect of replacing a Rust type by another: none if it is written the same, [`Class::Docs`] if it is
    /// the same by another name.
    pub(super) fn retyped(&self, old: &RustType, new: &RustType) -> Option<Class> {
        match (old, new) {
            (RustType::Model(id), RustType::Model(other)) if self.pairs.new_of(*id) == Some(*other) => None,
            (RustType::Vec(old), RustType::Vec(new))
            | (RustType::Map(old), RustType::Map(new))
            | (RustType::Option(old), RustType::Option(new))
            | (RustType::Nullable(old), RustType::Nullable(new))
            | (RustType::Boxed(old), RustType::Boxed(new)) => self.retyped(old, new),
            (old, new) => match (alias(self.old.surface, old), alias(self.new.surface, new)) {
                (Some(old), _) => Some(self.retyped(old, new).unwrap_or(Class::Docs)),
                (None, Some(new)) => Some(self.retyped(old, new).unwrap_or(Class::Docs)),
                (None, None) => (old != new || matches!(old, RustType::Model(_))).then_some(Class::Compile),
            },
        }
    }

    /// [`Self::retyped`] for the accepted types of an input.
    pub(super) fn accepts(&self, old: &Accepted, new: &Accepted) -> Option<Class> {
        let Accepted { ty, taken, form: _ } = new; // … callers do not see how it is converted
        if old.taken == *taken { self.retyped(&old.ty, ty) } else { Some(Class::Compile) }
    }

    /// Whether everything that the old inputs accept, in order, the new ones accept too.
    pub(super) fn all_accepted(&self, old: &[&Accepted], new: &[&Accepted]) -> bool {
        let mut both = old.iter().zip(new);
        old.len() == new.len() && both.all(|(old, new)| self.accepts(old, new) != Some(Class::Compile))
    }

    /// Whether two types are the same in JSON, except for `null`: named types are compared by their content.
    pub(super) fn same_json(&self, old: &TypeRef, new: &TypeRef) -> bool {
        self.same_values(old.without_null(), new.without_null())
    }

    fn same_values(&self, old: &TypeRef, new: &TypeRef) -> bool {
        match (self.old.api.types.unaliased(old), self.new.api.types.unaliased(new)) {
            (TypeRef::Array(old), TypeRef::Array(new))
            | (TypeRef::Map(old), TypeRef::Map(new))
            | (TypeRef::Nullable(old), TypeRef::Nullable(new)) => self.same_values(old, new),
            (old, new) => match (scalar(self.old.api, old), scalar(self.new.api, new)) {
                (None, None) => self.pairs.translated(old) == *new,
                (old, new) => old == new,
            },
        }
    }
}

impl<'a> Outline<'a> {
    fn of(def: &'a TypeDef, ty: &dyn Fn(&TypeRef) -> TypeRef) -> Self {
        let field = |field: &'a Field| (field.name.as_str(), field.required, field.boxed, ty(&field.ty));
        match &def.shape {
            Shape::Object { fields, others } => {
                let others = others.as_ref().map(|others| ty(&others.ty));
                Self::Object(fields.iter().map(field).collect(), others)
            }
            Shape::Enum(values) => Self::Enum(None, values.iter().map(|value| value.value.as_str()).collect()),
            Shape::IntegerEnum(scalar, values) => {
                Self::Enum(Some(*scalar), values.iter().map(|value| value.value.as_str()).collect())
            }
            Shape::Union(union) => {
                let variant = |variant: &'a UnionVariant| (variant.name.as_str(), variant.boxed, ty(&variant.ty));
                Self::Union(union.tag.as_deref(), union.variants.iter().map(variant).collect())
            }
            Shape::Scalar(scalar) => Self::Scalar(*scalar),
            Shape::Alias(target) => Self::Alias(ty(target)),
        }
    }
}

/// Returns the types that an operation sends or receives.
pub(super) fn types_of(api: &Api, operation: &Operation) -> BTreeSet<TypeId> {
    let uses = api.uses_of(operation);
    uses.sent.union(&uses.received).copied().collect()
}

/// Returns the type for which a type is another name.
fn alias<'s>(surface: &'s Surface, ty: &RustType) -> Option<&'s RustType> {
    match ty {
        RustType::Model(id) => match &surface.model(*id).kind {
            Kind::Alias(target) => Some(target),
            Kind::Struct(_) | Kind::Enum(_) | Kind::IntegerEnum(..) | Kind::Union(_) | Kind::Newtype(_) => None,
        },
        _ => None,
    }
}

/// Returns the scalar of a type in JSON.
fn scalar(api: &Api, ty: &TypeRef) -> Option<Scalar> {
    match ty {
        TypeRef::Scalar(scalar) => Some(*scalar),
        TypeRef::Named(id) => match &api.types[*id].shape {
            Shape::Scalar(scalar) => Some(*scalar),
            Shape::Enum(_) => Some(Scalar::String),
            Shape::IntegerEnum(scalar, _) => Some(*scalar),
            Shape::Object { .. } | Shape::Union(_) | Shape::Alias(_) => None,
        },
        _ => None,
    }
}
