//! Chooses where calls go.

use api::Client;

pub fn builder() {
    let _ = Client::builder().server_region("eu");
}
