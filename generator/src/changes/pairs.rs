//! Which type of one side is which of the other, and whether two types of values are the same.

use std::collections::{BTreeMap, BTreeSet};

use super::lists::matched;
use super::{Class, Comparison, Side};
use crate::ir::{Api, Field, Scalar, Shape, TypeDef, TypeId, TypeRef};
use crate::surface::{Accepted, Kind, RustType, Surface};

/// The types of both sides that belong together, and what they are used for.
pub(super) struct Pairs {
    /// The new type of each old one.
    new_of: Vec<Option<TypeId>>,
    old: Uses,
    new: Uses,
}

/// What a type is used for, on either side.
#[derive(Clone, Copy, Debug)]
pub(super) struct Use {
    /// It is a part of requests.
    pub(super) sent: bool,
    /// It is a part of answers.
    pub(super) received: bool,
}

/// The types of one side that are part of a request or of an answer.
#[derive(Default)]
struct Uses {
    sent: BTreeSet<TypeId>,
    received: BTreeSet<TypeId>,
}

/// A shape without what is said about it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Outline<'a> {
    /// Name, whether it is required, whether it is boxed, type.
    Object(Vec<(&'a str, bool, bool, TypeRef)>),
    Enum(Vec<&'a str>),
    Scalar(Scalar),
    Alias(TypeRef),
}

/// What no type of the new side is.
const GONE: TypeId = TypeId(usize::MAX);

impl Pairs {
    /// Pairs what has the same name in the spec, then what has the same name in Rust, then what was renamed: the one type
    /// that is gone and the one type that is new of the same shape.
    pub(super) fn new(old: Side<'_>, new: Side<'_>) -> Self {
        type Named<'a> = ((TypeId, &'a TypeDef), String);
        let [before, after] = [old, new].map(|side| -> Vec<Named<'_>> {
            side.api.types.iter().zip(side.surface.types.iter().map(|ty| ty.ident.to_string())).collect()
        });
        let by_name = |_: usize, ((_, def), _): &Named<'_>| Some(def.name.clone());
        let by_ident = |_: usize, (_, ident): &Named<'_>| Some(ident.clone());
        let types = matched(&before, &after, &[&by_name, &by_ident]);
        let mut pairs = Self { new_of: vec![None; before.len()], old: Uses::of(old.api), new: Uses::of(new.api) };
        for (((old, _), _), ((new, _), _)) in types.kept {
            pairs.new_of[old.0] = Some(*new);
        }
        let [gone, added] = [types.gone, types.added].map(|types| types.into_iter().map(|(ty, _)| *ty).collect());
        pairs.by_shape(gone, added);
        pairs
    }

    /// Pairs what has a shape that no other unpaired type of its side has.
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
            // What refers to them may now be alike too.
            let taken: BTreeSet<TypeId> = renamed.values().copied().collect();
            gone.retain(|(id, _)| !renamed.contains_key(id));
            added.retain(|(id, _)| !taken.contains(id));
            renamed.into_iter().for_each(|(old, new)| self.new_of[old.0] = Some(new));
        }
    }

    /// The new type that an old one has become.
    pub(super) fn new_of(&self, old: TypeId) -> Option<TypeId> {
        self.new_of[old.0]
    }

    /// What a type that both sides have is used for.
    pub(super) fn uses(&self, old: TypeId, new: TypeId) -> Use {
        Use {
            sent: self.old.sent.contains(&old) || self.new.sent.contains(&new),
            received: self.old.received.contains(&old) || self.new.received.contains(&new),
        }
    }

    /// An old type as the new side writes it.
    fn translated(&self, old: &TypeRef) -> TypeRef {
        with_named(old, &|id| TypeRef::Named(self.new_of(id).unwrap_or(GONE)))
    }

    /// Whether two Rust types are written the same, renamed types aside.
    fn same(&self, old: &RustType, new: &RustType) -> bool {
        with_models(old, &|id| RustType::Model(self.new_of(id).unwrap_or(GONE))) == *new
    }
}

impl Comparison<'_> {
    /// What it means that the one Rust type has become the other: nothing if it is written the same, [`Class::Docs`] if it
    /// is the same by another name.
    pub(super) fn retyped(&self, old: &RustType, new: &RustType) -> Option<Class> {
        if self.pairs.same(old, new) {
            None
        } else if self.pairs.same(&unaliased(self.old.surface, old), &unaliased(self.new.surface, new)) {
            Some(Class::Docs)
        } else {
            Some(Class::Compile)
        }
    }

    /// [`Self::retyped`] for what a caller may give.
    pub(super) fn accepts(&self, old: &Accepted, new: &Accepted) -> Option<Class> {
        let Accepted { ty, by_into, form: _ } = new; // no caller sees what is done with it
        if old.by_into == *by_into { self.retyped(&old.ty, ty) } else { Some(Class::Compile) }
    }

    /// Whether everything that could be given for the old ones, one after the other, can be given for the new ones.
    pub(super) fn all_accepted(&self, old: &[&Accepted], new: &[&Accepted]) -> bool {
        let mut both = old.iter().zip(new);
        old.len() == new.len() && both.all(|(old, new)| self.accepts(old, new) != Some(Class::Compile))
    }

    /// Whether two types are the same in JSON, `null` aside: types with a name of their own are what is inside of them.
    pub(super) fn same_json(&self, old: &TypeRef, new: &TypeRef) -> bool {
        self.pairs.translated(&json(self.old.api, old.without_null())) == json(self.new.api, new.without_null())
    }
}

impl<'a> Outline<'a> {
    fn of(def: &'a TypeDef, ty: &dyn Fn(&TypeRef) -> TypeRef) -> Self {
        let field = |field: &'a Field| (field.name.as_str(), field.required, field.boxed, ty(&field.ty));
        match &def.shape {
            Shape::Object(fields) => Self::Object(fields.iter().map(field).collect()),
            Shape::Enum(values) => Self::Enum(values.iter().map(|value| value.value.as_str()).collect()),
            Shape::Scalar(scalar) => Self::Scalar(*scalar),
            Shape::Alias(target) => Self::Alias(ty(target)),
        }
    }
}

impl Uses {
    fn of(api: &Api) -> Self {
        let mut uses = Self::default();
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
            TypeRef::Named(id) if reached.insert(*id) => match &api.types[*id].shape {
                Shape::Object(fields) => waiting.extend(fields.iter().map(|field| &field.ty)),
                Shape::Alias(target) => waiting.push(target),
                Shape::Enum(_) | Shape::Scalar(_) => {}
            },
            TypeRef::Array(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => waiting.push(inner),
            TypeRef::Named(_) | TypeRef::Scalar(_) | TypeRef::FreeForm | TypeRef::Any => {}
        }
    }
}

/// What a type is in JSON.
fn json(api: &Api, ty: &TypeRef) -> TypeRef {
    with_named(ty, &|id| match &api.types[id].shape {
        Shape::Alias(target) => json(api, target),
        Shape::Scalar(scalar) => TypeRef::Scalar(*scalar),
        Shape::Enum(_) => TypeRef::Scalar(Scalar::String),
        Shape::Object(_) => TypeRef::Named(id),
    })
}

/// A type with every other name for one replaced by what it stands for.
fn unaliased(surface: &Surface, ty: &RustType) -> RustType {
    with_models(ty, &|id| match &surface.model(id).kind {
        Kind::Alias(target) => unaliased(surface, target),
        Kind::Struct(_) | Kind::Enum(_) | Kind::Newtype(_) => RustType::Model(id),
    })
}

/// A type with others in the place of those that have a name.
fn with_named(ty: &TypeRef, named: &dyn Fn(TypeId) -> TypeRef) -> TypeRef {
    let inner = |ty: &TypeRef| Box::new(with_named(ty, named));
    match ty {
        TypeRef::Named(id) => named(*id),
        TypeRef::Array(item) => TypeRef::Array(inner(item)),
        TypeRef::Map(values) => TypeRef::Map(inner(values)),
        TypeRef::Nullable(value) => with_named(value, named).or_null(),
        TypeRef::Scalar(_) | TypeRef::FreeForm | TypeRef::Any => ty.clone(),
    }
}

/// A type with others in the place of the models.
fn with_models(ty: &RustType, model: &dyn Fn(TypeId) -> RustType) -> RustType {
    let inner = |ty: &RustType| Box::new(with_models(ty, model));
    match ty {
        RustType::Model(id) => model(*id),
        RustType::Vec(item) => RustType::Vec(inner(item)),
        RustType::Map(values) => RustType::Map(inner(values)),
        RustType::Option(value) => RustType::Option(inner(value)),
        RustType::Nullable(value) => RustType::Nullable(inner(value)),
        RustType::Boxed(value) => RustType::Boxed(inner(value)),
        RustType::Bool
        | RustType::I32
        | RustType::I64
        | RustType::U32
        | RustType::U64
        | RustType::F64
        | RustType::String
        | RustType::Uuid
        | RustType::Timestamp
        | RustType::Date
        | RustType::JsonObject
        | RustType::Value => ty.clone(),
    }
}
