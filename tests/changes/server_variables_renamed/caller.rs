//! Chooses where calls go.

use api::Client;

pub fn builder() {
    let _ = Client::builder().server_region("us").server_zone("b").server_base("v2");
}
