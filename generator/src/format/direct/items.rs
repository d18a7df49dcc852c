//! Items: imports, types, implementations, constants, functions.

use proc_macro2::Delimiter;

use super::Reader;
use crate::format::BLANK;
use crate::format::flat::Token;
use crate::format::page::INDENT;

impl<'f> Reader<'f> {
    pub(super) fn item(&mut self) -> Option<()> {
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
    pub(super) fn in_braces(&mut self, mut each: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
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
        self.list(|reader| {
            reader.attributes()?;
            reader.visibility()?;
            reader.ty()
        })?;
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
        self.list(Self::argument)?;
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
