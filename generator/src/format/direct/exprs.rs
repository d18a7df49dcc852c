//! Expressions.

use proc_macro2::Delimiter;

use super::Reader;
use crate::format::flat::Token;
use crate::format::page::{Break, INDENT};

/// The widest literal of a struct that stays on one line.
const WIDEST_LITERAL: isize = 34;

/// How an expression is written as an argument.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It has brackets of its own.
    Block,
    Call,
    Other,
}

/// Words that begin expressions or items which only `prettyplease` knows.
const OTHERS: [&str; 22] = [
    "async", "await", "break", "const", "continue", "dyn", "enum", "extern", "fn", "for", "if", "impl", "let", "loop",
    "match", "mod", "static", "struct", "trait", "unsafe", "use", "while",
];

impl<'f> Reader<'f> {
    /// Writes an expression. At the beginning of a line, a short name stays with the call of its method.
    pub(super) fn expr(&mut self, begins_line: bool) -> Option<Kind> {
        if self.eat_ident("return") {
            self.page.word("return");
            if !self.is_close() && !self.is_punct(0, ';') && !self.is_punct(0, ',') {
                self.page.word(" ");
                self.expr(false)?;
            }
            return Some(Kind::Other);
        }
        if !self.is_puncts(['.', '.']) {
            let kind = self.operand(begins_line)?;
            if !self.is_puncts(['.', '.']) {
                return Some(kind);
            }
        }
        if begins_line {
            return None;
        }
        self.at += 2;
        let is_closed = self.eat_punct('=');
        self.page.word(if is_closed { "..=" } else { ".." });
        if !self.is_close() && !self.is_punct(0, ',') && !self.is_punct(0, ';') {
            self.operand(false)?;
        }
        Some(Kind::Other)
    }

    fn operand(&mut self, begins_line: bool) -> Option<Kind> {
        let prefix = match self.peek(0)? {
            Token::Punct('&') => "&",
            Token::Punct('*') => "*",
            Token::Punct('!') => "!",
            Token::Punct('-') => "-",
            Token::Punct('|') => return self.closure(),
            _ if self.is_ident("move") => return self.closure(),
            _ => return self.chain(begins_line),
        };
        self.at += 1;
        self.page.word(prefix);
        if prefix == "&" && self.eat_ident("mut") {
            self.page.word("mut ");
        }
        if self.is_punct(0, '|') || self.is_ident("move") {
            return None;
        }
        self.operand(false)?;
        Some(Kind::Other)
    }

    /// Writes an expression with everything that follows it: fields, calls, `?`.
    fn chain(&mut self, begins_line: bool) -> Option<Kind> {
        let start = self.page.mark();
        let is_short = match (self.peek(0)?, self.peek(1)) {
            (_, Some(Token::Punct(':'))) => false,
            (Token::Ident(start, end), _) => end - start <= INDENT.unsigned_abs(),
            _ => false,
        };
        let mut kind = self.primary()?;
        let behind = self.page.mark();
        let mut end = None;
        // The box of the only call, if it does not break before its name.
        let mut only_call = None;
        loop {
            if self.eat_punct('?') {
                self.page.word("?");
                kind = Kind::Other;
            } else if self.is_open(0, Delimiter::Parenthesis) && end.is_none() {
                self.call()?;
                kind = Kind::Call;
            } else if self.is_punct(0, '.') && !self.is_punct(1, '.') {
                self.at += 1;
                let stays = begins_line && is_short && self.page.mark() == behind;
                if end.is_none() {
                    self.page.end_at(behind);
                    self.page.all_at(start, -INDENT);
                    self.page.all_at(start, INDENT);
                }
                if !stays {
                    self.page.zero();
                }
                only_call = self.link(stays)?;
                end = Some(self.page.mark());
                kind = Kind::Other;
            } else {
                break;
            }
        }
        if let Some(end) = end {
            self.page.end_at(end);
            if let Some(call) = only_call {
                self.page.set_offset(call, -INDENT);
            }
        }
        Some(kind)
    }

    /// Writes a field or a call of a method. Returns the box of a call, if the line does not break before its name.
    fn link(&mut self, stays: bool) -> Option<Option<usize>> {
        self.page.word(".");
        if let Some(Token::Literal(start, end)) = self.peek(0) {
            let index = self.text(start, end);
            index.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
            self.at += 1;
            self.page.word(index);
            return Some(None);
        }
        self.ident()?;
        if self.eat_puncts([':', ':']) {
            self.page.word("::");
            self.arguments()?;
        }
        if !self.is_open(0, Delimiter::Parenthesis) {
            return Some(None);
        }
        let mark = self.page.mark();
        self.page.all(0);
        self.call()?;
        self.page.end();
        Some(stays.then_some(mark))
    }

    /// Writes arguments in parentheses.
    fn call(&mut self) -> Option<()> {
        self.open(Delimiter::Parenthesis)?;
        self.page.word("(");
        let mark = self.page.mark();
        let mut kind = Kind::Block;
        let mut count = 0;
        while !self.is_close() {
            kind = self.expr(false)?;
            count += 1;
            let is_last = self.ends_list()?;
            if !(count == 1 && is_last && kind == Kind::Block) {
                self.page.comma(is_last);
            }
        }
        if count > 1 || kind != Kind::Block {
            self.page.break_at(mark, Break::default());
            self.page.all_at(mark, INDENT);
            self.page.outdent();
            self.page.end();
        }
        self.page.word(")");
        self.close()
    }

    fn closure(&mut self) -> Option<Kind> {
        self.page.some(0);
        if self.eat_ident("move") {
            self.page.word("move ");
        }
        self.page.all(INDENT);
        self.punct('|')?;
        self.page.word("|");
        let mut is_first = true;
        while !self.is_punct(0, '|') {
            if is_first {
                self.page.zero();
            }
            is_first = false;
            self.pattern()?;
            if self.eat_punct(',') {
                self.page.word(",");
                self.page.space();
            } else if !self.is_punct(0, '|') {
                return None;
            }
        }
        self.at += 1;
        self.page.word("|");
        self.page.space();
        self.page.outdent();
        self.page.end();
        self.page.never();
        let mark = self.page.mark();
        if self.is_ident("return") {
            return None;
        }
        if self.expr(false)? == Kind::Other {
            self.page.break_at(mark, Break { before: Some('{'), ..Break::default() });
            self.page.all_at(mark, INDENT);
            self.page.add(Break { offset: -INDENT, after: Some('}'), ..Break::default() });
            self.page.end();
        }
        self.page.end();
        Some(Kind::Block)
    }

    fn primary(&mut self) -> Option<Kind> {
        match self.peek(0)? {
            Token::Literal(start, end) => {
                let literal = self.text(start, end);
                // A dot behind it would need a space.
                (!literal.ends_with('.')).then_some(())?;
                self.at += 1;
                self.page.word(literal);
                Some(Kind::Other)
            }
            Token::Open(Delimiter::Parenthesis, _) => self.parenthesized(),
            Token::Open(Delimiter::Bracket, close) => self.array(close),
            Token::Ident(start, end) if OTHERS.contains(&self.text(start, end)) => None,
            Token::Ident(..) | Token::Punct(':') => self.path_or_struct(),
            _ => None,
        }
    }

    fn path_or_struct(&mut self) -> Option<Kind> {
        let (mark, width) = (self.page.mark(), self.page.width());
        if self.eat_puncts([':', ':']) {
            self.page.word("::");
        }
        loop {
            self.ident()?;
            if !self.eat_puncts([':', ':']) {
                break;
            }
            self.page.word("::");
            if self.is_punct(0, '<') {
                self.arguments()?;
                if !self.eat_puncts([':', ':']) {
                    break;
                }
                self.page.word("::");
            }
        }
        if self.is_punct(0, '!') {
            return None;
        }
        if !self.is_open(0, Delimiter::Brace) {
            return Some(Kind::Other);
        }
        self.page.some_at(mark, -INDENT);
        self.page.all_at(mark, INDENT);
        self.page.end();
        self.fields(width)?;
        Some(Kind::Block)
    }

    /// Writes the fields of a literal whose path began at this width.
    fn fields(&mut self, width: isize) -> Option<()> {
        self.open(Delimiter::Brace)?;
        self.page.word(" {");
        self.page.add(Break { spaces: 1, if_nonempty: true, ..Break::default() });
        while !self.is_close() {
            if self.eat_puncts(['.', '.']) {
                self.page.word("..");
                self.expr(false)?;
                self.page.space();
                break;
            }
            self.ident()?;
            if self.eat_punct(':') {
                self.page.word(": ");
                self.page.some(0);
                self.expr(false)?;
                self.page.end();
            }
            let is_last = self.ends_list()?;
            self.page.comma_or_space(is_last);
        }
        self.page.outdent();
        if self.page.width() - width > WIDEST_LITERAL {
            self.page.wide();
        }
        self.page.end();
        self.page.word("}");
        self.close()
    }

    /// Writes a tuple, or an expression in parentheses.
    fn parenthesized(&mut self) -> Option<Kind> {
        self.open(Delimiter::Parenthesis)?;
        self.page.word("(");
        let mark = self.page.mark();
        let mut count = 0;
        let mut is_tuple = true;
        while !self.is_close() {
            self.expr(false)?;
            count += 1;
            is_tuple = !self.is_close() || count > 1;
            let is_last = self.ends_list()?;
            if count == 1 && is_last {
                if is_tuple {
                    self.page.word(",");
                    self.page.zero();
                }
            } else {
                self.page.comma(is_last);
            }
        }
        if is_tuple && count > 0 {
            self.page.break_at(mark, Break::default());
            self.page.all_at(mark, INDENT);
            self.page.outdent();
            self.page.end();
        }
        self.page.word(")");
        self.close()?;
        Some(if is_tuple { Kind::Block } else { Kind::Other })
    }

    fn array(&mut self, close: usize) -> Option<Kind> {
        self.open(Delimiter::Bracket)?;
        let inside = &self.flat.tokens[self.at..close];
        if inside.is_empty() {
            self.page.word("[]");
            self.close()?;
            return Some(Kind::Block);
        }
        let is_simple = inside.iter().all(|token| match token {
            Token::Literal(start, end) => is_simple(self.text(*start, *end)),
            Token::Ident(start, end) => matches!(self.text(*start, *end), "true" | "false"),
            Token::Punct(',') => true,
            _ => false,
        });
        if is_simple {
            self.page.all(INDENT);
            self.page.word("[");
            self.page.zero();
            self.page.some(0);
            loop {
                self.expr(false)?;
                if self.ends_list()? {
                    break;
                }
                self.page.word(",");
                self.page.space();
            }
            self.page.end();
            self.page.comma(true);
            self.page.outdent();
            self.page.word("]");
            self.page.end();
        } else {
            self.page.word("[");
            self.page.all(INDENT);
            self.list(|reader| reader.expr(false).map(drop))?;
            self.page.end();
            self.page.word("]");
        }
        self.close()?;
        Some(Kind::Block)
    }
}

/// Whether a literal is an integer or a character: several share a line.
fn is_simple(literal: &str) -> bool {
    match literal.as_bytes() {
        [b'\'', ..] | [b'b', b'\'', ..] => true,
        [b'0'..=b'9', ..] => {
            let is_float = literal.contains(['.', 'e', 'E']) || literal.ends_with("f64") || literal.ends_with("f32");
            literal.starts_with("0x") || !is_float
        }
        _ => false,
    }
}
