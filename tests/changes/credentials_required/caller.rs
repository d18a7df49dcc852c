//! Makes the call.

use api::Client;
use api::models::GroupId;

pub fn get(client: &Client, id: GroupId) {
    let _ = client.get_group(id);
}
