//! Lines and columns of a text, counted from 1, the columns in characters.

/// The starts of the lines of a text.
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// In bytes.
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// Finds the lines of a text.
    pub fn new(text: &'t str) -> Self {
        // A byte order mark has no column.
        let first = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
        let others = text.match_indices('\n').map(|(newline, _)| newline + 1);
        Self { text, starts: std::iter::once(first).chain(others).collect() }
    }

    /// Returns the number of a byte's line, and the first byte of that line.
    pub fn line(&self, byte: usize) -> (usize, usize) {
        let number = self.starts.partition_point(|start| *start <= byte).max(1);
        (number, self.starts.get(number - 1).copied().unwrap_or_default())
    }

    /// Returns line and column of a byte.
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let (number, start) = self.line(byte);
        (number, self.text.get(start..byte).map_or(1, |before| before.chars().count() + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::Lines;

    #[test]
    fn columns_count_characters_without_a_byte_order_mark() {
        let text = "\u{FEFF}aé b\r\n漢c\n";
        let lines = Lines::new(text);
        let at = |part: &str| lines.position(text.find(part).unwrap());
        assert_eq!([at("a"), at("b"), at("漢"), at("c")], [(1, 1), (1, 4), (2, 1), (2, 2)]);
        assert_eq!([lines.position(0), lines.position(text.len())], [(1, 1), (3, 1)]);
    }
}
