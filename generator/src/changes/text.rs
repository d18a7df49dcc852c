//! Sentences with names of the spec, which can contain any characters and are shown differently in each report.

use std::fmt::Display;

use crate::hidden::{self, code_span};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words and numbers of the report itself.
    Words(String),
    /// A name, type or value.
    Code(String),
}

/// The maximum number of characters of a name that are shown.
const MOST: usize = 120;

impl Text {
    /// Creates a sentence from a template with a place `{}` for each name, and `{#}` for each number; `{1}` and `{#1}`
    /// select the second one.
    pub(super) fn new(template: &str, names: &[&dyn Display]) -> Self {
        Self(Vec::new()).then(template, names)
    }

    /// Creates a text that is a single name.
    pub(super) fn name(name: &dyn Display) -> Self {
        Self::new("{}", &[name])
    }

    #[must_use]
    pub(super) fn then(mut self, template: &str, names: &[&dyn Display]) -> Self {
        let mut pieces = template.split('{');
        self.words(pieces.next().unwrap_or_default());
        for (index, piece) in pieces.enumerate() {
            let (mark, words) = piece.split_once('}').unwrap_or_default();
            let index = mark.trim_start_matches('#').parse().unwrap_or(index);
            match names.get(index) {
                Some(number) if mark.starts_with('#') => self.words(&number.to_string()),
                Some(name) => self.0.push(Part::Code(shown(&name.to_string()))),
                None => {}
            }
            self.words(words);
        }
        self
    }

    #[must_use]
    pub(super) fn followed(mut self, other: Self) -> Self {
        for part in other.0 {
            match part {
                Part::Words(words) => self.words(&words),
                Part::Code(_) => self.0.push(part),
            }
        }
        self
    }

    fn words(&mut self, words: &str) {
        match self.0.last_mut() {
            Some(Part::Words(before)) => before.push_str(words),
            _ if words.is_empty() => {}
            _ => self.0.push(Part::Words(words.to_owned())),
        }
    }

    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    /// The text for a terminal.
    pub(super) fn plain(&self) -> String {
        let parts = self.0.iter().map(|part| match part {
            Part::Words(words) => words.clone(),
            Part::Code(name) => format!("`{name}`"),
        });
        parts.collect()
    }

    /// The text in Markdown: no part of a name is markup.
    pub(super) fn markdown(&self) -> String {
        let parts = self.0.iter().map(|part| match part {
            Part::Words(words) => words.clone(),
            Part::Code(name) => code_span(name),
        });
        parts.collect()
    }
}

/// Shows a name on one line, shortened if necessary, without characters that control a terminal or reverse its text.
pub(super) fn shown(name: &str) -> String {
    hidden::shown(name, MOST)
}

#[cfg(test)]
mod tests {
    use super::Text;
    use crate::hidden::code_span;

    #[test]
    fn names_remain_names() {
        let text = Text::new("field {} is now {}", &[&"a\u{1b}[2J", &"b`*c"]);
        assert_eq!(text.plain(), "field `a\\u{1b}[2J` is now `b`*c`");
        assert_eq!(text.markdown(), "field `a\\u{1b}[2J` is now ``b`*c``");
        assert_eq!(Text::new("step {#} of {}", &[&2, &"a{}"]).plain(), "step 2 of `a{}`");
    }

    #[test]
    fn a_code_span_is_longer_than_the_backticks_in_it() {
        assert_eq!(code_span("`"), "`` ` ``");
        assert_eq!(code_span("a``b"), "```a``b```");
        assert_eq!(code_span(" "), "`   `");
    }
}
