//! From token streams to text that reads as if somebody had typed it.
//!
//! `prettyplease` lays out one item at a time. Blank lines between items and the tables handed to macros are set here,
//! since neither survives in a token stream.

use proc_macro2::TokenStream;

use crate::hidden;

/// One item of a file.
#[derive(Clone, Debug)]
pub enum Item {
    /// Lines at the head of a file that are not Rust: comments.
    Comment(String),
    /// Rust items that belong together: no blank line between them.
    Rust(TokenStream),
    /// A table handed to a macro.
    Table(Table),
}

/// A macro call that holds a table: `path! { subject { row, row, } }`.
#[derive(Clone, Debug)]
pub struct Table {
    /// Path of the macro, such as `crate::runtime::model::object`.
    pub path: String,
    /// The type that the table is about.
    pub subject: String,
    /// The rows, without commas.
    pub rows: Vec<String>,
}

/// An item that did not parse as Rust: a mistake of an emitter.
#[derive(Debug)]
pub struct FormatError {
    /// What the parser said.
    pub error: syn::Error,
    /// Which of the items it was. Its tokens are gone: a copy of each would take long, for the sake of none.
    pub item: usize,
}

/// The marker for a blank line inside an `impl` block: a macro call that is a whole line once laid out.
pub const BLANK: &str = "__blank_line";

/// Ends a line inside of documentation, which is one attribute however long it is: to parse one for each line would take
/// most of the time. It is not a character of text.
pub const LINE: char = '\u{1f}';

/// Lays out a file: a blank line between items.
///
/// # Errors
///
/// An item that does not parse as Rust.
pub fn file(items: Vec<Item>) -> Result<String, FormatError> {
    let mut text = String::new();
    for (index, item) in items.into_iter().enumerate() {
        let item = match item {
            Item::Comment(lines) => lines + "\n",
            Item::Rust(tokens) => rust(tokens).map_err(|error| FormatError { error, item: index })?,
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
    // Prose has no hidden characters by now: these are in literals, and an escape is the same there.
    let is_hidden = |c: char| c != '\n' && hidden::is_hidden(c);
    if !text.split('\n').all(hidden::is_plain) && text.contains(is_hidden) {
        text = text.lines().map(|line| hidden::escaped(line) + "\n").collect();
    }
    Ok(text)
}

/// Lays out statements as they would stand in a function, a string a line.
pub fn statements(tokens: &TokenStream) -> Vec<String> {
    let Ok(text) = rust(quote::quote! { fn statements() { #tokens } }) else {
        return vec![tokens.to_string()];
    };
    let body = text.lines().skip(1).map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned());
    let mut lines: Vec<String> = body.collect();
    lines.pop();
    lines
}

fn rust(tokens: TokenStream) -> syn::Result<String> {
    let laid_out = prettyplease::unparse(&syn::parse2::<syn::File>(tokens)?);
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

/// Adds a line of code, or a comment that represents many.
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

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn items_stand_apart_and_methods_too() {
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
    fn what_is_no_rust_is_told() {
        let items = vec![Item::Comment("// made".to_owned()), Item::Rust(quote! { fn })];
        assert_eq!(file(items).expect_err("it is no Rust").item, 1);
    }
}
