use crate::support::{now, requests};

#[test]
fn the_same_key_is_sent_in_another_place() {
    let id = "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c";
    macro_rules! sent {
        ($library:ident) => {{
            let (client, sent) = requests!($library, 404, "", key("k"));
            assert!(now(client.get_group(id.parse::<$library::models::GroupId>().expect("an id")).send()).is_err());
            let request = sent.lock().expect("one thread").remove(0);
            (request.uri().query().map(str::to_owned), request.headers().contains_key("x-key"))
        }};
    }
    assert_eq!(sent!(old), (None, true));
    assert_eq!(sent!(new), (Some("key=k".to_owned()), false));
}
