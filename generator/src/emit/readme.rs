//! The crate's `README.md`.

use super::{Context, docs, example, root};
use crate::templates;

/// The page that a visitor of the crate's folder reads.
pub(super) fn readme(context: &Context<'_>) -> String {
    let example = match root::first_call(context) {
        Some(lines) => format!("```rust,no_run\n{}\n```", lines.join("\n")),
        None => "Every call begins with a method of `Client`.".to_owned(),
    };
    templates::fill(
        templates::README,
        &[
            ("crate", &context.api.crate_name),
            ("library", &example::library(context).to_string()),
            ("version", &context.api.version),
            ("title", &docs::line(&context.api.title)),
            ("example", &example),
        ],
    )
}
