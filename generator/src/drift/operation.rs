//! The requests and responses of an operation.

use super::facts::{Facts, Place, Words};
use super::parts::Parts;
use super::record::Recorded;
use super::schema::Resolver;
use super::service::{Requirements, requirements, url};
use super::statements::text;
use crate::pointer::Pointer;
use crate::slice::{self, ListedOperation};
use crate::source::{Node, Tree, Value};
use crate::spec::called;

/// An operation of a description.
#[derive(Clone, Debug)]
pub struct Operation<'t> {
    pub listed: ListedOperation<'t>,
    pub at: Pointer,
    tree: &'t Tree,
    item: &'t Node,
    node: &'t Node,
}

/// An operation of a description or of a record.
#[derive(Clone, Debug)]
pub enum Stated<'t> {
    Described(Operation<'t>),
    Recorded(Recorded<'t>),
}

/// The media type of a body that is not stated.
const JSON: &str = "application/json";

/// Keys of a parameter or a header that are read separately, or that do not concern the wire.
const ASIDE: [&str; 11] =
    ["in", "name", "required", "description", "schema", "content", "example", "examples", "style", "explode", "$ref"];

/// The operations of a description, in its order.
pub(super) fn operations(tree: &Tree) -> Vec<Stated<'_>> {
    let found = slice::operations(tree).into_iter().filter_map(|listed| {
        let at = Pointer::root().key("paths").key(listed.path);
        let item = tree.node(&at)?;
        let node = item.get(listed.method)?;
        Some(Stated::Described(Operation { at: at.key(listed.method), listed, tree, item, node }))
    });
    found.collect()
}

impl Stated<'_> {
    pub fn id(&self) -> &str {
        match self {
            Self::Described(operation) => operation.listed.id,
            Self::Recorded(operation) => operation.id,
        }
    }

    /// In capitals.
    pub fn method(&self) -> String {
        match self {
            Self::Described(operation) => operation.listed.method.to_uppercase(),
            Self::Recorded(operation) => operation.method.to_owned(),
        }
    }

    pub fn path(&self) -> &str {
        match self {
            Self::Described(operation) => operation.listed.path,
            Self::Recorded(operation) => operation.path,
        }
    }

    pub fn at(&self) -> &Pointer {
        match self {
            Self::Described(operation) => &operation.at,
            Self::Recorded(operation) => &operation.at,
        }
    }

    /// Returns all facts about it, to a depth; `None`, if there are too many.
    pub fn facts(&self, deepest: usize) -> Option<Facts> {
        match self {
            Self::Described(operation) => operation.facts(deepest),
            Self::Recorded(operation) => Some(operation.facts()),
        }
    }
}

impl Operation<'_> {
    fn facts(&self, deepest: usize) -> Option<Facts> {
        let mut resolver = Resolver::new(self.tree, deepest);
        resolver.record(&Place::default(), self.words());
        let path = Pointer::root().key("paths").key(self.listed.path);
        let own = self.parameters(&mut resolver, self.node, &self.at.key("parameters"));
        let shared = self.parameters(&mut resolver, self.item, &path.key("parameters"));
        for (place, words, parts) in
            shared.into_iter().filter(|(place, ..)| !own.iter().any(|(other, ..)| other == place))
        {
            resolver.schema(&place, &parts, words);
        }
        for (place, words, parts) in &own {
            resolver.schema(place, parts, words.clone());
        }
        if let Some(body) = self.node.get("requestBody") {
            let body = resolver.follow(self.at.key("requestBody"), body);
            let mut words = Words::new(body.at.clone());
            if body.node.get("required").is_some_and(|flag| flag.value == Value::Bool(true)) {
                words.say("required", &body.at.key("required"));
            }
            content(&mut resolver, "body", &body.at, body.node, words);
        }
        let responses = self.node.get("responses").and_then(|responses| responses.value.as_mapping());
        for entry in responses.into_iter().flat_map(|responses| responses.iter()) {
            if entry.key.starts_with("x-") {
                continue;
            }
            let response = resolver.follow(self.at.key("responses").key(&entry.key), &entry.node);
            let part = format!("response {}", entry.key.to_uppercase().replace("DEFAULT", "default"));
            content(&mut resolver, &part, &response.at, response.node, Words::new(response.at.clone()));
            headers(&mut resolver, &part, &response.at, response.node);
        }
        (!resolver.is_full).then_some(resolver.facts)
    }

    fn words(&self) -> Words {
        let mut words = Words::new(self.at.clone());
        if let Some((permission, at)) = permission(self.node).zip(Some(self.at.key("x-permission"))) {
            words.say(permission, &at);
        }
        for (key, word) in [("x-unstable", "preview"), ("deprecated", "deprecated")] {
            if self.node.get(key).is_some_and(|node| node.value != Value::Bool(false)) {
                words.say(word, &self.at.key(key));
            }
        }
        for (at, holder) in [(&self.at, self.node), (&Pointer::root().key("paths").key(self.listed.path), self.item)] {
            if let Some(servers) = holder.get("servers") {
                for (_, server) in called(servers.value.as_sequence().unwrap_or_default(), url) {
                    let url = server.get("url").map(text).unwrap_or_default();
                    words.say(format!("server {url}"), &at.key("servers"));
                }
                break;
            }
        }
        if let Some(own) = self.node.get("security") {
            let at = self.at.key("security");
            let general = self.tree.root().get("security");
            let own: Requirements = requirements(self.tree, Some(own));
            if own != requirements(self.tree, general) {
                own.iter().for_each(|needed| words.say(format!("needs {needed}"), &at));
            }
        }
        words
    }

    /// Returns the parameters of the operation or of its path.
    fn parameters<'t>(&self, resolver: &mut Resolver<'t>, holder: &'t Node, at: &Pointer) -> Vec<Parameter<'t>> {
        let listed = holder.get("parameters").and_then(|parameters| parameters.value.as_sequence()).unwrap_or_default();
        let mut parameters = Vec::new();
        for (index, parameter) in listed.iter().enumerate() {
            let parameter = resolver.follow(at.index(index), parameter);
            let (at, node) = (&parameter.at, parameter.node);
            let [within, name] = ["in", "name"].map(|key| node.get(key).map(text).unwrap_or_default());
            let name = if within == "header" { name.to_ascii_lowercase() } else { name };
            let mut words = Words::new(at.clone());
            let is_required = node.get("required").is_some_and(|flag| flag.value == Value::Bool(true));
            // A path parameter cannot be omitted, whatever the description says.
            if is_required && within != "path" {
                words.say("required", &at.key("required"));
            }
            style(node, at, &within, &mut words);
            let parts = value(resolver, at, node, &mut words);
            parameters.push((Place::part(format!("{within} {name}")), words, parts));
        }
        parameters
    }
}

/// The place of a parameter, its statements, and its schema.
type Parameter<'t> = (Place, Words, Parts<'t>);

/// States how a parameter is written, if it differs from the default.
fn style(node: &Node, at: &Pointer, within: &str, words: &mut Words) {
    let usual = if matches!(within, "query" | "cookie") { "form" } else { "simple" };
    let style = node.get("style").map_or_else(|| usual.to_owned(), text);
    if style != usual {
        words.say(format!("style {style}"), &at.key("style"));
    }
    let explodes = node.get("explode").map_or(style == "form", |flag| flag.value == Value::Bool(true));
    if explodes != (style == "form") {
        words.say(format!("explode {explodes}"), &at.key("explode"));
    }
    for entry in node.value.as_mapping().into_iter().flat_map(|mapping| mapping.iter()) {
        let is_stated = !ASIDE.contains(&entry.key.as_str()) && !entry.key.starts_with("x-");
        match &entry.node.value {
            Value::Bool(false) => {}
            Value::Bool(true) if is_stated => words.say(&entry.key, &at.key(&entry.key)),
            _ if is_stated => words.say(format!("{} {}", entry.key, text(&entry.node)), &at.key(&entry.key)),
            _ => {}
        }
    }
}

/// Returns the schema of a parameter or a header, and states its media type if it has one.
fn value<'t>(resolver: &Resolver<'t>, at: &Pointer, node: &'t Node, words: &mut Words) -> Parts<'t> {
    if let Some(schema) = node.get("schema") {
        return resolver.parts(at.key("schema"), schema);
    }
    let media = node.get("content").and_then(|content| content.value.as_mapping()).and_then(|content| content.first());
    let Some(media) = media else { return Vec::new() };
    let at = at.key("content").key(&media.key);
    words.say(format!("as {}", media.key), &at);
    media.node.get("schema").map(|schema| resolver.parts(at.key("schema"), schema)).unwrap_or_default()
}

/// States the content of a request or a response.
fn content<'t>(resolver: &mut Resolver<'t>, part: &str, at: &Pointer, node: &'t Node, mut words: Words) {
    let place = Place::part(part);
    let at = at.key("content");
    let media = node.get("content").and_then(|content| content.value.as_mapping());
    let media: Vec<_> = media.into_iter().flat_map(|media| media.iter()).collect();
    if media.is_empty() {
        let whole = words.at.clone();
        words.say("no body", &whole);
    }
    for entry in &media {
        words.say(media_type(&entry.key), &at.key(&entry.key));
    }
    resolver.record(&place, words);
    for entry in &media {
        let name = media_type(&entry.key);
        let place =
            if media.len() == 1 || name == JSON { place.clone() } else { Place::part(format!("{part} {name}")) };
        let at = at.key(&entry.key);
        if let Some(schema) = entry.node.get("schema") {
            let parts = resolver.parts(at.key("schema"), schema);
            resolver.body(&place, &parts);
        }
        let encodings = entry.node.get("encoding").and_then(|encodings| encodings.value.as_mapping());
        for encoding in encodings.into_iter().flat_map(|encodings| encodings.iter()) {
            let at = at.key("encoding").key(&encoding.key);
            let mut words = Words::new(at.clone());
            for said in encoding.node.value.as_mapping().into_iter().flat_map(|said| said.iter()) {
                if said.key != "headers" && !said.key.starts_with("x-") {
                    words.say(format!("encoding {} {}", said.key, text(&said.node)), &at.key(&said.key));
                }
            }
            resolver.record(&place.field(&encoding.key), words);
        }
    }
}

/// Returns a media type without parameters that only concern its encoding.
fn media_type(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

impl<'t> Resolver<'t> {
    /// States the schema of a body. Most bodies are objects, so that is not stated.
    fn body(&mut self, place: &Place, parts: &Parts<'t>) {
        let at = parts.first().map(|part| part.at.clone()).unwrap_or_default();
        self.schema(place, parts, Words::new(at));
        if let Some(known) = self.facts.get_mut(place) {
            known.words.remove("object");
        }
    }
}

fn headers<'t>(resolver: &mut Resolver<'t>, part: &str, at: &Pointer, node: &'t Node) {
    let headers = node.get("headers").and_then(|headers| headers.value.as_mapping());
    for header in headers.into_iter().flat_map(|headers| headers.iter()) {
        let found = resolver.follow(at.key("headers").key(&header.key), &header.node);
        let mut words = Words::new(found.at.clone());
        style(found.node, &found.at, "header", &mut words);
        if found.node.get("required").is_some_and(|flag| flag.value == Value::Bool(true)) {
            words.say("required", &found.at.key("required"));
        }
        let parts = value(resolver, &found.at, found.node, &mut words);
        resolver.schema(&Place::part(format!("{part} header {}", header.key.to_ascii_lowercase())), &parts, words);
    }
}

/// Returns the permission of an operation, in any form.
fn permission(node: &Node) -> Option<String> {
    let permission = node.get("x-permission")?;
    let Some(names) = permission.get("permissions") else { return Some(format!("permission {}", text(permission))) };
    let mut names: Vec<String> = names.value.as_sequence().unwrap_or_default().iter().map(text).collect();
    names.sort();
    let operator = permission.get("operator").map(text).unwrap_or_default().to_uppercase();
    Some(match (operator.as_str(), &names[..]) {
        ("OPEN", _) | (_, []) => "open to all".to_owned(),
        (_, [name]) => format!("permission {name}"),
        ("AND", names) => format!("permission {}", names.join(" and ")),
        (_, names) => format!("permission {}", names.join(" or ")),
    })
}
