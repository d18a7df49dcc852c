//! JSON pointers (RFC 6901), by which every stage after the loader identifies a place in the spec.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};

/// A JSON pointer into the spec, such as `/components/schemas/OrgGroupId/format`.
///
/// The root of the document is the empty pointer, shown as `#`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    pub const fn root() -> Self {
        Self(String::new())
    }

    /// Returns the place of `key` in this mapping, or of the item with this index in a sequence.
    #[must_use]
    pub fn key(&self, key: impl AsRef<str>) -> Self {
        let mut rest = key.as_ref();
        let mut pointer = String::with_capacity(self.0.len() + 1 + rest.len());
        pointer.push_str(&self.0);
        pointer.push('/');
        while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'~' | b'/')) {
            pointer.push_str(&rest[..at]);
            pointer.push_str(if rest[at..].starts_with('~') { "~0" } else { "~1" });
            rest = &rest[at + 1..];
        }
        pointer.push_str(rest);
        Self(pointer)
    }

    /// Returns the place of the item at `index` in this sequence.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// Parses the fragment form of `$ref`: `#/components/schemas/Name`. Percent-encoded characters are decoded.
    ///
    /// Returns `None` for a reference to another document.
    pub fn from_reference(reference: &str) -> Option<Self> {
        Self::from_text(&decoded(reference.strip_prefix('#')?)?)
    }

    /// Parses a pointer in the form of JSON: empty, or beginning with a slash.
    pub fn from_text(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// Returns the enclosing place, or `None` at the root.
    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(parent, _)| Self(parent.to_owned()))
    }

    /// Returns the place that the first keys lead to, or `None` if there are fewer.
    pub fn first_keys(&self, count: usize) -> Option<Self> {
        let mut ends = self.0.match_indices(['/']).map(|(end, _)| end).chain([self.0.len()]).filter(|end| *end > 0);
        ends.nth(count.checked_sub(1)?).map(|end| Self(self.0[..end].to_owned()))
    }

    /// The unescaped keys from the root to this place.
    pub fn segments(&self) -> impl Iterator<Item = String> + '_ {
        self.keys().map(Cow::into_owned)
    }

    /// The same, without copies of those that need no escape.
    pub fn keys(&self) -> impl Iterator<Item = Cow<'_, str>> {
        // The search for a single `char` is made for longer texts.
        self.0.split(['/']).skip(1).map(unescaped)
    }

    /// Whether this is the place of a key of the document, or inside it.
    pub fn is_below(&self, key: &str) -> bool {
        let behind = self.0.strip_prefix('/').and_then(|keys| keys.strip_prefix(key));
        behind.is_some_and(|behind| behind.is_empty() || behind.starts_with('/'))
    }

    /// The last unescaped key, or `None` at the root.
    pub fn last(&self) -> Option<String> {
        self.0.rsplit_once('/').map(|(_, segment)| unescaped(segment).into_owned())
    }
}

fn unescaped(segment: &str) -> Cow<'_, str> {
    if has(segment, b'~') { Cow::Owned(segment.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(segment) }
}

/// Whether a short text has a byte: `contains` is made for longer texts.
fn has(text: &str, byte: u8) -> bool {
    text.bytes().any(|other| other == byte)
}

/// Decodes percent-encoded characters, if the result is a text. A `%` that encodes nothing is kept.
pub(crate) fn decoded(text: &str) -> Option<Cow<'_, str>> {
    if !has(text, b'%') {
        return Some(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        let encoded = match (first, behind) {
            (b'%', [high, low, ..]) => char::from(*high).to_digit(16).zip(char::from(*low).to_digit(16)),
            _ => None,
        };
        match encoded.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = behind.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).ok().map(Cow::Owned)
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

impl Serialize for Pointer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;

    #[test]
    fn a_key_is_whole() {
        let below = |keys: &[&str]| keys.iter().fold(Pointer::root(), |at, key| at.key(key)).is_below("paths");
        assert!(below(&["paths"]) && below(&["paths", "/a"]));
        assert!(!below(&[]) && !below(&["paths2"]) && !below(&["x", "paths"]));
    }

    #[test]
    fn escapes_and_unescapes_slash_and_tilde() {
        let pointer = Pointer::root().key("paths").key("/a~b/{id}").index(0);
        assert_eq!(pointer.to_string(), "#/paths/~1a~0b~1{id}/0");
        assert_eq!(pointer.segments().collect::<Vec<_>>(), ["paths", "/a~b/{id}", "0"]);
    }

    #[test]
    fn finds_the_place_of_the_first_keys() {
        let pointer = Pointer::root().key("a/b").key("c").key("d");
        let found: Vec<_> = (0..5).map(|count| pointer.first_keys(count).map(|found| found.to_string())).collect();
        let expected = [None, Some("#/a~1b"), Some("#/a~1b/c"), Some("#/a~1b/c/d"), None];
        assert_eq!(found, expected.map(|place| place.map(str::to_owned)));
        assert_eq!(Pointer::root().first_keys(1), None);
    }

    #[test]
    fn climbs_to_the_root() {
        let pointer = Pointer::root().key("a/b").key("c");
        assert_eq!(pointer.parent(), Some(Pointer::root().key("a/b")));
        assert_eq!(pointer.parent().and_then(|parent| parent.parent()), Some(Pointer::root()));
        assert_eq!(Pointer::root().parent(), None);
    }

    #[test]
    fn reads_references_into_this_document_only() {
        assert_eq!(
            Pointer::from_reference("#/components/schemas/A"),
            Some(Pointer::root().key("components").key("schemas").key("A"))
        );
        assert_eq!(Pointer::from_reference("other.yaml#/A"), None);
        let encoded = Pointer::from_reference("#/paths/~1a~1%7Bid%7D/50%/%C3%A4");
        assert_eq!(encoded, Some(Pointer::root().key("paths").key("/a/{id}").key("50%").key("ä")));
        assert_eq!(Pointer::from_reference("#/%FF"), None);
    }
}
