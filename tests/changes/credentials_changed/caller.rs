//! Sets credentials.

use api::{Client, TokenProvider};

pub fn builders(provider: impl TokenProvider + 'static) {
    let _ = Client::builder().key("k").login("user", "password").token("t").session("s").proof("p");
    let _ = Client::builder().proof_provider(provider);
}
