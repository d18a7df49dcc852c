//! Values for the unions of a description, and the variants as which each may be read.
//!
//! The possible variants of a value are determined from the types alone, by other rules than those of the runtime: from
//! the discriminator, the constants, the types in JSON and the required properties.

mod scalars;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use generator::Described;
use generator::ir::{Field, Scalar, Shape, TypeRef, Types, Union, UnionVariant};
use generator::surface::Kind;
use serde_json::{Map, Value, json};

use scalars::{anything, is_scalar, scalar_value};

/// The maximum depth of values, and of checks of values.
const DEPTH: usize = 3;

/// The maximum depth at which a type is followed to a finite value.
const DEEPEST: usize = 12;

/// The number of properties of a value that are changed.
const CHANGED: usize = 6;

/// Returns a test program: one test per union of a crate, whose name in Rust is `library`. The file
/// `tests/union_support.rs` is its module `support`.
pub fn program(library: &str, described: &Described) -> String {
    let types = &described.api.types;
    let mut program = String::new();
    for ((_, def), ty) in types.iter().zip(&described.surface.types) {
        let (Shape::Union(union), Kind::Union(surface)) = (&def.shape, &ty.kind) else { continue };
        let (ident, test) = (&ty.ident, format!("union_{}", ty.module.to_string().trim_start_matches("r#")));
        let accessors = surface.variants.iter().map(|variant| {
            format!("        ({:?}, |value| value.{}().is_some()),\n", variant.ident.to_string(), variant.accessor)
        });
        let accessors: String = accessors.collect();
        let mut cases = String::new();
        for case in (Unions { types }).cases(union) {
            let Case { value, may_be, is_known } = case;
            let may_be: Vec<String> = may_be.iter().map(ToString::to_string).collect();
            let must = if is_known { "known" } else { "any" };
            // Writing to a string cannot fail.
            let _ = writeln!(cases, "{}|{must}|{value}", may_be.join(","));
        }
        let _ = write!(
            program,
            "\n#[test]\nfn {test}() {{\n    crate::support::check::<{library}::models::{ident}>(&[\n{accessors}    ], \
             r####\"{cases}\"####);\n}}\n",
        );
    }
    program
}

/// A value, and its possible variants.
struct Case {
    value: Value,
    /// The indices of its possible variants.
    may_be: Vec<usize>,
    /// Whether it is certainly one of them.
    is_known: bool,
}

struct Unions<'t> {
    types: &'t Types,
}

impl Unions<'_> {
    fn cases(&self, union: &Union) -> Vec<Case> {
        let mut cases = Vec::new();
        let mut samples: Vec<Value> = Vec::new();
        for variant in 0..union.variants.len() {
            for is_full in [false, true] {
                let Some((value, is_told)) = self.sample(union, variant, is_full) else { continue };
                let others: Vec<usize> = (0..union.variants.len())
                    .filter(|other| self.may_be(union, *other, &value) && self.has_constants(union, *other, &value))
                    .collect();
                let may_be = if is_told { vec![variant] } else { others };
                cases.push(Case { is_known: may_be.contains(&variant), may_be, value: value.clone() });
                samples.push(value);
            }
        }
        let changed: Vec<Value> = samples.iter().flat_map(|sample| changed(sample, union.tag.as_deref())).collect();
        let mut seen: BTreeSet<String> = samples.iter().map(ToString::to_string).collect();
        for value in anything().into_iter().chain(changed) {
            if seen.insert(value.to_string()) {
                let may_be = (0..union.variants.len()).filter(|variant| self.may_be(union, *variant, &value));
                cases.push(Case { may_be: may_be.collect(), is_known: false, value });
            }
        }
        cases
    }

    /// Returns a value of a variant, and whether the discriminator identifies it.
    fn sample(&self, union: &Union, variant: usize, is_full: bool) -> Option<(Value, bool)> {
        let ty = &union.variants.get(variant)?.ty;
        let mut value = self.value(ty, is_full, DEPTH, DEEPEST)?;
        let (Some(tag), Value::Object(fields), Some((_, known))) = (&union.tag, &mut value, self.types.object(ty))
        else {
            return Some((value, false));
        };
        let taken: BTreeSet<String> = (0..variant).flat_map(|earlier| self.texts(union, earlier)).collect();
        let text = self.texts(union, variant).into_iter().find(|text| !taken.contains(text))?;
        let is_text = known.iter().find(|field| field.name == *tag).is_none_or(|field| self.is_text(&field.ty));
        let tag_value = if is_text { Value::from(text) } else { serde_json::from_str(&text).ok()? };
        fields.insert(tag.clone(), tag_value);
        Some((value, true))
    }

    fn is_text(&self, ty: &TypeRef) -> bool {
        match self.types.unaliased(ty.without_null()) {
            TypeRef::Scalar(scalar) => matches!(scalar, Scalar::String | Scalar::Base64),
            TypeRef::Named(id) => match self.types[*id].shape {
                Shape::Scalar(scalar) => scalar == Scalar::String,
                Shape::IntegerEnum(..) => false,
                _ => true,
            },
            _ => true,
        }
    }

    /// Returns the texts of the discriminator that select a variant.
    fn texts(&self, union: &Union, variant: usize) -> Vec<String> {
        let (Some(tag), Some(variant)) = (&union.tag, union.variants.get(variant)) else { return Vec::new() };
        let mapped: BTreeSet<&String> = union.variants.iter().flat_map(|variant| &variant.mapped).collect();
        let list = |variant: &UnionVariant| {
            let fields = self.types.object(&variant.ty).map_or(&[][..], |(_, fields)| fields);
            fields.iter().find(|field| field.name == *tag).map(|field| self.listed(field)).unwrap_or_default()
        };
        let lists: Vec<Vec<String>> = union.variants.iter().map(list).collect();
        let constants = list(variant);
        let mut texts = variant.mapped.clone();
        for text in constants.iter().filter(|text| !mapped.contains(text)) {
            // If several list it, the one that lists the fewest gets it.
            let as_narrow = lists.iter().filter(|list| list.len() <= constants.len() && list.contains(text));
            if as_narrow.count() == 1 || variant.schema.as_ref() == Some(text) {
                texts.push(text.clone());
            }
        }
        if texts.is_empty() && constants.iter().all(|text| mapped.contains(text)) {
            texts.extend(variant.schema.clone());
        }
        texts
    }

    /// Returns the possible texts of a property, if it lists them.
    fn listed(&self, field: &Field) -> Vec<String> {
        let of_type = || self.types.definition(field.ty.without_null());
        match of_type().map(|def| &def.shape) {
            Some(Shape::Enum(values) | Shape::IntegerEnum(_, values)) => {
                values.iter().map(|value| value.value.clone()).collect()
            }
            _ if !field.docs.limits.one_of.is_empty() => field.docs.limits.one_of.clone(),
            _ => of_type().map(|def| def.docs.limits.one_of.clone()).unwrap_or_default(),
        }
    }

    /// Returns a value of a type: with its required content, or with all known content. `None` if it is infinite.
    fn value(&self, ty: &TypeRef, is_full: bool, depth: usize, left: usize) -> Option<Value> {
        let left = left.checked_sub(1)?;
        let inner = |ty: &TypeRef| self.value(ty, is_full, depth.saturating_sub(1), left);
        let value = match self.types.unaliased(ty) {
            TypeRef::Scalar(scalar) => scalar_value(*scalar),
            TypeRef::Array(item) if depth > 0 => inner(item).into_iter().collect(),
            TypeRef::Array(_) => json!([]),
            TypeRef::Map(value) if depth > 0 => {
                Value::Object(inner(value).map(|value| ("key".to_owned(), value)).into_iter().collect())
            }
            TypeRef::Map(_) | TypeRef::FreeForm => json!({}),
            TypeRef::Nullable(value) => inner(value)?,
            TypeRef::Any | TypeRef::Binary | TypeRef::File => json!("anything"),
            TypeRef::Named(id) => match &self.types[*id].shape {
                Shape::Scalar(scalar) => scalar_value(*scalar),
                Shape::Enum(values) => json!(values.first()?.value),
                Shape::IntegerEnum(_, values) => serde_json::from_str(&values.first()?.value).ok()?,
                Shape::Object { fields, .. } => {
                    let mut object = Map::new();
                    for field in fields.iter().filter(|field| field.required || is_full && depth > 0) {
                        let listed = self.listed(field);
                        let value = match (listed.first(), self.is_text(&field.ty)) {
                            (Some(first), true) => Some(json!(first)),
                            (Some(first), false) => serde_json::from_str(first).ok(),
                            (None, _) => inner(&field.ty),
                        };
                        match value {
                            Some(value) => drop(object.insert(field.name.clone(), value)),
                            None if field.required => return None,
                            None => {}
                        }
                    }
                    Value::Object(object)
                }
                Shape::Union(union) => {
                    let values = (0..union.variants.len()).filter_map(|variant| {
                        self.value(&union.variants[variant].ty, is_full, depth.saturating_sub(1), left)?;
                        self.sample_within(union, variant, is_full, depth, left)
                    });
                    values.into_iter().next()?
                }
                Shape::Alias(_) => return None,
            },
        };
        Some(value)
    }

    fn sample_within(&self, union: &Union, variant: usize, is_full: bool, depth: usize, left: usize) -> Option<Value> {
        let mut value = self.value(&union.variants.get(variant)?.ty, is_full, depth.saturating_sub(1), left)?;
        if let (Some(tag), Value::Object(fields), Some(text)) =
            (&union.tag, &mut value, self.texts(union, variant).into_iter().next())
        {
            fields.insert(tag.clone(), json!(text));
        }
        Some(value)
    }

    /// Whether a value can be of a variant, by the discriminator, the types in JSON and the required properties.
    fn may_be(&self, union: &Union, variant: usize, value: &Value) -> bool {
        self.may_be_within(union, variant, value, DEEPEST)
    }

    fn may_be_within(&self, union: &Union, variant: usize, value: &Value, left: usize) -> bool {
        let (Some(of), Some(left)) = (union.variants.get(variant), left.checked_sub(1)) else { return false };
        let is_told = match (&union.tag, value) {
            (Some(tag), Value::Object(fields)) => {
                let texts = self.texts(union, variant);
                // A schema that describes nothing accepts objects without its text, too.
                let is_anything = matches!(self.types.unaliased(&of.ty), TypeRef::Any);
                texts.is_empty()
                    || is_anything
                    || fields.get(tag).and_then(text).is_some_and(|text| texts.contains(&text))
            }
            _ => true,
        };
        // Elsewhere a union accepts any value, but as a member only values of its own variants.
        is_told
            && (union.tag.is_some() || self.has_required(&of.ty, value))
            && match self.union(&of.ty) {
                Some(inner) => (0..inner.variants.len()).any(|variant| self.may_be_within(inner, variant, value, left)),
                None => self.fits(&of.ty, value, DEEPEST),
            }
    }

    /// Whether an object has all required properties. Without a discriminator, they select the variant.
    fn has_required(&self, ty: &TypeRef, value: &Value) -> bool {
        let Some((_, fields)) = self.types.object(ty) else { return true };
        !value.is_object() || fields.iter().all(|field| !field.required || value.get(&field.name).is_some())
    }

    fn union(&self, ty: &TypeRef) -> Option<&Union> {
        match self.types.definition(ty.without_null()).map(|def| &def.shape) {
            Some(Shape::Union(union)) => Some(union),
            _ => None,
        }
    }

    /// Whether the value has the constants of a variant.
    fn has_constants(&self, union: &Union, variant: usize, value: &Value) -> bool {
        let Some((_, fields)) = union.variants.get(variant).and_then(|variant| self.types.object(&variant.ty)) else {
            return true;
        };
        fields.iter().all(|field| match (self.listed(field).as_slice(), value.get(&field.name)) {
            ([constant], Some(found)) if union.tag.as_ref() != Some(&field.name) => {
                found.is_null() || text(found).is_none_or(|text| text == *constant)
            }
            _ => true,
        })
    }

    fn is_of_kind(&self, ty: &TypeRef, value: &Value, left: usize) -> bool {
        let Some(left) = left.checked_sub(1) else { return true };
        match self.types.unaliased(ty) {
            TypeRef::Named(id) => match &self.types[*id].shape {
                Shape::Object { .. } => value.is_object(),
                Shape::Union(union) => union.variants.iter().any(|variant| self.is_of_kind(&variant.ty, value, left)),
                Shape::Scalar(scalar) => is_scalar(*scalar, value),
                Shape::Enum(_) => value.is_string(),
                Shape::IntegerEnum(scalar, _) => is_scalar(*scalar, value),
                Shape::Alias(_) => true,
            },
            TypeRef::Scalar(scalar) => is_scalar(*scalar, value),
            TypeRef::Array(_) => value.is_array(),
            TypeRef::Map(_) | TypeRef::FreeForm => value.is_object(),
            TypeRef::Nullable(inner) => value.is_null() || self.is_of_kind(inner, value, left),
            TypeRef::Any | TypeRef::Binary | TypeRef::File => true,
        }
    }

    /// Whether a value is of a type, as deep as values are checked. Deeper content can be anything.
    fn fits(&self, ty: &TypeRef, value: &Value, left: usize) -> bool {
        let Some(left) = left.checked_sub(1) else { return true };
        let ty = self.types.unaliased(ty);
        if let TypeRef::Nullable(inner) = ty {
            return value.is_null() || self.fits(inner, value, left);
        }
        let items = || match ty {
            TypeRef::Array(item) => {
                value.as_array().is_none_or(|items| items.iter().all(|one| self.fits(item, one, left)))
            }
            TypeRef::Map(values) => {
                value.as_object().is_none_or(|map| map.values().all(|one| self.fits(values, one, left)))
            }
            _ => true,
        };
        let fields = || {
            self.types.object(ty).is_none_or(|(_, fields)| {
                fields.iter().all(|field| match value.get(&field.name) {
                    // An object is read without a required property that can be null.
                    None => !field.required || field.ty.is_nullable(),
                    Some(Value::Null) if !field.required => true,
                    // A union accepts any value.
                    Some(_) if self.union(&field.ty).is_some() => true,
                    Some(value) => self.fits(&field.ty, value, left),
                })
            })
        };
        self.union(ty).is_some() || self.is_of_kind(ty, value, left) && items() && fields()
    }
}

/// Returns a text; or a number, `true` or `false` as written.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

/// Returns the same object without a property, and with another value of it.
fn changed(sample: &Value, tag: Option<&str>) -> Vec<Value> {
    let Value::Object(fields) = sample else { return Vec::new() };
    let mut all = Vec::new();
    let names = fields.keys().take(CHANGED).map(String::as_str).chain(tag.filter(|tag| fields.contains_key(*tag)));
    for name in names {
        let mut without = fields.clone();
        without.remove(name);
        all.push(Value::Object(without));
        for other in [json!(null), json!("other"), json!(5), json!([]), json!({})] {
            let mut with = fields.clone();
            with.insert(name.to_owned(), other);
            all.push(Value::Object(with));
        }
    }
    let mut with = fields.clone();
    with.insert("of no schema".to_owned(), json!({"x": [1, 2.5]}));
    all.push(Value::Object(with));
    all
}
