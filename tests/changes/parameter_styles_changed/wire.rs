use crate::support::{client, now};

#[test]
fn the_same_code_sends_another_path_and_query() {
    macro_rules! sent {
        ($library:ident) => {{
            let (client, sent) = client!($library, 204, "");
            let range = $library::models::Range::new().from(1).to(2);
            let call = client.read_shelf(range.clone()).row(vec![1, 2]).cell(vec![3, 4]).range(range).codes(vec![5, 6]);
            now(call.send()).expect("read");
            let target = sent.lock().expect("one thread")[0].1.clone();
            target
        }};
    }
    #[allow(deprecated, reason = "only the old crate deprecates it")]
    let before = sent!(old);
    assert_eq!(before, "/shelves/1,2/.from,1,to,2/;cell=3,4?range=from,1,to,2&codes=5%206");
    assert_eq!(sent!(new), "/shelves/.1,2/.from=1.to=2/;cell=3;cell=4?codes=5%7C6&from=1&to=2");
}
