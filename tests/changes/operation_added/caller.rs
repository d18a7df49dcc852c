//! Makes the calls that existed before.

use api::Client;
use api::models::GroupId;
use api::JsonObject;

pub fn calls(client: &Client, id: GroupId, rules: JsonObject) {
    let _ = client.get_group(id);
    let _ = client.list_groups();
    let _ = client.create_group("Payments", rules);
}
