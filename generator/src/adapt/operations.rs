//! Operations: their ids, the statuses of their responses, parameters in the form of Swagger 2.0, paths without a
//! slash.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToUpperCamelCase;

use super::{Adapting, entry, str_of, text};
use crate::diagnostics::{Code, Place, Span};
use crate::hidden;
use crate::pointer::Pointer;
use crate::source::{Entry, Mapping, Node, Value};
use crate::spec::{METHODS, Template, is_status, nearest};

/// The keys by which a parameter of Swagger 2.0 describes its value.
const SCHEMA_KEYS: [&str; 13] = [
    "type",
    "format",
    "items",
    "enum",
    "default",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
];

/// Gives every path its slash and every operation a distinct id: before the walk, since each depends on the others.
pub(super) fn name(walk: &mut Adapting<'_>, root: &mut Node) {
    let Value::Mapping(document) = &mut root.value else { return };
    let Some(Node { value: Value::Mapping(paths), .. }) = document.get_mut("paths") else { return };
    slashes(walk, paths);
    encode(walk, paths);
    fragments(walk, paths);
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let ids = paths.iter().flat_map(|path| METHODS.iter().filter_map(|method| path.node.get(method)));
    let all: BTreeSet<String> =
        ids.filter_map(|operation| operation.get("operationId")?.value.as_str()).map(str::to_owned).collect();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let at = Pointer::root().key("paths");
    for (path, item) in paths.values_mut() {
        let Value::Mapping(item) = &mut item.value else { continue };
        for (method, operation) in item.values_mut().filter(|(key, _)| METHODS.contains(key)) {
            let at = at.key(path).key(method);
            let Value::Mapping(operation) = &mut operation.value else { continue };
            let id = str_of(operation, "operationId").map(str::to_owned);
            if id.as_ref().is_some_and(|id| seen.insert(id.clone())) {
                continue;
            }
            let is_taken = |name: &String| all.contains(name) || taken.contains(name);
            let words = in_words(method, path);
            // All numbers before the next one are taken.
            let next = numbers.entry(words.clone()).or_insert(1_usize);
            let named = |number| if number == 1 { words.clone() } else { format!("{words}{number}") };
            let Some(number) = (*next..).find(|number| !is_taken(&named(*number))) else { continue };
            *next = number.saturating_add(1);
            let given = named(number);
            let span = operation.first().map_or(Span::default(), |entry| entry.key_span);
            operation.insert(entry("operationId", text(&given), span));
            taken.insert(given.clone());
            let message = match id {
                None => format!("the operation has no `operationId`: it is called `{given}`"),
                Some(id) => format!("another operation has the id `{id}`: this one is called `{given}`"),
            };
            walk.report_at(Code::GivenOperationId, Place::Key(at), message).help =
                Some("it becomes the method of the client: `operationId: ListThings`".to_owned());
        }
    }
}

/// Builds an id from the method and the path: `GET /pets/{id}` is `GetPetsById`.
fn in_words(method: &str, path: &str) -> String {
    let mut words = vec![method.to_owned()];
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            Some(parameter) => words.push(format!("by_{parameter}")),
            None => words.push(segment.to_owned()),
        }
    }
    words.join("_").to_upper_camel_case()
}

fn slashes(walk: &mut Adapting<'_>, paths: &mut Mapping) {
    // A method among the paths is an operation that is not indented enough: the strict stage reports it.
    let is_without = |entry: &Entry| {
        !entry.key.starts_with('/') && !entry.key.starts_with("x-") && !METHODS.contains(&entry.key.as_str())
    };
    if !paths.iter().any(is_without) {
        return;
    }
    let entries = std::mem::take(paths).into_entries();
    *paths = entries
        .into_iter()
        .map(|path| {
            if !is_without(&path) {
                return path;
            }
            let key = format!("/{}", path.key);
            let place = Place::Key(Pointer::root().key("paths").key(&key));
            walk.report_at(Code::GivenSlash, place, format!("the path `{}` does not begin with a slash", path.key))
                .help = Some(format!("write `{key}`"));
            Entry { key, ..path }
        })
        .collect();
}

/// Encodes characters that a URL has only in encoded form.
fn encode(walk: &mut Adapting<'_>, paths: &mut Mapping) {
    let is_odd = |entry: &Entry| !entry.key.starts_with("x-") && encoded(&entry.key) != entry.key;
    if !paths.iter().any(is_odd) {
        return;
    }
    let known: BTreeSet<String> = paths.iter().map(|entry| entry.key.clone()).collect();
    let entries = std::mem::take(paths).into_entries();
    *paths = entries
        .into_iter()
        .map(|path| {
            let key = encoded(&path.key);
            // If two are the same, one is a mistake: the strict stage rejects the unencoded one.
            if key == path.key || known.contains(&key) {
                return path;
            }
            let place = Place::Key(Pointer::root().key("paths").key(&key));
            walk.report_at(Code::EncodedPath, place, format!("the path `{}` is sent as `{key}`", path.key)).help =
                Some("write it as it is sent".to_owned());
            Entry { key, ..path }
        })
        .collect();
}

/// Encodes the characters of a path that a URL cannot have, except in the names of placeholders. Invisible characters
/// stay: they are rejected.
fn encoded(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    let mut is_name = false;
    for character in path.chars() {
        is_name = (is_name || character == '{') && character != '}';
        let is_sent = character.is_ascii_alphanumeric() || "/{}-._~%!$&'()*+,;=:@?#".contains(character);
        if is_name || is_sent || hidden::is_hidden(character) {
            encoded.push(character);
        } else {
            let bytes =
                character.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
            encoded.push_str(&bytes);
        }
    }
    encoded
}

/// Reports fragments, which are never sent: some descriptions use them to distinguish operations of the same path.
fn fragments(walk: &mut Adapting<'_>, paths: &Mapping) {
    for path in paths.iter().filter(|entry| !entry.key.starts_with("x-")) {
        let Some(fragment) = Template::of(&path.key).fragment else { continue };
        let place = Place::Key(Pointer::root().key("paths").key(&path.key));
        walk.report_at(Code::FragmentInPath, place, format!("the fragment `#{fragment}` of this path is not sent"))
            .help = Some("remove it, unless the path without it already exists".to_owned());
    }
}

/// Reads the schema of a parameter or a header whose type is given in the form of Swagger 2.0, or not at all.
pub(super) fn schema(walk: &mut Adapting<'_>, parameter: &mut Mapping, what: &str, span: Span) {
    if ["schema", "content", "$ref"].iter().any(|key| parameter.entry(key).is_some()) {
        return;
    }
    let keys = SCHEMA_KEYS.iter().filter_map(|key| parameter.remove(key));
    let mut schema: Mapping = keys.collect();
    let message = if schema.is_empty() {
        schema.insert(entry("type", text("string"), span));
        format!("the {what} has no `schema`: its value is read as a text")
    } else {
        format!("the {what} describes its value as in Swagger 2.0: the description is read as its `schema`")
    };
    parameter.insert(entry("schema", Value::Mapping(schema), span));
    walk.report_here(Code::FilledKey, message).help = Some("move it into `schema`".to_owned());
}

/// Adds the default of `explode`, which the model of a document does not distinguish from `false`. OpenAPI defines this
/// default, so there is no warning.
pub(super) fn encoding(encoding: &mut Mapping, span: Span) {
    if encoding.entry("explode").is_none() && matches!(str_of(encoding, "style"), None | Some("form")) {
        encoding.insert(entry("explode", Value::Bool(true), span));
    }
}

/// Reads ranges of statuses in lower case, keys that are not a status, and an operation without responses.
pub(super) fn responses(walk: &mut Adapting<'_>, responses: &mut Mapping, span: Span) {
    drop_strange(walk, responses);
    if responses.iter().all(|response| response.key.starts_with("x-")) {
        let unknown = Mapping::from_iter([entry("description", text(""), span)]);
        responses.insert(entry("default", Value::Mapping(unknown), span));
        walk.report_here(Code::FilledKey, "no response is documented: any response is accepted").help =
            Some("describe the response:\n\"200\":\n  description: What it means.".to_owned());
        return;
    }
    let upper = |key: &str| {
        let upper = key.to_ascii_uppercase();
        (upper != key && upper.len() == 3 && upper.ends_with("XX")).then_some(upper)
    };
    if !responses.iter().any(|entry| upper(&entry.key).is_some()) {
        return;
    }
    let entries = std::mem::take(responses).into_entries();
    *responses = entries
        .into_iter()
        .map(|response| match upper(&response.key) {
            None => response,
            Some(key) => {
                walk.report(Code::ValueForm, &key, format!("`{}` is read as `{key}`", response.key)).help =
                    Some(format!("write `{key}`"));
                Entry { key, ..response }
            }
        })
        .collect();
}

/// Drops responses under a key that no response can have: `600`, `success`. A key that looks like a misspelt status
/// stays, and is rejected.
fn drop_strange(walk: &mut Adapting<'_>, responses: &mut Mapping) {
    let is_strange = |entry: &Entry| {
        let key = entry.key.as_str();
        let is_response = key == "default" || key.starts_with("x-") || is_status(&key.to_ascii_uppercase());
        let is_number = key.bytes().all(|byte| byte.is_ascii_digit());
        !is_response
            && (is_number
                || !key.starts_with(|first: char| first.is_ascii_digit()) && nearest(key, ["default"]).is_none())
    };
    let strangers: Vec<(String, Span)> =
        responses.iter().filter(|entry| is_strange(entry)).map(|entry| (entry.key.clone(), entry.key_span)).collect();
    if strangers.is_empty() {
        return;
    }
    responses.retain(|entry| !is_strange(entry));
    for (key, span) in strangers {
        let message = format!("`{key}` is not a status of a response: it is ignored");
        walk.report_removed(Code::IgnoredKey, (&key, span), message).help =
            Some("use a status such as `200`, a range such as `4XX`, or `default`".to_owned());
    }
}
