//! The variant of a value, and that no value is lost.

use std::cell::Cell;
use std::fmt::Debug;

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use super::Tier;
use crate::runtime::model::part::Part;
use crate::runtime::model::union::direct;
use crate::runtime::model::{Extra, Timestamp, Value};

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
    Ghost { lives: Option<i64>, optional "lives" }
    One { tick: Option<Tick>, optional "tick", next: Option<Box<Chain>>, optional "next", count: i32, required "count" }
    Two { tick: Option<Tick>, optional "tick", next: Option<Box<Chain>>, optional "next", count: i32, required "count" }
    Report { part: Option<Box<Ghost>>, optional "part", tier: Option<Tier>, optional "tier" }
    Review { part: Option<Box<Shade>>, optional "part", tier: Option<String>, optional "tier" }
    Person { id: Uuid, required "id", born: Date, required "born" }
    Meeting { id: Uuid, required "id", at: Timestamp, required "at" }
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
enum Spirit {
    Ghost(Box<Ghost>),
    Cat(Box<Cat>),
    Shade(Box<Shade>),
    Unrecognized(Value),
}
crate::runtime::model::union! {
    Spirit by "kind" {
        Ghost(boxed Ghost) as_ghost from: object ["ghost"] extra,
        Cat(boxed Cat) as_cat from: object ["cat"],
        Shade(boxed Shade) as_shade from: object,
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
enum Chain {
    One(Box<One>),
    Two(Box<Two>),
    Unrecognized(Value),
}
crate::runtime::model::union! {
    Chain {
        One(boxed One) as_one from: object { "tick" optional boolean, "next" optional object, "count" required integer },
        Two(boxed Two) as_two from: object { "tick" optional boolean, "next" optional object, "count" required integer },
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
enum Outer {
    Pet(Box<Pet>),
    Any(Any),
    Ghost(Box<Ghost>),
    Unrecognized(Value),
}
crate::runtime::model::union! {
    Outer {
        Pet(boxed Pet) as_pet from: object,
        Any(plain Any) as_any from: boolean number string formatted array,
        Ghost(boxed Ghost) as_ghost from: object { "lives" required integer },
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
enum Paper {
    Report(Box<Report>),
    Review(Box<Review>),
    Ghosts(Vec<Ghost>),
    Shades(Vec<Shade>),
    Unrecognized(Value),
}
crate::runtime::model::union! {
    Paper {
        Report(boxed Report) as_report from: object { "part" optional object, "tier" optional string },
        Review(boxed Review) as_review from: object { "part" optional object, "tier" optional string },
        Ghosts(list Ghost) as_ghosts from: array,
        Shades(list Shade) as_shades from: array,
    }
}

thread_local! {
    static TICKS: Cell<usize> = const { Cell::new(0) };
}

/// `true` or `false`; counts how often one is read.
#[derive(Clone, Debug, PartialEq)]
struct Tick(bool);

impl Part for Tick {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        TICKS.set(TICKS.get() + 1);
        bool::deserialize(deserializer).map(Self)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
enum Known {
    Person(Box<Person>),
    Meeting(Box<Meeting>),
    Unrecognized(Value),
}
crate::runtime::model::union! {
    Known {
        Person(boxed Person) as_person from: object { "id" required formatted, "born" required formatted },
        Meeting(boxed Meeting) as_meeting from: object { "id" required formatted, "at" required formatted },
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

/// Pseudo-random numbers, the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }

    /// JSON that is similar to the values of the unions above.
    fn json(&mut self, depth: u64) -> serde_json::Value {
        const TEXTS: &[&str] = &["cat", "kitten", "dog", "red", "blue", "GROUP_MANAGED", "é\n", ""];
        const NAMES: &[&str] = &["kind", "lives", "friend", "radius", "side", "color", "depth", "more"];
        match self.below(if depth == 0 { 6 } else { 12 }) {
            0 => serde_json::Value::Null,
            1 => (self.below(2) == 0).into(),
            2 => self.below(9).into(),
            3 => serde_json::json!(self.below(9) as f64 / 2.0 + 0.25),
            4 => serde_json::Value::from(-1_i64 - self.below(9) as i64),
            5 => self.pick(TEXTS).into(),
            6 => (0..self.below(4)).map(|_| self.json(depth - 1)).collect(),
            _ => {
                let fields = (0..self.below(5)).map(|_| (self.pick(NAMES).to_owned(), self.json(depth - 1)));
                serde_json::Value::Object(fields.collect())
            }
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
    let mut random = Random(1);
    let mut seen = std::collections::BTreeMap::<&str, u32>::new();
    for _ in 0..20_000 {
        let json = random.json(4);
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
