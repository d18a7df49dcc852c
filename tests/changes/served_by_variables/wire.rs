#[test]
fn what_was_chosen_is_no_longer_there() {
    // Without a transport neither is built, but where calls go is judged first.
    let before = old::Client::builder().server_region("eu").build().expect_err("there is no transport");
    assert!(!before.to_string().contains("server_region"), "{before}");
    let after = new::Client::builder().server_region("eu").build().expect_err("there is no such region");
    assert!(after.to_string().contains("no server takes \"eu\""), "{after}");
}
