//! The messages in the sources of the generator, compared with those in the results of fixtures.

use std::fs;
use std::path::{Path, PathBuf};

use generator::diagnostics::Diagnostic;

use crate::workspace_root;

/// Returns the messages, helps and labels of problems.
pub fn said(problems: &[Diagnostic]) -> Vec<&str> {
    let mut said: Vec<&str> = Vec::new();
    for problem in problems {
        said.push(&problem.message);
        said.extend(problem.help.as_deref());
        said.extend(problem.related.iter().map(|(_, what)| what.as_str()));
    }
    said
}

/// Returns the messages in some sources of the generator that are not among those that occurred. A source is a file or
/// a folder of files below `generator/src`.
///
/// # Panics
/// If a source cannot be read.
pub fn unsaid(sources: &[&str], said: &[&str]) -> Vec<String> {
    let root = workspace_root().join("generator/src");
    let sources = sources.iter().flat_map(|source| files(&root.join(source)));
    let messages = sources.flat_map(|path| messages(&path));
    messages.filter(|message| !said.iter().any(|said| fits(message, said))).collect()
}

fn files(source: &Path) -> Vec<PathBuf> {
    if source.is_file() {
        return vec![source.to_owned()];
    }
    let entries = fs::read_dir(source).unwrap_or_else(|error| panic!("{}: {error}", source.display()));
    entries.flat_map(|entry| files(&entry.expect("readable").path())).collect()
}

/// Returns the literals of a source file that are sentences, or contain code.
fn messages(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a source file");
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut messages = Vec::new();
    // No comments, attributes, or other literals.
    for line in code.lines().map(str::trim).filter(|line| !line.starts_with("//") && !line.contains("See also")) {
        let line = line.replace("\\\"", "\u{3}");
        let literals = line.split('"').skip(1).step_by(2);
        let literals = literals.filter(|text| text.contains(' ') || text.starts_with('`'));
        messages.extend(literals.map(|text| text.replace('\u{3}', "\"")));
    }
    messages
}

/// Whether a text is a message with any text in the places of braces.
fn fits(message: &str, said: &str) -> bool {
    let message = message.replace("\\n", "\n").replace("{{", "\u{1}").replace("}}", "\u{2}");
    let mut rest = said;
    message.split('{').enumerate().all(|(index, part)| {
        let part = if index == 0 { part } else { part.split_once('}').map_or("", |(_, behind)| behind) };
        let part = part.replace('\u{1}', "{").replace('\u{2}', "}");
        let found = rest.find(&part);
        rest = found.map_or("", |at| &rest[at + part.len()..]);
        found.is_some()
    })
}
