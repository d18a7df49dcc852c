//! Reads one page of 1,000 memberships with the models of each peer.
//!
//! `decode count PEER` runs it once, for an external counter; `decode clock` prints the best of many for all.

#[path = "../../../serde/src/page.rs"]
#[allow(dead_code, reason = "one page of several")]
mod page;
#[path = "../../../serde/src/plain.rs"]
#[allow(dead_code, reason = "models are declared whole, and read from outside only")]
mod plain;

use std::hint::black_box;
use std::time::Instant;

use datadog_org_groups::models::OrgGroupMembershipListResponse as Ours;
use official_models::datadogV2::model::OrgGroupMembershipListResponse as Official;
use openapi_generator_models::models::OrgGroupMembershipListResponse as OpenapiGenerator;
use openapi_to_rust_models::types::OrgGroupMembershipListResponse as OpenapiToRust;
use serde::de::DeserializeOwned;

/// The function that callgrind measures: its `--toggle-collect` names it.
#[inline(never)]
fn measured<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(black_box(text)).expect("the page fits the model")
}

/// A row of the table: a name, and the time that one page takes.
type Peer = (&'static str, fn(&str) -> f64);

const PEERS: &[Peer] = &[
    ("ours", milliseconds::<Ours>),
    ("plain derive", milliseconds::<plain::ListResponse>),
    ("official", milliseconds::<Official>),
    ("openapi-generator", milliseconds::<OpenapiGenerator>),
    ("openapi-to-rust", milliseconds::<OpenapiToRust>),
];

fn main() {
    let text = page::memberships(1_000);
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["count", name] => {
            let (_, read) = PEERS.iter().find(|(known, _)| *known == name).expect("a known peer");
            read(&text);
        }
        ["clock"] => clock(&text),
        _ => panic!("unknown arguments: {arguments:?}"),
    }
}

/// All in turns, so that other load on the machine affects all.
fn clock(text: &str) {
    let mut best = vec![f64::INFINITY; PEERS.len()];
    for _ in 0..200 {
        for ((_, read), best) in PEERS.iter().zip(&mut best) {
            *best = best.min(read(text));
        }
    }
    for ((name, _), best) in PEERS.iter().zip(best) {
        println!("{name}\t{best:.3}");
    }
}

fn milliseconds<T: DeserializeOwned>(text: &str) -> f64 {
    let start = Instant::now();
    let kept: T = measured(text);
    let time = start.elapsed();
    drop(black_box(kept));
    time.as_secs_f64() * 1e3
}
