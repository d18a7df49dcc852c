//! Lays out words in lines as `prettyplease` does: the algorithm of Oppen, over a whole item at once.

use super::LINE;

/// The maximum length of a line.
const MARGIN: isize = 89;

/// The least room of a line, however deep it is.
const LEAST: isize = 60;

/// The width of a break that always ends the line.
const WIDE: i32 = 0xffff;

/// One level.
pub(super) const INDENT: i32 = 4;

/// Words and the places where a line can end, in the order of the text.
pub(super) struct Page<'t> {
    pieces: Vec<Piece<'t>>,
    /// The width of all pieces in one line.
    width: isize,
}

/// A large type has millions of them.
#[derive(Clone, Copy)]
enum Piece<'t> {
    Word(&'t str),
    /// Lines of documentation, of the whole file or of the next item.
    Doc {
        of_file: bool,
        lines: &'t str,
    },
    /// A blank line.
    Blank,
    Break(Break),
    Begin(Begin),
    End,
    /// Makes all boxes around it break.
    Wide,
}

/// A place where a line can end.
#[derive(Clone, Copy, Default)]
pub(super) struct Break {
    /// The number of spaces if the line does not end.
    pub(super) spaces: i32,
    /// Added to the indentation of the next line.
    pub(super) offset: i32,
    /// Ends the line, if it ends.
    pub(super) before: Option<char>,
    /// Begins the next line, if the line ends.
    pub(super) after: Option<char>,
    /// Does not count at the end of a box.
    pub(super) if_nonempty: bool,
    /// Does not end the line, but separates the boxes around it.
    pub(super) never: bool,
}

/// A box. If it does not fit into the line, all its breaks end a line, or only the necessary ones.
#[derive(Clone, Copy)]
struct Begin {
    offset: i32,
    all: bool,
}

enum Frame {
    Fits,
    Broken { indent: isize, all: bool },
}

impl<'t> Page<'t> {
    /// Creates an empty page for about this number of pieces.
    pub(super) fn of(pieces: usize) -> Self {
        Self { pieces: Vec::with_capacity(pieces), width: 0 }
    }

    /// The number of pieces: a place to insert others later.
    pub(super) fn mark(&self) -> usize {
        self.pieces.len()
    }

    pub(super) fn width(&self) -> isize {
        self.width
    }

    pub(super) fn word(&mut self, word: &'t str) {
        self.width += word.len() as isize;
        self.pieces.push(Piece::Word(word));
    }

    pub(super) fn doc(&mut self, of_file: bool, lines: &'t str) {
        self.pieces.push(Piece::Doc { of_file, lines });
        self.hard();
    }

    pub(super) fn blank(&mut self) {
        self.pieces.push(Piece::Blank);
        self.hard();
    }

    /// Makes the boxes around this place break.
    pub(super) fn wide(&mut self) {
        self.pieces.push(Piece::Wide);
        self.width += WIDE as isize;
    }

    pub(super) fn add(&mut self, place: Break) {
        self.width += place.spaces as isize;
        self.pieces.push(Piece::Break(place));
    }

    pub(super) fn zero(&mut self) {
        self.add(Break::default());
    }

    pub(super) fn space(&mut self) {
        self.add(Break { spaces: 1, ..Break::default() });
    }

    pub(super) fn hard(&mut self) {
        self.add(Break { spaces: WIDE, ..Break::default() });
    }

    pub(super) fn hard_if_nonempty(&mut self) {
        self.add(Break { spaces: WIDE, if_nonempty: true, ..Break::default() });
    }

    pub(super) fn never(&mut self) {
        self.add(Break { never: true, ..Break::default() });
    }

    /// A comma between items, or one that only ends a line.
    pub(super) fn comma(&mut self, is_last: bool) {
        if is_last {
            self.add(Break { before: Some(','), ..Break::default() });
        } else {
            self.word(",");
            self.space();
        }
    }

    /// The same in braces with spaces inside.
    pub(super) fn comma_or_space(&mut self, is_last: bool) {
        if is_last {
            self.add(Break { spaces: 1, before: Some(','), ..Break::default() });
        } else {
            self.comma(false);
        }
    }

    /// Moves the break that was added last to the left.
    pub(super) fn outdent(&mut self) {
        if let Some(Piece::Break(place)) = self.pieces.last_mut() {
            place.offset -= INDENT;
        }
    }

    /// Begins a box whose breaks all end a line.
    pub(super) fn all(&mut self, offset: i32) {
        self.pieces.push(Piece::Begin(Begin { offset, all: true }));
    }

    /// Begins a box of which only the necessary breaks end a line.
    pub(super) fn some(&mut self, offset: i32) {
        self.pieces.push(Piece::Begin(Begin { offset, all: false }));
    }

    /// Begins a box at an earlier place.
    pub(super) fn all_at(&mut self, mark: usize, offset: i32) {
        self.pieces.insert(mark, Piece::Begin(Begin { offset, all: true }));
    }

    /// The same for [`some`](Self::some).
    pub(super) fn some_at(&mut self, mark: usize, offset: i32) {
        self.pieces.insert(mark, Piece::Begin(Begin { offset, all: false }));
    }

    /// Adds a break without width at an earlier place.
    pub(super) fn break_at(&mut self, mark: usize, place: Break) {
        self.pieces.insert(mark, Piece::Break(place));
    }

    /// Ends a box that is not empty at an earlier place.
    pub(super) fn end_at(&mut self, mark: usize) {
        self.pieces.insert(mark, Piece::End);
    }

    /// Changes the offset of a box.
    pub(super) fn set_offset(&mut self, mark: usize, to: i32) {
        if let Some(Piece::Begin(begin)) = self.pieces.get_mut(mark) {
            begin.offset = to;
        }
    }

    /// Ends a box. A box with nothing but a break is left out.
    pub(super) fn end(&mut self) {
        if let [.., before, Piece::Break(place)] = self.pieces.as_slice() {
            let (is_empty, if_nonempty, spaces) = (matches!(before, Piece::Begin(_)), place.if_nonempty, place.spaces);
            if is_empty || if_nonempty {
                self.pieces.pop();
                self.width -= spaces as isize;
            }
            if is_empty {
                self.pieces.pop();
                return;
            }
        }
        self.pieces.push(Piece::End);
    }

    /// Returns the lines.
    pub(super) fn text(&self) -> String {
        let sizes = self.sizes();
        let mut out = Lines { text: String::with_capacity(sizes.len() * 8), room: MARGIN, indent: 0, pending: 0 };
        let mut frames: Vec<Frame> = Vec::new();
        for (piece, size) in self.pieces.iter().zip(sizes) {
            match piece {
                Piece::Word(word) => out.word(word),
                Piece::Doc { of_file, lines } => out.doc(if *of_file { "//!" } else { "///" }, lines),
                Piece::Begin(Begin { offset, all }) if size > out.room => {
                    frames.push(Frame::Broken { indent: out.indent, all: *all });
                    out.indent += *offset as isize;
                }
                Piece::Begin(_) => frames.push(Frame::Fits),
                Piece::End => {
                    if let Some(Frame::Broken { indent, .. }) = frames.pop() {
                        out.indent = indent;
                    }
                }
                Piece::Break(place) => {
                    let fits = place.never
                        || match frames.last() {
                            Some(Frame::Fits) => true,
                            Some(Frame::Broken { all: true, .. }) => false,
                            Some(Frame::Broken { all: false, .. }) | None => size <= out.room,
                        };
                    if fits { out.spaces(place.spaces as isize) } else { out.end_line(place) }
                }
                Piece::Blank | Piece::Wide => {}
            }
        }
        out.text
    }

    /// Returns the room that each box and each break needs: up to the next break behind it.
    fn sizes(&self) -> Vec<isize> {
        let mut sizes = vec![0; self.pieces.len()];
        let mut total = 0;
        let mut open: Vec<usize> = Vec::new();
        for (index, piece) in self.pieces.iter().enumerate() {
            match piece {
                Piece::Word(word) => total += word.len() as isize,
                Piece::Doc { .. } | Piece::Blank => {}
                Piece::Wide => total += WIDE as isize,
                Piece::Begin(_) => {
                    sizes[index] = -total;
                    open.push(index);
                }
                Piece::End => open.push(index),
                Piece::Break(place) => {
                    self.settle(&mut open, &mut sizes, total);
                    sizes[index] = -total;
                    open.push(index);
                    total += place.spaces as isize;
                }
            }
        }
        self.settle(&mut open, &mut sizes, total);
        sizes
    }

    /// Sets the sizes of the boxes that have ended, and of the break before them.
    fn settle(&self, open: &mut Vec<usize>, sizes: &mut [isize], total: isize) {
        let mut depth = 0_usize;
        while let Some(&index) = open.last() {
            match self.pieces[index] {
                Piece::Begin(_) if depth == 0 => break,
                Piece::Begin(_) => {
                    sizes[index] += total;
                    depth -= 1;
                }
                Piece::End => depth += 1,
                _ => {
                    sizes[index] += total;
                    if depth == 0 {
                        open.pop();
                        break;
                    }
                }
            }
            open.pop();
        }
    }
}

/// The lines so far.
struct Lines {
    text: String,
    /// The room that is left in the line.
    room: isize,
    indent: isize,
    /// Spaces that are not written yet, since none are written at the end of a line.
    pending: isize,
}

impl Lines {
    fn word(&mut self, word: &str) {
        self.write_spaces();
        self.text.push_str(word);
        self.room -= word.len() as isize;
    }

    fn spaces(&mut self, count: isize) {
        self.pending += count;
        self.room -= count;
    }

    fn end_line(&mut self, place: &Break) {
        if let Some(before) = place.before {
            self.write_spaces();
            self.text.push(before);
        }
        self.text.push('\n');
        let indent = self.indent + place.offset as isize;
        self.pending = indent;
        self.room = (MARGIN - indent).max(LEAST);
        if let Some(after) = place.after {
            self.write_spaces();
            self.text.push(after);
            self.room -= after.len_utf8() as isize;
        }
    }

    fn doc(&mut self, slashes: &str, lines: &str) {
        let indent = self.pending;
        for (index, line) in lines.split(LINE).enumerate() {
            if index > 0 {
                self.text.push('\n');
                self.pending = indent;
            }
            self.write_spaces();
            self.text.push_str(slashes);
            self.text.push_str(line.trim_end());
        }
    }

    fn write_spaces(&mut self) {
        const SPACES: &str = "                                                                ";
        let mut count = usize::try_from(self.pending).unwrap_or_default();
        while count > 0 {
            let some = count.min(SPACES.len());
            self.text.push_str(&SPACES[..some]);
            count -= some;
        }
        self.pending = 0;
    }
}
