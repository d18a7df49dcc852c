//! Makes the members without the property that distinguishes them.

use api::models::{Link, MailLink, PageLink};

pub fn links() -> [Link; 2] {
    [PageLink::new("https://example.com").into(), MailLink::new().into()]
}
