// operations: GetOrgGroup ListOrgGroupMemberships UpdateOrgGroupMembership

//! Moves one organization to another group.
//!
//! `cargo run --example move_organization -- ORGANIZATION GROUP`, both as uuids, with `DD_API_KEY`, `DD_APP_KEY` and
//! `DD_SITE` in the environment.

use std::error::Error;

use datadog_org_groups::models::{OrgGroupId, OrgUuid};
use datadog_org_groups::operations::MembershipFilter;
use datadog_org_groups::{Client, ClientBuilder};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(organization), Some(group), None) = (arguments.next(), arguments.next(), arguments.next()) else {
        return Err("give the uuid of an organization and the id of a group".into());
    };
    let (organization, group): (OrgUuid, OrgGroupId) = (organization.parse()?, group.parse()?);
    let client = client()?;

    let target = client.get_org_group(group).send().await?;
    let found = client.list_org_group_memberships(MembershipFilter::org(organization)).send().await?;
    let Some(membership) = found.data.into_iter().next() else {
        return Err(format!("the organization {organization} is in no group").into());
    };
    let moved = client.update_org_group_membership(membership.id, group).send().await?;
    println!("{} is now in {}", moved.data.attributes.org_name, target.data.attributes.name);
    Ok(())
}

/// Creates a client from the environment; `BASE_URL` names another server, such as one for tests.
fn client() -> Result<Client, datadog_org_groups::Error> {
    let builder = ClientBuilder::from_env();
    match std::env::var("BASE_URL") {
        Ok(url) => builder.base_url(url).build(),
        Err(_) => builder.build(),
    }
}
