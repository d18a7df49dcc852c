//! Sample values of a type in JSON, from the description: a fake of the API returns them where a test set no value.

use std::cell::Cell;

use serde_json::{Map, Value, json};

use super::models::{Kind, Struct, Type};
use crate::hidden::is_hidden;
use crate::integer::{json_of, of_json, unmarked};
use crate::ir::{Api, Docs, Scalar, Shape, TypeId, TypeRef, Types};

/// The maximum depth of a value. Only a union or a list can be deeper than its required content.
const DEPTH: usize = 12;
/// The maximum number of values; `null` replaces the rest. Types that share others can require any number.
const VALUES: usize = 5_000;

/// The purpose of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// An item that a request creates: lists are empty.
    Item,
    /// An object in the documentation, otherwise like an item.
    Shown,
    /// An error: lists have an item, and messages are [`REASON`].
    Error,
}

/// Placeholder in an error for the message.
pub(super) const REASON: &str = "{reason}";
/// Placeholder in an error for the status as a text.
pub(super) const STATUS: &str = "{status}";

/// Returns a value of a type with its required content, and no more.
pub(super) fn sample(types: &Types, ty: &TypeRef, purpose: Purpose) -> Value {
    Sampler { types, purpose, left: Cell::new(VALUES) }.value(ty, &Docs::default(), DEPTH)
}

struct Sampler<'t> {
    types: &'t Types,
    purpose: Purpose,
    left: Cell<usize>,
}

impl Sampler<'_> {
    fn value(&self, ty: &TypeRef, docs: &Docs, depth: usize) -> Value {
        let (Some(depth), Some(left)) = (depth.checked_sub(1), self.left.get().checked_sub(1)) else {
            return Value::Null;
        };
        self.left.set(left);
        match ty {
            TypeRef::Nullable(_) => Value::Null,
            TypeRef::Scalar(scalar) => self.scalar(*scalar, docs),
            TypeRef::Array(item) if self.purpose == Purpose::Error => {
                Value::Array(vec![self.value(item, &Docs::default(), depth)])
            }
            TypeRef::Array(_) => json!([]),
            TypeRef::Map(_) | TypeRef::FreeForm => {
                docs.example.clone().filter(Value::is_object).unwrap_or_else(|| json!({}))
            }
            TypeRef::Any => docs.example.clone().or_else(|| docs.default.clone()).unwrap_or_default(),
            // JSON does not have these numbers.
            TypeRef::Binary | TypeRef::File => Value::Null,
            TypeRef::Named(id) => {
                let def = &self.types[*id];
                let docs = docs.clone().over(def.docs.clone());
                match &def.shape {
                    Shape::Object { fields, .. } => {
                        let wanted = fields.iter().filter(|field| field.required || self.is_reason(&field.name));
                        let members = wanted.filter(|field| !field.write_only).map(|field| {
                            let value = match &field.tag {
                                Some(tag) => Value::from(tag.as_str()),
                                None => self.member(&field.name, &field.ty, &field.docs, depth),
                            };
                            (field.name.clone(), value)
                        });
                        Value::Object(members.collect::<Map<_, _>>())
                    }
                    Shape::Enum(values) => {
                        values.first().map(|first| Value::from(first.value.as_str())).unwrap_or_default()
                    }
                    Shape::IntegerEnum(_, values) => values
                        .iter()
                        .filter_map(|value| json_of(&value.value))
                        .find(|value| self.has_room(value))
                        .unwrap_or_default(),
                    Shape::Union(union) => {
                        let first = union.variants.first().map(|variant| self.value(&variant.ty, &docs, depth));
                        first.unwrap_or_default()
                    }
                    Shape::Scalar(scalar) => self.scalar(*scalar, &docs),
                    Shape::Alias(target) => self.value(target, &docs, depth),
                }
            }
        }
    }

    fn member(&self, name: &str, ty: &TypeRef, docs: &Docs, depth: usize) -> Value {
        let is_text = matches!(self.types.unaliased(ty.without_null()), TypeRef::Scalar(Scalar::String));
        match name {
            _ if self.purpose != Purpose::Error || !is_text && name != "errors" => self.value(ty, docs, depth),
            // Datadog and others: `{"errors": ["…"]}`.
            "errors" => match self.types.unaliased(ty.without_null()) {
                TypeRef::Array(item) if *self.types.unaliased(item) == TypeRef::Scalar(Scalar::String) => {
                    json!([REASON])
                }
                _ => self.value(ty.without_null(), docs, depth),
            },
            "status" => Value::from(STATUS),
            _ if self.is_reason(name) => Value::from(REASON),
            _ => self.value(ty, docs, depth),
        }
    }

    /// Whether a field of an error is one in which servers state the problem.
    fn is_reason(&self, name: &str) -> bool {
        self.purpose == Purpose::Error && ["detail", "error", "errors", "message", "title"].contains(&name)
    }

    fn scalar(&self, scalar: Scalar, docs: &Docs) -> Value {
        let fits = |value: &Value| match scalar {
            Scalar::String | Scalar::Base64 => value.is_string() && of_json(value).is_none(),
            Scalar::Uuid => value.as_str().is_some_and(|text| text.len() == 36),
            Scalar::Timestamp => value.as_str().is_some_and(|text| text.contains('T')),
            Scalar::Date => value.as_str().is_some_and(|text| text.len() == 10),
            Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 | Scalar::Int128 | Scalar::Uint128 => {
                let number = of_json(value).filter(|_| !value.is_f64() && self.has_room(value));
                number.is_some_and(|number| scalar.integers().is_some_and(|held| held.contains(&number)))
            }
            Scalar::Float64 => value.is_number(),
            Scalar::Bool => value.is_boolean(),
        };
        let listed = docs.limits.one_of.first().and_then(|first| json_of(first));
        let given = [listed, docs.default.clone(), docs.example.clone()].into_iter().flatten().find(fits);
        let least = || docs.limits.minimum.as_ref().and_then(|bound| json_of(&bound.value)).filter(fits);
        given.unwrap_or_else(|| match scalar {
            Scalar::String | Scalar::Base64 => json!(""),
            Scalar::Uuid => json!("00000000-0000-4000-8000-000000000000"),
            Scalar::Timestamp => json!("2026-01-01T00:00:00Z"),
            Scalar::Date => json!("2026-01-01"),
            Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 | Scalar::Int128 | Scalar::Uint128 => {
                least().unwrap_or_else(|| json!(0))
            }
            Scalar::Float64 => least().unwrap_or_else(|| json!(0.0)),
            Scalar::Bool => json!(false),
        })
    }

    /// Whether a value can be a sample. A fake stores `serde_json::Value`, which has no room for integers beyond 64 bits.
    fn has_room(&self, value: &Value) -> bool {
        self.purpose == Purpose::Shown || of_json(value).is_none_or(|number| !number.is_beyond_64_bits())
    }
}

/// An object as a server sends it, for the documentation of models.
#[derive(Clone, Debug)]
pub struct SampleObject {
    /// Its type: a struct.
    pub ty: TypeId,
    /// The object, in several lines.
    pub json: String,
    /// The name of a field in there that the type does not have.
    pub unknown: &'static str,
}

/// The largest object that an example shows, in lines.
const LINES: usize = 24;

/// The item of the first list that comes in pages, else the first object that is a whole response: one that is read whatever
/// features are on, and that a reader takes in at a glance.
pub(super) fn sample_object(api: &Api, types: &[Type]) -> Option<SampleObject> {
    const UNKNOWN: &str = "not_described_yet";
    let items = api.operations.iter().filter_map(|operation| operation.pagination.as_ref()).map(|pages| &pages.item);
    let bodies = api.operations.iter().filter_map(|operation| operation.json_response());
    let object = |ty: &TypeRef| {
        let TypeRef::Named(id) = ty else { return None };
        let Kind::Struct(Struct { others: None, .. }) = types[id.0].kind else { return None };
        let is_open = types[id.0].gate.features().is_none();
        let Value::Object(mut object) = sample(&api.types, ty, Purpose::Shown) else { return None };
        object.insert(UNKNOWN.to_owned(), json!(true)).is_none().then_some(())?;
        let json = unmarked(&serde_json::to_string_pretty(&object).ok()?);
        let is_plain = json.lines().count() <= LINES
            && !json.contains("\"#")
            && !json.contains("null")
            && !json.chars().any(is_hidden);
        (is_open && is_plain).then_some(SampleObject { ty: *id, json, unknown: UNKNOWN })
    };
    items.chain(bodies).find_map(object)
}
