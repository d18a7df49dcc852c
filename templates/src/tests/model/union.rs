//! The variant of a value, and that no value is lost.

mod random;
mod types;

use std::fmt::Debug;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Random, Tier};
use crate::runtime::model::Extra;
use crate::runtime::model::union::direct;
use types::*;

/// Reads a value that is written back unchanged, and read directly as the same.
fn kept<T: Serialize + DeserializeOwned + Debug>(json: &str) -> T {
    let value: T = serde_json::from_str(json).unwrap();
    let direct: T = direct::first(|| serde_json::from_str(json)).unwrap();
    assert_eq!(format!("{direct:?}"), format!("{value:?}"));
    assert_eq!(serde_json::to_string(&value).unwrap(), json);
    let tree: serde_json::Value = serde_json::from_str(json).unwrap();
    let of_tree: T = serde_json::from_value(tree.clone()).unwrap();
    assert_eq!(serde_json::to_value(&of_tree).unwrap(), tree);
    value
}

#[test]
fn the_tag_decides_at_any_position() {
    assert!(matches!(kept(r#"{"kind":"cat","lives":7}"#), Pet::Cat(cat) if cat.lives == Some(7)));
    assert!(matches!(kept(r#"{"kind":"kitten"}"#), Pet::Cat(_)));
    assert!(matches!(kept(r#"{"kind":"dog","lives":7}"#), Pet::Dog(_)));
    let dog: Pet = serde_json::from_str(r#"{"lives":7,"friend":{"kind":"cat"},"k\u0069nd":"do\u0067"}"#).unwrap();
    assert!(dog.as_dog().unwrap().friend.as_ref().unwrap().as_cat().is_some());
}

#[test]
fn unrecognized_values_are_kept() {
    for json in [
        r#"{"kind":"bird","wings":[1.50,2]}"#,
        r#"{"lives":7}"#,
        r#"{"kind":null}"#,
        r#"{"kind":7}"#,
        r#"{"kind":"cat","lives":"many"}"#,
        "{}",
        "[]",
        "7",
        "null",
        r#""cat""#,
    ] {
        let pet: Pet = kept(json);
        assert_eq!(pet.as_unrecognized(), Some(&json.parse().unwrap()), "{json}");
    }
    let exact = r#"[1e400,123456789012345678901234567890,"\ud83d"]"#;
    let pet: Pet = serde_json::from_str(exact).unwrap();
    assert_eq!(serde_json::to_string(&pet).unwrap(), exact);
    serde_json::from_str::<Pet>(r#"{"kind":"cat""#).expect_err("it is not JSON");
}

#[test]
fn unpaired_surrogates_are_replaced() {
    let words: Any = serde_json::from_str(r#"["\ud83d"]"#).unwrap();
    assert_eq!(words.as_words(), Some(&["\u{fffd}".to_owned()][..]));
}

#[test]
fn fields_select_the_variant() {
    assert!(matches!(kept(r#"{"radius":1.5}"#), Shape::Circle(_)));
    assert!(matches!(kept(r#"{"side":1.5,"color":"red"}"#), Shape::Square(_)));
    assert!(matches!(kept(r#"{"color":"red"}"#), Shape::Shade(_)));
    // Both fit: the one that knows more of it.
    assert!(matches!(kept(r#"{"side":1.5,"color":"red","depth":1}"#), Shape::Square(_)));
    // Equal: the first.
    assert!(matches!(kept(r#"{"radius":1.5,"color":"red","side":1.5}"#), Shape::Circle(_)));
    // A text that it cannot have.
    assert!(matches!(kept(r#"{"side":1.5,"color":"blue","radius":1.5}"#), Shape::Square(_)));
    // A kind that it cannot have.
    assert!(matches!(kept(r#"{"color":"blue","depth":"deep"}"#), Shape::Unrecognized(_)));
    assert!(matches!(serde_json::from_str(r#"{"radius":1.5,"color":null}"#).unwrap(), Shape::Circle(_)));
}

#[test]
fn formatted_texts_are_texts() {
    const ID: &str = r#""id":"00000000-0000-4000-8000-000000000000""#;
    assert!(matches!(kept(&format!(r#"{{{ID},"born":"2000-02-29"}}"#)), Known::Person(_)));
    assert!(matches!(kept(&format!(r#"{{{ID},"at":"2000-02-29T12:00:00Z"}}"#)), Known::Meeting(_)));
    assert!(matches!(kept(&format!(r#"{{{ID},"born":"yesterday"}}"#)), Known::Unrecognized(_)));
    assert!(matches!(kept(r#"{"id":7,"born":"2000-02-29"}"#), Known::Unrecognized(_)));
}

#[test]
fn deeper_content_is_the_last_evidence() {
    assert!(matches!(kept(r#"{"part":{"lives":9}}"#), Paper::Report(_)));
    assert!(matches!(kept(r#"{"part":{"color":"red","depth":1}}"#), Paper::Review(_)));
    assert!(matches!(kept(r#"{"part":{"color":"red","depth":1,"new":true}}"#), Paper::Review(_)));
    assert!(matches!(kept(r#"{"tier":"GROUP_MANAGED"}"#), Paper::Report(_)));
    assert!(matches!(kept(r#"{"tier":"another"}"#), Paper::Review(_)));
    assert!(matches!(kept(r#"[{"lives":9}]"#), Paper::Ghosts(_)));
    assert!(matches!(kept(r#"[{},{"color":"red"}]"#), Paper::Shades(_)));
    // If that is no evidence either, the first is chosen.
    assert!(matches!(kept(r#"{"part":{}}"#), Paper::Report(_)));
    assert!(matches!(kept(r#"{"part":{"new":true}}"#), Paper::Report(_)));
    assert!(matches!(kept("[]"), Paper::Ghosts(_)));
}

#[test]
fn the_narrowest_kind_selects_a_scalar() {
    assert!(matches!(kept(r#""a""#), Any::Text(_)));
    assert!(matches!(kept(r#""00000000-0000-4000-8000-000000000000""#), Any::Id(_)));
    assert_eq!(kept::<Any>(r#""GROUP_MANAGED""#), Any::Tier(Tier::GroupManaged));
    assert!(matches!(kept("1"), Any::Count(1)));
    assert!(matches!(kept("1.5"), Any::Number(_)));
    assert!(matches!(kept("true"), Any::Flag(true)));
    assert!(matches!(kept(r#"["a"]"#), Any::Words(_)));
    assert!(matches!(kept("[1]"), Any::Unrecognized(_)));
    assert!(matches!(kept("{}"), Any::Unrecognized(_)));
}

#[test]
fn they_convert_from_their_variants() {
    assert_eq!(Any::from("a").as_text(), Some("a"));
    assert_eq!(Any::from(1).as_count(), Some(1));
    assert_eq!(Any::from(vec!["a".to_owned()]).as_words(), Some(&["a".to_owned()][..]));
    let cat = Cat { kind: "cat".to_owned(), lives: None, extra: Extra::new() };
    assert_eq!(Pet::from(cat.clone()).as_cat(), Some(&cat));
    assert_eq!(Any::from(1).as_text(), None);
}

#[test]
fn no_depth_exhausts_the_stack() {
    const DEPTH: usize = 100_000;
    let json = r#"{"kind":"dog","friend":"#.repeat(DEPTH) + r#"{"kind":"cat"}"# + &"}".repeat(DEPTH);
    let pet: Pet = serde_json::from_str(&json).unwrap();
    let friend = pet.as_dog().unwrap().friend.as_ref().unwrap();
    assert!(friend.as_unrecognized().is_some());
    assert_eq!(serde_json::to_string(&pet).unwrap(), json);

    const FINE: usize = 90;
    let json = r#"{"kind":"dog","friend":"#.repeat(FINE) + r#"{"kind":"cat"}"# + &"}".repeat(FINE);
    let mut pet: &Pet = &serde_json::from_str(&json).unwrap();
    for _ in 0..FINE {
        pet = pet.as_dog().unwrap().friend.as_ref().unwrap();
    }
    assert!(pet.as_cat().is_some());
}

#[test]
fn an_unrecognized_inner_value_does_not_count() {
    assert!(matches!(kept(r#"{"kind":"cat"}"#), Outer::Pet(pet) if pet.as_cat().is_some()));
    assert!(matches!(kept(r#"{"lives":9,"kind":"bird"}"#), Outer::Ghost(_)));
    assert!(matches!(kept(r#"{"kind":"bird"}"#), Outer::Unrecognized(_)));
    assert!(matches!(kept("7"), Outer::Any(Any::Count(7))));
    assert!(matches!(kept("[7]"), Outer::Unrecognized(_)));
}

#[test]
fn duplicate_names_are_not_evidence() {
    /// The text itself, since a tree has each name once.
    fn kept<T: Serialize + DeserializeOwned + Debug>(json: &str) -> T {
        let value: T = serde_json::from_str(json).unwrap();
        let direct: T = direct::first(|| serde_json::from_str(json)).unwrap();
        assert_eq!(format!("{direct:?}"), format!("{value:?}"));
        assert_eq!(serde_json::to_string(&value).unwrap(), json.replace("\\u0069", "i").replace("\\u006f", "o"));
        value
    }
    assert!(matches!(kept(r#"{"kind":"cat","kind":"dog"}"#), Pet::Unrecognized(_)));
    assert!(matches!(kept(r#"{"kind":"dog","k\u0069nd":"cat"}"#), Pet::Unrecognized(_)));
    // Whether the type knows the tag or not, and whichever of the two is known.
    assert!(matches!(kept(r#"{"lives":9,"kind":"ghost"}"#), Spirit::Ghost(_)));
    for (one, other) in
        [("ghost", "ghost"), ("ghost", "cat"), ("cat", "ghost"), (r"gh\u006fst", "new"), ("new", "ghost")]
    {
        let json = format!(r#"{{"kind":"{one}","lives":9,"kind":"{other}"}}"#);
        assert!(matches!(kept(&json), Spirit::Unrecognized(_)), "{json}");
    }
    // It is not evidence for a type that knows it, and does not replace a missing one.
    assert!(matches!(kept(r#"{"radius":1.5,"radius":2.5}"#), Shape::Shade(_)));
    assert!(matches!(kept(r#"{"side":1.5,"color":"red","depth":1,"depth":2}"#), Shape::Square(_)));
    assert!(matches!(kept(r#"{"side":1.5,"more":1,"more":2}"#), Shape::Square(_)));
}

#[test]
fn work_does_not_double_with_each_level() {
    const DEPTH: usize = 60;
    // Only reading it reveals that the number is too large.
    let json = r#"{"tick":true,"next":"#.repeat(DEPTH) + "{\"count\":1}" + &r#","count":3000000000}"#.repeat(DEPTH);
    let chain: Chain = serde_json::from_str(&json).unwrap();
    assert!(matches!(chain, Chain::Unrecognized(_)));
    assert_eq!(serde_json::to_string(&chain).unwrap(), json);
    // Each has about twenty bytes, so it can be read a few hundred times, and no more often with each level.
    assert!(TICKS.get() < DEPTH * 512, "{} reads", TICKS.get());

    // A value that fits is read at any depth.
    let json = r#"{"tick":true,"next":"#.repeat(DEPTH) + "{\"count\":1}" + &r#","count":3}"#.repeat(DEPTH);
    let mut chain: &Chain = &serde_json::from_str(&json).unwrap();
    for _ in 0..DEPTH {
        chain = chain.as_one().unwrap().next.as_ref().unwrap();
    }
    assert!(chain.as_one().is_some());

    // With something unknown at each level, both variants are read at each, but not without a limit; and a later value
    // that fails for its first variant still gets its second.
    TICKS.set(0);
    let json = r#"{"tick":true,"next":"#.repeat(DEPTH) + "{\"count\":1}" + &r#","count":3,"new":1}"#.repeat(DEPTH);
    let mut chain: &Chain = &kept(&json);
    for _ in 0..DEPTH {
        chain = chain.as_one().unwrap().next.as_ref().unwrap();
    }
    assert!(TICKS.get() < DEPTH * 512, "{} reads", TICKS.get());
}
