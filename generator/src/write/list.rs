//! The list of generated files in a directory: its format.

use std::collections::BTreeSet;
use std::path::Path;

use super::WriteError;
use super::file_set::{self, FileSet, PathError};

/// The list of the generated files in a directory, by which the generator recognizes the directory as its own.
pub const LIST: &str = ".generated-files";

/// The list of every file that a run is about to create or that an earlier run created. It exists only during a run, or
/// after an interrupted one.
pub const UNFINISHED: &str = ".generated-files.unfinished";

/// The name under which a file is written before it is renamed to its place, in each folder.
pub(super) const TEMPORARY: &str = ".generated-files.tmp";

/// The records at the top of the directory.
pub(super) const JOURNAL_AND_LIST: [&str; 2] = [LIST, UNFINISHED];

/// The first lines of the list.
const HEADER: &str = "\
# The files that `cargo run -p generator` made here, this list left out.
# By it the next run knows which files are its own: never edit it by hand.
";

/// Returns the text of the list for an output.
pub(super) fn text(files: &FileSet) -> String {
    of_paths(files.iter().map(|(path, _)| path))
}

/// Returns the text of a list of these sorted paths.
pub(super) fn of_paths<'a>(paths: impl Iterator<Item = &'a str>) -> String {
    let mut text = HEADER.to_owned();
    for path in paths {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// Reads a list.
///
/// The marks of a merge conflict are skipped, so that both sides count: a maintainer who merges two changes of the spec
/// only has to run the generator.
pub(super) fn parse(text: &str, path: &Path) -> Result<BTreeSet<String>, WriteError> {
    let mut paths = BTreeSet::new();
    for (index, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') || is_conflict_mark(line) {
            continue;
        }
        if let Err(fault) = file_set::check(line) {
            let error = PathError { path: line.to_owned(), fault };
            return Err(WriteError::BadList { path: path.to_owned(), line: index.saturating_add(1), error });
        }
        paths.insert(line.to_owned());
    }
    Ok(paths)
}

/// Whether git writes a line between the sides of a conflict.
fn is_conflict_mark(line: &str) -> bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark))
}
