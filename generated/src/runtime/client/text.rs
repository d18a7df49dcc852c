//! Lists for people, written into one text.

/// Adds an item, behind a separator unless it is the first.
///
/// `join` of the standard library does the same, but it is compiled into every crate that calls it, and is large.
pub(crate) fn append(list: &mut String, separator: &str, item: &str) {
    if !list.is_empty() {
        list.push_str(separator);
    }
    list.push_str(item);
}
