//! Parameters before the walk: those without effect, and those of a path compared with its template.

mod places;

use std::collections::{BTreeMap, BTreeSet};

use super::{Adapting, entry, str_of, text};
use crate::diagnostics::{Code, Place, Span};
use crate::pointer::Pointer;
use crate::source::{Entry, Mapping, Node, Value};
use crate::spec::{METHODS, Template};

/// Headers that are not parameters: OpenAPI excludes the first three; the others frame the message or name its coding,
/// and the client sets them itself.
const NO_PARAMETERS: [&str; 15] = [
    "accept",
    "content-type",
    "authorization",
    "accept-encoding",
    "connection",
    "content-encoding",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The identity of a parameter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Identity {
    location: String,
    name: String,
}

/// The data that all lists of parameters are compared with.
struct Fitting {
    /// The targets of references in the lists.
    shared: BTreeMap<String, Identity>,
    /// The header of each scheme whose key is sent in one.
    keys: BTreeMap<String, String>,
    /// The requirements of operations that have none of their own.
    usual: BTreeSet<String>,
    /// The shared parameters that were already reported.
    reported: BTreeSet<String>,
}

pub(super) fn fit(walk: &mut Adapting<'_>, root: &mut Node) {
    let usual = root.value.as_mapping().and_then(required).unwrap_or_default();
    let mut fitting = Fitting { shared: shared(root), keys: key_headers(root), usual, reported: BTreeSet::new() };
    let places = places::referred_to(root);
    fitting.fit(walk, root);
    places::follow(root, places);
}

impl Fitting {
    fn fit(&mut self, walk: &mut Adapting<'_>, root: &mut Node) {
        let Value::Mapping(document) = &mut root.value else { return };
        let Some(Node { value: Value::Mapping(paths), .. }) = document.get_mut("paths") else { return };
        for (path, item) in paths.values_mut() {
            let at = Pointer::root().key("paths").key(path);
            let Value::Mapping(item) = &mut item.value else { continue };
            let operations = item.iter().filter(|entry| METHODS.contains(&entry.key.as_str()));
            let keys = operations.filter_map(|entry| Some(self.keys_of(entry.node.value.as_mapping()?)));
            let keys = keys.reduce(|some, others| some.intersection(&others).cloned().collect());
            self.clean(walk, &at, item, &keys.unwrap_or_default());
            for (method, operation) in item.values_mut().filter(|(key, _)| METHODS.contains(key)) {
                let Value::Mapping(operation) = &mut operation.value else { continue };
                let keys = self.keys_of(operation);
                self.clean(walk, &at.key(method), operation, &keys);
            }
            self.fit_template(walk, path, &at, item);
        }
    }

    fn identity(&self, parameter: &Node) -> Option<Identity> {
        match parameter.get("$ref") {
            Some(reference) => self.shared.get(reference.value.as_str()?).cloned(),
            None => identity(parameter),
        }
    }

    /// Returns the headers in which the client sends a key to an operation. Without a requirement, it sends none, and
    /// callers need the parameter.
    fn keys_of(&self, operation: &Mapping) -> BTreeSet<String> {
        let own = required(operation);
        let schemes = own.as_ref().unwrap_or(&self.usual);
        schemes.iter().filter_map(|scheme| self.keys.get(scheme)).cloned().collect()
    }

    /// Drops parameters without effect from the list of an object whose operations are sent these keys.
    fn clean(&mut self, walk: &mut Adapting<'_>, at: &Pointer, owner: &mut Mapping, keys: &BTreeSet<String>) {
        let Some(Node { value: Value::Sequence(list), .. }) = owner.get_mut("parameters") else { return };
        let mut kept: Vec<Node> = Vec::with_capacity(list.len());
        let mut first: BTreeMap<Identity, usize> = BTreeMap::new();
        for (index, parameter) in std::mem::take(list).into_iter().enumerate() {
            let Some(known) = self.identity(&parameter) else {
                kept.push(parameter);
                continue;
            };
            if let Some((why, help)) = no_parameter(&known, keys) {
                let reference = parameter.get("$ref").and_then(|reference| reference.value.as_str());
                if reference.is_none_or(|reference| self.reported.insert(reference.to_owned())) {
                    let place = place(&parameter, at, index);
                    let message = format!("the header `{}` is not a parameter: {why}", known.name);
                    walk.report_at(Code::IgnoredHeader, place, message).help = Some(help.to_owned());
                }
            } else if first.get(&known).and_then(|first| kept.get(*first)).is_some_and(|other| same(other, &parameter))
            {
                let place = place(&parameter, at, index);
                let message = format!("the parameter `{}` is repeated here: it is read once", known.name);
                walk.report_at(Code::RepeatedParameter, place, message).help = Some("remove one of the two".to_owned());
            } else {
                first.entry(known).or_insert(kept.len());
                kept.push(parameter);
            }
        }
        *list = kept;
    }

    /// Returns why a header is not a parameter, and what to write instead.
    /// Declares placeholders without a parameter, and drops path parameters without a placeholder. If there are both,
    /// one can be a misspelling of the other: lowering reports that.
    fn fit_template(&self, walk: &mut Adapting<'_>, path: &str, at: &Pointer, item: &mut Mapping) {
        let Some(placeholders) = placeholders(path) else { return };
        let shared = self.of_path(item);
        let is_stray = |name: &String| !placeholders.contains(name);
        let mut is_complete = true;
        for (method, operation) in item.values_mut().filter(|(key, _)| METHODS.contains(key)) {
            let span = operation.span;
            let Value::Mapping(operation) = &mut operation.value else { continue };
            let own = self.of_path(operation);
            let known = || own.iter().chain(&shared);
            let missing: Vec<&String> =
                placeholders.iter().filter(|name| !known().any(|known| known == *name)).collect();
            is_complete &= missing.is_empty();
            let at = at.key(method);
            if missing.is_empty() && own.iter().any(is_stray) {
                self.drop_strays(walk, path, &at, operation, &placeholders);
            } else if !known().any(is_stray) && !missing.is_empty() {
                declare(walk, path, &at, operation, span, &missing);
            }
        }
        if is_complete && shared.iter().any(is_stray) {
            self.drop_strays(walk, path, at, item, &placeholders);
        }
    }

    /// Returns the names of the path parameters in the list of an object.
    fn of_path(&self, owner: &Mapping) -> Vec<String> {
        let list = owner.entry("parameters").and_then(|entry| entry.node.value.as_sequence()).unwrap_or_default();
        let known = list.iter().filter_map(|parameter| self.identity(parameter));
        known.filter(|known| known.location == "path").map(|known| known.name).collect()
    }

    fn drop_strays(
        &self,
        walk: &mut Adapting<'_>,
        path: &str,
        at: &Pointer,
        owner: &mut Mapping,
        placeholders: &[String],
    ) {
        let Some(Node { value: Value::Sequence(list), .. }) = owner.get_mut("parameters") else { return };
        let mut index = 0;
        list.retain(|parameter| {
            let known = self.identity(parameter);
            let stray = known.filter(|known| known.location == "path" && !placeholders.contains(&known.name));
            if let Some(Identity { name, .. }) = &stray {
                let message = format!("the path parameter `{name}` has no placeholder in `{path}`: it is ignored");
                walk.report_at(Code::StrayParameter, place(parameter, at, index), message).help =
                    Some(format!("add `{{{name}}}` to the path, or remove the parameter"));
            }
            index += 1;
            stray.is_none()
        });
    }
}

/// Adds a parameter for each placeholder that has none.
fn declare(
    walk: &mut Adapting<'_>,
    path: &str,
    at: &Pointer,
    operation: &mut Mapping,
    span: Span,
    missing: &[&String],
) {
    for name in missing {
        let message = format!("the placeholder `{{{name}}}` of `{path}` has no parameter: it is read as a text");
        walk.report_at(Code::UndeclaredPlaceholder, Place::Key(at.clone()), message).help = Some(format!(
            "parameters:\n  - name: {name}\n    in: path\n    required: true\n    schema: {{ type: string }}"
        ));
        let schema = Mapping::from_iter([entry("type", text("string"), span)]);
        let parameter = Mapping::from_iter([
            entry("name", text(name), span),
            entry("in", text("path"), span),
            entry("required", Value::Bool(true), span),
            entry("schema", Value::Mapping(schema), span),
        ]);
        let parameter = Node { span, value: Value::Mapping(parameter) };
        match operation.get_mut("parameters") {
            Some(Node { value: Value::Sequence(list), .. }) => list.push(parameter),
            Some(_) => {}
            None => operation.insert(entry("parameters", Value::Sequence(vec![parameter]), span)),
        }
    }
}

/// The place of a parameter in the text; an index may no longer lead there.
fn place(parameter: &Node, at: &Pointer, index: usize) -> Place {
    let first = parameter.value.as_mapping().and_then(|entries| entries.first());
    first.map_or_else(|| Place::Value(at.key("parameters").index(index)), |entry| Place::Text(entry.node.span))
}

/// Returns the names in a path template, each once, if all braces are paired.
fn placeholders(path: &str) -> Option<Vec<String>> {
    let template = Template::of(path);
    if template.is_too_long() {
        return None;
    }
    let mut seen = BTreeSet::new();
    let names = template.names().into_iter().filter(|name| seen.insert(*name)).map(str::to_owned);
    let names: Vec<String> = names.collect();
    (!template.is_torn() && names.iter().all(|name| !name.is_empty())).then_some(names)
}

fn identity(parameter: &Node) -> Option<Identity> {
    let Value::Mapping(entries) = &parameter.value else { return None };
    Some(Identity { location: str_of(entries, "in")?.to_owned(), name: str_of(entries, "name")?.to_owned() })
}

/// Returns the parameters that references in the lists of paths and operations lead to.
fn shared(root: &Node) -> BTreeMap<String, Identity> {
    const MAX_CHAIN: usize = 100;
    let behind = |reference: &str| {
        let mut node = root.find(&Pointer::from_reference(reference)?)?;
        for _ in 0..MAX_CHAIN {
            let Some(reference) = node.get("$ref") else { return identity(node) };
            node = root.find(&Pointer::from_reference(reference.value.as_str()?)?)?;
        }
        None
    };
    let paths = root.get("paths").and_then(|paths| paths.value.as_mapping());
    let items = paths.into_iter().flat_map(|paths| paths.iter()).map(|path| &path.node);
    let owners = items.flat_map(|item| {
        let of_methods = METHODS.iter().filter_map(|method| item.get(method));
        std::iter::once(item).chain(of_methods)
    });
    let lists = owners.filter_map(|owner| owner.get("parameters")?.value.as_sequence()).flatten();
    let references: BTreeSet<&str> = lists.filter_map(|parameter| parameter.get("$ref")?.value.as_str()).collect();
    references.into_iter().filter_map(|reference| Some((reference.to_owned(), behind(reference)?))).collect()
}

/// Returns why a header is not a parameter, and the way out.
fn no_parameter(known: &Identity, keys: &BTreeSet<String>) -> Option<(&'static str, &'static str)> {
    let name = known.name.to_ascii_lowercase();
    if known.location != "header" {
        None
    } else if name.trim().is_empty() {
        Some(("it has no name", "write its name, or remove it"))
    } else if keys.contains(&name) {
        Some(("`components.securitySchemes` describes it as a key of the client", "remove it"))
    } else if name == "authorization" {
        Some(("OpenAPI ignores it", "describe it in `components.securitySchemes`, and name it in `security`"))
    } else if NO_PARAMETERS.contains(&name.as_str()) {
        Some(("the client sets it from the request and the expected response", "remove it"))
    } else {
        None
    }
}

/// Returns the schemes that the requirements of an object name, if it has requirements.
fn required(owner: &Mapping) -> Option<BTreeSet<String>> {
    let requirements = owner.entry("security")?.node.value.as_sequence()?;
    let requirements = requirements.iter().filter_map(|requirement| requirement.value.as_mapping());
    Some(requirements.flat_map(|schemes| schemes.iter()).map(|entry| entry.key.clone()).collect())
}

fn key_headers(root: &Node) -> BTreeMap<String, String> {
    let schemes = root.get("components").and_then(|components| components.get("securitySchemes"));
    let schemes = schemes.and_then(|schemes| schemes.value.as_mapping());
    let text = |scheme: &Node, key: &str| scheme.get(key)?.value.as_str().map(str::to_owned);
    let is_key = |scheme: &Node, key: &str, value: &str| text(scheme, key).as_deref() == Some(value);
    let keys = schemes.into_iter().flat_map(|schemes| schemes.iter());
    let keys = keys.filter(|entry| is_key(&entry.node, "type", "apiKey") && is_key(&entry.node, "in", "header"));
    keys.filter_map(|entry| Some((entry.key.clone(), text(&entry.node, "name")?.to_ascii_lowercase()))).collect()
}

/// Whether two values are equal, wherever they are.
fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Sequence(one), Value::Sequence(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Mapping(one), Value::Mapping(other)) => {
            let in_other = |entry: &Entry| other.entry(&entry.key).is_some_and(|found| same(&entry.node, &found.node));
            one.len() == other.len() && one.iter().all(in_other)
        }
        (one, other) => one == other,
    }
}
