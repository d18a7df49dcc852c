use crate::support::{client, now};

/// Names page 1 as the next.
const PAGE: &str = r#"{"data": [], "meta": {"page": {"next_number": 1}}}"#;

#[test]
fn the_same_code_numbers_the_first_page_differently() {
    let (client, sent) = client!(old, 200, PAGE);
    let mut pages = client.list_groups().pages();
    assert!(now(pages.try_next()).is_ok_and(|page| page.is_some()));
    assert!(now(pages.try_next()).is_ok_and(|page| page.is_some()));
    assert_eq!(sent.lock().expect("one thread").len(), 2);
    // From page 1 it would go back to itself.
    let (client, sent) = client!(new, 200, PAGE);
    let mut pages = client.list_groups().pages();
    assert!(now(pages.try_next()).is_ok_and(|page| page.is_some()));
    assert!(now(pages.try_next()).is_err());
    assert_eq!(sent.lock().expect("one thread").len(), 1);
}
