//! The samples of the reference pages, from `tests/samples/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tests::workspace_root;

/// The samples of one operation.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    pub(crate) curl: Curl,
    /// The bodies below "Request".
    #[serde(default)]
    pub(crate) requests: Vec<Value>,
    answers: BTreeMap<u16, Answer>,
}

/// Its curl line, with the variables of the path and the query filled in.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Curl {
    call: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Answer {
    /// `no body`, or the name of a sample that all pages share.
    Name(String),
    Several(Vec<Value>),
    Body(Value),
}

/// Reads all pages, by the id of the operation.
pub(crate) fn read() -> BTreeMap<String, Page> {
    let folder = workspace_root().join("tests/samples");
    let errors: BTreeMap<String, Value> = parse(&folder.join("errors.yaml"));
    let files = fs::read_dir(folder.join("operations")).expect("a folder of samples");
    files
        .map(|file| {
            let path = file.expect("a file").path();
            let operation = path.file_stem().and_then(|name| name.to_str()).expect("a file called like its operation");
            let mut page: Page = parse(&path);
            for answer in page.answers.values_mut() {
                if let Answer::Name(name) = answer
                    && let Some(error) = errors.get(name)
                {
                    *answer = Answer::Body(error.clone());
                }
            }
            (operation.to_owned(), page)
        })
        .collect()
}

/// Reads a file through a tree, which rejects duplicate keys.
fn parse<T: DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let tree: serde_yaml::Value =
        serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_yaml::from_value(tree).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

impl Page {
    /// The body of each response; null if the page says that there is none.
    pub(crate) fn answers(&self) -> impl Iterator<Item = (u16, Value)> {
        self.answers.iter().flat_map(|(status, answer)| {
            let bodies = match answer {
                Answer::Body(body) => vec![body.clone()],
                Answer::Several(bodies) => bodies.clone(),
                Answer::Name(name) => {
                    assert_eq!(name, "no body", "no sample has this name");
                    vec![Value::Null]
                }
            };
            bodies.into_iter().map(|body| (*status, body))
        })
    }
}

impl Curl {
    pub(crate) fn method(&self) -> &str {
        self.parts().0
    }

    pub(crate) fn path(&self) -> &str {
        self.parts().1
    }

    /// Names and values, in the order of their names.
    pub(crate) fn query(&self) -> Vec<(String, String)> {
        let pairs = self.parts().2.split('&').filter_map(|pair| pair.split_once('='));
        let mut pairs: Vec<_> = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        pairs.sort();
        pairs
    }

    fn parts(&self) -> (&str, &str, &str) {
        let (method, target) = self.call.split_once(' ').expect("a method and a target");
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        (method, path, query)
    }
}
