//! Converts the parser's character numbers to byte offsets, each in constant time.

use crate::diagnostics::Span;

/// The number of characters between two stored byte offsets.
const STRIDE: usize = 64;

pub(super) struct Offsets<'t> {
    text: &'t str,
    /// The offsets of characters 0, 64, 128, …; `None` for a text in which characters are bytes.
    marks: Option<Vec<usize>>,
}

impl<'t> Offsets<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, marks: (!text.is_ascii()).then(|| marks(text)) }
    }

    pub(super) fn span(&self, span: saphyr_parser::Span) -> Span {
        Span { start: self.byte(span.start.index()), end: self.byte(span.end.index()), ..Span::default() }
    }

    /// Returns the offset of a character, or the end of the text after the last one.
    pub(super) fn byte(&self, character: usize) -> usize {
        let Some(marks) = &self.marks else { return character.min(self.text.len()) };
        let Some(&mark) = marks.get(character / STRIDE) else { return self.text.len() };
        let behind = character % STRIDE;
        if marks.get(character / STRIDE + 1) == Some(&(mark + STRIDE)) {
            // All characters between these marks are bytes.
            return mark + behind;
        }
        let rest = self.text.get(mark..).unwrap_or_default();
        rest.char_indices().nth(behind).map_or(self.text.len(), |(offset, _)| mark + offset)
    }
}

fn marks(text: &str) -> Vec<usize> {
    let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
    let mut rest = text;
    while !rest.is_empty() {
        marks.push(text.len() - rest.len());
        let are_bytes = rest.as_bytes().first_chunk::<STRIDE>().is_some_and(|part| part.is_ascii());
        let end = if are_bytes { Some(STRIDE) } else { rest.char_indices().nth(STRIDE).map(|(end, _)| end) };
        rest = end.map_or("", |end| &rest[end..]);
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::Offsets;

    #[test]
    fn agrees_with_counting() {
        for text in ["", "plain", &"aé漢😀\r\n".repeat(100), &format!("{0}é{0}", "a".repeat(200))] {
            let offsets = Offsets::new(text);
            for (character, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(offsets.byte(character), byte);
            }
            assert_eq!(offsets.byte(text.chars().count()), text.len());
            assert_eq!(offsets.byte(text.len() + 1000), text.len());
        }
    }
}
