//! Several schemas of one text, number or boolean: together they allow the listed values that each of them allows, or
//! contradict each other.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use openapiv3::{Schema, SchemaKind, Type};

use super::narrowing::{Beside, Class, Narrowed, class};
use super::scalars::{boolean_of, integer_of, number_of, string_of};
use super::schemas::{Lowered, limits_of};
use super::types::DraftShape;
use super::unions::members;
use super::{At, Lowering, SchemaAt};
use crate::integer::Integer;
use crate::ir::{EnumValue, Limits, Scalar};
use crate::text_formats;

/// A schema of a scalar or a list.
struct Part<'a> {
    at: SchemaAt<'a>,
    class: Class,
    lowered: Lowered,
}

impl<'a> Part<'a> {
    fn new(at: SchemaAt<'a>, schema: &At<'a, Schema>) -> Option<Self> {
        let SchemaKind::Type(kind) = &schema.object.schema_kind else { return None };
        let lowered = match kind {
            Type::String(string) => string_of(schema, string),
            Type::Integer(integer) => integer_of(schema, integer),
            Type::Number(number) => number_of(number),
            Type::Boolean(boolean) => boolean_of(boolean),
            Type::Array(_) => Lowered { limits: limits_of(schema), ..Lowered::anything() },
            Type::Object(_) => return None,
        };
        Some(Self { at, class: class(schema), lowered })
    }

    /// The values that the schema lists.
    fn listed(&self) -> Option<Vec<&str>> {
        match &self.lowered.shape {
            DraftShape::Enum(values) | DraftShape::IntegerEnum(_, values) => {
                Some(values.iter().map(|value| value.value.as_str()).collect())
            }
            _ if self.lowered.limits.one_of.is_empty() => None,
            _ => Some(self.lowered.limits.one_of.iter().map(String::as_str).collect()),
        }
    }

    /// Whether the values that it lists are a type.
    fn is_enum(&self) -> bool {
        matches!(self.lowered.shape, DraftShape::Enum(_) | DraftShape::IntegerEnum(..))
    }

    /// Removes the values that the schema does not allow.
    fn retain(&self, values: &mut BTreeSet<&str>) {
        if let Some(listed) = self.listed() {
            let listed: BTreeSet<&str> = listed.into_iter().collect();
            values.retain(|value| listed.contains(value));
            // A lint reports listed values beyond the limits beside them.
            return;
        }
        let limits = &self.lowered.limits;
        match (self.class, &self.lowered.shape) {
            (Class::String, shape) => {
                let is_within = limits.allow_text();
                let format = rigid_format(shape);
                values.retain(|text| {
                    is_within(text) && format.is_none_or(|format| text_formats::fault(format, text).is_none())
                });
            }
            (Class::Number, shape) => {
                let integers = match shape {
                    DraftShape::Scalar(scalar) | DraftShape::IntegerEnum(scalar, _) => scalar.integers(),
                    _ => None,
                };
                let is_held = |number: &str| {
                    let held =
                        |range: &RangeInclusive<Integer>| number.parse().is_ok_and(|number| range.contains(&number));
                    integers.as_ref().is_none_or(held)
                };
                values.retain(|number| limits.allow_number(number) && is_held(number));
            }
            _ => {}
        }
    }
}

/// Returns the format of a text that is a type of its own, and has no value of another such format.
fn rigid_format(shape: &DraftShape) -> Option<&'static str> {
    match shape {
        DraftShape::Scalar(Scalar::Uuid) => Some("uuid"),
        DraftShape::Scalar(Scalar::Date) => Some("date"),
        DraftShape::Scalar(Scalar::Timestamp) => Some("date-time"),
        _ => None,
    }
}

impl<'a> Lowering<'a> {
    /// Returns two of several lists that contradict each other by the numbers of their items.
    pub(super) fn lists_apart(&self, lists: &[SchemaAt<'a>]) -> Option<(SchemaAt<'a>, SchemaAt<'a>)> {
        let parts = self.scalar_parts(lists);
        apart(&parts).map(|(first, other)| (first.at.clone(), other.at.clone()))
    }

    /// Returns the result for several schemas of one scalar, of which one is the narrowest by its type alone.
    pub(super) fn narrowed_values(&self, chosen: SchemaAt<'a>, schemas: &[SchemaAt<'a>]) -> Narrowed<'a> {
        let parts = self.scalar_parts(schemas);
        let values = match common(&parts) {
            Ok(Some(values)) if parts.iter().any(Part::is_enum) => values,
            Ok(_) => return Narrowed::One(chosen),
            Err((first, other)) => return Narrowed::Nothing(first.at.clone(), other.at.clone()),
        };
        let has_these =
            |part: &&Part<'a>| part.is_enum() && part.listed().is_some_and(|list| list.len() == values.len());
        let is_chosen = |part: &&Part<'a>| part.at.pointer() == chosen.pointer();
        let mut narrowest = parts.iter().filter(has_these);
        match narrowest.clone().find(is_chosen).or_else(|| narrowest.next_back()) {
            Some(part) => Narrowed::One(part.at.clone()),
            None => Narrowed::Merged(parts.into_iter().map(|part| part.at).collect()),
        }
    }

    /// Returns the type of an `allOf` of scalars that is none of its parts: an enum of the values that all of them allow.
    pub(super) fn own_values(&mut self, schema: &At<'a, Schema>) -> Option<Lowered> {
        let parts = self.parts_of_a_value(schema)?;
        match self.narrowed(&parts)? {
            Narrowed::One(_) => None,
            Narrowed::Merged(several) => self.enum_of_all(&several),
            Narrowed::Nothing(first, other) => {
                self.contradiction(&first, &other, "no value is valid for both parts of this `allOf`");
                Some(Lowered::anything())
            }
        }
    }

    /// Returns the enum of the values that several schemas of scalars allow, with the documentation of the last enum
    /// among them; `None` if one of them is not a scalar, or none is an enum.
    pub(super) fn enum_of_all(&self, schemas: &[SchemaAt<'a>]) -> Option<Lowered> {
        let parts = self.scalar_parts(schemas);
        let values = common(&parts).ok().flatten().filter(|_| parts.len() == schemas.len())?;
        let kept =
            |listed: &[EnumValue]| listed.iter().filter(|value| values.contains(&*value.value)).cloned().collect();
        let shape = match &parts.iter().rev().find(|part| part.is_enum())?.lowered.shape {
            DraftShape::Enum(listed) => DraftShape::Enum(kept(listed)),
            DraftShape::IntegerEnum(scalar, listed) => DraftShape::IntegerEnum(*scalar, kept(listed)),
            _ => return None,
        };
        let limits = parts.iter().map(|part| part.lowered.limits.clone()).fold(Limits::default(), Limits::and);
        Some(Lowered { limits, ..Lowered::new(shape) })
    }

    /// Compares a union with an enum, which is narrower than members that allow its values.
    pub(super) fn listed_beside(&self, union: &At<'a, Schema>, other: &SchemaAt<'a>) -> Option<Beside> {
        let other = Part::new(other.clone(), &self.essence(other.clone())?).filter(Part::is_enum)?;
        let allows = |member: SchemaAt<'a>| {
            let Some(schema) = self.essence(member.clone()) else { return true };
            match Part::new(member, &schema) {
                Some(part) if part.class == other.class => {
                    let mut values: BTreeSet<&str> = other.listed().into_iter().flatten().collect();
                    part.retain(&mut values);
                    !values.is_empty()
                }
                Some(_) => false,
                None => matches!(class(&schema), Class::Open | Class::Union),
            }
        };
        let mut several = members(union)?.several.into_iter();
        Some(if several.any(|member| allows(member.into())) { Beside::Wider } else { Beside::Apart })
    }

    fn scalar_parts(&self, schemas: &[SchemaAt<'a>]) -> Vec<Part<'a>> {
        schemas.iter().filter_map(|at| Part::new(at.clone(), &self.essence(at.clone())?)).collect()
    }
}

/// Two parts without a common value.
type Apart<'p, 'a> = (&'p Part<'a>, &'p Part<'a>);

/// Returns the listed values that all parts allow, and `None` if no part lists values.
fn common<'p, 'a>(parts: &'p [Part<'a>]) -> Result<Option<BTreeSet<&'p str>>, Apart<'p, 'a>> {
    if let Some(apart) = apart(parts) {
        return Err(apart);
    }
    let Some(listing) = parts.iter().find(|part| part.listed().is_some()) else { return Ok(None) };
    let mut values: BTreeSet<&str> = listing.listed().into_iter().flatten().collect();
    for (index, part) in parts.iter().enumerate().filter(|(_, part)| part.at.pointer() != listing.at.pointer()) {
        part.retain(&mut values);
        if values.is_empty() {
            let contradicts = |other: &&Part<'a>| {
                let mut values: BTreeSet<&str> = other.listed().into_iter().flatten().collect();
                part.retain(&mut values);
                values.is_empty()
            };
            let other = parts[..index].iter().filter(|other| other.listed().is_some()).find(contradicts);
            let other = other.unwrap_or(listing);
            let is_before = parts[..index].iter().any(|part| part.at.pointer() == other.at.pointer());
            return Err(if is_before { (other, part) } else { (part, other) });
        }
    }
    Ok(Some(values))
}

/// Returns two parts of which no value is within the limits, or of the format, of both.
fn apart<'p, 'a>(parts: &'p [Part<'a>]) -> Option<Apart<'p, 'a>> {
    let limits: Vec<Limits> = parts.iter().map(|part| part.lowered.limits.clone()).collect();
    let formats = parts.iter().filter_map(|part| Some((part, rigid_format(&part.lowered.shape)?)));
    let by_format = || {
        let (first, format) = formats.clone().next()?;
        formats.clone().find(|(_, other)| *other != format).map(|(other, _)| (first, other))
    };
    limits_apart(&limits).map(|(first, other)| (&parts[first], &parts[other])).or_else(by_format)
}

/// Returns the indices of two limits that no value is within.
pub(super) fn limits_apart(limits: &[Limits]) -> Option<(usize, usize)> {
    let mut all = Limits::default();
    for (index, own) in limits.iter().enumerate() {
        all = all.and(own.clone());
        if all.is_empty() {
            let is_other = |other: &Limits| other.clone().and(own.clone()).is_empty();
            return limits[..index].iter().position(is_other).map(|other| (other, index));
        }
    }
    None
}
