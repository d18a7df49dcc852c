#[test]
fn one_credential_is_not_enough() {
    // Neither has a transport, but the settings are checked first.
    let before = old::Client::builder().key("k").build().expect_err("there is no transport");
    assert!(!before.to_string().contains("missing"), "{before}");
    let after = new::Client::builder().key("k").build().expect_err("it needs the id too");
    assert!(after.to_string().contains("id is missing"), "{after}");
}
