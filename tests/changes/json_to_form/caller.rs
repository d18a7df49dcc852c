//! Begins the call.

use api::Client;
use api::models::Move;

pub fn begin(client: &Client, body: Move) {
    let _ = client.move_members_with_body(body);
}
