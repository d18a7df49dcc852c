//! Attributes, documentation among them.

use proc_macro2::Delimiter;

use super::Reader;
use crate::format::flat::Token;
use crate::format::page::INDENT;

impl<'f> Reader<'f> {
    pub(super) fn is_inner_attribute(&self) -> bool {
        self.is_puncts(['#', '!'])
    }

    pub(super) fn attributes(&mut self) -> Option<()> {
        while self.is_punct(0, '#') {
            if self.is_inner_attribute() {
                return None;
            }
            self.attribute()?;
        }
        Some(())
    }

    /// Writes one attribute, of either kind.
    pub(super) fn attribute(&mut self) -> Option<()> {
        self.punct('#')?;
        let is_inner = self.eat_punct('!');
        self.open(Delimiter::Bracket)?;
        let is_doc = self.is_ident("doc") && self.is_punct(1, '=');
        if let (true, Some(Token::Literal(start, end))) = (is_doc, self.peek(2)) {
            let lines = documentation(self.text(start, end))?;
            self.at += 3;
            self.page.doc(is_inner, lines);
            return self.close();
        }
        self.page.word(if is_inner { "#!" } else { "#" });
        self.page.word("[");
        self.simple_path()?;
        if self.eat_punct('=') {
            self.page.word(" = ");
            self.expr(false)?;
        } else if self.is_open(0, Delimiter::Parenthesis) {
            self.attribute_tokens()?;
        }
        self.page.word("]");
        self.page.space();
        self.close()
    }

    /// Writes a list of words in parentheses, which can contain others.
    fn attribute_tokens(&mut self) -> Option<()> {
        self.open(Delimiter::Parenthesis)?;
        self.page.word("(");
        self.page.all(INDENT);
        self.page.zero();
        let mut after_word = false;
        let mut has_comma = false;
        while !self.is_close() {
            has_comma = false;
            match self.peek(0)? {
                Token::Ident(start, end) | Token::Literal(start, end) => {
                    if after_word {
                        self.page.space();
                    }
                    self.page.word(self.text(start, end));
                    self.at += 1;
                    after_word = true;
                }
                Token::Punct(',') => {
                    self.at += 1;
                    has_comma = self.is_close();
                    self.page.comma(has_comma);
                    after_word = false;
                }
                Token::Punct('=') => {
                    self.at += 1;
                    if after_word {
                        self.page.word(" ");
                    }
                    self.page.word("= ");
                    after_word = false;
                }
                Token::Punct(':') => {
                    self.at += 1;
                    self.page.word(":");
                    after_word = false;
                }
                Token::Open(Delimiter::Parenthesis, _) => {
                    self.attribute_tokens()?;
                    after_word = false;
                }
                _ => return None,
            }
        }
        if !has_comma {
            self.page.zero();
        }
        self.page.outdent();
        self.page.end();
        self.page.word(")");
        self.close()
    }
}

/// Returns the text of documentation, if it is a raw literal or has no escapes, and fits on lines after slashes.
fn documentation(literal: &str) -> Option<&str> {
    let is_raw = literal.starts_with('r');
    let text = literal.trim_start_matches('r').trim_matches('#');
    let text = text.strip_prefix('"')?.strip_suffix('"')?;
    let is_plain = (is_raw || !text.contains('\\')) && !text.starts_with('/') && !text.contains('\n');
    is_plain.then_some(text)
}
