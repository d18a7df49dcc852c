//! Follows the pages, and reads the number of the next one itself.

use api::Client;
use api::models::{GroupList, Pagination};

pub async fn first(client: &Client) -> Option<String> {
    let group = client.list_groups().stream().try_next().await.ok()??;
    Some(group.name)
}

pub fn next(page: &GroupList) -> Option<i64> {
    let pagination: &Pagination = page.pagination.as_ref()?;
    pagination.next_page.value().copied()
}
