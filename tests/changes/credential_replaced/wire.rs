#[test]
fn the_old_credential_is_not_enough() {
    // Neither has a transport, but the settings are checked first.
    let before = old::Client::builder().key("k1").build().expect_err("there is no transport");
    assert!(!before.to_string().contains("missing"), "{before}");
    let after = new::Client::builder().build().expect_err("it needs a token");
    assert!(after.to_string().contains("token is missing"), "{after}");
}
