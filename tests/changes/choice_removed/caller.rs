//! Lists the members of a group.

use api::Client;
use api::models::GroupId;

pub fn members(client: &Client, id: GroupId) {
    let _ = client.list_members(id);
}
