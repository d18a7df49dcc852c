// operations: BulkUpdateOrgGroupMemberships CreateOrgGroup GetOrgGroup ListOrgGroupMemberships
// features: testing
// dependency: http-body-util = "0.1.2"
// dependency: hyper = { version = "1.6", features = ["http1", "server"] }
// dependency: hyper-util = { version = "0.1.12", features = ["tokio"] }

//! Serves a fake of the API on this machine, to test programs in any language.
//!
//! `cargo run --example fake_server --features testing`, or with another address after `--`. It prints its URL, and keeps
//! what is created in memory until it is stopped:
//!
//! `curl http://127.0.0.1:8080/api/v2/org_groups -d '{"data":{"type":"org_groups","attributes":{"name":"Payments"}}}'`

use std::error::Error;

use datadog_org_groups::bytes::Bytes;
use datadog_org_groups::http::{Request, Response};
use datadog_org_groups::models::{
    OrgGroupMembershipBulkUpdateRequest, OrgGroupMembershipData, OrgGroupMembershipListResponse,
};
use datadog_org_groups::testing::{Answer, Fake, Sent, Store};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

/// The largest body that is accepted, in bytes.
const LARGEST_BODY: usize = 1 << 20;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let fake = Fake::new().answer("BulkUpdateOrgGroupMemberships", move_members);
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let listener = TcpListener::bind(address).await?;
    println!("http://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        let fake = fake.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| respond(&fake, request));
            if let Err(error) = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await {
                eprintln!("{error}");
            }
        });
    }
}

/// An error closes the connection.
async fn respond(
    fake: &Fake,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, Box<dyn Error + Send + Sync>> {
    let (head, body) = request.into_parts();
    let body = Limited::new(body, LARGEST_BODY).collect().await?.to_bytes();
    Ok(fake.respond(Request::from_parts(head, body))?.map(Full::new))
}

/// The one operation that the description explains in words only: all organizations are moved, or none.
fn move_members(sent: &Sent, store: &Store) -> Answer {
    let Ok(request) = serde_json::from_slice::<OrgGroupMembershipBulkUpdateRequest>(&sent.body) else {
        return Answer::error(400, "the body is not a bulk update");
    };
    let (from, to) = (request.data.relationships.source_org_group, request.data.relationships.target_org_group);
    let members: Vec<OrgGroupMembershipData> = store.items("org_group_memberships");
    let mut moved = Vec::new();
    for org in &request.data.attributes.orgs {
        let is_moved = |member: &&OrgGroupMembershipData| {
            member.attributes.org_uuid == org.org_uuid && member.org_group_id() == Some(from.data.id)
        };
        let Some(member) = members.iter().find(is_moved) else {
            return Answer::error(404, "an organization is not in the group");
        };
        let mut member = member.clone();
        member.relationships.get_or_insert_default().org_group = Some(to.clone());
        moved.push(member);
    }
    moved.iter().for_each(|member| store.put("org_group_memberships", member));
    Answer::ok(&OrgGroupMembershipListResponse::new(moved))
}
