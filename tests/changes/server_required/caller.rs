//! Makes a client without a base URL.

use api::Client;

pub fn builder() {
    let _ = Client::builder();
}
