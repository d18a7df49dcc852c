//! An example of how a model is read from JSON, for the documentation of the module `models`.

use super::docs::Doc;
use super::{Context, example};
use crate::surface::SampleObject;

/// The example behind `doc`, if the API has an object for it.
pub(super) fn models_example(context: &Context<'_>, doc: Doc) -> Doc {
    let Some(SampleObject { ty, json, unknown }) = &context.surface.sample else { return doc };
    let library = example::library(context);
    let name = &context.surface.model(*ty).ident;
    let mut lines = vec![
        "```".to_owned(),
        format!("use {library}::{{models, serde_json}};"),
        String::new(),
        "let text = r#\"".to_owned(),
    ];
    lines.extend(json.lines().map(str::to_owned));
    lines.extend([
        "\"#;".to_owned(),
        format!("let value: models::{name} = serde_json::from_str(text)?;"),
        format!("assert!(value.extra.contains_key({unknown:?}));"),
        "println!(\"{value:#?}\");".to_owned(),
        "# Ok::<(), serde_json::Error>(())".to_owned(),
        "```".to_owned(),
    ]);
    doc.paragraph("# Example").paragraph("A value with a field that the description does not have:").gap().block(lines)
}
