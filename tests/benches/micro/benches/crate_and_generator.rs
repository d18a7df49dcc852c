//! Times of the most frequent work of the crate and of the generator, compared with plain derive where that exists.
//!
//! Use them while you change something: the published figures are counted in instructions, by the scripts in the other
//! folders.

#[path = "../../serde/src/page.rs"]
#[allow(dead_code, reason = "some pages of several")]
mod page;
#[path = "../../serde/src/plain.rs"]
#[allow(dead_code, reason = "models are declared whole, and read from outside only")]
mod plain;

use std::fmt::Debug;

use datadog_org_groups::models;
use divan::{Bencher, black_box};
use serde::Serialize;
use serde::de::DeserializeOwned;

const SPEC: &str = include_str!("../../../../spec/org_groups.yaml");

fn main() {
    divan::main();
}

fn value<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).expect("the text fits the model")
}

/// A page of 1,000 memberships.
#[divan::bench(types = [models::OrgGroupMembershipListResponse, plain::ListResponse])]
fn decode_page<T: DeserializeOwned>(bencher: Bencher<'_, '_>) {
    let text = page::memberships(1_000);
    bencher.bench_local(|| value::<T>(black_box(&text)));
}

#[divan::bench(types = [models::OrgGroupMembershipListResponse, plain::ListResponse])]
fn encode_page<T: DeserializeOwned + Serialize>(bencher: Bencher<'_, '_>) {
    let page: T = value(&page::memberships(1_000));
    bencher.bench_local(|| serde_json::to_vec(black_box(&page)));
}

/// The body that moves 100 organizations.
#[divan::bench(types = [models::OrgGroupMembershipBulkUpdateRequest, plain::BulkUpdate])]
fn encode_bulk_update<T: DeserializeOwned + Serialize>(bencher: Bencher<'_, '_>) {
    let body: T = value(&page::bulk_update(100));
    bencher.bench_local(|| serde_json::to_vec(black_box(&body)));
}

/// The whole pipeline, without writing files.
#[divan::bench]
fn generate() -> impl Debug {
    generator::generate(black_box(SPEC)).map_err(|problems| problems.len())
}

/// Only the stage that parses the text.
#[divan::bench]
fn parse() -> impl Debug {
    generator::source::parse(black_box(SPEC)).map_err(|problems| problems.len())
}
