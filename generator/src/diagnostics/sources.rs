//! The texts that a description is read from: its own, and those of the documents that are read with it.

use crate::diagnostics::Span;

/// Which of the texts a span is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(usize);

/// A text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What messages call it, such as the path of its file.
    pub name: String,
    pub text: String,
}

/// All texts of a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sources {
    /// The text of the description itself.
    pub description: Source,
    others: Vec<Source>,
}

/// What messages call a description whose file nobody has named.
const UNNAMED: &str = "spec.yaml";

impl Source {
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }
}

impl From<Source> for Sources {
    fn from(description: Source) -> Self {
        Self { description, others: Vec::new() }
    }
}

impl From<String> for Sources {
    fn from(text: String) -> Self {
        Source::new(UNNAMED, text).into()
    }
}

impl From<&str> for Sources {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for Sources {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl Sources {
    /// Adds another text.
    pub fn add(&mut self, source: Source) -> SourceId {
        self.others.push(source);
        SourceId(self.others.len())
    }

    /// The texts, each with what its spans know it by.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        let others = self.others.iter().enumerate().map(|(index, source)| (SourceId(index + 1), source));
        std::iter::once((SourceId::default(), &self.description)).chain(others)
    }

    /// The text in which a span is.
    pub fn source(&self, id: SourceId) -> &Source {
        id.0.checked_sub(1).and_then(|index| self.others.get(index)).unwrap_or(&self.description)
    }

    /// What a span is of.
    pub fn text(&self, span: Span) -> Option<&str> {
        self.source(span.source).text.get(span.start..span.end)
    }
}
