//! Makes the call without the new parameter.

use api::Client;
use api::models::GroupId;

pub async fn name(client: &Client, id: GroupId) -> Result<String, api::Error> {
    Ok(client.get_group(id).send().await?.name)
}
