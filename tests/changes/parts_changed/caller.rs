//! Sends files in parts.

use api::Client;

pub async fn send(client: &Client) -> bool {
    let sent = client.send_file().note("a").tags(vec!["b".to_owned()]).codes(vec![1]).icon('c');
    sent.send().await.is_ok() && client.keep_file().note("a").mark("d").send().await.is_ok()
}
