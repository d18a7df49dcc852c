use crate::support::{client, now};

/// The last page, as the API sends it now.
const PAGE: &str = r#"{
    "data": [{
        "id": "3f2b8c1e-7a4d-4e6b-9c55-0d1e2f3a4b5c", "type": "groups", "name": "Payments",
        "created_at": "2025-03-04T09:15:00Z", "modified_at": "2025-06-18T14:02:31Z", "member_count": 3,
        "owner": "0b6f4d19-52c8-4a7e-8f31-9e2d7c6a5b40", "tier": "GROUP_MANAGED"
    }],
    "links": {"next": null},
    "meta": {"page": {"next_number": null}}
}"#;

#[test]
fn built_programs_do_not_detect_the_last_page() {
    let (client, sent) = client!(old, 200, PAGE);
    let mut pages = client.list_groups().pages();
    assert!(now(pages.try_next()).is_ok_and(|page| page.is_some()));
    // They request another, and report that it is the same again.
    assert!(now(pages.try_next()).is_err());
    assert_eq!(sent.lock().expect("one thread").len(), 2);

    let (client, sent) = client!(new, 200, PAGE);
    let mut pages = client.list_groups().pages();
    assert!(now(pages.try_next()).is_ok_and(|page| page.is_some()));
    assert!(now(pages.try_next()).is_ok_and(|page| page.is_none()));
    assert_eq!(sent.lock().expect("one thread").len(), 1);
}
