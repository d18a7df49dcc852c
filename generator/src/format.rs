//! Formats token streams as text, as if a person had typed it.
//!
//! One item at a time is laid out, as `prettyplease` does it: the usual Rust of the emitters by `direct`, anything else
//! by `prettyplease` itself. Blank lines between items, and the tables in macro calls, are added here, since a token
//! stream contains neither.

mod direct;
mod flat;
mod page;

use proc_macro2::TokenStream;

use crate::hidden;
use flat::Flat;

/// An item of a file.
#[derive(Clone, Debug)]
pub enum Item {
    /// Lines at the head of a file that are not Rust: comments.
    Comment(String),
    /// Rust items that belong together: no blank line between them.
    Rust(TokenStream),
    /// A table in a macro call.
    Table(Table),
}

/// A macro call with a table: `path! { subject { row, row, } }`.
#[derive(Clone, Debug)]
pub struct Table {
    /// Path of the macro, such as `crate::runtime::model::object`.
    pub path: String,
    /// The type that the table describes.
    pub subject: String,
    /// The rows, without commas.
    pub rows: Vec<String>,
}

/// An item that is not valid Rust: a defect of an emitter.
#[derive(Debug)]
pub struct FormatError {
    /// The error of the parser.
    pub error: syn::Error,
    /// The tokens of the item.
    pub rust: String,
}

/// The marker for a blank line inside an `impl` block: a macro call that is a whole line once formatted.
pub const BLANK: &str = "__blank_line";

/// Ends a line inside documentation, which is one attribute, whatever its length: parsing one per line would take most
/// of the time. It is not a character of text.
pub const LINE: char = '\u{1f}';

/// Formats a file, with blank lines between items.
///
/// # Errors
/// An item is not valid Rust.
pub fn file(items: Vec<Item>) -> Result<String, FormatError> {
    let mut text = String::new();
    for item in items {
        let item = match item {
            Item::Comment(lines) => lines + "\n",
            Item::Rust(tokens) => rust(tokens)?,
            Item::Table(table) => table_text(&table),
        };
        if item.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&item);
    }
    // At this stage, prose has no hidden characters. Those that are left are in literals, where an escape has the same
    // meaning.
    let is_hidden = |c: char| c != '\n' && hidden::is_hidden(c);
    if !hidden::is_plain_in_lines(&text) && text.contains(is_hidden) {
        text = text.lines().map(|line| hidden::escaped(line) + "\n").collect();
    }
    Ok(text)
}

/// Formats statements as in a function, one string per line.
pub fn statements(tokens: &TokenStream) -> Vec<String> {
    let text = match rust(quote::quote! { fn statements() { #tokens } }) {
        Ok(text) => text,
        Err(_) => return vec![tokens.to_string()],
    };
    let body = text.lines().skip(1).map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned());
    let mut lines: Vec<String> = body.collect();
    lines.pop();
    lines
}

/// Formats items.
fn rust(tokens: TokenStream) -> Result<String, FormatError> {
    let flat = Flat::new(tokens);
    if let Some(laid_out) = direct::lay_out(&flat) {
        return Ok(laid_out);
    }
    let Flat { text, tokens } = flat;
    drop(tokens);
    by_prettyplease(text)
}

/// Formats any Rust.
fn by_prettyplease(rust: String) -> Result<String, FormatError> {
    let laid_out = match syn::parse_str::<syn::File>(&rust) {
        Ok(items) => prettyplease::unparse(&items),
        Err(error) => return Err(FormatError { error, rust }),
    };
    let marker = format!("{BLANK}! {{}}");
    let mut text = String::with_capacity(laid_out.len());
    for line in laid_out.lines() {
        // Only a marker can be such a line: string literals and documentation never span lines.
        if line.trim_start() != marker {
            push_lines(&mut text, line);
        }
        text.push('\n');
    }
    Ok(text)
}

/// Adds a line of code, or a comment that represents several lines.
fn push_lines(text: &mut String, line: &str) {
    if !line.contains(LINE) {
        text.push_str(line.trim_end());
        return;
    }
    let mut lines = line.split(LINE);
    let first = lines.next().unwrap_or_default();
    text.push_str(first.trim_end());
    let start = first.find("//").and_then(|slashes| first.get(..slashes + "///".len())).unwrap_or_default();
    for line in lines {
        text.push('\n');
        text.push_str(start);
        text.push_str(line.trim_end());
    }
}

fn table_text(table: &Table) -> String {
    let mut text = format!("{}! {{\n    {} {{\n", table.path, table.subject);
    for row in &table.rows {
        text.push_str("        ");
        text.push_str(row);
        text.push_str(",\n");
    }
    text.push_str("    }\n}\n");
    text
}

/// Formats items in both ways.
#[cfg(test)]
pub(crate) fn both(tokens: TokenStream) -> (Option<String>, Result<String, FormatError>) {
    let flat = Flat::new(tokens);
    (direct::lay_out(&flat), by_prettyplease(flat.text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn items_and_methods_are_separated() {
        let text = file(vec![
            Item::Comment("// made".to_owned()),
            Item::Rust(quote! { use a::b; use c::d; }),
            Item::Rust(quote! { impl X { fn a() {} __blank_line! {} fn b() {} } }),
            Item::Table(Table {
                path: "t".to_owned(),
                subject: "X".to_owned(),
                rows: vec!["a: required \"a\"".to_owned()],
            }),
        ])
        .expect("it is Rust");
        assert_eq!(
            text,
            "// made\n\nuse a::b;\nuse c::d;\n\nimpl X {\n    fn a() {}\n\n    fn b() {}\n}\n\nt! {\n    X {\n        a: required \"a\",\n    }\n}\n"
        );
    }

    #[test]
    fn invalid_rust_is_an_error() {
        let items = vec![Item::Comment("// made".to_owned()), Item::Rust(quote! { fn })];
        assert_eq!(file(items).expect_err("it is not Rust").rust, "fn ");
    }
}
