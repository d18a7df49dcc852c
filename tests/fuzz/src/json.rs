//! A tree as JSON, which is YAML too.

use std::fmt::Write as _;

use generator::source::{Node, Value};

/// Returns the text of a tree, with one line per entry and item.
pub(crate) fn text(node: &Node) -> String {
    let mut out = String::new();
    write(node, &mut out);
    out.push('\n');
    out
}

fn write(node: &Node, out: &mut String) {
    // Writing to a string cannot fail.
    let _ = match &node.value {
        Value::Null => write!(out, "null"),
        Value::Bool(flag) => write!(out, "{flag}"),
        Value::Integer(number) => write!(out, "{number}"),
        // With its point or exponent, without which it would be an integer.
        Value::Float(number) => write!(out, "{number:?}"),
        Value::String(text) => {
            quoted(text, out);
            Ok(())
        }
        Value::Sequence(items) => {
            list(out, ['[', ']'], items, write);
            Ok(())
        }
        Value::Mapping(entries) => {
            list(out, ['{', '}'], entries, |entry, out| {
                quoted(&entry.key, out);
                out.push_str(": ");
                write(&entry.node, out);
            });
            Ok(())
        }
    };
}

fn list<T>(out: &mut String, brackets: [char; 2], items: &[T], write: impl Fn(&T, &mut String)) {
    out.push(brackets[0]);
    for (index, item) in items.iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        write(item, out);
    }
    out.push(brackets[1]);
}

fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            // YAML gives a line separator or a byte order mark a meaning.
            '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}
