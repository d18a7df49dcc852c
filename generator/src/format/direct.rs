//! Lays out the Rust that the emitters usually write straight from its tokens.
//!
//! `syn` and `prettyplease` read and print any Rust, and took a third of a run. This reader knows only the constructs
//! that are common in the crate, looks ahead instead of building a tree, and follows `prettyplease` in where a line may
//! end. Anything else makes it give up, and `prettyplease` lays out the item. The output is the same: a test compares
//! both on every item of every crate that the tests generate.

mod attributes;
mod exprs;
mod items;
mod macros;
mod statements;
mod types;

use proc_macro2::Delimiter;

use super::flat::{Flat, Token};
use super::page::Page;

/// The maximum number of tokens: beyond it, the layout of a whole item at once takes more memory than that of `prettyplease`.
const MOST_TOKENS: usize = 500_000;

/// Lays out items, unless they are too large, or one of them has a construct that only `prettyplease` knows.
pub(super) fn lay_out(flat: &Flat) -> Option<String> {
    if flat.tokens.len() > MOST_TOKENS {
        return None;
    }
    let mut reader = Reader { flat, at: 0, page: Page::of(flat.tokens.len()) };
    reader.page.all(0);
    while reader.is_inner_attribute() {
        reader.attribute()?;
    }
    while reader.at < flat.tokens.len() {
        reader.item()?;
    }
    reader.page.end();
    let mut text = reader.page.text();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    Some(text)
}

/// Reads tokens and writes pieces. Each function returns `None` if it does not know the tokens.
struct Reader<'f> {
    flat: &'f Flat,
    at: usize,
    page: Page<'f>,
}

impl<'f> Reader<'f> {
    fn peek(&self, ahead: usize) -> Option<Token> {
        self.flat.tokens.get(self.at + ahead).copied()
    }

    fn text(&self, start: u32, end: u32) -> &'f str {
        &self.flat.text[start as usize..end as usize]
    }

    /// Returns the next word, if it is an identifier or a keyword.
    fn ident_ahead(&self, ahead: usize) -> Option<&'f str> {
        match self.peek(ahead)? {
            Token::Ident(start, end) => Some(self.text(start, end)),
            _ => None,
        }
    }

    fn is_ident(&self, word: &str) -> bool {
        self.ident_ahead(0) == Some(word)
    }

    fn is_punct(&self, ahead: usize, punct: char) -> bool {
        self.peek(ahead) == Some(Token::Punct(punct))
    }

    fn is_puncts(&self, puncts: [char; 2]) -> bool {
        self.is_punct(0, puncts[0]) && self.is_punct(1, puncts[1])
    }

    fn is_open(&self, ahead: usize, delimiter: Delimiter) -> bool {
        matches!(self.peek(ahead), Some(Token::Open(open, _)) if open == delimiter)
    }

    fn is_close(&self) -> bool {
        matches!(self.peek(0), Some(Token::Close) | None)
    }

    /// Passes a keyword that is there.
    fn eat_ident(&mut self, word: &str) -> bool {
        let is_there = self.is_ident(word);
        self.at += usize::from(is_there);
        is_there
    }

    fn eat_punct(&mut self, punct: char) -> bool {
        let is_there = self.is_punct(0, punct);
        self.at += usize::from(is_there);
        is_there
    }

    fn eat_puncts(&mut self, puncts: [char; 2]) -> bool {
        let are_there = self.is_puncts(puncts);
        self.at += if are_there { puncts.len() } else { 0 };
        are_there
    }

    fn punct(&mut self, punct: char) -> Option<()> {
        self.eat_punct(punct).then_some(())
    }

    /// Begins a group.
    fn open(&mut self, delimiter: Delimiter) -> Option<()> {
        let is_there = self.is_open(0, delimiter);
        self.at += usize::from(is_there);
        is_there.then_some(())
    }

    /// Ends a group.
    fn close(&mut self) -> Option<()> {
        let is_there = self.peek(0) == Some(Token::Close);
        self.at += usize::from(is_there);
        is_there.then_some(())
    }

    /// Writes an identifier.
    fn ident(&mut self) -> Option<&'f str> {
        let ident = self.ident_ahead(0)?;
        self.at += 1;
        self.page.word(ident);
        Some(ident)
    }

    /// Reads the comma behind an item of a list, and returns whether the list ends.
    fn ends_list(&mut self) -> Option<bool> {
        if self.is_close() {
            return Some(true);
        }
        self.punct(',')?;
        Some(self.is_close())
    }

    /// Writes items up to a closing bracket, each with a comma behind it; returns how many there are.
    fn list(&mut self, mut item: impl FnMut(&mut Self) -> Option<()>) -> Option<usize> {
        let mut count = 0;
        self.page.zero();
        while !self.is_close() {
            item(self)?;
            count += 1;
            let is_last = self.ends_list()?;
            self.page.comma(is_last);
        }
        self.page.outdent();
        Some(count)
    }
}
