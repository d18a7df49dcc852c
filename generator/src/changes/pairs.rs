//! Which type of one side is which of the other, and whether two types of values are the same.

use std::collections::{BTreeMap, BTreeSet};

use super::Side;
use crate::ir::{Api, Field, Scalar, Shape, TypeDef, TypeId, TypeRef};

/// The types of both sides that belong together, and what they are used for.
pub(super) struct Pairs {
    /// The new type of each old one.
    new_of: Vec<Option<TypeId>>,
    /// The old type of each new one.
    old_of: Vec<Option<TypeId>>,
    old: Uses,
    new: Uses,
}

/// The types of one side that are part of a request or of an answer.
struct Uses {
    sent: BTreeSet<TypeId>,
    received: BTreeSet<TypeId>,
}

/// What a type is used for, on either side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use {
    /// It is a part of requests.
    pub(super) sent: bool,
    /// It is a part of answers.
    pub(super) received: bool,
}

impl Pairs {
    /// Pairs what has the same name in the spec, then what has the same name in Rust, then what was renamed: the one type
    /// that is gone and the one type that is new of the same shape.
    pub(super) fn new(old: Side<'_>, new: Side<'_>) -> Self {
        let mut pairs = Self {
            new_of: vec![None; old.api.types.len()],
            old_of: vec![None; new.api.types.len()],
            old: Uses::of(old.api),
            new: Uses::of(new.api),
        };
        let name = |side: Side<'_>, id: usize| side.api.types[id].name.clone();
        let ident = |side: Side<'_>, id: usize| side.names.types[id].ident.to_string();
        pairs.by_key(old, new, name);
        pairs.by_key(old, new, ident);
        pairs.by_shape(old.api, new.api);
        pairs
    }

    fn by_key(&mut self, old: Side<'_>, new: Side<'_>, key: impl Fn(Side<'_>, usize) -> String) {
        let left: BTreeMap<String, usize> = unpaired(&self.old_of).map(|id| (key(new, id), id)).collect();
        for id in unpaired(&self.new_of).collect::<Vec<_>>() {
            if let Some(partner) = left.get(&key(old, id)) {
                self.pair(id, *partner);
            }
        }
    }

    fn by_shape(&mut self, old: &Api, new: &Api) {
        for id in unpaired(&self.new_of).collect::<Vec<_>>() {
            let alike = |a: usize, b: usize| self.same_shape(&old.types[a].shape, &new.types[b].shape);
            let partners: Vec<usize> = unpaired(&self.old_of).filter(|partner| alike(id, *partner)).collect();
            let [partner] = partners[..] else { continue };
            if unpaired(&self.new_of).filter(|other| alike(*other, partner)).count() == 1 {
                self.pair(id, partner);
            }
        }
    }

    fn pair(&mut self, old: usize, new: usize) {
        self.new_of[old] = Some(TypeId(new));
        self.old_of[new] = Some(TypeId(old));
    }

    /// The new type that an old one has become.
    pub(super) fn new_of(&self, old: TypeId) -> Option<TypeId> {
        self.new_of[old.0]
    }

    /// The old type that a new one has been.
    pub(super) fn old_of(&self, new: TypeId) -> Option<TypeId> {
        self.old_of[new.0]
    }

    /// What a type that both sides have is used for.
    pub(super) fn uses(&self, old: TypeId, new: TypeId) -> Use {
        Use {
            sent: self.old.sent.contains(&old) || self.new.sent.contains(&new),
            received: self.old.received.contains(&old) || self.new.received.contains(&new),
        }
    }

    /// Whether two types are written the same, renamed types aside.
    pub(super) fn same(&self, old: &TypeRef, new: &TypeRef) -> bool {
        match (old, new) {
            (TypeRef::Scalar(a), TypeRef::Scalar(b)) => a == b,
            (TypeRef::Named(a), TypeRef::Named(b)) | (TypeRef::Boxed(a), TypeRef::Boxed(b)) => {
                self.new_of(*a) == Some(*b)
            }
            (TypeRef::Array(a), TypeRef::Array(b))
            | (TypeRef::Map(a), TypeRef::Map(b))
            | (TypeRef::Nullable(a), TypeRef::Nullable(b)) => self.same(a, b),
            (TypeRef::FreeForm, TypeRef::FreeForm) | (TypeRef::Any, TypeRef::Any) => true,
            (
                TypeRef::Scalar(_)
                | TypeRef::Named(_)
                | TypeRef::Boxed(_)
                | TypeRef::Array(_)
                | TypeRef::Map(_)
                | TypeRef::Nullable(_)
                | TypeRef::FreeForm
                | TypeRef::Any,
                _,
            ) => false,
        }
    }

    fn same_shape(&self, old: &Shape, new: &Shape) -> bool {
        let same_field = |old: &Field, new: &Field| {
            old.name == new.name && old.presence == new.presence && self.same(&old.ty, &new.ty)
        };
        match (old, new) {
            (Shape::Object(a), Shape::Object(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_field(a, b))
            }
            (Shape::Enum(a), Shape::Enum(b)) => a.iter().map(|a| &a.value).eq(b.iter().map(|b| &b.value)),
            (Shape::Scalar(a), Shape::Scalar(b)) => a == b,
            (Shape::Alias(a), Shape::Alias(b)) => self.same(a, b),
            (Shape::Object(_) | Shape::Enum(_) | Shape::Scalar(_) | Shape::Alias(_), _) => false,
        }
    }
}

/// The types that have no partner yet.
fn unpaired(partners: &[Option<TypeId>]) -> impl Iterator<Item = usize> + '_ {
    partners.iter().enumerate().filter(|(_, partner)| partner.is_none()).map(|(id, _)| id)
}

impl Uses {
    fn of(api: &Api) -> Self {
        let mut uses = Self { sent: BTreeSet::new(), received: BTreeSet::new() };
        for operation in &api.operations {
            let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
            for ty in parameters.chain(operation.body.as_ref().map(|body| &body.ty)) {
                reach(api, ty, &mut uses.sent);
            }
            let bodies = operation.responses.iter().filter_map(|response| response.body.as_ref());
            for ty in bodies.chain(&operation.success) {
                reach(api, ty, &mut uses.received);
            }
        }
        uses
    }
}

/// Adds every named type that a type is made of.
fn reach(api: &Api, ty: &TypeRef, reached: &mut BTreeSet<TypeId>) {
    let mut waiting = vec![ty];
    while let Some(ty) = waiting.pop() {
        match ty {
            TypeRef::Named(id) | TypeRef::Boxed(id) if reached.insert(*id) => match &api.type_def(*id).shape {
                Shape::Object(fields) => waiting.extend(fields.iter().map(|field| &field.ty)),
                Shape::Alias(target) => waiting.push(target),
                Shape::Enum(_) | Shape::Scalar(_) => {}
            },
            TypeRef::Array(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => waiting.push(inner),
            TypeRef::Named(_) | TypeRef::Boxed(_) | TypeRef::Scalar(_) | TypeRef::FreeForm | TypeRef::Any => {}
        }
    }
}

/// A type with every other name for one replaced by what it stands for.
pub(super) fn resolved(api: &Api, ty: &TypeRef) -> TypeRef {
    resolve(api, ty, &mut Vec::new(), &|def| match &def.shape {
        Shape::Alias(target) => Some(target.clone()),
        Shape::Object(_) | Shape::Enum(_) | Shape::Scalar(_) => None,
    })
}

/// What a type is in JSON: types with a name of their own are what is inside of them.
pub(super) fn json(api: &Api, ty: &TypeRef) -> TypeRef {
    let ty = resolve(api, ty, &mut Vec::new(), &|def| match &def.shape {
        Shape::Alias(target) => Some(target.clone()),
        Shape::Scalar(scalar) => Some(TypeRef::Scalar(*scalar)),
        Shape::Enum(_) => Some(TypeRef::Scalar(Scalar::String)),
        Shape::Object(_) => None,
    });
    unboxed(&ty)
}

/// The type inside of a box.
pub(super) fn unboxed(ty: &TypeRef) -> TypeRef {
    match ty {
        TypeRef::Boxed(id) => TypeRef::Named(*id),
        other => other.clone(),
    }
}

fn resolve(api: &Api, ty: &TypeRef, passed: &mut Vec<TypeId>, target: &dyn Fn(&TypeDef) -> Option<TypeRef>) -> TypeRef {
    match ty {
        TypeRef::Named(id) | TypeRef::Boxed(id) if !passed.contains(id) => match target(api.type_def(*id)) {
            Some(target_type) => {
                passed.push(*id);
                let resolved = resolve(api, &target_type, passed, target);
                passed.pop();
                resolved
            }
            None => ty.clone(),
        },
        TypeRef::Array(inner) => TypeRef::Array(Box::new(resolve(api, inner, passed, target))),
        TypeRef::Map(inner) => TypeRef::Map(Box::new(resolve(api, inner, passed, target))),
        TypeRef::Nullable(inner) => TypeRef::Nullable(Box::new(resolve(api, inner, passed, target))),
        TypeRef::Named(_) | TypeRef::Boxed(_) | TypeRef::Scalar(_) | TypeRef::FreeForm | TypeRef::Any => ty.clone(),
    }
}
