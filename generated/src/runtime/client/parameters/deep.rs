//! `deepObject`, to any depth of the value. OpenAPI describes one level; below that, this follows common servers: the
//! names of fields in brackets, empty brackets for each scalar of a list, and the index of each other item.

use super::expand::Encoding;
use super::flat::{is_list_of_scalars, text};
use crate::runtime::client::parameters::plain::{EMPTY_LIST, EMPTY_OBJECT};
use crate::runtime::model::Value;

/// The maximum depth of a value. No server reads names of so many parts.
const MAX_DEPTH: usize = 64;

/// Returns the pairs of a value with this name.
///
/// # Errors
/// Says which part is ambiguous.
#[inline]
pub(super) fn pairs(name: &str, value: &Value, encoding: Encoding) -> Result<Vec<String>, String> {
    let mut out = Vec::new();
    append(&Encoding::Strict.text(name), value, encoding, MAX_DEPTH, &mut out)?;
    Ok(out)
}

/// Appends the pairs of a value whose name is already written.
#[inline]
fn append(name: &str, value: &Value, encoding: Encoding, depth: usize, out: &mut Vec<String>) -> Result<(), String> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(format!("it is nested deeper than {MAX_DEPTH} levels"));
    };
    if value.is_object() {
        // At the top level, an object without fields means the same as no pair.
        if depth < MAX_DEPTH - 1 && value.fields().next().is_none() {
            return Err(EMPTY_OBJECT.to_owned());
        }
        for (field, value) in value.fields() {
            if field.contains(['[', ']']) {
                return Err(format!("{field}: a bracket in a name cannot be distinguished from those around names"));
            }
            append(&format!("{name}%5B{}%5D", encoding.name(&field)), &value, encoding, depth, out)?;
        }
    } else if is_list_of_scalars(value) {
        let before = out.len();
        for item in value.items() {
            out.push(format!("{name}%5B%5D={}", encoding.text(&text(&item)?)));
        }
        if out.len() == before {
            return Err(EMPTY_LIST.to_owned());
        }
    } else if value.is_array() {
        for (index, item) in value.items().enumerate() {
            append(&format!("{name}%5B{index}%5D"), &item, encoding, depth, out)?;
        }
    } else {
        out.push(format!("{name}={}", encoding.text(&text(value)?)));
    }
    Ok(())
}
