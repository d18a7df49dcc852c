//! Walks over JSON text that a parser has passed, without making anything of it.

/// What a value is, by its first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

pub(super) fn kind(text: &str) -> Kind {
    match text.as_bytes().first() {
        Some(b'{') => Kind::Object,
        Some(b'[') => Kind::Array,
        Some(b'"') => Kind::String,
        Some(b't' | b'f') => Kind::Bool,
        Some(b'n') | None => Kind::Null,
        Some(_) => Kind::Number,
    }
}

/// The items of an array, or the names and values of an object one after another; nothing for another value.
pub(super) struct Parts<'a> {
    text: &'a str,
    /// Where the next one may start.
    at: usize,
}

impl<'a> Parts<'a> {
    pub(super) fn of(text: &'a str) -> Parts<'a> {
        let at = match kind(text) {
            Kind::Array | Kind::Object => 1,
            _ => text.len(),
        };
        Parts { text, at }
    }
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let bytes = self.text.as_bytes();
        while matches!(bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r' | b',' | b':')) {
            self.at += 1;
        }
        let start = self.at;
        self.at = end(bytes, start);
        self.text.get(start..self.at).filter(|part| !part.is_empty())
    }
}

/// The members of an object: the quoted name and the value of each. Nothing for another value.
pub(super) struct Members<'a>(Parts<'a>);

impl<'a> Members<'a> {
    pub(super) fn of(text: &'a str) -> Members<'a> {
        match kind(text) {
            Kind::Object => Members(Parts::of(text)),
            _ => Members(Parts::of("")),
        }
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<(&'a str, &'a str)> {
        Some((self.0.next()?, self.0.next()?))
    }
}

/// The index behind the value that starts at `start`. It does not recurse: text of any depth may come.
fn end(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = string_end(bytes, at);
                if depth == 0 {
                    return at;
                }
            }
            b'{' | b'[' => {
                (at, depth) = (at + 1, depth + 1);
            }
            b'}' | b']' if depth <= 1 => return at + depth,
            b'}' | b']' => {
                (at, depth) = (at + 1, depth - 1);
            }
            b' ' | b'\t' | b'\n' | b'\r' | b',' | b':' if depth == 0 => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The index behind the string that starts at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}
