//! Lists all members.

use api::Client;

pub fn members(client: &Client) {
    let _ = client.list_members();
}
