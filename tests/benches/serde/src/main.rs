//! Decodes or encodes the page of memberships once, in one way, for an external counter; or measures the time of all ways.
//!
//! `serde-ways decode|encode|bulk plain|flatten|ours`, `serde-ways decode value|tagged|tagged-by-client|untagged`, `serde-ways
//! allocations`, `serde-ways clock`, `serde-ways check`, `serde-ways models plain|flatten|ours [used]`.

#![allow(dead_code, missing_docs, reason = "models are declared whole, and read from outside only")]

mod flatten;
mod models;
mod ours;
mod page;
mod plain;
mod runtime;
mod unions;

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Instant;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Counts allocations, including reallocations.
struct Counting;

static ALLOCATIONS: AtomicU64 = AtomicU64::new(0);

// SAFETY: every call is passed to the system's allocator unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The function that callgrind measures: its `--toggle-collect` names it.
#[inline(never)]
fn measured<T>(work: impl FnOnce() -> T) -> T {
    black_box(work())
}

fn decode<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("the page fits the model")
}

fn encode<T: Serialize>(page: &T) -> String {
    serde_json::to_string(page).expect("the model can be written")
}

/// As the client reads a response.
fn decode_directly<T: DeserializeOwned>(text: &str) -> T {
    runtime::model::union::direct::first(|| serde_json::from_str(text)).expect("the page fits the model")
}

fn decode_by_value(text: &str) -> plain::ListResponse {
    serde_json::from_value(decode(text)).expect("the page fits the model")
}

fn main() {
    let text = page::memberships(1_000);
    let bulk = page::bulk_update(100);
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["decode", "plain"] => drop(measured(|| decode::<plain::ListResponse>(&text))),
        ["decode", "flatten"] => drop(measured(|| decode::<flatten::ListResponse>(&text))),
        ["decode", "ours"] => drop(measured(|| decode::<ours::ListResponse>(&text))),
        ["decode", "value"] => drop(measured(|| decode_by_value(&text))),
        ["decode", "tagged"] => drop(measured(|| decode::<unions::TaggedList>(&text))),
        ["decode", "tagged-by-client"] => drop(measured(|| decode_directly::<unions::TaggedList>(&text))),
        ["decode", "untagged"] => drop(measured(|| decode::<unions::UntaggedList>(&text))),
        ["encode", "plain"] => drop(measured(encode_of::<plain::ListResponse>(&text))),
        ["encode", "flatten"] => drop(measured(encode_of::<flatten::ListResponse>(&text))),
        ["encode", "ours"] => drop(measured(encode_of::<ours::ListResponse>(&text))),
        ["bulk", "plain"] => drop(measured(encode_of::<plain::BulkUpdate>(&bulk))),
        ["bulk", "flatten"] => drop(measured(encode_of::<flatten::BulkUpdate>(&bulk))),
        ["bulk", "ours"] => drop(measured(encode_of::<ours::BulkUpdate>(&bulk))),
        ["allocations"] => {
            println!("plain {}", allocations(|| decode::<plain::ListResponse>(&text)));
            println!("flatten {}", allocations(|| decode::<flatten::ListResponse>(&text)));
            println!("ours {}", allocations(|| decode::<ours::ListResponse>(&text)));
            println!("value {}", allocations(|| decode_by_value(&text)));
        }
        ["clock"] => {
            println!("plain {:.3}", milliseconds(|| decode::<plain::ListResponse>(&text)));
            println!("flatten {:.3}", milliseconds(|| decode::<flatten::ListResponse>(&text)));
            println!("ours {:.3}", milliseconds(|| decode::<ours::ListResponse>(&text)));
            println!("value {:.3}", milliseconds(|| decode_by_value(&text)));
        }
        ["check"] => {
            check::<ours::ListResponse>(&text);
            check::<ours::ListResponse>(&page::with_unknown(&text));
            check::<ours::BulkUpdate>(&bulk);
            check_path(&text);
        }
        ["models", way] => print!("{}", models::source(way, false)),
        ["models", way, "used"] => print!("{}", models::source(way, true)),
        _ => panic!("unknown arguments: {arguments:?}"),
    }
}

fn encode_of<T: Serialize + DeserializeOwned + 'static>(text: &str) -> impl FnOnce() -> String {
    let page: &T = Box::leak(Box::new(decode(text)));
    move || encode(page)
}

fn allocations<T>(work: impl FnOnce() -> T) -> u64 {
    let before = ALLOCATIONS.load(Relaxed);
    let _kept = black_box(work());
    ALLOCATIONS.load(Relaxed) - before
}

/// The best of many runs.
fn milliseconds<T>(work: impl Fn() -> T) -> f64 {
    let run = |_| {
        let start = Instant::now();
        let kept = black_box(work());
        let time = start.elapsed();
        drop(kept);
        time.as_secs_f64() * 1e3
    };
    (0..300).map(run).fold(f64::INFINITY, f64::min)
}

/// The condition of the figures: ours writes the page back unchanged, including unknown fields.
fn check<T: Serialize + DeserializeOwned>(text: &str) {
    let given = encode(&decode::<T>(text));
    assert!(decode::<Value>(text) == decode::<Value>(&given), "not given back whole");
    println!("{} bytes, given back whole", text.len());
}

/// An external crate finds a mistake by its path.
fn check_path(text: &str) {
    let wrong =
        text.replacen("\"org_uuid\":\"", "\"org_uuid\":\"?", 4).replacen("\"org_uuid\":\"?", "\"org_uuid\":\"", 3);
    let reader = &mut serde_json::Deserializer::from_str(&wrong);
    let error = serde_path_to_error::deserialize::<_, ours::ListResponse>(reader).expect_err("a wrong uuid");
    assert_eq!(error.path().to_string(), "data[3].attributes.org_uuid");
}
