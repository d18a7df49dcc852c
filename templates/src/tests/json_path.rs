//! The path of a decode error, compared with a slower way to find it.

use super::operations::GroupResponse;
use crate::runtime::client::json_path::locate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "only read by the parser")]
struct Page {
    data: Vec<GroupResponse>,
    #[serde(default)]
    counts: BTreeMap<String, Vec<u8>>,
    #[serde(default)]
    flag: Option<bool>,
    #[serde(default)]
    texts: Vec<String>,
    #[serde(default)]
    nested: Vec<Vec<u8>>,
}

fn path<T: DeserializeOwned>(json: &str) -> Option<String> {
    let Err(error) = serde_json::from_str::<T>(json) else { panic!("{json} must not decode") };
    assert!(error.is_data(), "{error}");
    locate(json.as_bytes(), &error)
}

fn oracle<T: DeserializeOwned>(json: &str) -> String {
    let mut parser = serde_json::Deserializer::from_str(json);
    let Err(error) = serde_path_to_error::deserialize::<_, T>(&mut parser) else { panic!("{json} must not decode") };
    error.path().to_string()
}

#[test]
fn agrees_with_serde_path_to_error() {
    for json in [
        r#"{"data": [{"data": {"id": 1, "attributes": {"name": "n"}}}]}"#,
        r#"{"data": [{"data": {"id": "1", "attributes": {"name": "n"}}}, {"data": {"id": "[\"{,", "attributes": {"name": null}}}]}"#,
        r#"{"data": [{"data": {"id": "1", "attributes": {}}}]}"#,
        r#"{"data": [{"data": {"id": "1", "attributes": "x"}}]}"#,
        r#"{"data": [{"data": {"id": "1", "attributes": {"name": {}}}}]}"#,
        r#"{"data": [{"data": {"id": "1", "attributes": {"name": []}}}]}"#,
        r#"{"data": [{"data": {"id": "1", "attributes": {"name": [1]}}}]}"#,
        r#"{"data": {}}"#,
        r#"{"data": "\\"}"#,
        r#"{"data": [7]}"#,
        r#"{"data": [{}]}"#,
        r#"{"data": [], "counts": {"a": [1, 2, 256]}}"#,
        r#"{"data": [], "counts": {"a": [1, 2], "b": [0, 1.5]}}"#,
        r#"{"data": [], "counts": {"a": [-1]}}"#,
        r#"{"data": [], "counts": []}"#,
        r#"{"data": [], "counts": [1, 2]}"#,
        r#"{"data": [], "flag": "yes"}"#,
        r#"{"data": [], "flag": {"a": 1}}"#,
        r#"{"data": [], "texts": ["a", {}]}"#,
        r#"{"data": [], "texts": [{}]}"#,
        r#"{"data": [], "texts": [[]]}"#,
        r#"{"data": [], "texts": ["a", [ ]]}"#,
        r#"{"data": [], "nested": [[1], [2, "x"]]}"#,
        r#"{"data": [], "nested": [["x"]]}"#,
        r#"{"other": {"data": [1, {"a": 2}]}, "data": [], "flag": 1}"#,
        "{\r\n\t\"data\"  :\n [\n  {\n \"data\" :\n\n 5 } ] }",
        "{\"data\": [], \"counts\": {\"é\": [1,\n 2,\n \"ü\"]}}",
    ] {
        assert_eq!(path::<Page>(json), Some(oracle::<Page>(json)), "{json}");
    }
}

#[test]
fn the_whole_text_has_no_path() {
    for json in ["[]", "{}", "5", " \"x\" ", "null", "[[1]]"] {
        let found = path::<Page>(json);
        assert!(found.is_none() || json.starts_with("[["), "{json}: {found:?}");
    }
}

#[test]
fn unusual_keys_are_quoted() {
    let json = r#"{"a.b": [1, "x"]}"#;
    assert_eq!(path::<BTreeMap<String, Vec<u8>>>(json).as_deref(), Some(r#"["a.b"][1]"#));
    let json = r#"{"\u0061b": {"": ["x"]}}"#;
    assert_eq!(path::<BTreeMap<String, BTreeMap<String, Vec<u8>>>>(json).as_deref(), Some(r#"ab[""][0]"#));
}
