//! A list that needs at least one filter, without any.

use datadog_org_groups::Client;
use datadog_org_groups::operations::MembershipFilter;

fn unfiltered(client: &Client) {
    let _ = client.list_org_group_memberships(); //~ argument
    let _ = client.list_org_group_memberships(MembershipFilter::default()); //~ MembershipFilter
}

fn main() {}
