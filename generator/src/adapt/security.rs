//! Credentials that a description requires together although they exclude each other, such as two tokens in the header
//! `authorization`: only one of them can be sent, so they are read as alternatives.

use std::collections::{BTreeMap, BTreeSet};

use super::dialect::descend;
use super::{Adapting, entry, str_of, text};
use crate::diagnostics::{Code, Place};
use crate::pointer::Pointer;
use crate::source::{Entry, Mapping, Node, Value};
use crate::spec::METHODS;

/// The maximum number of requirements that one becomes: a text of a few lines could otherwise create any number.
const MOST: usize = 32;

/// The place of each scheme's credential, by the name of the scheme.
type Places = BTreeMap<String, String>;

/// Reads a scheme of Swagger 2.0, or of a provider without a place, as the credential that is sent.
pub(super) fn name_credentials(walk: &mut Adapting<'_>, root: &mut Node) {
    let Some(schemes) = descend(root, &["components", "securitySchemes"]) else { return };
    let Value::Mapping(schemes) = &mut schemes.value else { return };
    let at = Pointer::root().key("components").key("securitySchemes");
    for (name, scheme) in schemes.values_mut() {
        let Value::Mapping(scheme) = &mut scheme.value else { continue };
        let http = match str_of(scheme, "type") {
            Some("basic") => "basic",
            Some("openIdConnect") if scheme.entry("openIdConnectUrl").is_none() => "bearer",
            _ => continue,
        };
        let Some(node) = scheme.get_mut("type") else { continue };
        let span = node.span;
        node.value = text("http");
        scheme.insert(entry("scheme", text(http), span));
        let message = format!("this is read as `type: http` and `scheme: {http}`");
        walk.report_at(Code::ValueForm, Place::Value(at.key(name).key("type")), message).help =
            Some(format!("write `type: http` and `scheme: {http}`"));
    }
}

pub(super) fn split(walk: &mut Adapting<'_>, root: &mut Node) {
    let places = places(root);
    let mut reported = BTreeSet::new();
    let Value::Mapping(document) = &mut root.value else { return };
    requirements(walk, document, &Pointer::root(), &places, &mut reported);
    let Some(Node { value: Value::Mapping(paths), .. }) = document.get_mut("paths") else { return };
    for (path, item) in paths.values_mut() {
        let at = Pointer::root().key("paths").key(path);
        let Value::Mapping(item) = &mut item.value else { continue };
        for (method, operation) in item.values_mut().filter(|(key, _)| METHODS.contains(key)) {
            let Value::Mapping(operation) = &mut operation.value else { continue };
            requirements(walk, operation, &at.key(method), &places, &mut reported);
        }
    }
}

fn places(root: &Node) -> Places {
    let schemes = root.get("components").and_then(|components| components.get("securitySchemes"));
    let schemes = schemes.and_then(|schemes| schemes.value.as_mapping()).into_iter().flat_map(|schemes| schemes.iter());
    schemes.filter_map(|entry| Some((entry.key.clone(), place(entry.node.value.as_mapping()?)?))).collect()
}

fn place(scheme: &Mapping) -> Option<String> {
    const AUTHORIZATION: &str = "the header `authorization`";
    match str_of(scheme, "type")? {
        "http" | "oauth2" | "openIdConnect" => Some(AUTHORIZATION.to_owned()),
        "apiKey" => {
            let name = str_of(scheme, "name")?;
            match str_of(scheme, "in")? {
                "header" => Some(format!("the header `{}`", name.to_ascii_lowercase())),
                "query" => Some(format!("the parameter `{name}`")),
                "cookie" => Some(format!("the cookie `{name}`")),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Rewrites the requirements of an object. Each set of names is reported once, because every operation can repeat it.
fn requirements(
    walk: &mut Adapting<'_>,
    object: &mut Mapping,
    at: &Pointer,
    places: &Places,
    reported: &mut BTreeSet<Vec<String>>,
) {
    let Some(Node { value: Value::Sequence(requirements), .. }) = object.get_mut("security") else { return };
    let mut rewritten = Vec::new();
    for (index, node) in std::mem::take(requirements).into_iter().enumerate() {
        let Some((names, place, alternatives)) = alternatives(&node, places) else {
            rewritten.push(node);
            continue;
        };
        if reported.insert(names.clone()) {
            let listed = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ");
            let lines = names.iter().map(|name| format!("\n- {name}: []")).collect::<String>();
            let message =
                format!("{listed} are all sent as {place}, which has room for one: they are read as alternatives");
            let place = Place::Value(at.key("security").index(index));
            walk.report_at(Code::ExclusiveCredentials, place, message).help =
                Some(format!("list them as alternatives:{lines}"));
        }
        rewritten.extend(alternatives);
    }
    *requirements = rewritten;
}

/// Returns the requirements that one becomes, with the names that exclude each other and their place; `None` if it is
/// unchanged.
fn alternatives(node: &Node, places: &Places) -> Option<(Vec<String>, String, Vec<Node>)> {
    let entries: Vec<&Entry> = node.value.as_mapping()?.iter().collect();
    let mut groups: Vec<(Option<&String>, Vec<&Entry>)> = Vec::new();
    for entry in entries {
        let place = places.get(&entry.key);
        match groups.iter_mut().find(|(known, _)| place.is_some() && *known == place) {
            Some((_, group)) => group.push(entry),
            None => groups.push((place, vec![entry])),
        }
    }
    let (place, exclusive) = groups.iter().find(|(_, group)| group.len() > 1)?;
    let names = exclusive.iter().map(|entry| entry.key.clone()).collect();
    let product = groups.iter().try_fold(1_usize, |product, (_, group)| product.checked_mul(group.len()));
    product.filter(|product| *product <= MOST)?;
    let mut alternatives: Vec<Vec<Entry>> = vec![Vec::new()];
    for (_, group) in &groups {
        let with =
            |alternative: &Vec<Entry>, entry: &Entry| [alternative.as_slice(), std::slice::from_ref(entry)].concat();
        alternatives =
            group.iter().flat_map(|entry| alternatives.iter().map(move |known| with(known, entry))).collect();
    }
    let nodes = alternatives
        .into_iter()
        .map(|entries| Node { span: node.span, value: Value::Mapping(Mapping::from_iter(entries)) });
    Some((names, place.cloned().unwrap_or_default(), nodes.collect()))
}
