//! Builds a client with one of the credentials.

use api::Client;

pub fn builder() {
    let _ = Client::builder().key("k");
}
