//! The tokens of an item in one list over one text, so that a reader can look ahead at no cost.

use std::fmt::Write as _;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The tokens of an item. The text is the same Rust.
pub(super) struct Flat {
    pub(super) text: String,
    pub(super) tokens: Vec<Token>,
}

/// A token. Words are ranges of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Ident(u32, u32),
    Literal(u32, u32),
    Punct(char),
    /// The begin of a group, with the index of its end.
    Open(Delimiter, usize),
    Close,
}

impl Flat {
    pub(super) fn new(tokens: TokenStream) -> Self {
        let mut flat = Self { text: String::with_capacity(1_024), tokens: Vec::with_capacity(256) };
        flat.push(tokens);
        flat
    }

    fn push(&mut self, tokens: TokenStream) {
        for tree in tokens {
            match tree {
                TokenTree::Ident(ident) => {
                    let (start, end) = self.write(&ident);
                    self.tokens.push(Token::Ident(start, end));
                }
                TokenTree::Literal(literal) => {
                    let (start, end) = self.write(&literal);
                    self.tokens.push(Token::Literal(start, end));
                }
                TokenTree::Punct(punct) => {
                    self.text.push(punct.as_char());
                    if punct.spacing() == Spacing::Alone {
                        self.text.push(' ');
                    }
                    self.tokens.push(Token::Punct(punct.as_char()));
                }
                TokenTree::Group(group) => {
                    let (delimiter, inside) = (group.delimiter(), group.stream());
                    // The only owner of tokens moves them, where others copy each.
                    drop(group);
                    let (open, close) = match delimiter {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::Bracket => ("[", "]"),
                        // It has no text.
                        Delimiter::None => {
                            self.push(inside);
                            continue;
                        }
                    };
                    let begin = self.tokens.len();
                    self.tokens.push(Token::Open(delimiter, begin));
                    self.text.push_str(open);
                    self.push(inside);
                    self.text.push_str(close);
                    self.tokens[begin] = Token::Open(delimiter, self.tokens.len());
                    self.tokens.push(Token::Close);
                }
            }
        }
    }

    fn write(&mut self, word: &impl std::fmt::Display) -> (u32, u32) {
        let start = self.text.len();
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{word}");
        let end = self.text.len();
        self.text.push(' ');
        (start as u32, end as u32)
    }
}
