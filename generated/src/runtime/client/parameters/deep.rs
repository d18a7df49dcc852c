//! `deepObject`, as deep as the value goes. OpenAPI describes one level; below that, this is what servers read: the names
//! of fields between brackets, empty brackets for each scalar of a list, and the place of each other item.

use super::expand::Encoding;
use super::flat::{is_list_of_scalars, text};
use crate::runtime::client::parameters::plain::{EMPTY_LIST, EMPTY_OBJECT};
use crate::runtime::model::Value;

/// How deep a value may be. No server reads names of so many parts.
const MAX_DEPTH: usize = 64;

/// The pairs of a value with this name.
///
/// # Errors
///
/// Says what cannot be told from something else.
pub(super) fn pairs(name: &str, value: &Value, encoding: Encoding) -> Result<Vec<String>, String> {
    let mut out = Vec::new();
    append(&Encoding::Strict.text(name), value, encoding, MAX_DEPTH, &mut out)?;
    Ok(out)
}

/// Appends the pairs of a value whose name is written already.
fn append(name: &str, value: &Value, encoding: Encoding, depth: usize, out: &mut Vec<String>) -> Result<(), String> {
    let Some(depth) = depth.checked_sub(1) else {
        return Err(format!("it is nested deeper than {MAX_DEPTH} levels"));
    };
    if value.is_object() {
        // Around all, an object without fields says as much as the nothing that is sent for it.
        if depth < MAX_DEPTH - 1 && value.fields().next().is_none() {
            return Err(EMPTY_OBJECT.to_owned());
        }
        for (field, value) in value.fields() {
            if field.contains(['[', ']']) {
                return Err(format!("{field}: a bracket in a name cannot be told from those around it"));
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
