//! Names the type.

use api::models::GroupCreate;
use api::{Client, JsonObject};

pub fn create(client: &Client, rules: JsonObject) {
    let _ = client.create_group_with_body(GroupCreate::new("Payments", rules));
}
