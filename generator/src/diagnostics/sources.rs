//! The texts of a description: its own, and those of the documents that are read with it.

use std::collections::BTreeMap;

use crate::diagnostics::Span;

/// Identifies the text of a span.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(usize);

/// A text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Source {
    /// The name of the text in messages, such as the path of its file.
    pub name: String,
    pub text: String,
}

/// All texts of a description.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sources {
    /// The text of the description itself.
    pub description: Source,
    /// All other texts: overlays, and files that the description refers to.
    others: Vec<Source>,
    overlays: Vec<SourceId>,
    /// The files that the description refers to, by their path from its folder; or the reason why a file has no text.
    files: BTreeMap<String, Result<SourceId, String>>,
}

/// The name in messages of a description without a file.
const UNNAMED: &str = "spec.yaml";

impl Source {
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// The name of its file.
    pub fn file_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or_default()
    }
}

impl From<Source> for Sources {
    fn from(description: Source) -> Self {
        Self { description, others: Vec::new(), overlays: Vec::new(), files: BTreeMap::new() }
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
    /// Adds an overlay.
    pub fn add(&mut self, overlay: Source) {
        let id = self.entered(overlay);
        self.overlays.push(id);
    }

    /// Adds a file that the description refers to, or the reason why it cannot be read.
    pub fn add_file(&mut self, way: String, file: Result<Source, String>) {
        let file = file.map(|source| self.entered(source));
        self.files.insert(way, file);
    }

    fn entered(&mut self, source: Source) -> SourceId {
        self.others.push(source);
        SourceId(self.others.len())
    }

    /// The overlays, in the order in which they apply.
    pub fn overlays(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        self.overlays.iter().map(|id| (*id, self.source(*id)))
    }

    /// Whether the description refers to files.
    pub fn has_files(&self) -> bool {
        !self.files.is_empty()
    }

    pub fn knows_file(&self, way: &str) -> bool {
        self.files.contains_key(way)
    }

    /// Returns a file that the description refers to.
    pub fn file(&self, way: &str) -> Option<(SourceId, &Source)> {
        let id = *self.files.get(way)?.as_ref().ok()?;
        Some((id, self.source(id)))
    }

    /// Returns why a file cannot be read.
    pub fn unread(&self, way: &str) -> Option<&str> {
        match self.files.get(way) {
            Some(Ok(_)) => None,
            Some(Err(why)) => Some(why),
            None => Some("the file was not read"),
        }
    }

    /// The texts, each with the id that its spans have.
    pub fn iter(&self) -> impl Iterator<Item = (SourceId, &Source)> {
        let others = self.others.iter().enumerate().map(|(index, source)| (SourceId(index + 1), source));
        std::iter::once((SourceId::default(), &self.description)).chain(others)
    }

    /// The text of a span.
    pub fn source(&self, id: SourceId) -> &Source {
        id.0.checked_sub(1).and_then(|index| self.others.get(index)).unwrap_or(&self.description)
    }

    /// The part of the text that a span covers.
    pub fn text(&self, span: Span) -> Option<&str> {
        self.source(span.source).text.get(span.start..span.end)
    }
}
