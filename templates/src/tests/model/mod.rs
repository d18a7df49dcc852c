//! The guarantees of the models, with a few types in the form that the generator emits.

#![allow(dead_code, unreachable_pub, reason = "the macros are for public types")]

mod base64;
mod date;
mod direct;
mod extra;
mod integer_enum;
#[cfg(feature = "jiff")]
mod jiff;
mod lossless;
mod names;
mod nullable;
mod numbers;
mod object;
mod others;
mod scalar;
mod string_enum;
mod surrogates;
mod timestamp;
mod union;
mod union_of_integers;
mod value;

use uuid::Uuid;

use crate::runtime::model::{Extra, JsonObject, Nullable, Timestamp, Unrecognized};

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct OrgGroupId(Uuid);
crate::runtime::model::scalar!(OrgGroupId(Uuid));

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
enum Tier {
    OverrideAllowed,
    GroupManaged,
    Unrecognized(Unrecognized),
}
crate::runtime::model::string_enum! {
    Tier {
        OverrideAllowed = "OVERRIDE_ALLOWED",
        GroupManaged = "GROUP_MANAGED",
    }
}

/// One field for each kind of field.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
struct Policy {
    id: OrgGroupId,
    created_at: Timestamp,
    modified_at: Option<Timestamp>,
    deleted_at: Nullable<Timestamp>,
    seen_at: Vec<Timestamp>,
    content: Option<JsonObject>,
    next: Nullable<String>,
    last: Option<i64>,
    parent: Option<Box<Policy>>,
    r#type: Tier,
    extra: Extra,
}
crate::runtime::model::object! {
    Policy {
        id: required "id",
        created_at: required "created_at",
        modified_at: optional "modified_at",
        deleted_at: nullable "deleted_at",
        seen_at: required "seen_at",
        content: optional "content",
        next: nullable "next",
        last: required_nullable "last",
        parent: optional "parent",
        r#type: required "type",
    }
}

/// A policy with its required fields only.
const SMALL: &str = concat!(
    r#"{"id":"a1b2c3d4-e5f6-7890-abcd-ef0123456789","created_at":"2024-01-15T10:30:00Z","#,
    r#""seen_at":[],"last":null,"type":"GROUP_MANAGED"}"#,
);

/// A policy with all fields, and with unknown ones.
const LARGE: &str = concat!(
    r#"{"id":"a1b2c3d4-e5f6-7890-abcd-ef0123456789","created_at":"2024-01-15T10:30:00.25Z","#,
    r#""modified_at":"2024-02-29T23:59:59Z","deleted_at":"1969-12-31T23:59:59.5Z","#,
    r#""seen_at":["2024-01-15T10:30:00Z"],"content":{"a":[1,null]},"next":"x","last":3,"#,
    r#""parent":{"id":"00000000-0000-0000-0000-000000000000","created_at":"2024-01-15T10:30:00Z","#,
    r#""seen_at":[],"last":null,"type":"DEFAULT","deep":true},"type":"OVERRIDE_ALLOWED","more":null,"most":{"z":1}}"#,
);

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

fn read(text: &str) -> Policy {
    serde_json::from_str(text).unwrap()
}

fn error(text: &str) -> String {
    serde_json::from_str::<Policy>(text).unwrap_err().to_string()
}

fn write(policy: &Policy) -> String {
    serde_json::to_string(policy).unwrap()
}
