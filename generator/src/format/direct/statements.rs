//! Statements and patterns.

use proc_macro2::Delimiter;

use super::Reader;
use crate::format::flat::Token;
use crate::format::page::{Break, INDENT};

impl Reader<'_> {
    pub(super) fn statement(&mut self) -> Option<()> {
        if self.is_ident("use") || self.is_macro_call() {
            return self.item();
        }
        self.page.some(0);
        if self.eat_ident("let") {
            self.page.word("let ");
            self.pattern()?;
            if self.eat_punct(':') {
                self.page.word(": ");
                self.ty()?;
            }
            self.punct('=')?;
            self.page.word(" = ");
            self.page.never();
            self.expr(false)?;
            self.punct(';')?;
            self.page.end();
            self.page.word(";");
            self.page.hard();
            return Some(());
        }
        let mut needs_semicolon = false;
        if self.is_ident("return") {
            needs_semicolon = true;
            self.expr(false)?;
        } else if self.is_assignment() {
            needs_semicolon = true;
            self.page.some(0);
            self.expr(false)?;
            self.punct('=')?;
            self.page.word(" = ");
            self.page.never();
            self.expr(false)?;
            self.page.end();
        } else {
            self.expr(true)?;
        }
        let has_semicolon = self.eat_punct(';');
        if !has_semicolon && !self.is_close() {
            return None;
        }
        if has_semicolon || needs_semicolon {
            self.page.word(";");
        }
        self.page.end();
        self.page.hard();
        Some(())
    }

    /// Whether the statement has a `=` of its own.
    fn is_assignment(&self) -> bool {
        let mut ahead = 0;
        let mut before = ' ';
        loop {
            match self.peek(ahead) {
                Some(Token::Open(_, close)) => {
                    ahead = close + 1 - self.at;
                    before = ' ';
                    continue;
                }
                Some(Token::Punct('=')) => {
                    let is_part = matches!(before, '=' | '<' | '>' | '!' | '.' | '+' | '-' | '*' | '/' | '|' | '&');
                    return !is_part && !self.is_punct(ahead + 1, '=') && !self.is_punct(ahead + 1, '>');
                }
                Some(Token::Punct(';')) | Some(Token::Close) | None => return false,
                Some(Token::Punct(punct)) => before = punct,
                Some(_) => before = ' ',
            }
            ahead += 1;
        }
    }

    pub(super) fn pattern(&mut self) -> Option<()> {
        if self.is_open(0, Delimiter::Parenthesis) {
            // Parentheses around one pattern are written in another way.
            return (self.in_parentheses(Self::pattern)? != 1).then_some(());
        }
        if self.eat_punct('&') {
            self.page.word("&");
        }
        if self.eat_ident("mut") {
            self.page.word("mut ");
        }
        let mark = self.page.mark();
        let name = self.ident()?;
        if self.is_open(0, Delimiter::Brace) {
            self.page.all_at(mark, INDENT);
            return self.field_patterns();
        }
        let is_name = name.starts_with(|first: char| first.is_lowercase() || first == '_');
        let is_more = self.is_open(0, Delimiter::Parenthesis) || self.is_puncts([':', ':']) || self.is_punct(0, '@');
        (is_name && !is_more && name != "ref" && name != "box").then_some(())
    }

    /// Writes the names of fields in braces, in the box that has begun.
    fn field_patterns(&mut self) -> Option<()> {
        self.open(Delimiter::Brace)?;
        self.page.word(" {");
        self.page.add(Break { spaces: 1, if_nonempty: true, ..Break::default() });
        while !self.is_close() {
            self.ident()?;
            let is_last = self.ends_list()?;
            self.page.comma_or_space(is_last);
        }
        self.page.outdent();
        self.page.end();
        self.page.word("}");
        self.close()
    }
}
