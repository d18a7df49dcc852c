//! Checks a tree against OpenAPI 3.0.3 and converts it to [`openapiv3`]'s model of a document.
//!
//! Alone, `openapiv3` drops unknown keys, needs exponential time for a deep mistake and panics on some. It therefore
//! only sees documents that the tables in `spec/tables.rs` accept; to support a new key or extension, add a row there.

mod checks;
mod constraints;
mod convert;
mod extensions;
mod grammar;
mod keys;
mod protocols;
mod ranges;
mod tables;
mod templates;
mod types;
mod walk;

pub(crate) use checks::held;
pub(crate) use convert::{WIDE_ENUM, WIDE_MAXIMUM, WIDE_MINIMUM, WIDE_MULTIPLE};
pub(crate) use extensions::{intended_extension, seems_ours};
pub(crate) use grammar::{Choice, Field, KeyRule, Object, ObjectKind, Shape};
pub(crate) use keys::{METHODS, is_component_name, is_status, nearest};
pub(crate) use protocols::{called, other_protocol};
pub(crate) use tables::DOCUMENT;
pub(crate) use templates::{MAX_LENGTH, Template, without_names};
pub(crate) use types::{COMPOSITIONS, keys_of, keys_of_others, nearest_format, type_of_format, types_of_keys};

use std::thread;

use openapiv3::OpenAPI;
use serde::Deserialize as _;

use crate::diagnostics::{Code, Diagnostic, Place};
use crate::pointer::Pointer;
use crate::source::{Tree, Value};
use convert::Readable;

/// Reads a document, or returns everything that is not valid in OpenAPI 3.0.3 as the generator knows it.
pub fn read(tree: &Tree) -> Result<OpenAPI, Vec<Diagnostic>> {
    if let Some(diagnostic) = unsupported_version(tree) {
        return Err(vec![diagnostic]);
    }
    let diagnostics = walk::walk(tree);
    if diagnostics.is_empty() { model(tree) } else { Err(diagnostics) }
}

/// Whether the generator reads documents of this version.
pub(crate) fn is_supported(tree: &Tree) -> bool {
    unsupported_version(tree).is_none()
}

/// Another version has other rules, so further mistakes would be wrong.
fn unsupported_version(tree: &Tree) -> Option<Diagnostic> {
    let problem = |key: &str, message: &str| {
        Diagnostic::new(Code::UnsupportedVersion, Place::Value(Pointer::root().key(key)), message)
    };
    let root = tree.root();
    if root.get("swagger").is_some() {
        return Some(problem("swagger", "Swagger 2.0 is not supported").help("convert the document to OpenAPI 3.0"));
    }
    let version = root.get("openapi")?;
    match &version.value {
        Value::String(text) => {
            let mut parts = text.split('.');
            let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
            match (parts.next(), parts.next(), parts.next(), parts.next()) {
                (Some("3"), Some("0"), Some(patch), None) if is_number(patch) => None,
                (Some("3"), Some("0"), _, _) => Some(
                    problem("openapi", &format!("`{text}` is not a version of OpenAPI")).help("write `openapi: 3.0.3`"),
                ),
                (Some("3"), Some(minor), _, _) if is_number(minor) => {
                    Some(problem("openapi", &format!("OpenAPI 3.{minor} is not supported")).help(
                        "convert it to 3.0.3: `nullable: true` for a type with `'null'`, `enum` of one value for `const`",
                    ))
                }
                _ => Some(problem("openapi", &format!("OpenAPI `{text}` is not supported")).help("only 3.0 is")),
            }
        }
        Value::Float(_) | Value::Integer(_) => Some(
            problem("openapi", "the version of OpenAPI must be a string, not a number").help("write `openapi: 3.0.3`"),
        ),
        _ => None,
    }
}

/// Ten times the stack that [`model`] needs for [`crate::source::MAX_DEPTH`] in a debug build: about 50 KB per schema.
const MODEL_STACK: usize = 32 * 1024 * 1024;

/// Returns the model of a tree that the grammar has accepted.
fn model(tree: &Tree) -> Result<OpenAPI, Vec<Diagnostic>> {
    // Its reader recurses with large frames, which need more than the usual stack of a thread.
    let read = || OpenAPI::deserialize(Readable::document(tree.root())).map_err(|error| error.to_string());
    let read = thread::scope(|scope| {
        let reader = thread::Builder::new().stack_size(MODEL_STACK).spawn_scoped(scope, read);
        reader.map(|reader| reader.join().unwrap_or_else(|_| Err("it panicked".to_owned())))
    });
    read.unwrap_or_else(|error| Err(error.to_string())).map_err(|error| {
        let message = format!("the reader of OpenAPI documents rejects a document that the grammar accepts: {error}");
        let gap = Diagnostic::new(Code::GrammarGap, Place::Value(Pointer::root()), message)
            .help("this is a defect in the generator's tables of OpenAPI 3.0, not in the spec: please report it");
        vec![gap]
    })
}

#[cfg(test)]
mod tests {
    use super::model;
    use crate::{diagnostics, source};

    #[test]
    fn an_oversight_of_the_grammar_is_a_diagnostic() {
        let text = "openapi: 3.0.3\ninfo: []\npaths: {}\n";
        let tree = source::parse(text).expect("is YAML");
        let problems = model(&tree).expect_err("it is not an OpenAPI document");
        insta::assert_snapshot!(diagnostics::render(&text.into(), Some(&tree), &problems, false));
    }
}
