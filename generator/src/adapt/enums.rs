//! Enums: repeated values, values of another type, and `null` among them or alone.

use std::collections::BTreeSet;

use super::schemas::type_of_values;
use super::{Adapting, entry, numbers, str_of, values};
use crate::diagnostics::{Code, Place, Span};
use crate::source::{Entry, Mapping, Node, Value};
use crate::spec::held;

/// Lists with one item per value of the enum.
const PARALLEL: [&str; 2] = ["x-enum-varnames", "x-enum-descriptions"];

pub(super) fn rewrite(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    values_of_the_type(walk, schema);
    if let (Some("integer"), Some(span)) = (str_of(schema, "type"), schema.entry("enum").map(|entry| entry.key_span)) {
        numbers::wide_format(schema, span);
    }
    values_of_other_types(walk, schema);
    if let Some(name) = str_of(schema, "type").filter(|name| matches!(*name, "number" | "boolean")).map(str::to_owned) {
        for Entry { key, key_span, .. } in PARALLEL.into_iter().filter_map(|key| schema.remove(key)) {
            let message = format!("`{key}` has no effect on values of `type: {name}`: it is ignored");
            walk.report_removed(Code::KeyOfOtherType, (&key, key_span), message).help =
                Some("remove the key, and describe the values in the `description`".to_owned());
        }
    }
    if let Some(name) = str_of(schema, "type").filter(|name| matches!(*name, "array" | "object")).map(str::to_owned)
        && schema.entry("allOf").is_none()
        && let Some(Entry { key, key_span, .. }) = schema.remove("enum")
    {
        let message = format!("the crate has no enum of values of `type: {name}`: `enum` is ignored");
        walk.report_removed(Code::IgnoredKey, (&key, key_span), message).help =
            Some("describe the values in the `description`, and remove the key".to_owned());
    }
    let Some(enumeration) = schema.entry("enum") else { return };
    let span = enumeration.key_span;
    let Value::Sequence(items) = &enumeration.node.value else { return };
    let mut known = BTreeSet::new();
    let mut is_again = |item: &Node| scalar(&item.value).is_some_and(|scalar| !known.insert(scalar));
    let again: BTreeSet<usize> = (0..items.len()).filter(|index| is_again(&items[*index])).collect();
    let has_null = items.iter().any(|item| item.value == Value::Null);
    let length = items.len();
    for key in PARALLEL {
        let is_other = |node: &Node| node.value.as_sequence().is_some_and(|texts| texts.len() != length);
        if schema.entry(key).is_some_and(|entry| is_other(&entry.node))
            && let Some(removed) = schema.remove(key)
        {
            let message = format!("`{key}` does not have one item per value: it is ignored");
            walk.report_removed(Code::IgnoredKey, (key, removed.key_span), message).help =
                Some("write one item per value of `enum`, in the same order".to_owned());
        }
    }
    if !again.is_empty() {
        leave_out(schema, &again);
        walk.report(Code::EnumValueForm, "enum", format!("this enum has repeated values: {} ignored", again.len()))
            .help = Some("write each value once".to_owned());
    }
    if only_null(walk, schema, span) {
        return;
    }
    if has_null && schema.entry("nullable").map(|entry| &entry.node.value) != Some(&Value::Bool(true)) {
        schema.insert(entry("nullable", Value::Bool(true), span));
        walk.report(Code::EnumValueForm, "enum", "`null` in an enum that is not nullable: it is read as nullable")
            .help = Some("add `nullable: true` beside `enum`".to_owned());
    }
}

/// Removes an enum of texts that contains no text. As a member of a union it makes the union nullable, and stays.
fn only_null(walk: &mut Adapting<'_>, schema: &mut Mapping, span: Span) -> bool {
    let Some(Node { value: Value::Sequence(items), .. }) = schema.get_mut("enum") else { return false };
    let is_null = !items.is_empty() && items.iter().all(|item| item.value == Value::Null);
    let mut keys: Vec<String> = walk.at.segments().collect();
    let index = keys.pop();
    let is_item = index.is_some_and(|index| index.bytes().all(|byte| byte.is_ascii_digit()));
    let is_member = is_item && keys.pop().is_some_and(|key| matches!(&*key, "oneOf" | "anyOf"));
    if !is_null || is_member || str_of(schema, "type") != Some("string") {
        return false;
    }
    for key in ["enum", PARALLEL[0], PARALLEL[1], "nullable"] {
        schema.remove(key);
    }
    schema.insert(entry("nullable", Value::Bool(true), span));
    let message = "this enum of texts contains only `null`: it is read as any text or `null`";
    walk.report_here(Code::EnumValueForm, message).help =
        Some("list the possible texts, or remove a property that is always `null`".to_owned());
    true
}

/// Returns a scalar in a form that can be sorted.
fn scalar(value: &Value) -> Option<(&'static str, String)> {
    let text = match value {
        Value::Null => String::new(),
        Value::Bool(flag) => flag.to_string(),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Sequence(_) | Value::Mapping(_) => return None,
    };
    Some((value.kind(), text))
}

/// Handles listed values that are not of the type: if all are of another type, the type becomes that of the values;
/// otherwise these values are removed.
fn values_of_other_types(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    let Some(name) = str_of(schema, "type").map(str::to_owned) else { return };
    let Some(Node { value: Value::Sequence(items), .. }) = schema.entry("enum").map(|entry| &entry.node) else {
        return;
    };
    let held = held(schema);
    let is_of_type = |value: &Value| match name.as_str() {
        "string" => value.as_str().is_some(),
        "integer" => value.as_integer().is_some_and(|number| held.contains(&number)),
        "number" => matches!(value, Value::Integer(_) | Value::Float(_)),
        "boolean" => matches!(value, Value::Bool(_)),
        _ => true,
    };
    let is_other = |node: &Node| node.value != Value::Null && !is_of_type(&node.value);
    let others: BTreeSet<usize> = (0..items.len()).filter(|index| is_other(&items[*index])).collect();
    let Some(first) = others.first() else { return };
    let place = Place::Value(walk.at.key("enum").index(*first));
    let fit = items.iter().filter(|node| node.value != Value::Null).count() - others.len();
    if let (0, Some(real)) = (fit, type_of_values(items).filter(|real| *real != name)) {
        if let Some(node) = schema.get_mut("type") {
            node.value = Value::String(real.to_owned());
        }
        let message = format!("no value of this enum is of `type: {name}`: it is read as `type: {real}`");
        walk.report_at(Code::EnumValueForm, place, message).help =
            Some(format!("write `type: {real}`, or change the values"));
        return;
    }
    let form = str_of(schema, "format").filter(|_| name == "integer").map(|format| format!("format: {format}"));
    let form = form.unwrap_or_else(|| format!("type: {name}"));
    let message = format!("`{form}` has no such value: it is ignored");
    for index in &others {
        let place = Place::Value(walk.at.key("enum").index(*index));
        walk.report_at(Code::EnumValueForm, place, message.clone()).help =
            Some("remove it, or change the `type`".to_owned());
    }
    if fit == 0 {
        for key in ["enum", PARALLEL[0], PARALLEL[1]] {
            schema.remove(key);
        }
    } else {
        leave_out(schema, &others);
    }
}

/// Removes values from the enum, and the corresponding items of the parallel lists.
fn leave_out(schema: &mut Mapping, indices: &BTreeSet<usize>) {
    for key in ["enum", PARALLEL[0], PARALLEL[1]] {
        if let Some(Node { value: Value::Sequence(items), .. }) = schema.get_mut(key) {
            let mut index = 0;
            items.retain(|_| {
                index += 1;
                !indices.contains(&(index - 1))
            });
        }
    }
}

/// Converts values to the schema's type if their meaning is unambiguous.
fn values_of_the_type(walk: &mut Adapting<'_>, schema: &mut Mapping) {
    let Some(name) = str_of(schema, "type").map(str::to_owned) else { return };
    let list = walk.at.key("enum");
    let Some(Node { value: Value::Sequence(items), .. }) = schema.get_mut("enum") else { return };
    for (index, item) in items.iter_mut().enumerate() {
        let read = match (name.as_str(), &item.value) {
            ("string", Value::Integer(_) | Value::Float(_) | Value::Bool(_)) => match walk.written(item) {
                Some(written) => Value::String(written),
                None => continue,
            },
            ("integer" | "number", Value::String(text)) => match values::number(text) {
                Some(number @ Value::Integer(_)) => number,
                Some(number) if name == "number" => number,
                _ => continue,
            },
            ("integer", value @ Value::Float(_)) => match value.as_integer() {
                Some(whole) => Value::Integer(whole),
                None => continue,
            },
            ("boolean", Value::String(text)) => match text.to_ascii_lowercase().parse() {
                Ok(flag) => Value::Bool(flag),
                Err(_) => continue,
            },
            _ => continue,
        };
        item.value = read;
        let place = Place::Value(list.index(index));
        walk.report_at(Code::EnumValueForm, place, format!("this value is read as one of `type: {name}`")).help =
            Some("write it as a value of the type".to_owned());
    }
}
