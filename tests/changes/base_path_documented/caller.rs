//! Sets a base URL.

use api::Client;

pub fn builder() {
    let _ = Client::builder().base_url("https://api.example.com");
}
