//! Uses the names that the spec keeps for Rust.

use api::models::GroupCreate;
use api::{Client, JsonObject};

pub fn create(client: &Client, rules: JsonObject) -> String {
    let _ = client.create_group("Payments", rules.clone());
    GroupCreate::new("Payments", rules).name
}
