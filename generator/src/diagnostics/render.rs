//! Prints problems for people, in a terminal.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::diagnostics::{Diagnostic, Place, Severity, Silence, Source, SourceId, Sources, Span};
use crate::hidden::{self, is_hidden};
use crate::source::{Lines, Tree};

/// The maximum number of characters of a message, a help or a pointer that are shown.
const MAX_TEXT: usize = 300;

/// The maximum length of a source line that is shown. The library cuts a line to the terminal's width, but it scans all
/// of it; for a longer line, such as a whole document of JSON, only the place is printed.
const MAX_LINE: usize = 16_000;

/// The maximum number of problems that are shown, unless all are wanted. Nobody reads more at once, and showing one costs
/// more than finding it.
const MOST_SHOWN: usize = 100;

/// The maximum number of related places of one problem that are shown: a cycle can go through a whole spec.
const MOST_RELATED: usize = 20;

/// How problems are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style {
    pub colour: bool,
    /// Whether all are shown, and not only the first.
    pub all: bool,
}

impl From<bool> for Style {
    fn from(colour: bool) -> Self {
        Self { colour, all: false }
    }
}

/// Renders problems of a description, in the order of its texts and each of them once.
///
/// Without a tree, only places that are bytes of a text have a line to show. The last line counts all problems; the
/// line before it counts those that are not shown, if there are very many.
pub fn render(sources: &Sources, tree: Option<&Tree>, diagnostics: &[Diagnostic], style: impl Into<Style>) -> String {
    let Style { colour, all } = style.into();
    let texts = sources.iter().map(|(id, source)| (id, Text { source, lines: Lines::new(&source.text) })).collect();
    let texts = Texts { texts, tree };
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() }.decor_style(DecorStyle::Ascii);

    let mut located: Vec<(Option<Span>, &Diagnostic)> =
        diagnostics.iter().map(|diagnostic| (texts.locate(&diagnostic.place), diagnostic)).collect();
    located.sort_by(|(span, a), (other, b)| (span, a.code, &a.message).cmp(&(other, b.code, &b.message)));
    located.dedup_by(|(span, a), (other, b)| (*span, a.code, &a.message) == (*other, b.code, &b.message));

    let mut rendered = String::new();
    let most = if all { usize::MAX } else { MOST_SHOWN };
    for (span, diagnostic) in located.iter().take(most) {
        rendered.push_str(&renderer.render(&[texts.group(*span, diagnostic)]));
        rendered.push_str("\n\n");
    }
    if let Some(more @ 1..) = located.len().checked_sub(most) {
        let what = if more == 1 { "problem is" } else { "problems are" };
        let _ = writeln!(rendered, "{more} more {what} not shown: fix these first, or print all with `--all`");
    }
    let counts =
        [(Severity::Error, "error"), (Severity::Warning, "warning")].into_iter().filter_map(|(severity, what)| {
            let number = located.iter().filter(|(_, diagnostic)| diagnostic.code.severity() == severity).count();
            (number != 0).then(|| count(number, what))
        });
    rendered.push_str(&counts.collect::<Vec<_>>().join(", "));
    rendered.push('\n');
    rendered
}

/// Formats a number of things: `1 file`, `2 files`.
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// The texts of a description.
struct Texts<'t> {
    texts: BTreeMap<SourceId, Text<'t>>,
    tree: Option<&'t Tree>,
}

struct Text<'t> {
    source: &'t Source,
    lines: Lines<'t>,
}

/// The line in which a place begins.
struct Line<'t> {
    /// The name of the text.
    name: &'t str,
    /// Counted from 1.
    number: usize,
    text: &'t str,
    /// The part of `text` to underline.
    span: Range<usize>,
}

impl<'t> Line<'t> {
    /// Returns the line without characters that would not be shown, and the part of it to underline.
    fn seen(&self) -> (Cow<'t, str>, Range<usize>) {
        let (text, span) = (self.text, self.span.clone());
        if !text.contains(is_unseen) {
            return (Cow::Borrowed(text), span);
        }
        let seen = |part: Option<&str>| part.unwrap_or_default().replace(is_unseen, "\u{FFFD}");
        let before = seen(text.get(..span.start));
        let within = seen(text.get(span.clone()));
        let span = before.len()..before.len() + within.len();
        (Cow::Owned(before + &within + &seen(text.get(self.span.end..))), span)
    }
}

impl<'t> Texts<'t> {
    fn group(&self, span: Option<Span>, diagnostic: &Diagnostic) -> Group<'t> {
        let level = match diagnostic.code.severity() {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(shown(&diagnostic.message)).id(diagnostic.code.number());
        let mut group = Group::with_title(title);
        if let Some(line) = span.and_then(|span| self.line(span)) {
            group = self.add_line(group, line, AnnotationKind::Primary, None);
        }
        for (place, what) in diagnostic.related.iter().take(MOST_RELATED) {
            if let Some(line) = self.locate(place).and_then(|span| self.line(span)) {
                group = self.add_line(group, line, AnnotationKind::Context, Some(shown(what)));
            }
        }
        if let Some(more @ 1..) = diagnostic.related.len().checked_sub(MOST_RELATED) {
            group = group.element(Level::NOTE.message(format!("and {more} more places")));
        }
        if let Place::Value(pointer) | Place::Key(pointer) | Place::Removed(pointer, _) = &diagnostic.place {
            group = group.element(Level::NOTE.with_name("at").message(shown(&pointer.to_string())));
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(shown_lines(help)));
        }
        if let Some(Silence { at, lint }) = &diagnostic.silenced_at {
            let silenced = format!("if it is intended, state the reason in {at}: `x-allow: {{ {lint}: \"…\" }}`");
            group = group.element(Level::NOTE.message(shown(&silenced)));
        }
        group
    }

    fn add_line(&self, group: Group<'t>, line: Line<'t>, kind: AnnotationKind, label: Option<String>) -> Group<'t> {
        if line.text.len() > MAX_LINE {
            let column = line.text.get(..line.span.start).map_or(1, |before| before.chars().count() + 1);
            return group.element(Origin::path(line.name).line(line.number).char_column(column));
        }
        let (text, span) = line.seen();
        let annotation = kind.span(span).label(label);
        group.element(Snippet::source(text).line_start(line.number).path(line.name).annotation(annotation))
    }

    fn locate(&self, place: &Place) -> Option<Span> {
        match (place, self.tree) {
            (Place::Text(span) | Place::Removed(_, span), _) => Some(*span),
            (place, Some(tree)) => Some(tree.span(place)),
            (_, None) => None,
        }
    }

    fn line(&self, span: Span) -> Option<Line<'t>> {
        let Text { source, lines } = self.texts.get(&span.source)?;
        let (number, line_start) = lines.line(span.start);
        let text = source.text.get(line_start..)?.lines().next().unwrap_or_default();
        let within = |offset: usize| offset.saturating_sub(line_start).min(text.len());
        Some(Line { name: &source.name, number, text, span: within(span.start)..within(span.end) })
    }
}

/// Escapes the lines of a text, such as YAML to paste.
fn shown_lines(text: &str) -> String {
    text.lines().map(shown).collect::<Vec<_>>().join("\n")
}

/// Escapes a text into one line.
fn shown(text: &str) -> String {
    hidden::shown(text, MAX_TEXT)
}

/// Whether a character of a line would not be shown as itself.
fn is_unseen(character: char) -> bool {
    is_hidden(character) && character != '\t'
}
