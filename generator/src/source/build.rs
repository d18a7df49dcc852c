//! Builds a tree from the parser's events, without recursion.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle, StrInput};

use crate::diagnostics::{Code, Diagnostic, Place, Span};
use crate::source::anchors::{self, Anchors, Copy};
use crate::source::json::Readable;
use crate::source::mapping::repeated_keys;
use crate::source::offsets::Offsets;
use crate::source::scalar::{self, Refused};
use crate::source::syntax::{self, control_characters, span};
use crate::source::{Entry, MAX_DEPTH, MAX_PROBLEMS, MAX_VALUES, Mapping, Node, TOO_LARGE, Value};

/// Builds the tree under the root of the one document in `text`.
pub(super) fn build(text: &str) -> Result<Node, Vec<Diagnostic>> {
    let readable = Readable::new(text);
    // The parser takes U+0000 for the end of the text and would hide the rest of it.
    let control_characters = control_characters(&readable.text);
    if !control_characters.is_empty() {
        return Err(control_characters);
    }
    if let Some(at) = readable.beyond(MAX_VALUES) {
        let place = Place::Text(span(at, at));
        return Err(vec![Diagnostic::new(Code::TooLarge, place, too_many_values()).help(TOO_LARGE)]);
    }
    let mut builder = Builder {
        text,
        readable: &readable,
        offsets: Offsets::new(&readable.text),
        documents: 0,
        values: 0,
        open: Vec::new(),
        anchors: Anchors::default(),
        root: None,
        diagnostics: Vec::new(),
    };
    builder.read(Parser::new_from_str(&readable.text));
    builder.finish()
}

fn too_many_values() -> String {
    format!("the text has more than {MAX_VALUES} keys and values")
}

struct Builder<'t> {
    text: &'t str,
    /// The same in the form for the parser.
    readable: &'t Readable<'t>,
    offsets: Offsets<'t>,
    documents: usize,
    /// The number of values and keys so far.
    values: usize,
    /// The open lists and mappings, outermost first.
    open: Vec<Open>,
    anchors: Anchors,
    root: Option<Node>,
    diagnostics: Vec<Diagnostic>,
}

enum Open {
    Sequence { start: usize, anchor: usize, items: Vec<Node> },
    Mapping { start: usize, anchor: usize, entries: Vec<Entry>, merged: Vec<Entry>, key: Key },
}

/// The key of the entry that is being read.
enum Key {
    /// The next node is the key.
    Awaited,
    Read(String, Span),
    /// `<<`: the value has the entries that the mapping gets from others.
    Merge,
    /// Already reported; the value is read and dropped.
    Refused,
}

/// Whether to continue.
#[derive(PartialEq, Eq)]
enum Next {
    Go,
    Stop,
}

impl<'t> Builder<'t> {
    fn read(&mut self, mut parser: Parser<'_, StrInput<'_>>) {
        while let Some(event) = parser.next_event() {
            let next = match event {
                Ok((event, span)) => {
                    let span = self.offsets.span(span);
                    let original = self::span(self.readable.original(span.start), self.readable.original(span.end));
                    self.event(event, self.trimmed(original))
                }
                Err(error) => {
                    let start = self.readable.original(self.offsets.byte(error.marker().index()));
                    self.diagnostics.push(syntax::problem(self.text, start, error.info()));
                    Next::Stop
                }
            };
            if next == Next::Stop || self.diagnostics.len() >= MAX_PROBLEMS {
                break;
            }
        }
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Next {
        self.values += 1;
        if self.values > MAX_VALUES {
            self.report(Code::TooLarge, span, too_many_values(), TOO_LARGE);
            return Next::Stop;
        }
        match event {
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Next::Go,
            Event::DocumentStart(_) => self.document(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::Scalar(text, style, anchor, tag) => {
                let span = self.properties(span, tag.is_some());
                self.scalar(text, style, anchor, span)
            }
            Event::SequenceStart(anchor, tag) => {
                let start = self.properties(span, tag.is_some()).start;
                self.open(Open::Sequence { start, anchor, items: Vec::new() }, span)
            }
            Event::MappingStart(anchor, tag) => {
                let start = self.properties(span, tag.is_some()).start;
                let (entries, merged) = (Vec::new(), Vec::new());
                self.open(Open::Mapping { start, anchor, entries, merged, key: Key::Awaited }, span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
        }
    }

    fn document(&mut self, span: Span) -> Next {
        self.documents += 1;
        if self.documents == 1 {
            return Next::Go;
        }
        let message = "the text has several documents";
        self.report(Code::SeveralDocuments, span, message, "keep one, and remove the `---` before the next");
        Next::Stop
    }

    fn open(&mut self, open: Open, span: Span) -> Next {
        if self.open.len() == MAX_DEPTH {
            self.diagnostics.push(syntax::too_deep(span));
            return Next::Stop;
        }
        self.open.push(open);
        Next::Go
    }

    fn close(&mut self, end: Span) -> Next {
        // A flow collection ends with its bracket; the end event of a block collection is at the start of the next
        // token.
        let bracket = matches!(self.slice(end), "]" | "}").then_some(end.end);
        let (node, anchor) = match self.open.pop() {
            Some(Open::Sequence { start, anchor, items }) => {
                let end = bracket.or(items.last().map(|item| item.span.end)).unwrap_or(start);
                (Node { span: span(start, end), value: Value::Sequence(items) }, anchor)
            }
            Some(Open::Mapping { start, anchor, mut entries, merged, .. }) => {
                let end = bracket.or(entries.last().map(|entry| entry.node.span.end)).unwrap_or(start);
                repeated_keys(&entries, &mut self.diagnostics);
                anchors::merge(&mut entries, merged);
                (Node { span: span(start, end), value: Value::Mapping(Mapping::new(entries)) }, anchor)
            }
            None => return Next::Go,
        };
        self.noted(anchor, node)
    }

    fn scalar(&mut self, text: Cow<'_, str>, style: ScalarStyle, anchor: usize, span: Span) -> Next {
        if matches!(self.open.last(), Some(Open::Mapping { key: Key::Awaited, .. })) {
            if anchor != 0 {
                self.anchors.note(anchor, &Node { span, value: Value::String(text.clone().into_owned()) });
            }
            let read = self.key(text, style, span);
            if let Some(Open::Mapping { key, .. }) = self.open.last_mut() {
                *key = read;
            }
            return Next::Go;
        }
        let value = if style == ScalarStyle::Plain { self.plain(text, span) } else { Value::String(text.into_owned()) };
        let span = if text_is_absent(&value, self.slice(span)) { self.absent(span) } else { span };
        self.noted(anchor, Node { span, value })
    }

    /// Passes a finished node on, after its anchor has been stored.
    fn noted(&mut self, anchor: usize, node: Node) -> Next {
        self.values += self.anchors.note(anchor, &node);
        self.close_node(node)
    }

    /// Reads a key.
    fn key(&mut self, text: Cow<'_, str>, style: ScalarStyle, span: Span) -> Key {
        if style != ScalarStyle::Plain {
            return Key::Read(text.into_owned(), span);
        }
        if text == "<<" {
            return Key::Merge;
        }
        let kind = match scalar::resolve(&text) {
            // It does not matter how a key would be read as a value: in JSON, every key is a text.
            Ok(None | Some(Value::Integer(_) | Value::Bool(_) | Value::Float(_))) | Err(Refused::OutOfRange) => {
                return Key::Read(text.into_owned(), span);
            }
            Ok(Some(Value::Null)) => "null",
            Ok(Some(value)) => value.kind(),
            Err(Refused::NotFinite) => "a number",
        };
        if text.is_empty() {
            self.report(Code::NonStringKey, span, "a key is missing before `:`", "write the key, or remove the line");
        } else {
            let message = format!("the key `{text}` is {kind}, not a string");
            self.report(Code::NonStringKey, span, message, format!("put it in quotes: `'{text}'`"));
        }
        Key::Refused
    }

    fn plain(&mut self, text: Cow<'_, str>, span: Span) -> Value {
        match scalar::resolve(&text) {
            Ok(None) => Value::String(text.into_owned()),
            Ok(Some(value)) => value,
            Err(refused) => {
                match refused {
                    Refused::NotFinite => {
                        let message = format!("`{text}` is a number that JSON does not have");
                        self.report(Code::NotFinite, span, message, "remove the key, or put the text in quotes");
                    }
                    Refused::OutOfRange => {
                        let message = format!("the number `{text}` does not fit in 64 bits");
                        self.report(Code::NumberRange, span, message, "if it is not a number, put it in quotes");
                    }
                }
                Value::Null
            }
        }
    }

    /// Returns the span of an absent value.
    fn absent(&self, span: Span) -> Span {
        let at = match self.open.last() {
            Some(Open::Mapping { key: Key::Read(_, key), .. }) => key.end,
            _ => span.start,
        };
        self::span(at, at)
    }

    /// Passes a finished node to its collection.
    fn close_node(&mut self, node: Node) -> Next {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::Sequence { items, .. }) => items.push(node),
            Some(Open::Mapping { entries, merged, key, .. }) => match std::mem::replace(key, Key::Awaited) {
                Key::Read(text, key_span) => entries.push(Entry { key: text, key_span, node }),
                Key::Merge => {
                    let span = node.span;
                    match anchors::merged(node) {
                        Some(others) => merged.extend(others),
                        None => {
                            let message = "the value of `<<` is neither a mapping nor a list of mappings";
                            let help = "name a mapping that has an anchor: `<<: *base`";
                            self.report(Code::MergeKey, span, message, help);
                        }
                    }
                }
                Key::Refused => {}
                Key::Awaited => {
                    // Scalars that are keys do not come here: they are read as keys.
                    *key = Key::Refused;
                    let message = format!("{} cannot be a key", node.value.kind());
                    let help = "a text that starts with a bracket or brace needs quotes";
                    self.report(Code::NonStringKey, node.span, message, help);
                }
            },
        }
        Next::Go
    }

    /// Reports the tag at the start of `span`, if it is on one line: the start of the next line can belong to the first
    /// key. Returns the span after it and an anchor.
    fn properties(&mut self, span: Span, has_tag: bool) -> Span {
        let mut start = span.start;
        while let Some(rest) = self.text.get(start..).filter(|rest| rest.starts_with(['&', '!'])) {
            let ends = |character: char| character.is_whitespace() || matches!(character, ',' | '[' | ']' | '{' | '}');
            let length = rest.find(ends).unwrap_or(rest.len());
            let property = rest.get(..length).unwrap_or_default();
            if has_tag && property.starts_with('!') {
                let help = "remove it; to make a string of a number, put it in quotes";
                let span = self::span(start, start + length);
                self.report(Code::Tag, span, format!("the tag `{property}` is not supported"), help);
            }
            let after = rest.get(length..).unwrap_or_default();
            start += length + (after.len() - after.trim_start_matches(' ').len());
        }
        self::span(start, span.end.max(start))
    }

    /// Replaces an alias by a copy of its target.
    fn alias(&mut self, anchor: usize, span: Span) -> Next {
        let levels = MAX_DEPTH.saturating_sub(self.open.len());
        let (copy, size) = self.anchors.copy(anchor, levels, MAX_VALUES.saturating_sub(self.values));
        self.values += size;
        let node = match copy {
            Copy::Of(node) => node,
            Copy::Endless => {
                self.diagnostics.push(syntax::endless_alias(self.slice(span), span));
                Node { span, value: Value::Null }
            }
            Copy::TooDeep => {
                self.diagnostics.push(syntax::too_deep(span));
                return Next::Stop;
            }
            Copy::TooLarge => {
                self.report(Code::TooLarge, span, too_many_values(), TOO_LARGE);
                return Next::Stop;
            }
        };
        match (self.open.last_mut(), &node.value) {
            (Some(Open::Mapping { key: key @ Key::Awaited, .. }), Value::String(text)) => {
                *key = Key::Read(text.clone(), span);
                Next::Go
            }
            _ => self.close_node(node),
        }
    }

    fn finish(mut self) -> Result<Node, Vec<Diagnostic>> {
        let reported = !self.diagnostics.is_empty();
        for open in std::mem::take(&mut self.open) {
            if let Open::Mapping { entries, .. } = open {
                repeated_keys(&entries, &mut self.diagnostics);
            }
        }
        match self.root {
            Some(root) if self.diagnostics.is_empty() && root.value != Value::Null => Ok(root),
            _ => {
                if !reported {
                    let help = "a spec begins with `openapi: 3.0.3`";
                    self.report(Code::EmptyDocument, Span::default(), "the text has no document", help);
                }
                Err(self.diagnostics)
            }
        }
    }

    fn report(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.diagnostics.push(Diagnostic::new(code, Place::Text(span), message).help(help));
    }

    /// The parser counts white space after quotes and brackets as a part of the token.
    fn trimmed(&self, span: Span) -> Span {
        self::span(span.start, span.start + self.slice(span).trim_end().len())
    }

    fn slice(&self, span: Span) -> &'t str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }
}

/// Whether a null is the parser's placeholder for an absent value; its span is then that of a neighbour.
fn text_is_absent(value: &Value, text: &str) -> bool {
    *value == Value::Null && !matches!(text, "~" | "null" | "Null" | "NULL")
}
