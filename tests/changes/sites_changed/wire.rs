use crate::support::client;

#[test]
fn the_same_site_has_another_host() {
    let bases = [old::Site::US.base_url(), new::Site::US.base_url()];
    assert_eq!(bases, ["https://api.us.example.com", "https://us.example.com"]);
    assert_eq!([old::Site::AP.domain(), new::Site::AP.domain()], ["ap.example.com", "asia.example.com"]);
}

#[test]
fn the_default_site_is_another() {
    // The double records only the path; a client names the whole URL.
    let (before, _) = client!(old, 404, "");
    let (after, _) = client!(new, 404, "");
    let texts = [format!("{before:?}"), format!("{after:?}")];
    assert!(texts[0].contains("api.us.example.com") && texts[1].contains("api.eu.example.com"), "{texts:?}");
}
