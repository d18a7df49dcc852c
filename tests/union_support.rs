//! Shared code of the tests of unions, which `tests/src/unions.rs` writes.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads each value, checks that its variant is one of the possible ones, and writes it back.
///
/// A line is a case: the numbers of the variants that it may be, whether it is `known` to be one of them, the value.
pub fn check<T: DeserializeOwned + Serialize>(variants: &[(&str, fn(&T) -> bool)], cases: &str) {
    let mut problems = Vec::new();
    for case in cases.lines() {
        let mut parts = case.splitn(3, '|');
        let [may_be, must, json] = [(); 3].map(|()| parts.next().expect("a case has three parts"));
        let value: T = serde_json::from_str(json).unwrap_or_else(|error| panic!("{json}: {error}"));
        let found = variants.iter().position(|(_, is_of)| is_of(&value));
        let is_right = match found {
            Some(found) => may_be.split(',').any(|index| index == found.to_string()),
            None => must == "any",
        };
        let name = |index: usize| variants.get(index).map_or("unrecognized", |(name, _)| name);
        if !is_right {
            let may_be: Vec<&str> = may_be.split(',').filter_map(|index| index.parse().ok()).map(name).collect();
            problems.push(format!("{json}\n  is {}, {must}: {may_be:?}", found.map_or("unrecognized", name)));
        }
        let written = serde_json::to_string(&value).expect("unions can be written");
        let [before, after] = [json, &written].map(|text| serde_json::from_str::<Value>(text).expect("JSON"));
        let is_kept = if found.is_some() { is_same(&before, &after) } else { written == json };
        if !is_kept {
            problems.push(format!("{json}\n  is written as {written}"));
        }
    }
    assert!(problems.is_empty(), "{} problems\n{}", problems.len(), problems[..problems.len().min(10)].join("\n"));
}

/// Whether values are equal, if `1` equals `1.0`.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one == other || one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let is_kept = |(name, value)| other.get(name).is_some_and(|other| is_same(value, other));
            one.len() == other.len() && one.iter().all(is_kept)
        }
        _ => one == other,
    }
}
