#[test]
fn a_base_url_is_needed() {
    // Neither has a transport, but the base URL is checked first.
    let [before, after] = [
        old::Client::builder().build().expect_err("there is no transport").to_string(),
        new::Client::builder().build().expect_err("there is no base URL").to_string(),
    ];
    assert!(!before.contains("base URL") && after.contains("base"), "{before}\n{after}");
}
