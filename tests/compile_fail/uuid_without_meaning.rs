//! A plain uuid in the place of an id: it must be converted first.

use datadog_org_groups::Client;
use datadog_org_groups::uuid::Uuid;

fn plain(client: &Client, uuid: Uuid) {
    let _ = client.get_org_group(uuid); //~ expected `OrgGroupId`, found `Uuid`
}

fn main() {}
