//! Objects of a union with a tag are read directly from a document in memory, with the result of a careful reading.

use std::cell::Cell;
use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::de::DeserializeOwned;

use crate::runtime::model::union::direct;
use crate::runtime::model::{Extra, Value};

#[derive(Clone, Debug, PartialEq)]
struct Leaf {
    kind: String,
    size: i64,
    extra: Extra,
}
crate::runtime::model::object! { Leaf { kind: required "kind", size: required "size" } }

#[derive(Clone, Debug, PartialEq)]
struct Branch {
    kind: String,
    nodes: Option<Vec<Node>>,
    note: Option<Note>,
    extra: Extra,
}
crate::runtime::model::object! {
    Branch { kind: required "kind", nodes: optional "nodes", note: optional "note" }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
enum Node {
    Leaf(Box<Leaf>),
    Branch(Box<Branch>),
    Unrecognized(Value),
}
crate::runtime::model::union! {
    Node by "kind" {
        Leaf(boxed Leaf) as_leaf from: object ["leaf", "7"],
        Branch(boxed Branch) as_branch from: object ["branch"],
    }
}

/// A tag alone does not decide.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
enum Note {
    Leaf(Box<Leaf>),
    Texts(Vec<String>),
    Unrecognized(Value),
}
crate::runtime::model::union! {
    Note by "kind" {
        Leaf(boxed Leaf) as_leaf from: object ["leaf"],
        Texts(list String) as_texts from: array,
    }
}

/// Reads a document, and returns how often it was read.
fn times<T: DeserializeOwned + Debug>(json: &str) -> usize {
    let count = Cell::new(0);
    let direct: Result<T, _> = direct::first(|| {
        count.set(count.get() + 1);
        serde_json::from_str(json)
    });
    let careful: Result<T, _> = serde_json::from_str(json);
    assert_eq!(format!("{direct:?}"), format!("{careful:?}"), "{json}");
    count.get()
}

#[test]
fn an_object_that_fits_is_read_once() {
    for json in [
        r#"{"kind":"leaf","size":1}"#,
        r#"{"size":1,"kind":"leaf","new":[1.50]}"#,
        r#" { "new" : { "a" : 1 } , "k\u0069nd" : "l\u0065af" , "size" : 1 , "newer" : null } "#,
        r#"{"kind":"branch","nodes":[{"size":1,"kind":"leaf"},{"kind":"branch","nodes":null}]}"#,
        r#"{"nodes":[{"kind":"leaf","size":1},{"kind":"new"}],"kind":"branch"}"#,
        r#"{"kind":"branch","note":["a"]}"#,
        r#"{"kind":"branch","note":{"kind":"leaf","size":"?"}}"#,
    ] {
        assert_eq!(times::<Node>(json), 1, "{json}");
    }
    assert_eq!(times::<Vec<i64>>("[1]"), 1);
    assert_eq!(times::<Vec<i64>>("[1.5]"), 1, "no union is in it");
}

#[test]
fn the_document_is_read_again_if_an_object_fits_no_variant() {
    for json in [
        r#"{"kind":"new","size":1}"#,
        r#"{"kind":7,"size":1}"#,
        r#"{"kind":null}"#,
        r#"{"kind":"leaf"}"#,
        r#"{"kind":"leaf","size":"?"}"#,
        r#"{"kind":"leaf","kind":"leaf","size":1}"#,
        r#"{"size":"?","kind":"leaf"}"#,
        r#"{"kind":"branch","nodes":[{"kind":"leaf","size":1},{"kind":"new"}]}"#,
        r#"{"kind":"leaf","size":1"#,
        "{}",
        "[]",
        "7",
        "null",
        r#""leaf""#,
    ] {
        assert_eq!(times::<Node>(json), 2, "{json}");
    }
}

#[test]
fn no_depth_exhausts_the_stack() {
    const DEPTH: usize = 20_000;
    for (open, close) in [(r#"{"kind":"branch","nodes":["#, "]}"), (r#"{"nodes":["#, r#"],"kind":"branch"}"#)] {
        let json = open.repeat(DEPTH) + &close.repeat(DEPTH);
        let node: Node = direct::first(|| serde_json::from_str(&json)).unwrap();
        assert_eq!(serde_json::to_string(&node).unwrap().len(), json.len());
    }
}

#[test]
fn a_panic_ends_direct_reading() {
    let read = || direct::first(|| -> Result<(), ()> { panic!("as it should") });
    catch_unwind(AssertUnwindSafe(read)).unwrap_err();
    // Reading directly would stop at the first object, and not return it.
    let node: Node = serde_json::from_str(r#"{"kind":"new"}"#).unwrap();
    assert!(node.as_unrecognized().is_some());
}

#[cfg(feature = "client")]
#[test]
fn the_client_reads_a_response_directly() {
    use crate::runtime::client::interpret;

    // A careful reading keeps an object as text if it is this deep inside of another.
    const DEPTH: usize = 55;
    let json = r#"{"kind":"branch","nodes":["#.repeat(DEPTH) + &"]}".repeat(DEPTH);
    let careful: Node = serde_json::from_str(&json).unwrap();
    assert!(format!("{careful:?}").contains("Unrecognized"));
    let read: Node = interpret::parse(json.as_bytes()).unwrap_or_else(|_| panic!("it is JSON"));
    assert!(!format!("{read:?}").contains("Unrecognized"));
}
