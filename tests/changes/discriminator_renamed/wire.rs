use crate::support::{json, read, written};

#[test]
fn another_text_is_filled_in_and_read() {
    let page = |kind: &str| json!({"kind": kind, "href": "h"});
    let was: old::models::Link = old::models::PageLink::new("h").into();
    let is: new::models::Link = new::models::PageLink::new("h").into();
    assert_eq!((written(&was), written(&is)), (page("page"), page("web")));
    assert!(read::<old::models::Link>(&page("page")).as_page_link().is_some());
    assert!(read::<new::models::Link>(&page("page")).as_unrecognized().is_some());
}
