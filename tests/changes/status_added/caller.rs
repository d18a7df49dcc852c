//! Looks at the status of a failure.

use api::Client;
use api::models::GroupId;

pub async fn is_gone(client: &Client, id: GroupId) -> bool {
    client.get_group(id).send().await.is_err_and(|error| error.status() == Some(404))
}
