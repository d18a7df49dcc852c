//! Uses what is described differently.

use api::Client;

pub fn calls(client: &Client, rules: api::JsonObject) {
    let _ = client.create_group("Payments", rules);
    let _ = client.list_groups().page_number(3);
}
