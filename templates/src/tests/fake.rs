//! The fake of an API, over the operations of the sample.

use super::operations::{GroupAttributes, GroupData};
use crate::runtime::client::Operation;
use crate::runtime::client::testing::respond::operation_of;
use crate::testing::{Answer, Fake};
use http::Method;

fn group(id: &str, name: &str) -> GroupData {
    GroupData { id: id.to_owned(), attributes: GroupAttributes { name: name.to_owned() } }
}

#[tokio::test]
async fn items_are_kept_by_path_and_id() {
    let fake = Fake::new().with("groups", &group("a b", "Payments")).with("/api/v2/groups", &group("c", "Core"));
    // The base URL can have a path, which is not a part of the resource's path.
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
async fn a_body_without_an_item_is_an_api_error() {
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
fn a_request_of_another_client_is_for_the_operation_that_fits_best() {
    static ALL: &[&Operation] = &[
        &Operation::new("GetAny", Method::GET, "/{kind}/{id}", true),
        &Operation::new("GetThing", Method::GET, "/things/{id}", true),
        &Operation::new("GetMine", Method::GET, "/things/mine", true),
        &Operation::new("GetFile", Method::GET, "/things/{id}.csv", true),
        &Operation::new("PutThing", Method::PUT, "/things/{id}", true),
    ];
    let of = |method: &str, uri: &str| {
        let request = http::Request::builder().method(method).uri(uri).body(bytes::Bytes::new()).unwrap();
        operation_of(ALL, &request).map(|operation| operation.id)
    };
    assert_eq!(of("GET", "/things/7"), Some("GetThing"));
    assert_eq!(of("GET", "/things/mine?x=1"), Some("GetMine"));
    assert_eq!(of("GET", "/things/%6Dine"), Some("GetMine"));
    assert_eq!(of("PUT", "https://host/base/things/7"), Some("PutThing"));
    assert_eq!(of("GET", "/pets/7"), Some("GetAny"));
    assert_eq!(of("GET", "/things/"), None);
    assert_eq!(of("DELETE", "/things/7"), None);
    assert_eq!(of("GET", "/"), None);
}

#[test]
fn the_fake_responds_to_other_clients() {
    let fake = Fake::new().with("groups", &group("a", "Payments")).on("GetGroup", Answer::error(409, "busy"));
    let ask = |uri: &str| fake.respond(http::Request::get(uri).body(bytes::Bytes::new()).unwrap());
    assert_eq!(ask("/api/v2/groups/a").unwrap().status(), 409);
    let response = ask("/api/v2/groups/a").unwrap();
    assert_eq!(response.status(), 200);
    let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(body["data"]["attributes"]["name"], "Payments");
    assert_eq!(ask("/api/v2/groups/b").unwrap().status(), 404);
    let unknown = ask("/api/v1/groups").unwrap();
    assert_eq!(
        (unknown.status().as_u16(), &unknown.body()[..]),
        (501, &b"the API has no operation GET /api/v1/groups"[..])
    );
    let dropped = fake.on("GetGroup", Answer::no_connection());
    assert!(dropped.respond(http::Request::get("/api/v2/groups/a").body(bytes::Bytes::new()).unwrap()).is_err());
}

#[test]
#[should_panic(expected = "\"get_group\" is not the id of an operation: write \"GetGroup\"")]
fn the_name_of_a_method_is_not_an_id() {
    let _ = Fake::new().on("get_group", Answer::no_answer());
}

#[test]
#[should_panic(expected = "the API has DeleteGroup, GetGroup, ListGroups, UpdateGroup")]
fn a_misspelt_id_is_found() {
    let _ = crate::testing::Script::new().always("GetGruop", |_| Answer::no_answer());
}

#[test]
fn an_operation_of_the_program_can_be_scripted() {
    static OWN: Operation = Operation::new("Own", Method::GET, "/own", true);
    let script = crate::testing::Script::new().on(&OWN, Answer::no_answer());
    assert_eq!(script.unused(), [("Own".to_owned(), 1)]);
}

#[test]
#[should_panic(expected = "needs `id`")]
fn an_item_without_an_id_cannot_be_put() {
    Fake::new().store().put("groups", &serde_json::json!({}));
}
