//! Makes the call by its old name.

use api::Client;
use api::models::GroupId;
use api::operations::ListMembers;

pub fn members(client: &Client, id: GroupId) -> ListMembers {
    client.list_members(id)
}
