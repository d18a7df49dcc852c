use crate::support::{client, now};

/// A page without items that names another page.
const PAGE: &str = r#"{"data": [], "meta": {"page": {"next_number": 5}}}"#;

#[test]
fn the_same_code_stops_at_another_page() {
    let (client, sent) = client!(old, 200, PAGE);
    let mut pages = client.list_groups().pages();
    assert!(now(pages.try_next()).is_ok_and(|page| page.is_some()));
    assert!(now(pages.try_next()).is_ok_and(|page| page.is_some()));
    assert_eq!(sent.lock().expect("one thread")[1].1, "/groups?page%5Bnumber%5D=5");
    let (client, sent) = client!(new, 200, PAGE);
    let mut pages = client.list_groups().pages();
    assert!(now(pages.try_next()).is_ok_and(|page| page.is_some()));
    assert!(now(pages.try_next()).is_ok_and(|page| page.is_none()));
    assert_eq!(sent.lock().expect("one thread").len(), 1);
}
