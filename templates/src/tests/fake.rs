//! The fake of an API, over the operations of the sample.

use super::operations::{GroupAttributes, GroupData};
use crate::testing::{Answer, Fake};

fn group(id: &str, name: &str) -> GroupData {
    GroupData { id: id.to_owned(), attributes: GroupAttributes { name: name.to_owned() } }
}

#[tokio::test]
async fn items_are_kept_by_path_and_id() {
    let fake = Fake::new().with("groups", &group("a b", "Payments")).with("/api/v2/groups", &group("c", "Core"));
    // The base URL may have a path, which is not the resource's.
    let client = fake.builder().base_url("https://proxy.test/datadog").build().unwrap();
    assert_eq!(client.get_group("a b").await.unwrap().data, group("a b", "Payments"));
    client.delete_group("c").await.unwrap();
    let error = client.delete_group("c").await.unwrap_err();
    assert_eq!(error.to_string(), "DeleteGroup: 404 Not Found: there is no c in api/v2/groups");
    assert_eq!(fake.store().items::<GroupData>("groups"), [group("a b", "Payments")]);
    assert_eq!(fake.store().get::<GroupData>("groups", "c"), None);
    assert!(!format!("{fake:?}").contains("made-up"), "keys are not printed: {fake:?}");
}

#[tokio::test]
async fn a_body_that_is_no_item_is_an_error_of_the_api() {
    let fake = Fake::new().with("groups", &group("a", "Payments"));
    let error = fake.client().update_group("b", "Core").await.unwrap_err();
    assert!(error.is_not_found(), "{error}");
    assert_eq!(fake.client().update_group("a", "Core").await.unwrap().data.id, "a");
}

#[tokio::test]
async fn an_operation_without_a_resource_is_named() {
    let fake = Fake::new().on("GetGroup", Answer::rate_limited(3)).with("groups", &group("a", "Payments"));
    assert_eq!(fake.client().get_group("a").await.unwrap().data.id, "a");
    assert!(fake.script().passed().as_secs() >= 3);
    assert_eq!(fake.script().sent().len(), 2);
}

#[test]
#[should_panic(expected = "needs `id`")]
fn an_item_without_an_id_cannot_be_put() {
    Fake::new().store().put("groups", &serde_json::json!({}));
}
