//! The files of a description: those that its references name, and those that references there name.

use std::collections::BTreeSet;

use super::address::{Address, is_reference};
use crate::diagnostics::{Source, Sources};
use crate::source::{self, MAX_BYTES};

/// The maximum number of files in addition to the description itself.
pub const MAX_FILES: usize = 1_000;

/// Reads the files that a description refers to. `read` is called once per file, with its path from the folder of the
/// description; it returns the text with the name that messages use, or the reason why there is none.
///
/// A file that is not a document is not searched for references: that is reported if something in it is needed.
pub fn gather(sources: &mut Sources, read: &mut dyn FnMut(&str) -> Result<Source, String>) {
    let description = sources.description.file_name().to_owned();
    if !may_name_files(&sources.description.text) {
        return;
    }
    let mut wanted: Vec<String> = named_in(&sources.description.text, "", &description).into_iter().rev().collect();
    let mut room = MAX_BYTES.saturating_sub(sources.description.text.len());
    let mut requested: usize = 0;
    while let Some(file) = wanted.pop() {
        if sources.knows_file(&file) {
            continue;
        }
        requested = requested.saturating_add(1);
        let found = if requested > MAX_FILES {
            Err(format!("the description has more than {MAX_FILES} files"))
        } else {
            read(&file).and_then(|source| match room.checked_sub(source.text.len()) {
                Some(left) => {
                    room = left;
                    Ok(source)
                }
                None => Err(format!("all files together are longer than the limit of {MAX_BYTES} bytes")),
            })
        };
        if let Ok(source) = &found {
            wanted.extend(named_in(&source.text, &file, &description).into_iter().rev());
        }
        let is_too_many = requested > MAX_FILES;
        sources.add_file(file, found);
        if is_too_many {
            return;
        }
    }
}

/// Whether a text can have a reference that does not begin with `#`: parsing it to be sure takes time.
pub(super) fn may_name_files(text: &str) -> bool {
    let is_mark = |character: char| character.is_whitespace() || "\"':".contains(character);
    // A search for one character is much faster.
    text.split('$').filter_map(|behind| behind.strip_prefix("ref")).any(|behind| {
        let value = behind.trim_start_matches(is_mark);
        !folded(value).unwrap_or(value).trim_start_matches(is_mark).starts_with('#')
    })
}

/// Returns the value on the next lines, if the first line begins such a value: `>-`.
fn folded(value: &str) -> Option<&str> {
    let (header, text) = value.strip_prefix(['>', '|'])?.split_once('\n')?;
    header.trim_end().bytes().all(|byte| matches!(byte, b'+' | b'-' | b'0'..=b'9')).then_some(text)
}

/// Returns the files that the references of a text lead to.
fn named_in(text: &str, file: &str, description: &str) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    if let Ok(tree) = source::parse(text) {
        tree.root().each_reference(&mut |node| {
            let Some(reference) = node.value.as_str().filter(|reference| !reference.starts_with('#')) else { return };
            if let Ok(address) = Address::of(reference, file, description) {
                named.insert(address.file);
            }
        });
        tree.root().each_mapped(&mut |text| {
            if is_reference(text)
                && let Ok(address) = Address::of(text, file, description)
            {
                named.insert(address.file);
            }
        });
    }
    named.remove("");
    named
}
