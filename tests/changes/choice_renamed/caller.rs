//! Chooses a filter.

use api::Client;
use api::operations::MemberFilter;
use api::models::GroupId;

pub fn members(client: &Client, id: GroupId) {
    let _ = client.list_members(MemberFilter::group_id(id));
}
