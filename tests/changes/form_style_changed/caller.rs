//! Moves members.

use api::Client;
use api::models::Move;

pub fn shift(client: &Client, body: Move) {
    let _ = client.move_members_with_body(body);
}
