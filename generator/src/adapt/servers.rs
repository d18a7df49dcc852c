//! Servers of other protocols than HTTP, which a description lists for other clients, and variables without a default, or
//! with one that is not among their values, or that the URL does not have.

use super::{Adapting, entry, str_of};
use crate::diagnostics::{Code, Place};
use crate::source::{Mapping, Node, Value};
use crate::spec::{Object, other_protocol};

const HELP: &str = "remove it, or write the URL for HTTP: `url: https://api.example.com`";

/// Ignores the servers of other protocols beside those of HTTP. If there is no other server, a WebSocket is read as its
/// HTTP server, to which the first request of a WebSocket is sent. Any other protocol is left to the strict stages.
pub(super) fn rewrite(walk: &mut Adapting<'_>, entries: &mut Mapping, object: &Object) {
    if !matches!(object.name, "the document" | "a path item" | "an operation") {
        return;
    }
    let Some(Value::Sequence(servers)) = entries.get_mut("servers").map(|node| &mut node.value) else { return };
    let list = walk.at.key("servers");
    let has_http = servers.iter().any(|server| other(server).is_none());
    for (index, server) in servers.iter_mut().enumerate() {
        if let Some(protocol) = other(server).filter(|_| has_http) {
            let message = format!("the client does not use `{protocol}`: this server is ignored");
            walk.report_at(Code::OtherProtocol, Place::Value(list.index(index)), message).help = Some(HELP.to_owned());
            // Later stages ignore the server. It stays in the list, so that the places of the others are right.
            if let Value::Mapping(server) = &mut server.value {
                server.retain(|entry| entry.key == "url");
            }
        } else if let Value::Mapping(server) = &mut server.value {
            walk.inside(list.index(index), |walk| self::server(walk, server));
        }
    }
}

fn server(walk: &mut Adapting<'_>, server: &mut Mapping) {
    let Some(Value::String(url)) = server.get_mut("url").map(|node| &mut node.value) else { return };
    let first = url.strip_prefix('{').and_then(|rest| Some(rest.split_once("}://")?.0.to_owned()));
    if let Some((scheme, rest)) = url.split_once("://")
        && let Some(http) = over_http(scheme).filter(|http| *http != scheme)
    {
        let read = format!("{http}://{rest}");
        let message = format!("`{scheme}://` is read as `{http}://`");
        *url = read.clone();
        walk.report(Code::OtherProtocol, "url", message).help = Some(format!("write `url: {read}`"));
    }
    let url = url.clone();
    let Some(Value::Mapping(variables)) = server.get_mut("variables").map(|node| &mut node.value) else { return };
    strays(walk, variables, &url);
    let at = walk.at.key("variables");
    walk.inside(at, |walk| defaults(walk, variables));
    let Some(variable) = first else { return };
    let Some(Value::Mapping(described)) = variables.get_mut(&variable).map(|node| &mut node.value) else { return };
    let at = walk.at.key("variables").key(&variable);
    walk.inside(at, |walk| protocols(walk, described));
}

/// Ignores the variables that the URL does not have.
fn strays(walk: &mut Adapting<'_>, variables: &mut Mapping, url: &str) {
    let is_stray = |name: &str| !url.contains(&format!("{{{name}}}"));
    let strays = variables.iter().filter(|entry| is_stray(&entry.key));
    let strays: Vec<_> = strays.map(|entry| (entry.key.clone(), entry.key_span)).collect();
    let at = walk.at.key("variables");
    walk.inside(at, |walk| {
        for (name, span) in &strays {
            let message = format!("the URL has no `{{{name}}}`: the variable is ignored");
            walk.report_removed(Code::IgnoredKey, (name, *span), message).help =
                Some("remove the variable, or write it in the `url`".to_owned());
        }
    });
    variables.retain(|variable| !is_stray(&variable.key));
}

/// Adds the default of each variable without one: its first value. Without values, the callers have to set it, as if it were
/// not described.
fn defaults(walk: &mut Adapting<'_>, variables: &mut Mapping) {
    let mut open = Vec::new();
    for (name, node) in variables.values_mut() {
        let span = node.span;
        let Value::Mapping(variable) = &mut node.value else { continue };
        if variable.entry("default").is_some() {
            let at = walk.at.key(name);
            walk.inside(at, |walk| default_among_values(walk, variable));
            continue;
        }
        let values = variable.entry("enum").and_then(|values| values.node.value.as_sequence());
        if let Some(first) = values.and_then(|values| Some(values.first()?.value.clone())) {
            variable.insert(entry("default", first, span));
            let message = "the variable has no `default`: it is its first value";
            walk.report(Code::FilledKey, name, message).help = Some("add it: `default: …`".to_owned());
        } else {
            open.push((name.to_owned(), span));
        }
    }
    for (name, span) in &open {
        let message = "the variable has no `default`: callers have to set it";
        walk.report_removed(Code::FilledKey, (name, *span), message).help = Some("add it: `default: …`".to_owned());
    }
    variables.retain(|variable| open.iter().all(|(name, _)| *name != variable.key));
}

/// Reports a default that is not among the values of its variable. Later stages accept it too, unless it is a
/// placeholder for people.
fn default_among_values(walk: &mut Adapting<'_>, variable: &Mapping) {
    let Some(values) = variable.entry("enum").and_then(|values| values.node.value.as_sequence()) else { return };
    let Some(default) = str_of(variable, "default") else { return };
    if values.is_empty() || values.iter().any(|value| value.value.as_str() == Some(default)) {
        return;
    }
    let is_placeholder = default.contains(|c: char| "{}<>".contains(c) || c.is_whitespace());
    let read = if is_placeholder { "callers have to set it" } else { "it is one more value" };
    let message = format!("the default `{default}` is not in the `enum` of its variable: {read}");
    walk.report(Code::EnumValueForm, "default", message).help =
        Some("add it to `enum`, or write one of the values".to_owned());
}

/// Rewrites the values of a variable that is the protocol of a URL.
fn protocols(walk: &mut Adapting<'_>, variable: &mut Mapping) {
    let is_other = |node: &Node| node.value.as_str().is_some_and(|scheme| !matches!(scheme, "http" | "https"));
    let mut usual = None;
    if let Some(Value::Sequence(values)) = variable.get_mut("enum").map(|node| &mut node.value)
        && let Some(kept) = values.iter().find(|value| !is_other(value))
    {
        usual = kept.value.as_str().map(str::to_owned);
        let list = walk.at.key("enum");
        for (index, value) in values.iter().enumerate().filter(|(_, value)| is_other(value)) {
            let protocol = value.value.as_str().unwrap_or_default();
            let message = format!("the client does not use `{protocol}`: this value is ignored");
            walk.report_at(Code::OtherProtocol, Place::Removed(list.index(index), value.span), message).help =
                Some("remove it".to_owned());
        }
        values.retain(|value| !is_other(value));
    }
    let Some(default) = variable.get_mut("default").filter(|default| is_other(default)) else { return };
    let Value::String(scheme) = &mut default.value else { return };
    let Some(http) = usual.or_else(|| over_http(scheme).map(str::to_owned)) else { return };
    let message = format!("the client does not use `{scheme}`: the default is read as `{http}`");
    *scheme = http.clone();
    walk.report(Code::OtherProtocol, "default", message).help = Some(format!("write `default: {http}`"));
}

/// Returns the protocol of a server that is not HTTP.
fn other(server: &Node) -> Option<&str> {
    other_protocol(server.get("url")?.value.as_str()?)
}

/// Returns the spelling of a protocol of which the first request is one of HTTP.
fn over_http(scheme: &str) -> Option<&'static str> {
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "ws" => Some("http"),
        "https" | "wss" => Some("https"),
        _ => None,
    }
}
