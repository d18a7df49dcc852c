//! Names and prose: ordinary ones, and ones with a meaning in Rust, in emitted code, or in Markdown.

use std::collections::BTreeSet;

use crate::combinations::random::Random;

const PLAIN: &[&str] = &[
    "owner", "group", "member", "policy", "site", "colour", "price", "weight", "region", "note", "label", "origin",
    "target", "limit", "level", "ticket", "invoice", "device", "sensor", "reading", "schedule", "window", "rule",
    "budget",
];

/// Names of fields, parameters and arguments that collide with keywords, methods, locals of emitted code or each other.
const ODD_MEMBERS: &[&str] = &[
    "type",
    "self",
    "Self",
    "crate",
    "super",
    "extra",
    "new",
    "gen",
    "fn",
    "match",
    "async",
    "await",
    "move",
    "ref",
    "dyn",
    "id",
    "data",
    "attributes",
    "body",
    "send",
    "client",
    "request",
    "operation",
    "call",
    "builder",
    "a",
    "and_a",
    "b",
    "and_b",
    "or",
    "and",
    "a_and_b",
    "Option",
    "String",
    "Vec",
    "Some",
    "None",
    "Ok",
    "Err",
    "Result",
    "Error",
    "clone",
    "default",
    "from",
    "into",
    "value",
    "key",
    "map",
    "state",
    "inner",
    "this",
    "object",
    "result",
    "error",
    "pages",
    "page",
    "stream",
    "items",
    "item",
    "path",
    "query",
    "url",
    "response",
    "2fa",
    "n2",
    "x-y",
    "dotted.name",
    "with space",
    "filter[a]",
    "filter[b][c]",
    "camelCase",
    "HTTPServer",
    "_leading",
    "trailing_",
    "$dollar",
    "@at",
    "f",
    "s",
    "T",
    "M",
    "index",
    "name",
    "fmt",
    "drop",
    "eq",
    "hash",
    "cmp",
    "as_ref",
    "to_string",
    "unwrap",
    "iter",
    "len",
    "is_empty",
    "get",
    "set",
    "take",
    "headers",
    "header",
    "serialize",
    "deserialize",
    "serializer",
    "visitor",
    "missing",
    "limits",
    "check",
    "paging",
    "batch",
    "batches",
    "method",
    "mode",
    "i64",
    "str",
    "bool",
    "u8",
    "std",
    "core",
    "alloc",
    "serde",
    "runtime",
    "models",
    "operations",
    "maximum",
    "minimum",
    "set_body",
    "with_body",
    "send_with_response",
    "a_name_that_is_as_long_as_a_name_of_a_field_can_sensibly_be_before_the_lines_of_the_code_break",
];

/// Names of schemas that collide with the standard library, the runtime or other emitted items, without being reserved.
const ODD_TYPES: &[&str] = &[
    "Client",
    "Request",
    "Response",
    "Operation",
    "Method",
    "Body",
    "Call",
    "Builder",
    "Page",
    "Pages",
    "Stream",
    "Paging",
    "HeaderMap",
    "Async",
    "Blocking",
    "Arc",
    "Cow",
    "HashMap",
    "Duration",
    "Path",
    "Bytes",
    "Serialize",
    "Deserialize",
    "Serializer",
    "Deserializer",
    "Visitor",
    "Formatter",
    "Display",
    "Infallible",
    "Rc",
    "Cell",
    "Deref",
    "Borrow",
    "Sum",
    "M",
    "T",
    "E",
    "Type",
    "Crate",
    "Mod",
    "Models",
    "Operations",
    "Runtime",
    "Con",
    "2fa",
    "snake_case_thing",
    "kebab-case-thing",
    "dotted.thing",
    "HTTPServerURL",
    "i64",
    "str",
    "bool",
    "usize",
    "Static",
    "Limits",
    "Violation",
    "Object",
    "Enum",
    "Scalar",
    "Array",
    "Map",
    "Number",
    "Integer",
    "Missing",
    "Field",
    "Key",
    "Secret",
    "Retry",
    "Api",
    "Transport",
    "Registry",
    "Batch",
    "Effect",
    "Place",
    "Step",
    "Ready",
    "State",
    "Ordering",
    "PhantomData",
    "Unit",
    "AThingWithAVeryLongNameThatSomebodyThoughtOfOnARainyDay",
];

/// Names that the crate itself needs, or from which no identifier can be created.
const HAZARDS: &[&str] =
    &["Option", "String", "Vec", "Error", "Result", "Extra", "_", "1", "Value", "Uuid", "send", "self"];

const ODD_PROSE: &[&str] = &[
    "`code` and ``code ` code``, then a lone ` backtick.",
    "Brackets: [a], [a](b), [a][b], [`Option`] and a[0].",
    "A list:\n\n- one\n- two\n  - three\n\n1. first\n2. second",
    "Below is code.\n\n```json\n{\"a\": [1, 2]}\n```\n\nAbove was code.",
    "    indented code",
    "Generics such as Vec<T> and <b>bold</b>; a < b && c > d.",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "See https://example.com/a_b?c=d#e and www.example.com.",
    "*emphasis*, **strong**, _under_, ~~struck~~ and snake_case_word.",
    "Quotes \" and ' and a backslash \\ and {braces} and {{double}}.",
    "# A heading\n\nWith text.",
    "Ends with a backslash \\",
    "*/ /* // /// //! #[doc]",
    "Accents é, emoji 😀 and direction שלום.",
    "First line.\nSecond line of the same paragraph.\n\nSecond paragraph.",
    "> quoted\n> text",
    "Defaults to `DEFAULT`. It must be at least 1",
    "A sentence that goes on for a good while, so that whoever lays it out has to break it somewhere, and then goes on for some more.",
];

/// Returns the form of a name in Rust in which two can collide: letters and digits.
pub(crate) fn key(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// The names that are taken in a scope.
#[derive(Clone, Default)]
pub(crate) struct Scope(BTreeSet<String>);

impl Scope {
    pub(crate) fn take(&mut self, name: &str) -> bool {
        self.0.insert(key(name))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains(&key(name))
    }
}

/// How unusual the names of a spec are.
#[derive(Clone, Copy)]
pub(crate) struct Daring {
    /// The percentage of unusual names.
    pub(crate) odd: usize,
    /// Whether names may be ones that are rejected.
    pub(crate) hazards: bool,
}

impl Daring {
    /// Returns a new name of a field, parameter or argument in its scope.
    pub(crate) fn member(self, random: &mut Random, scope: &mut Scope) -> String {
        self.name(random, scope, ODD_MEMBERS, |first, second| format!("{first}_{second}"))
    }

    /// Returns a new name of a schema.
    pub(crate) fn schema(self, random: &mut Random, scope: &mut Scope) -> String {
        let camel = |word: &str| word[..1].to_uppercase() + &word[1..];
        self.name(random, scope, ODD_TYPES, |first, second| camel(first) + &camel(second))
    }

    fn name(
        self,
        random: &mut Random,
        scope: &mut Scope,
        odd: &[&str],
        joined: impl Fn(&str, &str) -> String,
    ) -> String {
        if self.hazards && random.percent(4) {
            return random.pick(HAZARDS).to_owned();
        }
        loop {
            let name = if random.percent(self.odd) {
                random.pick(odd).to_owned()
            } else {
                joined(random.pick(PLAIN), random.pick(PLAIN))
            };
            if scope.take(&name) {
                return name;
            }
        }
    }
}

pub(crate) fn prose(random: &mut Random) -> &'static str {
    if random.percent(50) { "Plain words." } else { random.pick(ODD_PROSE) }
}
