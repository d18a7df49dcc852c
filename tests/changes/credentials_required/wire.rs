use crate::support::{client, now};

macro_rules! sent {
    ($library:ident) => {{
        let (client, sent) = client!($library, 404, "");
        let error = now(client.get_group(uuid()).send()).expect_err("there is no such group");
        let number = sent.lock().expect("one thread").len();
        (number, error.to_string())
    }};
}

fn uuid<T: std::str::FromStr<Err: std::fmt::Debug>>() -> T {
    "f47ac10b-58cc-4372-a567-0e02b2c3d479".parse().expect("an id")
}

#[test]
fn the_same_code_has_no_credentials() {
    assert_eq!(sent!(old).0, 1);
    let (number, error) = sent!(new);
    assert_eq!(number, 0);
    assert!(error.contains("it needs key, or token"), "{error}");
}
