//! Lays out the Rust that the emitters usually write straight from its tokens.
//!
//! `syn` and `prettyplease` read and print any Rust, and took a third of a run. This reader knows only the constructs
//! that are common in the crate, looks ahead instead of building a tree, and follows `prettyplease` in where a line may
//! end. Anything else makes it give up, and `prettyplease` lays out the item. The output is the same: a test compares
//! both on every item of every crate that the tests generate.

mod attributes;
mod exprs;
mod macros;
mod types;

use proc_macro2::Delimiter;

use super::BLANK;
use super::flat::{Flat, Token};
use super::page::{INDENT, Page};

/// Lays out items, unless one of them has a construct that only `prettyplease` knows.
pub(super) fn lay_out(flat: &Flat) -> Option<String> {
    let mut reader = Reader { flat, at: 0, page: Page::default() };
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

    fn item(&mut self) -> Option<()> {
        if self.is_ident(BLANK) {
            return self.blank();
        }
        self.attributes()?;
        match self.keyword()? {
            "use" => self.use_item(),
            "mod" => self.mod_item(),
            "struct" => self.struct_item(),
            "enum" => self.enum_item(),
            "impl" => self.impl_item(),
            "fn" | "async" => self.function(),
            "const" | "static" => self.constant(),
            "type" => self.alias(),
            _ => self.macro_call(),
        }
    }

    /// Writes the marker of a blank line.
    fn blank(&mut self) -> Option<()> {
        self.at += 1;
        self.punct('!')?;
        self.open(Delimiter::Brace)?;
        self.page.blank();
        self.close()
    }

    /// Returns the keyword of an item, behind its visibility. A function that is `const` is a function.
    fn keyword(&self) -> Option<&'f str> {
        let visible = self.is_ident("pub");
        let ahead = match self.peek(1) {
            Some(Token::Open(Delimiter::Parenthesis, close)) if visible => close + 1 - self.at,
            _ => usize::from(visible),
        };
        match (self.ident_ahead(ahead)?, self.ident_ahead(ahead + 1)) {
            ("const", Some("fn")) => Some("fn"),
            (keyword, _) => Some(keyword),
        }
    }

    fn visibility(&mut self) -> Option<()> {
        if !self.eat_ident("pub") {
            return Some(());
        }
        if !self.is_open(0, Delimiter::Parenthesis) {
            self.page.word("pub ");
            return Some(());
        }
        self.open(Delimiter::Parenthesis)?;
        self.page.word("pub(");
        if self.eat_ident("in") {
            self.page.word("in ");
        }
        self.simple_path()?;
        self.close()?;
        self.page.word(") ");
        Some(())
    }

    fn use_item(&mut self) -> Option<()> {
        self.visibility()?;
        self.eat_ident("use").then_some(())?;
        self.page.word("use ");
        self.use_tree()?;
        self.punct(';')?;
        self.page.word(";");
        self.page.hard();
        Some(())
    }

    fn use_tree(&mut self) -> Option<()> {
        while self.ident_ahead(0).is_some() {
            self.ident()?;
            if self.eat_puncts([':', ':']) {
                self.page.word("::");
                continue;
            }
            if self.eat_ident("as") {
                self.page.word(" as ");
                self.ident()?;
            }
            return Some(());
        }
        if self.eat_punct('*') {
            self.page.word("*");
            return Some(());
        }
        self.open(Delimiter::Brace)?;
        self.page.all(INDENT);
        self.page.word("{");
        self.page.zero();
        self.page.some(0);
        let mut count = 0;
        loop {
            // A group in a group breaks behind it, and one item needs no braces.
            let is_plain = self.ident_ahead(0).is_some() && !self.is_punct(1, ':');
            if !is_plain {
                return None;
            }
            self.use_tree()?;
            count += 1;
            if self.ends_list()? {
                break;
            }
            self.page.word(",");
            self.page.space();
        }
        if count < 2 {
            return None;
        }
        self.page.end();
        self.page.comma(true);
        self.page.outdent();
        self.page.word("}");
        self.page.end();
        self.close()
    }

    fn mod_item(&mut self) -> Option<()> {
        self.page.all(INDENT);
        self.visibility()?;
        self.eat_ident("mod").then_some(())?;
        self.page.word("mod ");
        self.ident()?;
        self.punct(';')?;
        self.page.word(";");
        self.page.end();
        self.page.hard();
        Some(())
    }

    fn struct_item(&mut self) -> Option<()> {
        self.page.all(INDENT);
        self.visibility()?;
        self.eat_ident("struct").then_some(())?;
        self.page.word("struct ");
        self.ident()?;
        self.generics()?;
        if self.is_open(0, Delimiter::Brace) {
            self.page.word(" ");
            self.in_braces(|reader| {
                reader.field()?;
                reader.page.word(",");
                reader.page.hard();
                reader.ends_list().map(drop)
            })?;
        } else {
            if self.is_open(0, Delimiter::Parenthesis) {
                self.unnamed_fields()?;
            }
            self.punct(';')?;
            self.page.word(";");
            self.page.end();
        }
        self.page.hard();
        Some(())
    }

    /// Writes a block of lines in the box that has begun.
    fn in_braces(&mut self, mut each: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.open(Delimiter::Brace)?;
        self.page.word("{");
        self.page.hard_if_nonempty();
        while !self.is_close() {
            each(self)?;
        }
        self.page.outdent();
        self.page.end();
        self.page.word("}");
        self.close()
    }

    fn field(&mut self) -> Option<()> {
        self.attributes()?;
        self.visibility()?;
        self.ident()?;
        self.punct(':')?;
        self.page.word(": ");
        self.ty()
    }

    fn unnamed_fields(&mut self) -> Option<()> {
        self.open(Delimiter::Parenthesis)?;
        self.page.word("(");
        self.page.zero();
        while !self.is_close() {
            self.attributes()?;
            self.visibility()?;
            self.ty()?;
            let is_last = self.ends_list()?;
            self.page.comma(is_last);
        }
        self.page.outdent();
        self.page.word(")");
        self.close()
    }

    fn enum_item(&mut self) -> Option<()> {
        self.page.all(INDENT);
        self.visibility()?;
        self.eat_ident("enum").then_some(())?;
        self.page.word("enum ");
        self.ident()?;
        self.generics()?;
        self.page.word(" ");
        self.in_braces(|reader| {
            reader.attributes()?;
            reader.ident()?;
            if reader.is_open(0, Delimiter::Parenthesis) {
                reader.page.all(INDENT);
                reader.unnamed_fields()?;
                reader.page.end();
            }
            reader.page.word(",");
            reader.page.hard();
            reader.ends_list().map(drop)
        })?;
        self.page.hard();
        Some(())
    }

    fn impl_item(&mut self) -> Option<()> {
        self.page.all(INDENT);
        self.page.some(-INDENT);
        self.page.all(INDENT);
        self.eat_ident("impl").then_some(())?;
        self.page.word("impl");
        self.generics()?;
        self.page.end();
        self.page.word(" ");
        self.ty()?;
        if self.eat_ident("for") {
            self.page.space();
            self.page.word("for ");
            self.ty()?;
        }
        self.page.end();
        self.page.word(" ");
        self.in_braces(|reader| {
            if reader.is_ident(BLANK) {
                return reader.blank();
            }
            reader.attributes()?;
            match reader.keyword()? {
                "const" => reader.constant(),
                "fn" | "async" => reader.function(),
                "type" => reader.alias(),
                _ => None,
            }
        })?;
        self.page.hard();
        Some(())
    }

    fn constant(&mut self) -> Option<()> {
        self.page.all(0);
        self.visibility()?;
        let is_static = self.eat_ident("static");
        (is_static || self.eat_ident("const")).then_some(())?;
        self.page.word(if is_static { "static " } else { "const " });
        self.ident()?;
        self.punct(':')?;
        self.page.word(": ");
        self.ty()?;
        self.punct('=')?;
        self.page.word(" = ");
        self.page.never();
        self.expr(false)?;
        self.punct(';')?;
        self.page.word(";");
        self.page.end();
        self.page.hard();
        Some(())
    }

    fn alias(&mut self) -> Option<()> {
        self.page.all(INDENT);
        self.visibility()?;
        self.eat_ident("type").then_some(())?;
        self.page.word("type ");
        self.ident()?;
        self.generics()?;
        self.punct('=')?;
        self.page.word(" = ");
        self.page.never();
        self.page.some(-INDENT);
        self.ty()?;
        self.page.end();
        self.punct(';')?;
        self.page.word(";");
        self.page.end();
        self.page.hard();
        Some(())
    }

    fn function(&mut self) -> Option<()> {
        self.page.all(INDENT);
        self.visibility()?;
        for (keyword, word) in [("const", "const "), ("async", "async ")] {
            if self.eat_ident(keyword) {
                self.page.word(word);
            }
        }
        self.eat_ident("fn").then_some(())?;
        self.page.word("fn ");
        self.ident()?;
        self.generics()?;
        self.open(Delimiter::Parenthesis)?;
        self.page.word("(");
        self.page.never();
        self.page.all(0);
        self.page.zero();
        while !self.is_close() {
            self.argument()?;
            let is_last = self.ends_list()?;
            self.page.comma(is_last);
        }
        self.page.outdent();
        self.page.end();
        self.page.word(")");
        self.close()?;
        self.page.all(-INDENT);
        if self.eat_puncts(['-', '>']) {
            self.page.word(" -> ");
            self.ty()?;
        }
        self.page.end();
        self.page.word(" ");
        self.in_braces(Self::statement)?;
        self.page.hard();
        Some(())
    }

    fn argument(&mut self) -> Option<()> {
        let start = self.at;
        if self.eat_punct('&') {
            self.page.word("&");
            if self.lifetime()? {
                self.page.word(" ");
            }
        }
        if self.eat_ident("mut") {
            self.page.word("mut ");
        }
        let name = self.ident()?;
        if name == "self" {
            return (!self.is_punct(0, ':')).then_some(());
        }
        let is_reference = matches!(self.flat.tokens.get(start), Some(Token::Punct('&')));
        (!is_reference).then_some(())?;
        self.punct(':')?;
        self.page.word(": ");
        self.ty()
    }
}
