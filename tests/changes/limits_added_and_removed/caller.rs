//! Makes a group without a name.

use api::Client;

pub fn make(client: &Client) {
    let _ = client.create_group("", Default::default());
}
