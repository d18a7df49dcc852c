//! Unions in the form that the generator emits, with their members.

use std::cell::Cell;

use crate::runtime::model::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use super::Tier;
use crate::runtime::model::part::Part;
use crate::runtime::model::{Extra, Timestamp, Value};

macro_rules! objects {
    ($($name:ident { $($field:ident: $ty:ty, $word:ident $key:literal),* })*) => {$(
        #[derive(Clone, Debug, PartialEq)]
        pub(super) struct $name {
            $(pub(super) $field: $ty,)*
            pub(super) extra: Extra,
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
pub(super) enum Pet {
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
pub(super) enum Shape {
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
pub(super) enum Spirit {
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
pub(super) enum Chain {
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
pub(super) enum Outer {
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
pub(super) enum Paper {
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
    pub(super) static TICKS: Cell<usize> = const { Cell::new(0) };
}

/// `true` or `false`; counts how often one is read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick(bool);

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
pub(super) enum Known {
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
pub(super) enum Any {
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
