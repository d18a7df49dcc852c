//! Values of scalars, and values that belong to no description.

use generator::ir::Scalar;
use serde_json::{Number, Value, json};

pub(super) fn scalar_value(scalar: Scalar) -> Value {
    match scalar {
        Scalar::String | Scalar::Base64 => json!("text"),
        Scalar::Uuid => json!(UUID),
        Scalar::Timestamp => json!(TIMESTAMP),
        Scalar::Date => json!(DATE),
        Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 | Scalar::Int128 | Scalar::Uint128 => json!(7),
        Scalar::Float64 => json!(1.5),
        Scalar::Bool => json!(true),
    }
}

const UUID: &str = "5f0c2d3e-0000-4000-8000-000000000001";
const TIMESTAMP: &str = "2000-02-29T12:00:00Z";
const DATE: &str = "2000-02-29";

pub(super) fn is_scalar(scalar: Scalar, value: &Value) -> bool {
    let whole = |number: &Number| !number.is_f64() || number.as_f64().is_some_and(|number| number.fract() == 0.0);
    match (scalar, value) {
        (Scalar::String | Scalar::Base64, Value::String(_))
        | (Scalar::Float64, Value::Number(_))
        | (Scalar::Bool, Value::Bool(_)) => true,
        (Scalar::Uuid, Value::String(text)) => text == UUID,
        (Scalar::Timestamp, Value::String(text)) => text == TIMESTAMP,
        (Scalar::Date, Value::String(text)) => text == DATE,
        (scalar, Value::Number(number)) if scalar.integers().is_some() => whole(number),
        _ => false,
    }
}

/// Returns values that belong to no description.
pub(super) fn anything() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(2.0),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("other"),
        json!(UUID),
        json!(DATE),
        json!(TIMESTAMP),
        json!([]),
        json!([1]),
        json!(["a"]),
        json!([{}]),
        json!([[null]]),
        json!({}),
        json!({"a": 1}),
        json!({"a": null, "b": [1.25, {"c": "\u{e9}\n"}]}),
    ]
}
