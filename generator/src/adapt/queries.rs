//! Placeholders in the query of a path, `/things?page={number}`: each becomes a query parameter.

use super::{Adapting, entry, str_of, text};
use crate::diagnostics::{Code, Place};
use crate::pointer::Pointer;
use crate::source::{Mapping, Node, Value};
use crate::spec::{METHODS, Template};

pub(super) fn move_parameters(walk: &mut Adapting<'_>, root: &mut Node) {
    let paths = root.get("paths").and_then(|paths| paths.value.as_mapping());
    let keys = paths.into_iter().flat_map(|paths| paths.iter()).map(|path| path.key.clone());
    let keys: Vec<String> = keys.filter(|key| Template::of(key).query_parameters().next().is_some()).collect();
    for key in keys {
        let at = Pointer::root().key("paths").key(&key);
        let message = format!("the query of the path `{key}` has placeholders: they are read as query parameters");
        walk.report_at(Code::QueryInPath, Place::Key(at.clone()), message).help =
            Some("end the path before the `?`, and describe the query as parameters with `in: query`".to_owned());
        for (name, placeholder) in Template::of(&key).query_parameters() {
            let is_in_path = Template::of(&key).names().contains(&placeholder);
            move_parameter(root, &at, (name, placeholder), is_in_path);
        }
    }
}

/// Moves the path parameter of a placeholder to the query, in each list that has it. If none has it, each operation
/// gets one. A parameter that the path itself needs too is kept.
fn move_parameter(root: &mut Node, at: &Pointer, names: (&str, &str), is_in_path: bool) {
    let shared = moved(root, &at.key("parameters"), names);
    let methods: Vec<&str> = METHODS.iter().copied().filter(|method| root.find(&at.key(method)).is_some()).collect();
    for method in methods {
        let own = moved(root, &at.key(method).key("parameters"), names);
        let is_declared = own.is_some() || shared.is_some();
        if let Some(list) = own {
            replace(root, &at.key(method), names, list, is_in_path);
        } else if !is_declared {
            let Some(span) = root.find(&at.key(method)).map(|operation| operation.span) else { continue };
            let schema =
                entry("schema", Value::Mapping(Mapping::from_iter([entry("type", text("string"), span)])), span);
            let parameter = [
                entry("name", text(names.0), span),
                entry("in", text("query"), span),
                entry("required", Value::Bool(true), span),
                schema,
            ];
            let parameter = Node { span, value: Value::Mapping(Mapping::from_iter(parameter)) };
            replace(root, &at.key(method), names, parameter, true);
        }
    }
    if let Some(parameter) = shared {
        replace(root, at, names, parameter, is_in_path);
    }
}

/// Converts the path parameter of a list to a query parameter.
fn moved(root: &Node, list: &Pointer, (name, placeholder): (&str, &str)) -> Option<Node> {
    let items = root.find(list)?.value.as_sequence()?;
    let mut found = items.iter().filter_map(|item| resolved(root, item));
    let mut parameter = found.find(|parameter| is_path_parameter(parameter, placeholder))?.clone();
    let Value::Mapping(entries) = &mut parameter.value else { return None };
    for (key, value) in [("name", name), ("in", "query")] {
        if let Some(node) = entries.get_mut(key) {
            node.value = text(value);
        }
    }
    Some(parameter)
}

/// Adds a query parameter to the list of an object, in place of the path parameter unless that is kept.
fn replace(root: &mut Node, owner: &Pointer, (name, placeholder): (&str, &str), parameter: Node, keeps: bool) {
    let list = root.find(&owner.key("parameters")).and_then(|list| list.value.as_sequence()).unwrap_or_default();
    let is_of = |item: &Node, location: &str, name: &str| {
        resolved(root, item)
            .and_then(|item| item.value.as_mapping())
            .is_some_and(|entries| str_of(entries, "in") == Some(location) && str_of(entries, "name") == Some(name))
    };
    let has_it = list.iter().any(|item| is_of(item, "query", name));
    let kept = list.iter().filter(|item| keeps || !is_of(item, "path", placeholder));
    let items: Vec<Node> = kept.cloned().chain((!has_it).then_some(parameter)).collect();
    let Some(owner) = find_mut(root, owner) else { return };
    let span = owner.span;
    let Value::Mapping(entries) = &mut owner.value else { return };
    match entries.get_mut("parameters") {
        Some(node) => node.value = Value::Sequence(items),
        None => entries.insert(entry("parameters", Value::Sequence(items), span)),
    }
}

fn is_path_parameter(parameter: &Node, name: &str) -> bool {
    parameter
        .value
        .as_mapping()
        .is_some_and(|entries| str_of(entries, "in") == Some("path") && str_of(entries, "name") == Some(name))
}

/// Returns the parameter, or the target of a reference to one.
fn resolved<'n>(root: &'n Node, item: &'n Node) -> Option<&'n Node> {
    match item.get("$ref") {
        Some(reference) => root.find(&Pointer::from_reference(reference.value.as_str()?)?),
        None => Some(item),
    }
}

fn find_mut<'n>(root: &'n mut Node, pointer: &Pointer) -> Option<&'n mut Node> {
    pointer.segments().try_fold(root, |node, segment| match &mut node.value {
        Value::Mapping(entries) => entries.get_mut(&segment),
        _ => None,
    })
}
