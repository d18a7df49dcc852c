//! Reads a shelf.

use api::Client;
use api::models::Range;

#[allow(deprecated)]
pub async fn read(client: &Client) -> bool {
    let range = Range::new().from(1).to(2);
    let call = client.read_shelf(range.clone()).row(vec![1, 2]).cell(vec![3, 4]);
    let call = call.range(range.clone()).codes(vec![5, 6]).words(vec![7]).x_range(range.clone()).filter(range);
    call.send().await.is_ok()
}
