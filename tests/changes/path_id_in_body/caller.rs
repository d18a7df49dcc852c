//! Changes a group.

use api::Client;
use api::models::{GroupChange, GroupId};

pub fn change(client: &Client, id: GroupId) {
    let _ = client.change_group(id);
}

pub fn changed(change: GroupChange) -> GroupId {
    change.group_id
}
