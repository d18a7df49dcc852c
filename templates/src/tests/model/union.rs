//! Which variant a value is, and that none is lost.

use uuid::Uuid;

use super::Tier;
use crate::runtime::model::{Extra, Value};

macro_rules! objects {
    ($($name:ident { $($field:ident: $ty:ty, $word:ident $key:literal),* })*) => {$(
        #[derive(Clone, Debug, PartialEq)]
        struct $name {
            $($field: $ty,)*
            extra: Extra,
        }
        crate::runtime::model::object! { $name { $($field: $word $key),* } }
    )*};
}

objects! {
    Cat { kind: String, required "kind", lives: Option<i64>, optional "lives" }
    Dog { kind: String, required "kind", friend: Option<Box<Pet>>, optional "friend" }
    Circle { radius: f64, required "radius", color: Option<String>, optional "color" }
    Square { side: f64, required "side", color: Option<String>, optional "color" }
    Shade { color: Option<String>, optional "color", depth: Option<i64>, optional "depth" }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
enum Pet {
    Cat(Box<Cat>),
    Dog(Box<Dog>),
    Unrecognized(Value),
}
crate::runtime::model::union! {
    Pet by "kind" {
        Cat(boxed Cat) as_cat from: object ["cat", "kitten"],
        Dog(boxed Dog) as_dog from: object ["dog"],
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
enum Shape {
    Circle(Box<Circle>),
    Square(Box<Square>),
    Shade(Box<Shade>),
    Unrecognized(Value),
}
crate::runtime::model::union! {
    Shape {
        Circle(boxed Circle) as_circle from: object { "radius" required number, "color" optional string ["red"] },
        Square(boxed Square) as_square from: object { "side" required number, "color" optional string },
        Shade(boxed Shade) as_shade from: object { "color" optional string, "depth" optional integer },
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
enum Any {
    Text(String),
    Id(Uuid),
    Tier(Tier),
    Number(f64),
    Count(i64),
    Flag(bool),
    Words(Vec<String>),
    Unrecognized(Value),
}
crate::runtime::model::union! {
    Any {
        Text(text String) as_text from: string,
        Id(copied Uuid) as_id from: formatted,
        Tier(plain Tier) as_tier from: string ["OVERRIDE_ALLOWED", "GROUP_MANAGED"],
        Number(copied f64) as_number from: number,
        Count(copied i64) as_count from: integer,
        Flag(copied bool) as_flag from: boolean,
        Words(list String) as_words from: array,
    }
}

/// Reads a value that is written as it came.
fn kept<T: serde::Serialize + serde::de::DeserializeOwned>(json: &str) -> T {
    let value: T = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&value).unwrap(), json);
    let tree: serde_json::Value = serde_json::from_str(json).unwrap();
    let of_tree: T = serde_json::from_value(tree.clone()).unwrap();
    assert_eq!(serde_json::to_value(&of_tree).unwrap(), tree);
    value
}

#[test]
fn the_tag_decides_wherever_it_stands() {
    assert!(matches!(kept(r#"{"kind":"cat","lives":7}"#), Pet::Cat(cat) if cat.lives == Some(7)));
    assert!(matches!(kept(r#"{"kind":"kitten"}"#), Pet::Cat(_)));
    assert!(matches!(kept(r#"{"kind":"dog","lives":7}"#), Pet::Dog(_)));
    let dog: Pet = serde_json::from_str(r#"{"lives":7,"friend":{"kind":"cat"},"k\u0069nd":"do\u0067"}"#).unwrap();
    assert!(dog.as_dog().unwrap().friend.as_ref().unwrap().as_cat().is_some());
}

#[test]
fn what_fits_nothing_is_kept() {
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
    serde_json::from_str::<Pet>(r#"{"kind":"cat""#).expect_err("it is no JSON");
}

#[test]
fn half_characters_are_read_as_elsewhere() {
    let words: Any = serde_json::from_str(r#"["\ud83d"]"#).unwrap();
    assert_eq!(words.as_words(), Some(&["\u{fffd}".to_owned()][..]));
}

#[test]
fn objects_are_told_by_their_fields() {
    assert!(matches!(kept(r#"{"radius":1.5}"#), Shape::Circle(_)));
    assert!(matches!(kept(r#"{"side":1.5,"color":"red"}"#), Shape::Square(_)));
    assert!(matches!(kept(r#"{"color":"red"}"#), Shape::Shade(_)));
    // Both fit: the one that knows more of it.
    assert!(matches!(kept(r#"{"side":1.5,"color":"red","depth":1}"#), Shape::Square(_)));
    // Alike: the first.
    assert!(matches!(kept(r#"{"radius":1.5,"color":"red","side":1.5}"#), Shape::Circle(_)));
    // A text that it cannot have.
    assert!(matches!(kept(r#"{"side":1.5,"color":"blue","radius":1.5}"#), Shape::Square(_)));
    // A kind that it cannot have.
    assert!(matches!(kept(r#"{"color":"blue","depth":"deep"}"#), Shape::Unrecognized(_)));
    assert!(matches!(serde_json::from_str(r#"{"radius":1.5,"color":null}"#).unwrap(), Shape::Circle(_)));
}

#[test]
fn scalars_are_told_by_kind_and_by_the_narrowest() {
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
fn they_are_made_from_what_they_hold() {
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
