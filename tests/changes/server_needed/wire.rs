#[test]
fn a_base_url_is_needed() {
    // Without a transport neither is built, but where calls go is judged first.
    let [before, after] = [
        old::Client::builder().build().expect_err("there is no transport").to_string(),
        new::Client::builder().build().expect_err("there is no base URL").to_string(),
    ];
    assert!(!before.contains("base URL") && after.contains("base"), "{before}\n{after}");
}
