//! Evidence: the properties of a value that determine its variant in a union.
//!
//! It follows from the types alone: the kinds of their JSON, and the properties of objects.

use std::collections::{BTreeMap, BTreeSet};

use super::distinction::distinction;
use super::{Field, Scalar, Shape, TypeId, TypeRef, Types, Union};

/// The maximum depth of unions in unions that are searched. A deeper one is treated as any value.
const MAX_DEPTH: usize = 8;

/// The evidence for the variants of a union.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distinction {
    /// The property of objects whose text selects the variant: that of the discriminator, or one that has constants.
    pub tag: Option<String>,
    /// The evidence for each variant.
    pub variants: Vec<Evidence>,
}

/// The evidence for a variant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The kinds of its JSON.
    pub kinds: BTreeSet<JsonKind>,
    /// The texts of the tag, for objects; or the listed values, for texts or integers. None means any.
    pub values: Vec<String>,
    /// Whether its type does not have the tag as a property.
    pub is_tag_extra: bool,
    /// The known properties of its objects.
    pub fields: Vec<KnownField>,
}

/// A kind of JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JsonKind {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// A number with a point or an exponent.
    Fraction,
    /// Any text.
    String,
    /// A text of a certain format, such as a uuid.
    Formatted,
    /// A list.
    Array,
    /// An object.
    Object,
}

/// A known property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownField {
    /// Its name.
    pub name: String,
    /// Whether it is always present.
    pub required: bool,
    /// The kinds of its JSON.
    pub kinds: BTreeSet<JsonKind>,
    /// The possible texts. None means any.
    pub values: Vec<String>,
}

impl JsonKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Null,
        Self::Boolean,
        Self::Integer,
        Self::Fraction,
        Self::String,
        Self::Formatted,
        Self::Array,
        Self::Object,
    ];
}

impl Types {
    /// Returns the evidence for the variants of a union.
    pub fn distinction(&self, union: &Union) -> Distinction {
        let mut search = Search::new(self);
        let variants = search.variants(union, 0);
        let mut distinction = distinction(union, variants);
        for (variant, evidence) in union.variants.iter().zip(&mut distinction.variants) {
            let has_tag_text = evidence.is_object() && !evidence.values.is_empty();
            evidence.is_tag_extra =
                distinction.tag.as_ref().is_some_and(|tag| has_tag_text && !self.has(&variant.ty, tag));
        }
        distinction
    }

    /// Returns the texts that a property of an object can be; none if it can be any, or the type has no such property.
    pub fn texts(&self, ty: &TypeRef, property: &str) -> Vec<String> {
        let TypeRef::Named(id) = self.unaliased(ty) else { return Vec::new() };
        let Shape::Object { fields, .. } = &self[*id].shape else { return Vec::new() };
        let field = fields.iter().find(|field| field.name == property);
        field.map(|field| Search::new(self).known_field(field).values).unwrap_or_default()
    }

    /// Whether a type is an object with this property.
    fn has(&self, ty: &TypeRef, property: &str) -> bool {
        let TypeRef::Named(id) = self.unaliased(ty) else { return false };
        matches!(&self[*id].shape, Shape::Object { fields, .. } if fields.iter().any(|field| field.name == property))
    }

    /// Returns the variants of a union that a value can be as well as earlier ones: only the number of known fields,
    /// and their order, decide between these.
    pub fn ambiguous(&self, union: &Union) -> Vec<(usize, Vec<usize>)> {
        let mut search = Search::new(self);
        let known = search.variants(union, 0);
        let items: Vec<BTreeSet<JsonKind>> = union
            .variants
            .iter()
            .map(|variant| match self.unaliased(&variant.ty) {
                TypeRef::Array(item) => search.nature(item, 0).kinds,
                _ => BTreeSet::from(JsonKind::ALL),
            })
            .collect();
        let Distinction { tag, variants: by_tag } = distinction(union, known.clone());
        let has_tag_text = |index: usize| tag.is_some() && !by_tag[index].values.is_empty();
        let mut ambiguous = Vec::new();
        for second in 1..known.len() {
            let is_alike = |first: &usize| {
                let first = *first;
                let by_kind =
                    |kind: JsonKind| known[first].kinds.contains(&kind) && known[second].kinds.contains(&kind);
                let objects = by_kind(JsonKind::Object)
                    && !(has_tag_text(first) || has_tag_text(second))
                    && !known[first].is_apart_from(&known[second]);
                let texts = by_kind(JsonKind::String) && {
                    let (one, other) = (&known[first].values, &known[second].values);
                    one.is_empty() && other.is_empty() || one.iter().any(|value| other.contains(value))
                };
                let integers = [first, second].iter().all(|index| known[*index].kinds == [JsonKind::Integer].into())
                    && known[first].values.iter().any(|value| known[second].values.contains(value));
                let lists = by_kind(JsonKind::Array) && !are_kinds_apart(&items[first], &items[second]);
                objects || texts || integers || lists
            };
            let alike: Vec<usize> = (0..second).filter(is_alike).collect();
            if !alike.is_empty() {
                ambiguous.push((second, alike));
            }
        }
        ambiguous
    }
}

/// A search through types. Each type is searched once at each depth: unions can contain one another in more ways than
/// can be walked.
struct Search<'t> {
    types: &'t Types,
    natures: BTreeMap<(TypeId, usize), Nature>,
    evidence: BTreeMap<(TypeId, usize), Evidence>,
}

/// The kind of a value, whatever its content.
#[derive(Clone, Debug, Default)]
struct Nature {
    kinds: BTreeSet<JsonKind>,
    /// The possible texts, or integers if it is nothing else. None means any.
    values: Vec<String>,
}

impl<'t> Search<'t> {
    fn new(types: &'t Types) -> Self {
        Self { types, natures: BTreeMap::new(), evidence: BTreeMap::new() }
    }

    /// Returns the evidence for each variant of a union.
    fn variants(&mut self, union: &Union, depth: usize) -> Vec<Evidence> {
        union.variants.iter().map(|variant| self.evidence(&variant.ty, depth)).collect()
    }

    /// Returns the evidence for a type.
    fn evidence(&mut self, ty: &TypeRef, depth: usize) -> Evidence {
        let types = self.types;
        match types.unaliased(ty) {
            TypeRef::Nullable(value) => {
                let mut evidence = self.evidence(value, depth);
                evidence.kinds.insert(JsonKind::Null);
                evidence
            }
            TypeRef::Named(id) if depth <= MAX_DEPTH => {
                if let Some(known) = self.evidence.get(&(*id, depth)) {
                    return known.clone();
                }
                let mut evidence = match &types[*id].shape {
                    Shape::Union(union) => self.joined(union, depth + 1),
                    _ => Evidence::from(self.nature(ty, depth)),
                };
                if let Shape::Object { fields, .. } = &types[*id].shape {
                    evidence.fields = fields.iter().map(|field| self.known_field(field)).collect();
                }
                self.evidence.insert((*id, depth), evidence.clone());
                evidence
            }
            other => self.nature(other, depth).into(),
        }
    }

    /// Returns the evidence for a union: everything that applies to all its variants.
    fn joined(&mut self, union: &Union, depth: usize) -> Evidence {
        let variants = self.variants(union, depth);
        let mut all = joined(&variants);
        let distinction = distinction(union, variants);
        let objects = || distinction.variants.iter().filter(|evidence| evidence.is_object());
        if let Some(tag) = distinction.tag.filter(|_| objects().all(|evidence| !evidence.values.is_empty())) {
            let values = objects().flat_map(|evidence| evidence.values.clone()).collect();
            all.fields.retain(|field| field.name != tag);
            all.fields.push(KnownField { name: tag, required: true, kinds: [JsonKind::String].into(), values });
        }
        all
    }

    fn known_field(&mut self, field: &Field) -> KnownField {
        let Nature { kinds, values } = self.nature(&field.ty, 0);
        let listed = || {
            let def = self.types.definition(field.ty.without_null());
            let integers = def.and_then(|def| def.shape.enum_values()).unwrap_or_default();
            let of_type = def.map(|def| &def.docs.limits.one_of).into_iter().flatten();
            let own = &field.docs.limits.one_of;
            if own.is_empty() {
                integers.iter().map(|value| &value.value).chain(of_type).cloned().collect()
            } else {
                own.clone()
            }
        };
        // The list of texts is complete only if the value can only be a text.
        let is_text = kinds.iter().all(|kind| matches!(kind, JsonKind::String | JsonKind::Null));
        // Among numbers and booleans, only `true`, `false` and digits have a single spelling.
        let is_plain = |kind: &JsonKind| matches!(kind, JsonKind::Boolean | JsonKind::Integer | JsonKind::Null);
        let values = if is_text {
            values
        } else if kinds.iter().all(is_plain) {
            listed()
        } else {
            Vec::new()
        };
        KnownField { name: field.name.clone(), required: field.required, kinds, values }
    }

    /// Returns the kind of the values of a type, whatever their content.
    fn nature(&mut self, ty: &TypeRef, depth: usize) -> Nature {
        let types = self.types;
        let of = |kinds: &[JsonKind]| Nature { kinds: kinds.iter().copied().collect(), values: Vec::new() };
        match types.unaliased(ty) {
            _ if depth > MAX_DEPTH => of(&JsonKind::ALL),
            TypeRef::Scalar(scalar) => of(kinds_of(*scalar)),
            TypeRef::Array(_) => of(&[JsonKind::Array]),
            TypeRef::Map(_) | TypeRef::FreeForm => of(&[JsonKind::Object]),
            TypeRef::Any | TypeRef::Binary | TypeRef::File => of(&JsonKind::ALL),
            TypeRef::Nullable(value) => {
                let mut nature = self.nature(value, depth);
                nature.kinds.insert(JsonKind::Null);
                nature
            }
            TypeRef::Named(id) => match &types[*id].shape {
                Shape::Scalar(scalar) => of(kinds_of(*scalar)),
                Shape::Enum(values) => {
                    let values = values.iter().map(|value| value.value.clone()).collect();
                    Nature { values, ..of(&[JsonKind::String]) }
                }
                Shape::IntegerEnum(_, values) => {
                    let values = values.iter().map(|value| value.value.clone()).collect();
                    Nature { values, ..of(&[JsonKind::Integer]) }
                }
                Shape::Object { .. } => of(&[JsonKind::Object]),
                Shape::Union(union) => {
                    if let Some(known) = self.natures.get(&(*id, depth)) {
                        return known.clone();
                    }
                    let parts: Vec<Evidence> =
                        union.variants.iter().map(|variant| self.nature(&variant.ty, depth + 1).into()).collect();
                    let Evidence { kinds, values, .. } = joined(&parts);
                    let nature = Nature { kinds, values };
                    self.natures.insert((*id, depth), nature.clone());
                    nature
                }
                // A cycle of aliases, which is reported elsewhere.
                Shape::Alias(_) => of(&JsonKind::ALL),
            },
        }
    }
}

impl From<Nature> for Evidence {
    fn from(Nature { kinds, values }: Nature) -> Self {
        Self { kinds, values, ..Self::default() }
    }
}

impl Evidence {
    /// Whether it can be an object.
    pub fn is_object(&self) -> bool {
        self.kinds.contains(&JsonKind::Object)
    }

    /// Whether no object with all required properties of one could be of the other, by the known properties of both.
    fn is_apart_from(&self, other: &Self) -> bool {
        let requires_more = |one: &Self, other: &Self| {
            one.fields.iter().any(|field| field.required && other.field(&field.name).is_none())
        };
        let contradicts = |field: &KnownField| {
            other.field(&field.name).is_some_and(|same| {
                let are_values_apart = !field.values.is_empty()
                    && !same.values.is_empty()
                    && field.values.iter().all(|value| !same.values.contains(value));
                (field.required || same.required) && (are_kinds_apart(&field.kinds, &same.kinds) || are_values_apart)
            })
        };
        requires_more(self, other) || requires_more(other, self) || self.fields.iter().any(contradicts)
    }

    /// Returns a known property.
    pub fn field(&self, name: &str) -> Option<&KnownField> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Whether the two sets of kinds have no value in common. A text of a certain format is a text.
fn are_kinds_apart(one: &BTreeSet<JsonKind>, other: &BTreeSet<JsonKind>) -> bool {
    let is_text = |kinds: &BTreeSet<JsonKind>| !kinds.is_disjoint(&[JsonKind::String, JsonKind::Formatted].into());
    one.is_disjoint(other) && !(is_text(one) && is_text(other))
}

/// Returns the kinds of JSON of a scalar.
fn kinds_of(scalar: Scalar) -> &'static [JsonKind] {
    match scalar {
        // The crate keeps every text.
        Scalar::String | Scalar::Base64 => &[JsonKind::String],
        Scalar::Uuid | Scalar::Timestamp | Scalar::Date => &[JsonKind::Formatted],
        Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 | Scalar::Int128 | Scalar::Uint128 => {
            &[JsonKind::Integer]
        }
        Scalar::Float64 => &[JsonKind::Integer, JsonKind::Fraction],
        Scalar::Bool => &[JsonKind::Boolean],
    }
}

/// Joins the evidence for alternatives.
fn joined(parts: &[Evidence]) -> Evidence {
    let kinds = parts.iter().flat_map(|part| &part.kinds).copied().collect();
    let texts: Vec<&Evidence> = parts.iter().filter(|part| part.kinds.contains(&JsonKind::String)).collect();
    let values = if texts.iter().all(|part| !part.values.is_empty()) {
        texts.iter().flat_map(|part| part.values.clone()).collect()
    } else {
        Vec::new()
    };
    let objects: Vec<&Evidence> = parts.iter().filter(|part| part.is_object()).collect();
    let mut fields: Vec<KnownField> = Vec::new();
    for field in objects.iter().flat_map(|part| &part.fields) {
        if fields.iter().any(|known| known.name == field.name) {
            continue;
        }
        let same: Vec<&KnownField> = objects.iter().filter_map(|part| part.field(&field.name)).collect();
        let in_all = same.len() == objects.len();
        let has_values = in_all && same.iter().all(|field| !field.values.is_empty());
        fields.push(KnownField {
            name: field.name.clone(),
            required: in_all && same.iter().all(|field| field.required),
            // An object that does not know the property can have any value there.
            kinds: if in_all {
                same.iter().flat_map(|field| &field.kinds).copied().collect()
            } else {
                BTreeSet::from(JsonKind::ALL)
            },
            values: if has_values { same.iter().flat_map(|field| field.values.clone()).collect() } else { Vec::new() },
        });
    }
    Evidence { kinds, values, fields, is_tag_extra: false }
}
