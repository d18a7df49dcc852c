//! Types, paths and generics.

use proc_macro2::Delimiter;

use super::Reader;
use crate::format::flat::Token;
use crate::format::page::INDENT;

impl<'f> Reader<'f> {
    /// Writes a lifetime, if one is next.
    pub(super) fn lifetime(&mut self) -> Option<bool> {
        if !self.eat_punct('\'') {
            return Some(false);
        }
        self.page.word("'");
        self.ident()?;
        Some(true)
    }

    /// Writes a path without generics.
    pub(super) fn simple_path(&mut self) -> Option<()> {
        if self.eat_puncts([':', ':']) {
            self.page.word("::");
        }
        loop {
            self.ident()?;
            if !self.eat_puncts([':', ':']) {
                return Some(());
            }
            self.page.word("::");
        }
    }

    pub(super) fn ty(&mut self) -> Option<()> {
        match self.peek(0)? {
            Token::Punct('&') => {
                self.at += 1;
                self.page.word("&");
                if self.lifetime()? {
                    self.page.word(" ");
                }
                if self.eat_ident("mut") {
                    self.page.word("mut ");
                }
                self.ty()
            }
            Token::Open(Delimiter::Parenthesis, _) => self.tuple_type(),
            Token::Open(Delimiter::Bracket, _) => {
                self.at += 1;
                self.page.word("[");
                self.ty()?;
                self.page.word("]");
                self.close()
            }
            Token::Ident(start, end) => match self.text(start, end) {
                "impl" => {
                    self.at += 1;
                    self.page.word("impl ");
                    self.bounds()
                }
                "dyn" | "fn" | "for" | "unsafe" | "extern" | "_" => None,
                _ => self.type_path(),
            },
            Token::Punct(':') => self.type_path(),
            _ => None,
        }
    }

    fn tuple_type(&mut self) -> Option<()> {
        // One type in parentheses, and a tuple of one, are written in other ways.
        (self.in_parentheses(Self::ty)? != 1).then_some(())
    }

    /// Writes a list in parentheses, and returns the number of its items.
    pub(super) fn in_parentheses(&mut self, item: impl Fn(&mut Self) -> Option<()>) -> Option<usize> {
        self.open(Delimiter::Parenthesis)?;
        self.page.word("(");
        self.page.all(INDENT);
        let count = self.list(item)?;
        self.page.end();
        self.page.word(")");
        self.close()?;
        Some(count)
    }

    /// Writes bounds that never break.
    fn bounds(&mut self) -> Option<()> {
        loop {
            self.bound()?;
            if !self.eat_punct('+') {
                return Some(());
            }
            self.page.word(" + ");
        }
    }

    fn bound(&mut self) -> Option<()> {
        if self.is_ident("use") || self.is_ident("for") {
            return None;
        }
        if self.lifetime()? { Some(()) } else { self.type_path() }
    }

    fn type_path(&mut self) -> Option<()> {
        if self.eat_puncts([':', ':']) {
            self.page.word("::");
        }
        loop {
            self.ident()?;
            if self.is_punct(0, '<') {
                self.arguments()?;
            } else if self.is_open(0, Delimiter::Parenthesis) {
                self.signature()?;
            } else if self.is_punct(0, '!') {
                return None;
            }
            if !self.eat_puncts([':', ':']) {
                return Some(());
            }
            self.page.word("::");
        }
    }

    /// Writes arguments in angle brackets.
    pub(super) fn arguments(&mut self) -> Option<()> {
        self.punct('<')?;
        self.page.word("<");
        self.page.all(INDENT);
        self.page.zero();
        if self.is_punct(0, '>') {
            return None;
        }
        loop {
            if self.is_punct(0, '\'') {
                self.lifetime()?;
            } else if self.ident_ahead(0).is_some() && self.is_punct(1, '=') {
                self.ident()?;
                self.at += 1;
                self.page.word(" = ");
                self.ty()?;
            } else {
                self.ty()?;
            }
            if self.ends_angles()? {
                return Some(());
            }
        }
    }

    /// Reads what follows an item in angle brackets, and returns whether the list ends.
    fn ends_angles(&mut self) -> Option<bool> {
        let has_comma = self.eat_punct(',');
        let is_last = self.eat_punct('>');
        if !is_last && !has_comma {
            return None;
        }
        self.page.comma(is_last);
        if is_last {
            self.page.outdent();
            self.page.end();
            self.page.word(">");
        }
        Some(is_last)
    }

    /// Writes the arguments of `Fn(A) -> B`.
    fn signature(&mut self) -> Option<()> {
        self.open(Delimiter::Parenthesis)?;
        self.page.all(INDENT);
        self.page.word("(");
        self.list(Self::ty)?;
        self.page.word(")");
        self.close()?;
        if self.eat_puncts(['-', '>']) {
            self.page.word(" -> ");
            self.ty()?;
        }
        self.page.end();
        Some(())
    }

    /// Writes the parameters of an item, if it has any.
    pub(super) fn generics(&mut self) -> Option<()> {
        if !self.eat_punct('<') {
            return Some(());
        }
        self.page.word("<");
        self.page.all(0);
        self.page.zero();
        loop {
            if !self.lifetime()? {
                self.type_parameter()?;
            }
            if self.ends_angles()? {
                return Some(());
            }
        }
    }

    fn type_parameter(&mut self) -> Option<()> {
        if self.is_ident("const") {
            return None;
        }
        self.ident()?;
        self.page.some(INDENT);
        if self.eat_punct(':') {
            self.page.word(": ");
            loop {
                self.bound()?;
                if !self.eat_punct('+') {
                    break;
                }
                self.page.space();
                self.page.word("+ ");
            }
        }
        if self.eat_punct('=') {
            self.page.space();
            self.page.word("= ");
            self.ty()?;
        }
        self.page.end();
        Some(())
    }
}
