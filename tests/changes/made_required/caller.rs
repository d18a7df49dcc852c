//! Makes the call and the model without the field.

use api::models::GroupCreate;
use api::{Client, JsonObject};

pub fn create(client: &Client, rules: JsonObject) {
    let _ = client.create_group("Payments", rules);
}

pub fn body(rules: JsonObject) -> Option<String> {
    GroupCreate::new("Payments", rules).purpose("Cards").purpose
}
