use old::http::HeaderMap;

#[test]
fn the_text_is_read_as_json() {
    let headers = HeaderMap::from_iter([("x-etag".parse().expect("a name"), "\"a\"".parse().expect("a value"))]);
    let old = old::operations::GetGroupHeaders::from(&headers);
    let new = new::operations::GetGroupHeaders::from(&headers);
    assert_eq!((old.x_etag.as_deref(), new.x_etag.as_deref()), (Some("\"a\""), Some("a")));
}
