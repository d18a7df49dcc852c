//! Integers of the description as Rust.

use proc_macro2::Literal;
use serde_json::Value;

use crate::integer::{Integer, of_json, of_marked};
use crate::surface::RustType;

/// Returns an integer without the name of its type.
pub(super) fn literal(number: Integer) -> Literal {
    match number.to_128_bits() {
        Ok(number) => Literal::i128_unsuffixed(number),
        Err(number) => Literal::u128_unsuffixed(number),
    }
}

/// Returns an example of an integer, if its type has it.
pub(super) fn value(ty: &RustType, example: &Value) -> Option<Literal> {
    of_json(example).filter(|number| ty.integers().is_some_and(|held| held.contains(number))).map(literal)
}

/// Returns an integer with the name of its type, for a value of any type.
pub(super) fn any(example: &Value) -> Option<Literal> {
    match example {
        Value::Number(number) => number.as_i64().map(Literal::i64_suffixed),
        Value::String(text) => Some(match of_marked(text)?.to_128_bits() {
            Ok(number) => Literal::i128_suffixed(number),
            Err(number) => Literal::u128_suffixed(number),
        }),
        _ => None,
    }
}

/// Whether a JSON value represents an integer beyond 64 bits.
pub(super) fn is_wide(example: &Value) -> bool {
    example.as_str().is_some_and(|text| of_marked(text).is_some())
}
