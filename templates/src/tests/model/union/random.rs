//! Random values, of which each gets a variant that it can be.

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::types::{Any, Pet, Shape};
use super::{Random, Tier};
use crate::runtime::model::Value;
use crate::runtime::model::union::direct;

fn pick<'t>(random: &mut Random, from: &[&'t str]) -> &'t str {
    from[random.below(from.len())]
}

/// JSON that is similar to the values of the unions.
fn json(random: &mut Random, depth: usize) -> serde_json::Value {
    const TEXTS: &[&str] = &["cat", "kitten", "dog", "red", "blue", "GROUP_MANAGED", "é\n", ""];
    const NAMES: &[&str] = &["kind", "lives", "friend", "radius", "side", "color", "depth", "more"];
    match random.below(if depth == 0 { 6 } else { 12 }) {
        0 => serde_json::Value::Null,
        1 => (random.below(2) == 0).into(),
        2 => random.below(9).into(),
        3 => serde_json::json!(random.below(9) as f64 / 2.0 + 0.25),
        4 => serde_json::Value::from(-1_i64 - random.below(9) as i64),
        5 => pick(random, TEXTS).into(),
        6 => (0..random.below(4)).map(|_| json(random, depth - 1)).collect(),
        _ => {
            let fields = (0..random.below(5)).map(|_| (pick(random, NAMES).to_owned(), json(random, depth - 1)));
            serde_json::Value::Object(fields.collect())
        }
    }
}

fn survives<T: Serialize + DeserializeOwned + Debug>(json: &serde_json::Value) -> T {
    let value: T = serde_json::from_str(&json.to_string()).unwrap();
    let direct: T = direct::first(|| serde_json::from_str(&json.to_string())).unwrap();
    assert_eq!(format!("{direct:?}"), format!("{value:?}"));
    let written: serde_json::Value = serde_json::to_value(&value).unwrap();
    let [written, json] = [written, json.clone()].map(Value::from);
    assert_eq!(written, json);
    value
}

#[test]
fn random_values_survive_and_get_possible_variants() {
    let mut random = Random::new(1);
    let mut seen = std::collections::BTreeMap::<&str, u32>::new();
    for _ in 0..20_000 {
        let json = json(&mut random, 4);
        let text = |name: &str| json.get(name).and_then(serde_json::Value::as_str);
        let is_number = |name: &str| json.get(name).is_some_and(serde_json::Value::is_number);
        let is_text_or_absent = |name: &str| json.get(name).is_none_or(|value| value.is_string() || value.is_null());
        let (what, fits) = match survives::<Pet>(&json) {
            Pet::Cat(_) => ("cat", matches!(text("kind"), Some("cat" | "kitten"))),
            Pet::Dog(_) => ("dog", text("kind") == Some("dog")),
            Pet::Unrecognized(_) => ("no pet", true),
        };
        assert!(fits, "{json} is {what}");
        *seen.entry(what).or_default() += 1;
        let (what, fits) = match survives::<Shape>(&json) {
            Shape::Circle(_) => ("circle", is_number("radius") && matches!(text("color"), None | Some("red"))),
            Shape::Square(_) => ("square", is_number("side") && is_text_or_absent("color")),
            Shape::Shade(_) => ("shade", json.is_object() && is_text_or_absent("color")),
            Shape::Unrecognized(_) => ("no shape", true),
        };
        assert!(fits, "{json} is {what}");
        *seen.entry(what).or_default() += 1;
        let (what, fits) = match survives::<Any>(&json) {
            Any::Text(text) => ("text", json == text && !Tier::KNOWN.iter().any(|tier| tier.as_str() == text)),
            Any::Id(_) => ("id", json.is_string()),
            Any::Tier(tier) => ("tier", json == tier.as_str()),
            Any::Number(_) => ("number", json.is_f64()),
            Any::Count(_) => ("count", json.is_i64()),
            Any::Flag(_) => ("flag", json.is_boolean()),
            Any::Words(_) => ("words", json.as_array().is_some_and(|items| items.iter().all(|item| item.is_string()))),
            Any::Unrecognized(_) => ("nothing", json.is_null() || json.is_object() || json.is_array()),
        };
        assert!(fits, "{json} is {what}");
        *seen.entry(what).or_default() += 1;
    }
    assert!(seen.len() >= 13 && seen.values().all(|count| *count > 5), "{seen:?}");
}
