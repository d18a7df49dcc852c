//! A filter that is taken apart so that nothing is left in it.

use datadog_org_groups::operations::MembershipFilter;

fn emptied() -> MembershipFilter {
    MembershipFilter { org_group: None, org: None } //~ private
}

fn main() {}
