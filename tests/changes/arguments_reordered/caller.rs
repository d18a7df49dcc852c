//! Makes the call with its arguments by position.

use api::models::GroupCreate;
use api::{Client, JsonObject};

pub fn create(client: &Client, rules: JsonObject) {
    let _ = client.create_group("Payments", rules.clone());
    let _ = GroupCreate::new("Payments", rules);
}
