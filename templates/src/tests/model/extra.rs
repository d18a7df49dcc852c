use serde_json::json;

use crate::runtime::model::{Extra, JsonObject};

#[test]
fn it_is_one_pointer_and_empty_at_first() {
    assert_eq!(size_of::<Extra>(), size_of::<usize>());
    assert!(Extra::new().is_empty());
    assert_eq!(Extra::new().len(), 0);
    assert_eq!(Extra::new().iter().count(), 0);
    assert_eq!(Extra::new().get("a"), None);
    assert_eq!(Extra::new().remove("a"), None);
}

#[test]
fn inserted_values_are_kept() {
    let mut extra = Extra::new();
    assert_eq!(extra.insert("b", 1), None);
    assert_eq!(extra.insert("b", json!({"c": []})), Some(json!(1).into()));
    assert_eq!(extra.insert("a", "text"), None);
    assert_eq!((extra.len(), extra.get("a")), (2, Some("text".into())));
    assert_eq!(extra.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["b", "a"]);
    assert_eq!(format!("{extra:?}"), r#"{"b":{"c":[]},"a":"text"}"#);
    assert_eq!(Extra::from(JsonObject::from(extra.clone())), extra);
}

#[test]
fn emptied_is_the_same_as_empty() {
    let mut extra = Extra::new();
    extra.insert("a", 1);
    assert_eq!(extra.remove("a"), Some(json!(1).into()));
    assert!(extra.is_empty());
    assert_eq!(extra, Extra::default());
    assert_eq!(extra, Extra::from(JsonObject::new()));
}

#[test]
fn it_is_like_a_map() {
    let mut extra: Extra = [("b", 1), ("a", 2)].into_iter().collect();
    extra.extend([("c", json!(null)), ("b", json!("x"))]);
    assert_eq!(extra.keys().collect::<Vec<_>>(), ["b", "a", "c"]);
    assert!(extra.contains_key("c") && !extra.contains_key("d") && !Extra::new().contains_key("c"));
    let mut names = Vec::new();
    for (name, value) in &extra {
        names.push(format!("{name}={value}"));
    }
    assert_eq!(names, ["b=\"x\"", "a=2", "c=null"]);
    assert_eq!(extra.clone().into_iter().collect::<Extra>(), extra);
    assert_eq!([("a", 1)].into_iter().filter(|_| false).collect::<Extra>(), Extra::new());
}
