//! A plain uuid where an id belongs: it has to be given its meaning first.

use datadog_org_groups::Client;
use datadog_org_groups::uuid::Uuid;

fn plain(client: &Client, uuid: Uuid) {
    let _ = client.get_org_group(uuid); //~ expected `OrgGroupId`, found `Uuid`
}

fn main() {}
