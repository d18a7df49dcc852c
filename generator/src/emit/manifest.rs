//! The crate's `Cargo.toml`, which inherits nothing from any workspace.

use super::{Context, docs, examples};
use crate::package::REMEMBERED;
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
            ("remembered", &remembered(&api.arguments)),
            ("examples", &examples::targets(context)),
        ],
    )
}

/// The arguments that later runs need not repeat.
fn remembered(arguments: &[(String, String)]) -> String {
    if arguments.is_empty() {
        return String::new();
    }
    let lines = arguments.iter().map(|(key, value)| format!("{key} = \"{}\"\n", toml_text(value)));
    format!("\n[package.metadata.{REMEMBERED}]\n{}", lines.collect::<String>())
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
