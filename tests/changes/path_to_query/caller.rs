//! Looks a group up.

use api::Client;
use api::models::GroupId;

pub fn look_up(client: &Client, id: GroupId) {
    let _ = client.get_group(id);
}
