//! Passes one of the choices.

use api::Client;
use api::models::{GroupId, OrgId};
use api::operations::MemberFilter;

pub fn members(client: &Client, id: GroupId, org: OrgId) {
    let _ = client.list_members(id);
    let _ = client.list_members(MemberFilter::org_id(org).and_group_id(id));
}
