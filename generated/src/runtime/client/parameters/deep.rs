//! `deepObject`, as deep as the value goes. OpenAPI describes one level; below that, this is what servers read: the names
//! of fields between brackets, empty brackets for each scalar of a list, and the place of each other item.

use super::expand::Encoding;
use super::flat::{is_list_of_scalars, text};
use crate::runtime::client::parameters::plain::EMPTY_LIST;
use crate::runtime::model::Value;

/// Appends the pairs of a value whose name is written already.
///
/// # Errors
///
/// Says what cannot be told from something else.
pub(super) fn pairs(name: &str, value: &Value, encoding: Encoding, out: &mut Vec<String>) -> Result<(), String> {
    if value.is_object() {
        for (field, value) in value.fields() {
            if field.contains(['[', ']']) {
                return Err(format!("{field}: a bracket in a name cannot be told from those around it"));
            }
            pairs(&format!("{name}%5B{}%5D", encoding.name(&field)), &value, encoding, out)?;
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
            pairs(&format!("{name}%5B{index}%5D"), &item, encoding, out)?;
        }
    } else {
        out.push(format!("{name}={}", encoding.text(&text(value)?)));
    }
    Ok(())
}
