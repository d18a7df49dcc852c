//! A move without a target, and one with its steps in another order.

use datadog_org_groups::Client;
use datadog_org_groups::models::{GlobalOrgIdentifier, OrgGroupId};

async fn unfinished(client: &Client, orgs: Vec<GlobalOrgIdentifier>, source: OrgGroupId) {
    let _ = client.bulk_update_org_group_memberships(orgs).from(source).send().await; //~ BulkUpdateOrgGroupMembershipsNeedsTo
}

async fn unfinished_and_awaited(client: &Client, orgs: Vec<GlobalOrgIdentifier>, source: OrgGroupId) {
    let _ = client.bulk_update_org_group_memberships(orgs).from(source).await; //~ BulkUpdateOrgGroupMembershipsNeedsTo
}

async fn out_of_order(client: &Client, orgs: Vec<GlobalOrgIdentifier>, source: OrgGroupId, target: OrgGroupId) {
    let _ = client.bulk_update_org_group_memberships(orgs).to(target).from(source).send().await; //~ BulkUpdateOrgGroupMembershipsNeedsFrom
}

fn main() {}
