//! Uses everything that has a new description.

use api::Client;

pub fn calls(client: &Client, rules: api::JsonObject) {
    let _ = client.create_group("Payments", rules);
    let _ = client.list_groups().page_number(3);
}
