//! Facts in a common form, from a description or a record.

use std::collections::BTreeMap;
use std::fmt;

use crate::pointer::Pointer;

/// The statements about each place of an operation, or of the service.
pub type Facts = BTreeMap<Place, Words>;

/// The statements about one place, each with its place in the description: `required`, `uuid`, `default 0`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The place itself.
    pub at: Pointer,
    pub words: BTreeMap<String, Pointer>,
}

/// The subject of statements.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// `query page[size]`, `body`, `response 200`; empty for the operation itself.
    pub part: String,
    /// The names on the path to a field; `[]` for the items of a list, `*` for fields of any name, `<1>` for a member
    /// of a union.
    pub field: Vec<String>,
}

/// Represents the items of a list in a field's path.
pub(super) const ITEMS: &str = "[]";

/// Represents fields of any name.
pub(super) const OTHERS: &str = "*";

/// Characters with a meaning in a path.
const MARKS: &str = "\\.[<*";

impl Words {
    pub(super) fn new(at: Pointer) -> Self {
        Self { at, words: BTreeMap::new() }
    }

    pub(super) fn say(&mut self, word: impl Into<String>, at: &Pointer) {
        self.words.entry(word.into()).or_insert_with(|| at.clone());
    }
}

impl Place {
    pub(super) fn part(part: impl Into<String>) -> Self {
        Self { part: part.into(), field: Vec::new() }
    }

    pub(super) fn field(&self, name: impl Into<String>) -> Self {
        let mut field = self.field.clone();
        field.push(name.into());
        Self { part: self.part.clone(), field }
    }

    /// The next larger place that contains this one. Items are in their list.
    pub fn parent(&self) -> Option<Self> {
        let mut parent = self.clone();
        if parent.field.pop().is_some() {
            while parent.field.last().is_some_and(|name| name == ITEMS) {
                parent.field.pop();
            }
            return Some(parent);
        }
        (!self.part.is_empty()).then(Self::default)
    }

    /// The path of the field, such as `data[].id`. Separators in names are escaped.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for name in &self.field {
            let is_mark = name == ITEMS || name == OTHERS || (name.starts_with('<') && name.ends_with('>'));
            if !path.is_empty() && (!is_mark || name == OTHERS) {
                path.push('.');
            }
            match is_mark {
                true => path.push_str(name),
                false => name.chars().for_each(|character| {
                    if MARKS.contains(character) {
                        path.push('\\');
                    }
                    path.push(character);
                }),
            }
        }
        path
    }

    /// Parses the place of a part and the path of a field.
    pub(super) fn parse(part: &str, path: &str) -> Self {
        let mut place = Self::part(part);
        let mut name: Option<String> = None;
        let mut characters = path.chars();
        while let Some(character) = characters.next() {
            match character {
                '\\' => name.get_or_insert_default().extend(characters.next()),
                '.' => place.field.extend(name.take()),
                '[' | '<' => {
                    place.field.extend(name.take());
                    let end = if character == '[' { ']' } else { '>' };
                    let inner: String = characters.by_ref().take_while(|other| *other != end).collect();
                    place.field.push(format!("{character}{inner}{end}"));
                }
                other => name.get_or_insert_default().push(other),
            }
        }
        place.field.extend(name);
        place
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path();
        let space = if self.part.is_empty() || path.is_empty() { "" } else { " " };
        write!(f, "{}{space}{path}", self.part)
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn paths_are_read_as_they_are_written() {
        for field in
            [&["data", "[]", "id"][..], &["a.b", "[x]", "*y", "<z", "\\"], &["[]", "[]", "*"], &["<cat>", "name"], &[]]
        {
            let place = Place { part: "body".to_owned(), field: field.iter().map(|name| (*name).to_owned()).collect() };
            assert_eq!(Place::parse("body", &place.path()), place, "{}", place.path());
        }
        assert_eq!(Place::parse("body", "data[].a.*").to_string(), "body data[].a.*");
    }
}
