//! The file that a reference means.

use std::borrow::Cow;

use crate::pointer::{Pointer, decoded};

/// A value in a file: the path from the folder of the description, and the place inside. The description itself has no
/// path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Address {
    pub(super) file: String,
    pub(super) pointer: Pointer,
}

/// The extensions of files of descriptions.
pub(super) const ENDS: [&str; 3] = [".yaml", ".yml", ".json"];

impl Address {
    /// Returns the target of a reference in a file, or the reason why it is not read.
    pub(super) fn of(reference: &str, file: &str, description: &str) -> Result<Self, &'static str> {
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let pointer = decoded(fragment).and_then(|fragment| Pointer::from_text(&fragment));
        let pointer = pointer.ok_or("the part after its `#` is not a JSON pointer")?;
        let file = if path.is_empty() { file.to_owned() } else { beside(path, file)? };
        Ok(Self { file: if file == description { String::new() } else { file }, pointer })
    }

    /// Returns the reference to it from the description.
    pub(super) fn reference(&self) -> String {
        // A path in a reference is percent-encoded; only ambiguous characters need it.
        let path = self.file.replace('%', "%25").replace('#', "%23").replace(':', "%3A");
        let pointer = self.pointer.to_string().replace('%', "%25");
        format!("{path}{pointer}")
    }
}

/// Whether a text that can be a name is a reference: a text with a fragment, or the name of a file.
pub(super) fn is_reference(text: &str) -> bool {
    text.contains('#') || ENDS.iter().any(|end| text.ends_with(end))
}

/// Returns the path to a file from the folder of the description, given the path from another file.
fn beside(path: &str, file: &str) -> Result<String, &'static str> {
    const OUTSIDE: &str = "it leads out of the folder of the description";
    let path = decoded(path).unwrap_or(Cow::Borrowed(path));
    // A scheme, as in `https://`, or a drive.
    if path.contains(':') || path.starts_with("//") {
        return Err("it is not in the folder of the description, and no other file is read");
    }
    if path.starts_with('/') {
        return Err("its path is absolute");
    }
    if path.contains(['\\', '\0', '?']) {
        return Err("its path has characters that are not allowed in the name of a description's file");
    }
    let mut way: Vec<&str> = file.split('/').collect();
    way.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(way.pop().ok_or(OUTSIDE)?),
            part => way.push(part),
        }
    }
    if way.is_empty() || path.ends_with('/') {
        return Err("it leads to a folder");
    }
    Ok(way.join("/"))
}

/// Whether a path leads to a file below a folder, after all links are resolved.
pub fn is_inside(folder: &std::path::Path, file: &std::path::Path) -> bool {
    match (folder.canonicalize(), file.canonicalize()) {
        (Ok(folder), Ok(file)) => file.starts_with(folder),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn paths_are_read_from_the_file_that_has_them() {
        let of = |reference: &str, file: &str| Address::of(reference, file, "api.yaml").map(|found| found.reference());
        assert_eq!(of("./schemas/pet.yaml", ""), Ok("schemas/pet.yaml#".to_owned()));
        assert_eq!(of("../common.yaml#/A", "schemas/pet.yaml"), Ok("common.yaml#/A".to_owned()));
        assert_eq!(of("#/A", "schemas/pet.yaml"), Ok("schemas/pet.yaml#/A".to_owned()));
        assert_eq!(of("../api.yaml#/A", "schemas/pet.yaml"), Ok("#/A".to_owned()));
        assert_eq!(of("a%20b%25.yaml#/~1x%7B", ""), Ok("a b%25.yaml#/~1x{".to_owned()));
        for outside in [
            "../a.yaml",
            "a/../../b.yaml",
            "/etc/passwd",
            "file:a.yaml",
            "https://a.example/b.yaml",
            "//a/b",
            "C:\\a",
            "a/",
            ".",
        ] {
            assert!(of(outside, "").is_err(), "{outside}");
        }
    }
}
