//! The crate's `Cargo.toml`, which inherits nothing from any workspace.

use super::{Context, docs, examples, features};
use crate::hidden::is_hidden;
use crate::ir::Argument;
use crate::package::REMEMBERED;
use crate::templates;

/// Emits the manifest.
pub(super) fn manifest(context: &Context<'_>) -> String {
    let api = context.api;
    templates::fill(
        templates::MANIFEST,
        &[
            ("crate", &api.crate_name),
            ("library", &api.crate_name.replace('-', "_")),
            ("version", &api.version),
            ("title", &toml_text(&api.title)),
            ("links", &links(&api.links)),
            ("remembered", &remembered(&api.arguments)),
            ("tags", &features::manifest(context)),
            ("example_dependencies", &examples::dependencies(context)),
            ("examples", &examples::targets(context)),
        ],
    )
}

/// Emits the pages of the crate on the web.
fn links(links: &[(&str, String)]) -> String {
    links.iter().map(|(key, url)| format!("{key} = {}\n", exact_toml_text(url))).collect()
}

/// Emits the arguments that later runs need not repeat.
fn remembered(arguments: &[(&str, Argument)]) -> String {
    if arguments.is_empty() {
        return String::new();
    }
    let quoted = |text: &String| exact_toml_text(text);
    let lines = arguments.iter().map(|(key, value)| match value {
        Argument::Text(text) => format!("{key} = {}\n", quoted(text)),
        Argument::List(items) => format!("{key} = [{}]\n", items.iter().map(quoted).collect::<Vec<_>>().join(", ")),
    });
    format!("\n[package.metadata.{REMEMBERED}]\n{}", lines.collect::<String>())
}

/// Quotes a text as a basic string of TOML that reads back unchanged.
fn exact_toml_text(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            hidden if is_hidden(hidden) => out.push_str(&format!("\\U{:08X}", u32::from(hidden))),
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// Escapes text inside a basic string of TOML.
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
