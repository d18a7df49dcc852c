//! Integers of the description as Rust.

use proc_macro2::Literal;
use serde_json::Value;

use crate::integer::{Integer, of_json, of_marked};
use crate::surface::RustType;

/// Returns an integer without the name of its type.
pub(super) fn literal(number: Integer) -> Literal {
    match (i128::try_from(number), u128::try_from(number)) {
        (Ok(number), _) => Literal::i128_unsuffixed(number),
        (_, Ok(number)) => Literal::u128_unsuffixed(number),
        // Every integer is one of them.
        _ => Literal::i128_unsuffixed(0),
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
        Value::String(text) => {
            let number = of_marked(text)?;
            let signed = i128::try_from(number).ok().map(Literal::i128_suffixed);
            signed.or_else(|| u128::try_from(number).ok().map(Literal::u128_suffixed))
        }
        _ => None,
    }
}

/// Whether a JSON value represents an integer beyond 64 bits.
pub(super) fn is_wide(example: &Value) -> bool {
    example.as_str().is_some_and(|text| of_marked(text).is_some())
}
