//! `counted decode|encode|bulk` runs the function `measured` once, for an external counter.
//! `counted serve` answers every request with one page of ten groups, and prints its address first.
//! `counted call ADDRESS COUNT` requests it, one call after another over one connection.

#[path = "../../serde/src/page.rs"]
#[allow(dead_code, reason = "some pages of several")]
mod page;
#[path = "../../peers/call/src/server.rs"]
mod server;

use std::hint::black_box;

use datadog_org_groups::Client;
use datadog_org_groups::models::{OrgGroupMembershipBulkUpdateRequest, OrgGroupMembershipListResponse};
use serde::{Serialize, de::DeserializeOwned};

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["decode"] => {
            let text = page::memberships(1_000);
            drop(measured(|| decode::<OrgGroupMembershipListResponse>(&text))?);
        }
        ["encode"] => {
            let page: OrgGroupMembershipListResponse = decode(&page::memberships(1_000))?;
            drop(measured(|| encode(&page))?);
        }
        ["bulk"] => {
            let body: OrgGroupMembershipBulkUpdateRequest = decode(&page::bulk_update(100))?;
            drop(measured(|| encode(&body))?);
        }
        ["serve"] => server::serve()?,
        ["call", address, count] => {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(call(address, count.parse()?))?;
        }
        _ => return Err(format!("unknown arguments: {arguments:?}").into()),
    }
    Ok(())
}

/// The function that callgrind measures: its `--toggle-collect` names it.
#[inline(never)]
fn measured<T>(work: impl FnOnce() -> T) -> T {
    black_box(work())
}

fn decode<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    serde_json::from_str(black_box(text))
}

fn encode<T: Serialize>(value: &T) -> serde_json::Result<String> {
    serde_json::to_string(black_box(value))
}

async fn call(address: &str, count: usize) -> Result<(), Failure> {
    let builder = Client::builder().api_key("key").application_key("key");
    let client = builder.base_url(format!("http://{address}")).allow_insecure_http().build()?;
    for _ in 0..count {
        assert_eq!(client.list_org_groups().send().await?.data.len(), 10);
    }
    Ok(())
}
