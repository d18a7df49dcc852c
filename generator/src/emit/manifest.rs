//! The crate's `Cargo.toml`, which inherits nothing from any workspace.

use super::{Context, docs, examples};
use crate::templates;

/// The manifest.
pub(super) fn manifest(context: &Context<'_>) -> String {
    let api = context.api;
    templates::fill(
        templates::MANIFEST,
        &[
            ("crate", &api.crate_name),
            ("library", &api.crate_name.replace('-', "_")),
            ("version", &api.version),
            ("title", &toml_text(&api.title)),
            ("examples", &examples::targets(context)),
        ],
    )
}

/// Text inside a basic string of TOML.
fn toml_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in docs::printable(text).trim().chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\n' | '\t' => out.push(' '),
            other => out.push(other),
        }
    }
    out
}
