//! A filter whose parts are taken out until it is empty.

use datadog_org_groups::operations::MembershipFilter;

fn emptied() -> MembershipFilter {
    MembershipFilter { org_group: None, org: None } //~ private
}

fn main() {}
