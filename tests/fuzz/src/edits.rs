//! Edits of a spec as a tree: changes that somebody could make, with unusual parts and names.

use std::collections::BTreeMap;

use generator::diagnostics::Span;
use generator::source::{self, Entry, Mapping, Node, Value};

/// Names, from those that Rust knows to those from which no identifier can be created.
const NAMES: &[&str] = &[
    "self", "Self", "super", "crate", "type", "async", "gen", "try", "dyn", "union", "macro_rules", "static", "_",
    "__", "", " ", "0", "1st", "2Fast", "-1", "-name", "a", "A", "a_b", "aB", "a-b", "a.b", "A_B", "Result", "Option",
    "Some", "None", "Ok", "Err", "Box", "Vec", "String", "str", "u8", "bool", "Error", "Client", "Default", "Clone",
    "From", "Into", "Send", "Sync", "Iterator", "Future", "Request", "Response", "Value", "Uuid", "Extra", "Nullable",
    "Timestamp", "Date", "Transport", "Site", "Pages", "Items", "Limits", "Batch", "Unrecognized", "JsonObject",
    "extra", "new", "send", "body", "client", "stream", "pages", "page_size", "with_body", "paging", "request",
    "models", "runtime", "operations", "api", "object", "vec", "format", "key", "error", "fmt", "clone", "default",
    "build", "from_env", "id", "data", "attributes", "mod", "con", "nul", "lib", "main", "é", "名前", "😀", "שלום",
    "e\u{301}", "\u{202E}", "a\nb", "\"#", "*/", "{}", "$crate", "../../etc", "a/b", "~1", "C:\\a", "\u{0}",
    "this_is_a_name_of_more_than_one_hundred_characters_so_that_no_identifier_can_be_made_of_it_as_the_limit_says",
];

/// Prose with a meaning in Rust, rustdoc, Markdown or format strings.
const PROSE: &[&str] = &[
    "", " ", "*/", "/*", "\"#", "\"##", "`", "``` ", "```\nassert!(false)", "~~~\nx", "    assert!(false)",
    "text\n\n\tassert!(false)", "- a\n\n      assert!(false)", "> ```\n> assert!(false)", "1. ```\n   assert!(false)",
    "* ```rust\n  assert!(false)", "[a]", "[`a`]", "[a](b)", "[a][b]", "[a]: b", "![a](b)", "<a>", "<a", "</b>",
    "<!-- a", "<script>", "Vec<T>", "&lt;", "#![no_std]", "#[doc]", "//! a", "{}", "{0}", "{title}", "{{crate}}",
    "\\", "\\\\", "a\\", "a\rb", "a\r\nb", "a\u{0}b", "\u{1B}[31m", "\u{202E}a", "e\u{301}", "😀", "| a | b |\n|---|---|",
    "# a", "a\n===", "a\n---", "---", "***", "[^1]", "[^1]: a", "- [ ] a", "http://a.b/c", "<http://a.b>", "a  \nb",
    "www.a.b", "~~a~~", "$a$", "\u{A0}\u{2003}a", "\u{85}", "\u{2028}", "``a", "` ` `", "*a _b", "**", ":",
];

/// A source of numbers that depends only on a seed (xorshift).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u32) -> Self {
        Self(u64::from(seed).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap_or(0) % end.max(1)
    }

    pub(crate) fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    fn pick<'t, T>(&mut self, items: &'t [T]) -> Option<&'t T> {
        items.get(self.below(items.len()))
    }

    fn text(&mut self, texts: &[&str]) -> String {
        self.pick(texts).map(|text| (*text).to_owned()).unwrap_or_default()
    }
}

/// Parts of specs, by their key.
pub(crate) struct Donors(BTreeMap<String, Vec<Node>>);

impl Donors {
    /// Collects the parts of these specs.
    pub(crate) fn new(texts: impl IntoIterator<Item = String>) -> Self {
        let mut donors = BTreeMap::new();
        for text in texts {
            if let Ok(tree) = source::parse(&text) {
                collect(tree.root(), &mut donors);
            }
        }
        Self(donors)
    }

    fn part(&self, key: &str, random: &mut Random) -> Option<Node> {
        random.pick(self.0.get(key)?).cloned()
    }
}

fn collect(node: &Node, donors: &mut BTreeMap<String, Vec<Node>>) {
    match &node.value {
        Value::Mapping(entries) => {
            for entry in entries.iter() {
                donors.entry(entry.key.clone()).or_default().push(entry.node.clone());
                collect(&entry.node, donors);
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| collect(item, donors)),
        _ => {}
    }
}

/// Returns a spec with a few edits.
pub(crate) fn edited(root: &Node, donors: &Donors, random: &mut Random) -> Node {
    let mut root = root.clone();
    for _ in 0..=random.below(4) {
        match random.below(4) {
            0 => rename_throughout(&mut root, random),
            _ => edit_somewhere(&mut root, donors, random),
        }
    }
    root
}

/// Renames a schema, a property or a parameter at every place that names it.
fn rename_throughout(root: &mut Node, random: &mut Random) {
    let mut keys = Vec::new();
    names(root, &mut keys);
    let (Some(old), new) = (random.pick(&keys).cloned(), random.text(NAMES)) else { return };
    rename(root, &old, &new);
}

/// Collects possible names: keys, and the values of `name`, `operationId` and similar keys.
fn names(node: &Node, found: &mut Vec<String>) {
    match &node.value {
        Value::Mapping(entries) => {
            for entry in entries.iter() {
                let is_map = matches!(entry.key.as_str(), "schemas" | "properties" | "parameters" | "responses");
                if let (true, Value::Mapping(inner)) = (is_map, &entry.node.value) {
                    found.extend(inner.iter().map(|entry| entry.key.clone()));
                }
                let is_name = matches!(entry.key.as_str(), "name" | "operationId" | "x-rust-name" | "x-site-name");
                if let (true, Value::String(name)) = (is_name, &entry.node.value) {
                    found.push(name.clone());
                }
                names(&entry.node, found);
            }
        }
        Value::Sequence(items) => items.iter().for_each(|item| names(item, found)),
        _ => {}
    }
}

fn rename(node: &mut Node, old: &str, new: &str) {
    match &mut node.value {
        Value::Mapping(mapping) => change(mapping, |entries| {
            let is_free = !entries.iter().any(|entry| entry.key == new);
            for entry in entries {
                if entry.key == old && is_free {
                    entry.key = new.to_owned();
                } else if entry.key.contains(&format!("{{{old}}}")) {
                    entry.key = entry.key.replace(&format!("{{{old}}}"), &format!("{{{new}}}"));
                }
                rename(&mut entry.node, old, new);
            }
        }),
        Value::Sequence(items) => items.iter_mut().for_each(|item| rename(item, old, new)),
        Value::String(text) if text == old => *text = new.to_owned(),
        Value::String(text) if text.starts_with("#/") && text.ends_with(&format!("/{old}")) => {
            let end = text.len() - old.len();
            text.truncate(end);
            text.push_str(new);
        }
        _ => {}
    }
}

fn edit_somewhere(root: &mut Node, donors: &Donors, random: &mut Random) {
    let schemas = references(root);
    let target = random.below(size(root));
    let mut left = target;
    if let Some((node, key)) = find(root, &mut left, "") {
        edit(node, &key, donors, &schemas, random);
    }
}

fn size(node: &Node) -> usize {
    1 + match &node.value {
        Value::Mapping(entries) => entries.iter().map(|entry| size(&entry.node)).sum(),
        Value::Sequence(items) => items.iter().map(size).sum(),
        _ => 0,
    }
}

/// Finds the node with a number, counted from the root, and its key.
fn find<'n>(node: &'n mut Node, left: &mut usize, key: &str) -> Option<(&'n mut Node, String)> {
    if *left == 0 {
        return Some((node, key.to_owned()));
    }
    *left -= 1;
    match &mut node.value {
        Value::Mapping(mapping) => mapping.values_mut().find_map(|(key, node)| find(node, left, key)),
        Value::Sequence(items) => items.iter_mut().find_map(|item| find(item, left, key)),
        _ => None,
    }
}

fn references(root: &Node) -> Vec<String> {
    let schemas = root.get("components").and_then(|components| components.get("schemas"));
    let entries = schemas.and_then(|schemas| schemas.value.as_mapping());
    entries.iter().flat_map(|entries| entries.iter()).map(|entry| format!("#/components/schemas/{}", entry.key)).collect()
}

fn edit(node: &mut Node, key: &str, donors: &Donors, schemas: &[String], random: &mut Random) {
    match random.below(12) {
        0 => {
            if let Some(part) = donors.part(key, random) {
                *node = part;
            }
        }
        1 => *node = scalar(random),
        2 => *node = string(random.text(PROSE)),
        3 => *node = string(random.text(NAMES)),
        4 => {
            if let Some(reference) = random.pick(schemas) {
                *node = mapping([("$ref", string(reference.clone()))]);
            }
        }
        5 => *node = wrapped(node.clone(), random),
        6 => set(node, "description", string(random.text(PROSE))),
        7 => set(node, "nullable", Node { span: Span::default(), value: Value::Bool(true) }),
        8 => require_everything(node),
        _ => rearrange(node, key, donors, random),
    }
}

/// Edits the content of a list or mapping.
fn rearrange(node: &mut Node, key: &str, donors: &Donors, random: &mut Random) {
    match &mut node.value {
        Value::Mapping(mapping) => change(mapping, |entries| {
            let at = random.below(entries.len());
            match random.below(5) {
                0 if at < entries.len() => {
                    entries.remove(at);
                }
                1 if at < entries.len() => {
                    let other = random.below(entries.len());
                    entries.swap(at, other);
                }
                2 if at < entries.len() => {
                    let node = entries[at].node.clone();
                    add(entries, random.text(NAMES), node);
                }
                3 if at < entries.len() => {
                    let name = random.text(NAMES);
                    if !entries.iter().any(|entry| entry.key == name) {
                        entries[at].key = name;
                    }
                }
                _ => {
                    let part = donors.part(key, random).and_then(|part| match part.value {
                        Value::Mapping(entries) => random.pick(&entries).cloned(),
                        _ => None,
                    });
                    if let Some(part) = part {
                        add(entries, part.key, part.node);
                    }
                }
            }
        }),
        Value::Sequence(items) if !items.is_empty() => {
            let at = random.below(items.len());
            match random.below(3) {
                0 => {
                    items.remove(at);
                }
                1 => {
                    let other = random.below(items.len());
                    items.swap(at, other);
                }
                _ => items.push(items[at].clone()),
            }
        }
        _ => {}
    }
}

fn wrapped(node: Node, random: &mut Random) -> Node {
    let list = |node| Node { span: Span::default(), value: Value::Sequence(vec![node]) };
    match random.below(4) {
        0 => mapping([("type", string("array".to_owned())), ("items", node)]),
        1 => mapping([("type", string("object".to_owned())), ("additionalProperties", node)]),
        2 => mapping([("allOf", list(node))]),
        _ => {
            let name = random.text(NAMES);
            let properties = mapping([(name.as_str(), node)]);
            mapping([("type", string("object".to_owned())), ("properties", properties)])
        }
    }
}

fn require_everything(node: &mut Node) {
    let properties = node.get("properties").and_then(|properties| properties.value.as_mapping());
    let names: Vec<Node> = properties.iter().flat_map(|properties| properties.iter()).map(|entry| string(entry.key.clone())).collect();
    if !names.is_empty() {
        set(node, "required", Node { span: Span::default(), value: Value::Sequence(names) });
    }
}

fn scalar(random: &mut Random) -> Node {
    let value = match random.below(12) {
        0 => Value::Null,
        1 => Value::Bool(true),
        2 => Value::Bool(false),
        3 => Value::Integer(i64::MIN.into()),
        4 => Value::Integer(u64::MAX.into()),
        5 => Value::Integer(i64::MAX.into()),
        6 => Value::Float(1e300),
        7 => Value::Float(-0.0),
        8 => Value::Integer(i64::try_from(random.below(1001)).unwrap_or(0).saturating_sub(1).into()),
        9 => Value::Integer(i128::MIN.into()),
        10 => Value::Integer(u128::MAX.into()),
        _ => Value::String(random.text(NAMES)),
    };
    Node { span: Span::default(), value }
}

fn string(text: String) -> Node {
    Node { span: Span::default(), value: Value::String(text) }
}

fn mapping<'k>(entries: impl IntoIterator<Item = (&'k str, Node)>) -> Node {
    let entry = |(key, node): (&str, Node)| Entry { key: key.to_owned(), key_span: Span::default(), node };
    Node { span: Span::default(), value: Value::Mapping(entries.into_iter().map(entry).collect()) }
}

fn set(node: &mut Node, key: &str, value: Node) {
    if let Value::Mapping(mapping) = &mut node.value {
        change(mapping, |entries| {
            entries.retain(|entry| entry.key != key);
            add(entries, key.to_owned(), value);
        });
    }
}

/// Changes the entries of a mapping, and rebuilds its index.
fn change(mapping: &mut Mapping, edit: impl FnOnce(&mut Vec<Entry>)) {
    let mut entries = std::mem::take(mapping).into_entries();
    edit(&mut entries);
    *mapping = entries.into_iter().collect();
}

fn add(entries: &mut Vec<Entry>, key: String, node: Node) {
    if !entries.iter().any(|entry| entry.key == key) {
        entries.push(Entry { key, key_span: Span::default(), node });
    }
}
