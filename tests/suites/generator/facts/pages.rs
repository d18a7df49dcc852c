//! The facts of the reference pages, from `tests/facts/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_yaml::Value;
use tests::workspace_root;

use crate::facts::place::{Facts, Place, Words};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Operation {
    call: String,
    permission: String,
    preview: bool,
    #[serde(default)]
    at_least_one_of: Vec<String>,
    #[serde(default)]
    parameters: BTreeMap<String, String>,
    body: Option<Body>,
    answers: BTreeMap<u16, Answer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body {
    required: bool,
    fields: Fields,
}

/// What is said about each field.
type Fields = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    Fields(Fields),
    /// `no body`, or the name of a shape.
    Name(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Beyond {
    sites: Sites,
    keys: BTreeMap<String, String>,
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sites {
    variable: String,
    servers: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    at: String,
    operations: Option<Vec<String>>,
    instead_of: Option<String>,
    holds: String,
}

/// All facts.
pub(crate) fn read() -> Facts {
    let folder = workspace_root().join("tests/facts");
    let shapes: BTreeMap<String, Fields> = parse(&folder.join("shapes.yaml"));
    let mut facts = Facts::new();
    for (id, operation) in operations(&folder) {
        operation.tell(&Place::operation(&id), &shapes, &mut facts);
    }
    let beyond: Beyond = parse(&folder.join("beyond_the_pages.yaml"));
    for rule in &beyond.rules {
        assert!(rule.apply(&mut facts) > 0, "the rule for `{}` applies nowhere", rule.at);
    }
    facts.insert(Place::operation("API"), beyond.api());
    facts
}

fn operations(folder: &Path) -> BTreeMap<String, Operation> {
    let files = fs::read_dir(folder.join("operations")).expect("a folder of operations");
    let paths = files.map(|file| file.expect("a file").path());
    paths.map(|path| (id(&path), parse(&path))).collect()
}

fn id(path: &Path) -> String {
    let name = path.file_stem().and_then(|name| name.to_str());
    name.expect("a file called like its operation").to_owned()
}

/// Reads a file. It goes through a tree, because that refuses a key that stands twice.
fn parse<T: DeserializeOwned>(path: &PathBuf) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let tree: Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_yaml::from_value(tree).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn words(text: &str) -> Words {
    text.split(", ").map(str::to_owned).collect()
}

impl Operation {
    fn tell(&self, place: &Place, shapes: &BTreeMap<String, Fields>, facts: &mut Facts) {
        let mut about = Words::from([self.call.clone(), format!("permission {}", self.permission)]);
        if self.preview {
            about.insert("preview".to_owned());
        }
        if !self.at_least_one_of.is_empty() {
            about.insert(format!("at least one of {}", self.at_least_one_of.join(" | ")));
        }
        facts.insert(place.clone(), about);
        for (parameter, text) in &self.parameters {
            facts.insert(place.part(parameter), words(text));
        }
        if let Some(body) = &self.body {
            let place = place.part("body");
            let mut about = words("application/json");
            if body.required {
                about.insert("required".to_owned());
            }
            facts.insert(place.clone(), about);
            tell_fields(&place, &body.fields, facts);
        }
        for (status, answer) in &self.answers {
            let place = place.part(format!("answer {status}"));
            let fields = match answer {
                Answer::Name(name) if name == "no body" => {
                    facts.insert(place, words("no body"));
                    continue;
                }
                Answer::Name(name) => shapes.get(name).unwrap_or_else(|| panic!("{place}: no shape {name}")),
                Answer::Fields(fields) => fields,
            };
            facts.insert(place.clone(), words("application/json"));
            tell_fields(&place, fields, facts);
        }
    }
}

fn tell_fields(place: &Place, fields: &Fields, facts: &mut Facts) {
    for (field, text) in fields {
        facts.insert(place.field(field), words(text));
    }
}

impl Beyond {
    fn api(&self) -> Words {
        let servers = self.sites.servers.as_mapping().expect("a table of sites");
        let servers = servers.iter().enumerate().map(|(index, (site, url))| {
            let default = if index == 0 { "default " } else { "" };
            format!("{default}site {} at {}", site.as_str().expect("a site"), url.as_str().expect("a URL"))
        });
        let keys = self.keys.iter().map(|(header, variable)| format!("header {header} from {variable}"));
        let names: Vec<_> = self.keys.keys().map(String::as_str).collect();
        let together = [format!("site from {}", self.sites.variable), format!("needs {}", names.join(" + "))];
        servers.chain(keys).chain(together).collect()
    }
}

impl Rule {
    /// Lays the rule over the facts, and tells how often it applied.
    fn apply(&self, facts: &mut Facts) -> usize {
        let mut times = 0;
        for (place, about) in facts.iter_mut() {
            if name(place) != self.at || self.operations.as_ref().is_some_and(|ids| !ids.contains(&place.operation)) {
                continue;
            }
            if let Some(word) = &self.instead_of {
                assert!(about.remove(word), "{place}: the pages do not say `{word}`");
            }
            for word in words(&self.holds) {
                assert!(about.insert(word.clone()), "{place}: the pages say `{word}` too");
            }
            times += 1;
        }
        times
    }
}

/// What a rule calls a place.
fn name(place: &Place) -> String {
    let part = if place.part.starts_with("answer ") { "answer" } else { &place.part };
    match (part, place.field.as_str()) {
        ("", _) => "operation".to_owned(),
        (part, "") => part.to_owned(),
        (part, field) => format!("{part} {field}"),
    }
}
