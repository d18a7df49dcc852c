//! Facts about all operations: their servers, and the keys that they need.

use std::collections::BTreeSet;

use super::facts::Words;
use super::statements::text;
use crate::pointer::Pointer;
use crate::source::{Node, Tree};
use crate::spec::called;

/// Each way to authenticate, in words.
pub(super) type Requirements = BTreeSet<String>;

/// The servers and keys of a description.
pub(super) fn service(tree: &Tree) -> Words {
    let mut words = Words::new(Pointer::root());
    let at = Pointer::root().key("servers");
    let servers = tree.root().get("servers").and_then(|servers| servers.value.as_sequence()).unwrap_or_default();
    for (place, (index, server)) in called(servers, url).enumerate() {
        let url = server.get("url").map(text).unwrap_or_default();
        if place == 0 {
            words.say(format!("default server {url}"), &at.index(index));
        }
        words.say(format!("server {url}"), &at.index(index));
        let variables = server.get("variables").and_then(|variables| variables.value.as_mapping());
        for variable in variables.into_iter().flat_map(|variables| variables.iter()) {
            let at = at.index(index).key("variables").key(&variable.key);
            let said = |key: &str| variable.node.get(key).map(text);
            if let Some(default) = said("default") {
                words.say(format!("{{{}}} of {url} is {default} by default", variable.key), &at.key("default"));
            }
            if let Some(values) = said("enum") {
                words.say(format!("{{{}}} of {url} is one of {values}", variable.key), &at.key("enum"));
            }
        }
    }
    let at = Pointer::root().key("security");
    for needed in requirements(tree, tree.root().get("security")) {
        words.say(format!("needs {needed}"), &at);
    }
    words
}

/// Returns the URL of a server.
pub(super) fn url(server: &Node) -> &str {
    server.get("url").and_then(|url| url.value.as_str()).unwrap_or_default()
}

/// Returns the requirements in a list; an operation without one requires nothing.
pub(super) fn requirements(tree: &Tree, list: Option<&Node>) -> Requirements {
    let alternatives = list.and_then(|list| list.value.as_sequence()).unwrap_or_default();
    if alternatives.is_empty() {
        return BTreeSet::from(["nothing".to_owned()]);
    }
    let alternatives = alternatives.iter().map(|alternative| {
        let schemes = alternative.value.as_mapping().into_iter().flat_map(|schemes| schemes.iter());
        let mut schemes: Vec<String> = schemes.map(|entry| scheme(tree, &entry.key, &entry.node)).collect();
        schemes.sort();
        if schemes.is_empty() { "nothing".to_owned() } else { schemes.join(" + ") }
    });
    alternatives.collect()
}

/// Describes how a scheme is sent.
fn scheme(tree: &Tree, name: &str, scopes: &Node) -> String {
    let at = Pointer::root().key("components").key("securitySchemes").key(name);
    let Some(scheme) = tree.node(&at) else { return format!("the scheme {name}") };
    let said = |key: &str| scheme.get(key).map(text).unwrap_or_default();
    let mut scopes: Vec<String> = scopes.value.as_sequence().unwrap_or_default().iter().map(text).collect();
    scopes.sort();
    let scopes = if scopes.is_empty() { String::new() } else { format!(" with {}", scopes.join(", ")) };
    match said("type").as_str() {
        "apiKey" => format!("{} {}", said("in"), said("name")),
        "http" => format!("http {}{scopes}", said("scheme").to_lowercase()),
        kind => format!("{kind}{scopes}"),
    }
}
