use crate::support::{client, json, now, read};

#[test]
fn other_items_are_sent_in_batches() {
    let id = "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c";
    let ids = |number: usize| vec![id; number];
    macro_rules! requests {
        ($library:ident, $orgs:expr, $teams:expr) => {{
            let body = json!({"orgs": $orgs, "teams": $teams, "from": id, "to": id.replace('3', "4")});
            let (client, sent) = client!($library, 204, "");
            let result = now(client.move_members_with_body(read(&body)).send_in_batches());
            let number = sent.lock().expect("one thread").len();
            result.is_ok().then_some(number)
        }};
    }
    assert_eq!([requests!(old, ids(101), ids(1)), requests!(old, ids(1), ids(101))], [Some(2), None]);
    assert_eq!([requests!(new, ids(101), ids(1)), requests!(new, ids(1), ids(101))], [None, Some(2)]);
}
