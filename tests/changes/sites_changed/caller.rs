//! Chooses a site.

use api::{Client, Site};

pub fn builders() {
    let _ = Client::builder().site(Site::AP);
    let _ = Client::builder().site(Site::CA);
}
