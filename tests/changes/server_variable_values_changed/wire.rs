#[test]
fn the_chosen_server_no_longer_exists() {
    // Neither has a transport, but the base URL is checked first.
    let before = old::Client::builder().server_region("eu").build().expect_err("there is no transport");
    assert!(!before.to_string().contains("server_region"), "{before}");
    let after = new::Client::builder().server_region("eu").build().expect_err("there is no such region");
    assert!(after.to_string().contains("no server accepts \"eu\""), "{after}");
}
