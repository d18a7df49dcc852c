//! Sets up a client.

use api::Client;

pub fn builder() {
    let _ = Client::builder().key("k1");
}
