//! Names: every word with a meaning, at every place that has names.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::hostile::spec::{generate, name, object, schemas, spec};

/// Words that Rust, its library, the runtime or the emitted files use.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    // Keywords of all editions, strict, reserved and weak.
    "as", "break", "const", "continue", "crate", "else", "enum", "extern", "false", "fn", "for", "if", "impl", "in",
    "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "self", "static", "struct", "super", "trait",
    "true", "type", "unsafe", "use", "where", "while", "async", "await", "dyn", "abstract", "become", "box", "do",
    "final", "macro", "override", "priv", "typeof", "unsized", "virtual", "yield", "try", "gen", "union", "auto", "raw",
    "macro_rules", "safe", "default", "catch",
    // The prelude, the primitive types, and other names of the library.
    "Result", "Option", "Some", "None", "Ok", "Err", "Vec", "String", "Default", "Clone", "Copy", "From", "Into",
    "Send", "Sync", "Sized", "Drop", "Eq", "Ord", "PartialEq", "PartialOrd", "Hash", "Debug", "Iterator", "IntoIterator",
    "Extend", "ToString", "ToOwned", "AsRef", "TryFrom", "TryInto", "FromIterator", "Future", "IntoFuture", "Unpin",
    "Fn", "FnMut", "FnOnce", "BTreeMap", "Display", "Any", "Pin", "Arc", "Duration",
    "str", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64", "bool", "char",
    "std", "core", "alloc", "proc_macro", "test", "main", "vec", "format", "println", "derive", "cfg", "doc", "must_use",
    // The runtime, its dependencies, and names in emitted files.
    "Client", "ClientBuilder", "Error", "ErrorItem", "ErrorKind", "ErrorSource", "Effect", "Request", "Response",
    "Operation", "Transport", "TransportError", "Site", "Pages", "Items", "Batch", "BatchError", "Limits", "RateLimit",
    "RetryPolicy", "Reached", "BoxFuture", "Async", "Blocking", "Body", "Method", "HeaderMap", "Extra", "Nullable",
    "Base64", "JsonObject", "ParseError", "Unrecognized", "Timestamp", "Date", "Uuid", "Value", "Map", "Number",
    "models", "operations", "runtime", "api", "client", "model", "blocking", "object", "string_enum", "scalar", "serde", "serde_core",
    "serde_json", "jiff", "http", "bytes", "reqwest", "tokio", "uuid", "tracing", "M", "a", "T", "D", "E", "S", "ALL",
    "body", "send", "stream", "pages", "page", "items", "paging", "extra", "new", "key", "keys", "map", "index", "fields",
    "entries", "header", "headers", "request", "response", "builder", "build", "from_env", "base_url", "site", "url",
    "id", "data", "value", "values", "name", "error", "fmt", "clone", "deref", "eq", "cmp", "hash", "drop", "from", "into",
    "as_str", "parse", "len", "iter", "next", "get", "set", "insert", "write", "read", "path", "query", "method",
    "status", "wait", "timeout", "retry", "transport", "with", "subject", "state", "this", "other", "result", "answer",
    "visit", "visitor", "serializer", "deserializer", "formatter", "f", "call", "operation", "send_with_response",
    "send_in_batches", "exchange", "with_mode", "user_agent", "x", "example", "_client",
    // Files with a meaning on a platform or to cargo.
    "con", "aux", "nul", "com1", "lpt9", "lib",
    // Words without a valid name, or with a changed one.
    "", " ", "_", "__", "-", ".", "0", "1st", "2Fast", "-1", "é", "größe", "名前", "😀", "שלום", "e\u{301}", "a\u{202E}b",
    "\u{200B}", "\u{1F468}\u{200D}\u{1F469}", "a b", "a/b", "a~b", "a%b", "a\nb", "a\u{0}b", "a\"b", "a\\b", "{a}", "$a",
    "*/", "\"#", "//", "r#type", "r#self", "'a", "a::b", "<T>", "../../etc/passwd", "C:\\con", "&a", "#", "?", "=",
];

/// A place that has names: its description, and a spec with these names there.
type Place = (&'static str, fn(&str, &[&str]) -> Value);

pub(crate) const PLACES: &[Place] = &[
    ("schemas", |name, words| {
        let refers = |word: &str| {
            let key = word.replace('~', "~0").replace('/', "~1").replace('%', "%25");
            json!({ "type": "object", "properties": { "a": { "$ref": format!("#/components/schemas/{key}") } } })
        };
        schemas(name, object(words.iter().map(|word| ((*word).to_owned(), refers(word)))))
    }),
    ("enums", |name, words| {
        let level = json!({ "type": "string", "enum": ["high"] });
        let types = words.iter().map(|word| ((*word).to_owned(), level.clone()));
        schemas(name, object(types))
    }),
    ("scalars", |name, words| {
        let id = json!({ "type": "string", "format": "uuid" });
        schemas(name, object(words.iter().map(|word| ((*word).to_owned(), id.clone()))))
    }),
    ("properties", |name, words| {
        let properties = object(words.iter().map(|word| ((*word).to_owned(), json!({ "type": "string" }))));
        let required = json!({ "type": "object", "required": words, "properties": properties });
        schemas(name, json!({ "Open": { "type": "object", "properties": properties }, "Closed": required }))
    }),
    ("values", |name, words| schemas(name, json!({ "Level": { "type": "string", "enum": words } }))),
    ("operations", |name, words| calls(name, words, |word| json!({ "operationId": word }))),
    ("parameters", |name, words| {
        calls(name, words, |word| {
            let parameter = |name: &str, required| json!({ "name": name, "in": "query", "required": required, "schema": { "type": "string" } });
            json!({ "operationId": format!("set{}", number(words, word)), "parameters": [parameter(word, false)] })
        })
    }),
    ("arguments", |name, words| {
        calls(name, words, |word| {
            let parameter = json!({ "name": word, "in": "query", "required": true, "schema": { "type": "string" } });
            let other =
                json!({ "name": "other_one", "in": "query", "required": true, "schema": { "type": "boolean" } });
            json!({ "operationId": format!("take{}", number(words, word)), "parameters": [parameter, other] })
        })
    }),
    ("steps", |name, words| {
        calls(name, words, |word| {
            let parameter =
                |name: &str| json!({ "name": name, "in": "query", "required": true, "schema": { "type": "string" } });
            json!({ "operationId": format!("step{}", number(words, word)), "parameters": [parameter(word), parameter("another_one")] })
        })
    }),
    ("path-parameters", |name, words| {
        let paths = words.iter().enumerate().map(|(index, word)| {
            let parameter = json!({ "name": word, "in": "path", "required": true, "schema": { "type": "string" } });
            let call = json!({ "operationId": format!("get{index}"), "parameters": [parameter], "responses": done() });
            (format!("/{index}/{{{word}}}"), json!({ "get": call }))
        });
        spec(name, json!({ "paths": object(paths) }))
    }),
    ("body-fields", |name, words| {
        calls(name, words, |word| {
            let string = json!({ "type": "string" });
            let inner =
                json!({ "type": "object", "required": [word], "properties": { word: string, "an_option": string } });
            let index = number(words, word);
            let body = json!({ "$ref": format!("#/components/schemas/Body{index}") });
            json!({ "operationId": format!("post{index}"), "x-body": inner, "requestBody": { "required": true, "content": { "application/json": { "schema": body } } } })
        })
    }),
    ("choices", |name, words| {
        calls(name, words, |word| {
            let parameter = |name: &str| json!({ "name": name, "in": "query", "schema": { "type": "string" } });
            let choice = json!({ "name": word, "parameters": ["one_way", "other_way"] });
            json!({ "operationId": format!("choose{}", number(words, word)), "x-at-least-one-of": choice,
                "parameters": [parameter("one_way"), parameter("other_way")] })
        })
    }),
    ("chosen", |name, words| {
        calls(name, words, |word| {
            let parameter = |name: &str| json!({ "name": name, "in": "query", "schema": { "type": "string" } });
            let index = number(words, word);
            let choice = json!({ "name": format!("Filter{index}"), "parameters": [word, "other_way"] });
            json!({ "operationId": format!("pick{index}"), "x-at-least-one-of": choice,
                "parameters": [parameter(word), parameter("other_way")] })
        })
    }),
    ("keys", |name, words| {
        let schemes = words.iter().map(|word| {
            let header = format!("X-{}", number(words, word));
            ((*word).to_owned(), json!({ "type": "apiKey", "in": "header", "name": header }))
        });
        let security = object(words.iter().map(|word| ((*word).to_owned(), json!([]))));
        spec(name, json!({ "security": [security], "components": { "securitySchemes": object(schemes) } }))
    }),
    ("sites", |name, words| {
        let server = |(index, word): (usize, &&str)| json!({ "url": format!("https://{index}.example.com"), "x-site": format!("{index}.example.com"), "x-site-name": word });
        spec(name, json!({ "servers": words.iter().enumerate().map(server).collect::<Vec<_>>() }))
    }),
    ("tags", |name, words| {
        let mut spec = calls(
            name,
            words,
            |word| json!({ "operationId": format!("tagged{}", number(words, word)), "tags": [word] }),
        );
        spec["tags"] = words.iter().map(|word| json!({ "name": word })).collect();
        spec["info"]["x-tag-features"] = json!(true);
        spec
    }),
];

/// Returns a spec with one call per word. The schema of a body is in `x-body` and moves to the components.
fn calls(name: &str, words: &[&str], call: impl Fn(&str) -> Value) -> Value {
    let mut bodies = serde_json::Map::new();
    let mut paths = serde_json::Map::new();
    for (index, word) in words.iter().enumerate() {
        let mut call = call(word);
        call["responses"] = done();
        let body = call.as_object_mut().and_then(|call| call.remove("x-body"));
        bodies.extend(body.map(|body| (format!("Body{index}"), body)));
        paths.insert(format!("/{index}"), json!({ "post": call }));
    }
    spec(name, json!({ "paths": paths, "components": { "schemas": bodies } }))
}

fn done() -> Value {
    json!({ "204": { "description": "Done." } })
}

fn number(words: &[&str], word: &str) -> usize {
    words.iter().position(|other| *other == word).unwrap_or_default()
}

/// The codes of the problems of each word at each place.
static PROBLEMS: LazyLock<Vec<Vec<Vec<&'static str>>>> = LazyLock::new(|| {
    let problems = |(_, spec): &Place, word: &str| name(&spec("t", &[word])).err().unwrap_or_default();
    PLACES.iter().map(|place| WORDS.iter().map(|word| problems(place, word)).collect()).collect()
});

/// Returns the words that are accepted at each place, including those that collide with another.
pub(crate) fn accepted() -> impl Iterator<Item = (&'static Place, Vec<&'static str>)> {
    PLACES.iter().zip(&*PROBLEMS).map(|(place, problems)| {
        let words = WORDS.iter().zip(problems).filter(|(_, problems)| problems.is_empty());
        (place, words.map(|(word, _)| *word).collect())
    })
}

/// Returns a spec that has each word at one place, and all places except the tags, which decide what the crate has.
pub(crate) fn each_once(name: &str) -> Value {
    let mut all = spec(name, json!({ "components": { "schemas": {}, "securitySchemes": {} } }));
    for (index, (place, words)) in accepted().enumerate().filter(|(_, ((place, _), _))| *place != "tags") {
        let is_here = |word: &&str| number(WORDS, word) % PLACES.len() == index;
        let spec = (place.1)(name, &words.into_iter().filter(is_here).collect::<Vec<_>>());
        for (path, item) in spec["paths"].as_object().into_iter().flatten() {
            all["paths"][format!("/{}{path}", place.0)] = item.clone();
        }
        for (kind, components) in spec["components"].as_object().into_iter().flatten() {
            for (key, component) in components.as_object().into_iter().flatten() {
                all["components"][kind][key] = component.clone();
            }
        }
        let others = ["security", "servers"].into_iter().filter(|key| spec.get(key).is_some());
        others.filter(|key| *key == "security" || place.0 == "sites").for_each(|key| all[key] = spec[key].clone());
    }
    all
}

#[test]
fn a_name_is_accepted_or_rejected_with_a_reason() {
    let reasons = [
        "E0109", // … not a valid name of a component
        "E0206", // … not in the path template
        "E0208", // … an extension with an invalid value
        "E0215", // … not a valid path of a URL
        "E0217", // … invisible in messages
    ];
    for ((place, spec), problems) in PLACES.iter().zip(&*PROBLEMS) {
        let long = name(&spec("t", &[&"long".repeat(2_500)])).err().unwrap_or_default();
        for (word, codes) in WORDS.iter().zip(problems).chain([(&"a long word", &long)]) {
            assert!(codes.iter().all(|code| reasons.contains(code)), "{word:?} among the {place}: {codes:?}");
        }
    }
}

#[test]
fn most_words_are_accepted_everywhere() {
    for (place, words) in accepted() {
        let count = words.len();
        assert!(count * 2 > WORDS.len(), "only {count} of {} words among the {}", WORDS.len(), place.0);
    }
}

#[test]
fn names_that_differ_only_in_case_or_separators_are_distinct() {
    for pair in
        [["userId", "user_id"], ["user-id", "user.id"], ["Id", "ID"], ["a_b", "a__b"], ["aB", "AB"], ["x1", "x_1"]]
    {
        for (place, spec) in
            PLACES.iter().filter(|(place, _)| ["schemas", "properties", "values", "operations"].contains(place))
        {
            let files =
                generate(&spec("t", &pair)).unwrap_or_else(|codes| panic!("{pair:?} among the {place}: {codes:?}"));
            // On some systems, two files cannot differ only in case either.
            let paths: BTreeSet<String> = files.iter().map(|(path, _)| path.to_lowercase()).collect();
            assert_eq!(paths.len(), files.len(), "{pair:?} among the {place}");
            let surface = files.get("api.txt").expect("it lists the names");
            let lines: BTreeSet<&str> = surface.lines().collect();
            assert_eq!(lines.len(), surface.lines().count(), "{pair:?} among the {place}: {surface}");
        }
    }
}
