//! Calls of macros, as items and statements.

use proc_macro2::Delimiter;

use super::Reader;
use crate::format::flat::Token;
use crate::format::page::INDENT;

impl<'f> Reader<'f> {
    /// Whether a call of a macro is next: a path, and `!`.
    pub(super) fn is_macro_call(&self) -> bool {
        let mut ahead = 0;
        while self.ident_ahead(ahead).is_some() {
            if self.is_punct(ahead + 1, '!') {
                return self.is_open(ahead + 2, Delimiter::Parenthesis);
            }
            if !self.is_punct(ahead + 1, ':') || !self.is_punct(ahead + 2, ':') {
                return false;
            }
            ahead += 3;
        }
        false
    }

    /// Writes a call with parentheses and a semicolon.
    pub(super) fn macro_call(&mut self) -> Option<()> {
        self.simple_path()?;
        self.punct('!')?;
        self.page.word("!");
        self.open(Delimiter::Parenthesis)?;
        self.page.word("(");
        if !self.is_close() {
            self.page.all(INDENT);
            self.page.zero();
            self.page.some(0);
            self.macro_tokens()?;
            self.page.end();
            self.page.zero();
            self.page.outdent();
            self.page.end();
        }
        self.page.word(")");
        self.close()?;
        self.punct(';')?;
        self.page.word(";");
        self.page.hard();
        Some(())
    }

    /// Writes literals and types, with others in parentheses behind a type.
    fn macro_tokens(&mut self) -> Option<()> {
        let mut is_first = true;
        let mut is_type = false;
        while !self.is_close() {
            match self.peek(0)? {
                Token::Ident(start, end) | Token::Literal(start, end) => {
                    let word = self.text(start, end);
                    is_type = word.starts_with(|first: char| first.is_ascii_uppercase()) && word != "Self";
                    if !is_type && !word.starts_with('"') {
                        return None;
                    }
                    if !is_first {
                        self.page.space();
                    }
                    self.page.word(word);
                    self.at += 1;
                }
                Token::Punct(',') => {
                    self.page.word(",");
                    self.at += 1;
                    is_type = false;
                }
                Token::Open(Delimiter::Parenthesis, _) if is_type => {
                    self.at += 1;
                    self.page.word("(");
                    self.macro_tokens()?;
                    self.page.word(")");
                    self.close()?;
                    is_type = false;
                }
                _ => return None,
            }
            is_first = false;
        }
        Some(())
    }
}
