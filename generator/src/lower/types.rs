//! The arena of types: each is lowered because something requested it, and completed when all are known.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use openapiv3::Schema;

use super::all_of::Merge;
use super::{At, cycles};
use crate::ir::{
    Docs, EnumValue, Field, Origin, Others, Presence, Scalar, Shape, TypeDef, TypeId, TypeRef, Types, Union,
    UnionVariant,
};
use crate::pointer::Pointer;

/// The requested types.
#[derive(Debug, Default)]
pub(super) struct Arena<'a> {
    components: BTreeMap<&'a str, TypeId>,
    /// Inline schemas by their places, each with its type and the name of the type.
    inline: BTreeMap<Pointer, (TypeId, String)>,
    /// Inline schemas that something referred to before their owner was lowered.
    reserved: BTreeMap<Pointer, (TypeId, At<'a, Schema>)>,
    drafts: Vec<Option<Draft>>,
    /// The names of the drafts.
    names: BTreeSet<String>,
    waiting: VecDeque<(TypeId, Pending<'a>)>,
}

/// The request for a type.
#[derive(Debug)]
pub(super) enum Pending<'a> {
    /// An entry of `components.schemas`.
    Component(&'a str),
    /// A schema at its use.
    Inline { schema: At<'a, Schema>, name: String, origin: Origin },
    /// A member of a union, merged with everything beside the union.
    Merged { merge: Merge<'a>, name: String, origin: Origin },
}

/// A schema before the types that it refers to are known.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) name: String,
    pub(super) origin: Origin,
    pub(super) rust_name: Option<String>,
    pub(super) pointer: Pointer,
    pub(super) docs: Docs,
    pub(super) shape: DraftShape,
}

/// The shape of a schema before the types that it refers to are known.
#[derive(Clone, Debug)]
pub(super) enum DraftShape {
    Object { fields: Vec<DraftField>, others: Option<Box<Others>> },
    Enum(Vec<EnumValue>),
    IntegerEnum(Scalar, Vec<EnumValue>),
    Union { tag: Option<String>, variants: Vec<DraftVariant> },
    Scalar(Scalar),
    Alias(TypeRef),
}

/// A variant of a union before its type is known.
#[derive(Clone, Debug)]
pub(super) struct DraftVariant {
    pub(super) name: String,
    pub(super) rust_name: Option<String>,
    pub(super) pointer: Pointer,
    pub(super) docs: Docs,
    pub(super) ty: TypeRef,
    pub(super) mapped: Vec<String>,
    pub(super) schema: Option<String>,
}

/// A property before its type is known.
#[derive(Clone, Debug)]
pub(super) struct DraftField {
    pub(super) name: String,
    pub(super) rust_name: Option<String>,
    pub(super) argument_name: Option<String>,
    pub(super) pointer: Pointer,
    pub(super) docs: Docs,
    pub(super) ty: TypeRef,
    pub(super) required: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
}

/// The completed types, and the new ids of those in the arena.
pub(super) struct Finished {
    pub(super) types: Types,
    ids: Vec<TypeId>,
}

impl<'a> Arena<'a> {
    /// Requests the type of an entry of `components.schemas`.
    pub(super) fn component(&mut self, name: &'a str) -> TypeId {
        if let Some(id) = self.components.get(name) {
            return *id;
        }
        let id = TypeId(self.drafts.len());
        self.components.insert(name, id);
        self.drafts.push(None);
        self.waiting.push_back((id, Pending::Component(name)));
        id
    }

    /// Returns the type of an inline schema, if it was already requested.
    pub(super) fn known_inline(&self, pointer: &Pointer) -> Option<TypeId> {
        self.inline.get(pointer).map(|(id, _)| *id)
    }

    /// Returns the name of an inline schema's type.
    pub(super) fn inline_name(&self, pointer: &Pointer) -> Option<&str> {
        self.inline.get(pointer).map(|(_, name)| name.as_str())
    }

    /// Requests the type of an inline schema.
    pub(super) fn inline(&mut self, schema: At<'a, Schema>, (name, origin): (String, Origin)) -> TypeId {
        let id = match self.reserved.remove(&schema.pointer) {
            Some((id, _)) => id,
            None => self.new_type(),
        };
        self.inline.insert(schema.pointer.clone(), (id, name.clone()));
        self.waiting.push_back((id, Pending::Inline { schema, name, origin }));
        id
    }

    /// Returns the type of an inline schema that is requested later, when its name is known.
    pub(super) fn reserve(&mut self, schema: At<'a, Schema>) -> TypeId {
        if let Some((id, _)) = self.reserved.get(&schema.pointer) {
            return *id;
        }
        let id = self.new_type();
        self.reserved.insert(schema.pointer.clone(), (id, schema));
        id
    }

    /// Returns an inline schema that something refers to but that was not requested.
    pub(super) fn first_reserved(&self) -> Option<At<'a, Schema>> {
        self.reserved.values().next().map(|(_, schema)| schema.clone())
    }

    /// Whether a type has this name.
    pub(super) fn is_name(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    fn new_type(&mut self) -> TypeId {
        self.drafts.push(None);
        TypeId(self.drafts.len() - 1)
    }

    /// Requests the type of a merged member.
    pub(super) fn merged(&mut self, merge: Merge<'a>, name: String, origin: Origin) -> TypeId {
        let id = TypeId(self.drafts.len());
        self.drafts.push(None);
        self.waiting.push_back((id, Pending::Merged { merge, name, origin }));
        id
    }

    /// Returns a requested type that was not lowered yet.
    pub(super) fn next(&mut self) -> Option<(TypeId, Pending<'a>)> {
        self.waiting.pop_front()
    }

    /// Stores a lowered type.
    pub(super) fn enter(&mut self, id: TypeId, draft: Draft) {
        self.names.insert(draft.name.clone());
        self.drafts[id.0] = Some(draft);
    }

    /// Returns the types, sorted by name: constants and boxes depend on all of them.
    pub(super) fn finish(self) -> Finished {
        let mut ids = vec![TypeId(0); self.drafts.len()];
        let mut drafts: Vec<(TypeId, Draft)> = self
            .drafts
            .into_iter()
            .enumerate()
            .filter_map(|(index, draft)| draft.map(|draft| (TypeId(index), draft)))
            .collect();
        drafts.sort_by(|(_, a), (_, b)| a.name.cmp(&b.name));
        for (index, (id, _)) in drafts.iter().enumerate() {
            ids[id.0] = TypeId(index);
        }
        let drafts: Vec<Draft> = drafts.into_iter().map(|(_, draft)| draft.renumbered(&ids)).collect();
        let objects = objects(&drafts);
        let parts: Vec<Vec<usize>> = drafts.iter().map(|draft| draft.shape.parts(&objects)).collect();
        let cycle_of = cycles::strongly_connected(&parts);
        let tags = tags(&drafts);
        let is_single: Vec<bool> = drafts.iter().map(|draft| draft.shape.is_single_valued()).collect();
        let finish = |(index, draft): (usize, Draft)| TypeDef {
            name: draft.name,
            origin: draft.origin,
            rust_name: draft.rust_name,
            pointer: draft.pointer,
            docs: draft.docs,
            shape: match draft.shape {
                DraftShape::Union { tag, variants } => {
                    let is_behind = |part: TypeId| objects[part.0] || cycle_of[part.0] == cycle_of[index];
                    let variants = variants.into_iter().map(|variant| variant.finished(&is_behind)).collect();
                    Shape::Union(Union { tag, variants })
                }
                DraftShape::Object { fields, others } => {
                    let is_inside = |part: TypeId| cycle_of[part.0] == cycle_of[index];
                    let field = |field: DraftField| {
                        let tag = tags.get(&(index, field.name.clone())).cloned().flatten();
                        field.finished(&is_inside, &is_single, tag)
                    };
                    Shape::Object { fields: fields.into_iter().map(field).collect(), others }
                }
                DraftShape::Enum(values) => Shape::Enum(values),
                DraftShape::IntegerEnum(scalar, values) => Shape::IntegerEnum(scalar, values),
                DraftShape::Scalar(scalar) => Shape::Scalar(scalar),
                DraftShape::Alias(target) => Shape::Alias(target),
            },
        };
        Finished { types: Types::new(drafts.into_iter().enumerate().map(finish).collect()), ids }
    }
}

impl Finished {
    /// Changes the types.
    pub(super) fn map_types(self, map: impl FnOnce(Types) -> Types) -> Self {
        Self { types: map(self.types), ids: self.ids }
    }

    /// Returns a type with its new id.
    pub(super) fn renumbered(&self, ty: &TypeRef) -> TypeRef {
        renumbered(ty, &self.ids)
    }
}

impl Draft {
    fn renumbered(self, ids: &[TypeId]) -> Self {
        let shape = match self.shape {
            DraftShape::Object { fields, others } => {
                let field = |field: DraftField| DraftField { ty: renumbered(&field.ty, ids), ..field };
                let others = others.map(|others| Box::new(Others { ty: renumbered(&others.ty, ids), ..*others }));
                DraftShape::Object { fields: fields.into_iter().map(field).collect(), others }
            }
            DraftShape::Union { tag, variants } => {
                let variant = |variant: DraftVariant| DraftVariant { ty: renumbered(&variant.ty, ids), ..variant };
                DraftShape::Union { tag, variants: variants.into_iter().map(variant).collect() }
            }
            DraftShape::Alias(target) => DraftShape::Alias(renumbered(&target, ids)),
            other => other,
        };
        Self { shape, ..self }
    }
}

impl DraftShape {
    /// Returns the types whose values are directly inside a value, without a list, a map or a variant of objects
    /// between.
    fn parts(&self, objects: &[bool]) -> Vec<usize> {
        match self {
            Self::Union { variants, .. } => {
                let parts = variants.iter().filter_map(|variant| inside(&variant.ty)).map(|id| id.0);
                parts.filter(|part| !objects[*part]).collect()
            }
            Self::Object { fields, .. } => fields.iter().filter_map(|field| inside(&field.ty)).map(|id| id.0).collect(),
            Self::Alias(target) => inside(target).into_iter().map(|id| id.0).collect(),
            Self::Enum(_) | Self::IntegerEnum(..) | Self::Scalar(_) => Vec::new(),
        }
    }

    fn is_single_valued(&self) -> bool {
        matches!(self, Self::Enum(values) | Self::IntegerEnum(_, values) if values.len() == 1)
    }
}

impl DraftVariant {
    fn finished(self, is_behind: &dyn Fn(TypeId) -> bool) -> UnionVariant {
        UnionVariant {
            boxed: inside(&self.ty).is_some_and(is_behind),
            name: self.name,
            rust_name: self.rust_name,
            pointer: self.pointer,
            docs: self.docs,
            ty: self.ty,
            mapped: self.mapped,
            schema: self.schema,
        }
    }
}

/// Returns whether each type is an object, possibly through aliases.
fn objects(drafts: &[Draft]) -> Vec<bool> {
    (0..drafts.len()).map(|index| object(drafts, index).is_some()).collect()
}

/// Returns the object of a type, possibly through aliases.
fn object(drafts: &[Draft], index: usize) -> Option<usize> {
    let mut at = index;
    // A cycle of aliases is reported elsewhere; here the walk must only end.
    for _ in 0..drafts.len() {
        match &drafts[at].shape {
            DraftShape::Object { .. } => return Some(at),
            DraftShape::Alias(TypeRef::Named(next)) => at = next.0,
            _ => return None,
        }
    }
    None
}

/// Returns the texts by which discriminators identify objects, by the object and the property. `None` if there are
/// several.
fn tags(drafts: &[Draft]) -> BTreeMap<(usize, String), Option<String>> {
    let mut tags = BTreeMap::new();
    for draft in drafts {
        let DraftShape::Union { tag: Some(tag), variants } = &draft.shape else { continue };
        for variant in variants {
            let Some(object) = inside(&variant.ty).and_then(|id| object(drafts, id.0)) else { continue };
            let property = fields_of(&drafts[object]).iter().find(|field| field.name == *tag);
            let is_plain = property.is_some_and(|field| field.ty == TypeRef::Scalar(Scalar::String));
            let listed = property.and_then(|field| inside(&field.ty)).and_then(|id| match &drafts[id.0].shape {
                DraftShape::Enum(values) => Some(values),
                _ => None,
            });
            let may_be = |text: &String| {
                is_plain || listed.is_some_and(|values| values.iter().any(|value| value.value == *text))
            };
            let text = match variant.mapped.as_slice() {
                [only] => Some(only).filter(|text| may_be(text)),
                // The name of the schema.
                [] => variant.schema.as_ref().filter(|_| is_plain),
                _ => None,
            };
            tags.entry((object, tag.clone()))
                .and_modify(|known: &mut Option<String>| {
                    *known = known.take().filter(|known| Some(known) == text.cloned().as_ref())
                })
                .or_insert_with(|| text.cloned());
        }
    }
    tags
}

fn fields_of(draft: &Draft) -> &[DraftField] {
    if let DraftShape::Object { fields, .. } = &draft.shape { fields } else { &[] }
}

impl DraftField {
    /// Completes the field. It gets a box if its object would otherwise contain itself, and have no size. Every edge of
    /// a cycle gets one, so that the result does not depend on where the search begins.
    fn finished(self, is_inside: &dyn Fn(TypeId) -> bool, is_single: &[bool], tag: Option<String>) -> Field {
        let is_required = Presence::of(self.required, &self.ty) == Presence::Required;
        let constant = is_required && matches!(self.ty, TypeRef::Named(id) if is_single[id.0]);
        Field {
            boxed: inside(&self.ty).is_some_and(is_inside),
            constant,
            tag: tag.filter(|_| is_required && !constant),
            name: self.name,
            rust_name: self.rust_name,
            pointer: self.pointer,
            docs: self.docs,
            ty: self.ty,
            required: self.required,
            read_only: self.read_only,
            write_only: self.write_only,
            argument_name: self.argument_name,
        }
    }
}

/// Returns the type whose value is directly inside.
fn inside(ty: &TypeRef) -> Option<TypeId> {
    match ty.without_null() {
        TypeRef::Named(id) => Some(*id),
        _ => None,
    }
}

fn renumbered(ty: &TypeRef, ids: &[TypeId]) -> TypeRef {
    let inner = |ty: &TypeRef| Box::new(renumbered(ty, ids));
    match ty {
        TypeRef::Named(id) => TypeRef::Named(ids[id.0]),
        TypeRef::Array(item) => TypeRef::Array(inner(item)),
        TypeRef::Map(values) => TypeRef::Map(inner(values)),
        TypeRef::Nullable(value) => TypeRef::Nullable(inner(value)),
        TypeRef::Scalar(_) | TypeRef::FreeForm | TypeRef::Any | TypeRef::Binary | TypeRef::File => ty.clone(),
    }
}
