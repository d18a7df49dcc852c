//! The styles: the expansion of a variable in RFC 6570.

use std::fmt::Write as _;

use super::flat::Flat;
use super::{Layout, Place, Style, deep};
use crate::runtime::client::parameters::plain::{EMPTY_OBJECT, RESERVED};
use crate::runtime::model::Value;
use percent_encoding::{AsciiSet, utf8_percent_encode};

/// The written form of a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Expansion {
    /// One part of the path, one pair, or the text of a header.
    Text(String),
    /// One pair per item or field.
    Pairs(Vec<String>),
}

/// The characters that stay encoded in the query if reserved characters are sent unencoded: those that end the query or
/// a pair, that are read as a space, or that begin an escape.
const MEANT: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'[')
    .remove(b']')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The same if commas separate items.
const MEANT_IN_LISTS: &AsciiSet = &MEANT.add(b',');

/// Writes a value in a style.
///
/// # Errors
/// Says which part is ambiguous.
#[inline]
pub(super) fn expand(place: Place, style: Style, name: &str, value: &Value) -> Result<Expansion, String> {
    let is_empty = value.is_null() || value.is_array() && value.items().next().is_none();
    let empty = Value::from("");
    let value = if style.or_empty && is_empty { &empty } else { value };
    if style.layout == Layout::Json {
        return Ok(match place {
            Place::Path => Expansion::Text(Encoding::Strict.text(value.as_json())),
            Place::Header => Expansion::Text(ascii(value.as_json())),
            Place::Query | Place::Cookie => {
                let encoding = Encoding::of(place, style, false);
                Expansion::Text(format!("{}={}", Encoding::Strict.text(name), encoding.text(value.as_json())))
            }
        });
    }
    if style.layout == Layout::DeepObject {
        return Ok(Expansion::Pairs(deep::pairs(name, value, Encoding::of(place, style, false))?));
    }
    let flat = Flat::of(value, style.explode && place == Place::Query)?;
    // If each field is a separate pair, an object without fields means the same as no pair.
    let stands_alone = style.explode && !matches!(style.layout, Layout::Simple | Layout::Label | Layout::Matrix);
    if !stands_alone && flat == Flat::Pairs(Vec::new()) {
        return Err(EMPTY_OBJECT.to_owned());
    }
    distinct(place, style, &flat)?;
    let is_one = matches!(flat, Flat::Text(_));
    let encoding = Encoding::of(place, style, !is_one && !style.explode);
    let joined = |separator: &str| joined(&flat, style.explode, separator, encoding);
    let delimited = |separator: &str| match style.explode {
        true => Expansion::Pairs(pairs(&flat, name, encoding)),
        false => Expansion::Text(format!("{}={}", encoding.name(name), joined(separator))),
    };
    Ok(match style.layout {
        Layout::Simple => Expansion::Text(joined(",")),
        Layout::Label => Expansion::Text(format!(".{}", joined(if style.explode { "." } else { "," }))),
        Layout::Matrix => Expansion::Text(matrix(&flat, style.explode, name)),
        Layout::SpaceDelimited => delimited("%20"),
        Layout::PipeDelimited => delimited("%7C"),
        Layout::Form | Layout::DeepObject | Layout::Json => delimited(","),
    })
}

/// The characters of a text that are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    /// No characters.
    Plain,
    /// All except the unreserved ones of RFC 3986.
    Strict,
    /// All except these and most of the reserved ones.
    Reserved,
    /// The same, and commas.
    ReservedInLists,
}

impl Encoding {
    #[inline]
    fn of(place: Place, style: Style, in_list: bool) -> Encoding {
        match place {
            Place::Header => Encoding::Plain,
            Place::Query if style.reserved && in_list => Encoding::ReservedInLists,
            Place::Query if style.reserved => Encoding::Reserved,
            Place::Path | Place::Query | Place::Cookie => Encoding::Strict,
        }
    }

    /// Encodes a value.
    #[inline]
    pub(super) fn text(self, text: &str) -> String {
        let set = match self {
            Encoding::Plain => return text.to_owned(),
            Encoding::Strict => RESERVED,
            Encoding::Reserved => MEANT,
            Encoding::ReservedInLists => MEANT_IN_LISTS,
        };
        utf8_percent_encode(text, set).to_string()
    }

    /// Encodes the name of a value, which ends at its `=`.
    #[inline]
    pub(super) fn name(self, text: &str) -> String {
        if self == Encoding::Plain { text.to_owned() } else { Encoding::Strict.text(text) }
    }
}

/// Joins all items, or the names and values of all pairs.
#[inline]
fn joined(flat: &Flat, explode: bool, separator: &str, encoding: Encoding) -> String {
    let items: Vec<String> = match flat {
        Flat::Text(text) => return encoding.text(text),
        Flat::List(items) => items.iter().map(|item| encoding.text(item)).collect(),
        Flat::Pairs(pairs) => {
            let between = if explode { "=" } else { separator };
            pairs.iter().map(|(name, value)| encoding.name(name) + between + &encoding.text(value)).collect()
        }
    };
    let mut text = String::new();
    for (index, item) in items.iter().enumerate() {
        text.push_str(if index > 0 { separator } else { "" });
        text.push_str(item);
    }
    text
}

/// Returns one pair per item or field.
#[inline]
fn pairs(flat: &Flat, name: &str, encoding: Encoding) -> Vec<String> {
    let pair = |name: &str, value: &str| format!("{}={}", encoding.name(name), encoding.text(value));
    match flat {
        Flat::Text(text) => vec![pair(name, text)],
        Flat::List(items) => items.iter().map(|item| pair(name, item)).collect(),
        Flat::Pairs(pairs) => pairs.iter().map(|(name, value)| pair(name, value)).collect(),
    }
}

/// Writes `;name=value`, and `;name` for an empty value.
#[inline]
fn matrix(flat: &Flat, explode: bool, name: &str) -> String {
    let mut text = String::new();
    let mut push = |name: &str, value: &str| {
        let equals = if value.is_empty() { "" } else { "=" };
        // Writing to a string cannot fail.
        let _ = write!(text, ";{}{equals}{value}", Encoding::Strict.text(name));
    };
    match flat {
        Flat::List(items) if explode => items.iter().for_each(|item| push(name, &Encoding::Strict.text(item))),
        Flat::Pairs(pairs) if explode => {
            pairs.iter().for_each(|(name, value)| push(name, &Encoding::Strict.text(value)));
        }
        flat => push(name, &joined(flat, explode, ",", Encoding::Strict)),
    }
    text
}

/// Rejects an item that contains the delimiter, if the delimiter is not encoded or is decoded before the split; and an
/// item with spaces around it, which a header does not keep.
#[inline]
fn distinct(place: Place, style: Style, flat: &Flat) -> Result<(), String> {
    let separator = match style.layout {
        Layout::Simple if place == Place::Header => ',',
        Layout::Label if style.explode => '.',
        Layout::SpaceDelimited if !style.explode => ' ',
        Layout::PipeDelimited if !style.explode => '|',
        _ => return Ok(()),
    };
    let (texts, names): (Vec<&String>, Vec<&String>) = match flat {
        Flat::Text(_) => return Ok(()),
        Flat::List(items) => (items.iter().collect(), Vec::new()),
        Flat::Pairs(pairs) => (
            pairs.iter().flat_map(|(name, value)| [name, value]).collect(),
            pairs.iter().map(|(name, _)| name).collect(),
        ),
    };
    let is_header = place == Place::Header;
    let holds_separator = texts.iter().find(|text| text.contains(separator));
    let holds_equals = names.iter().find(|name| is_header && style.explode && name.contains('='));
    if let Some(text) = holds_separator.or(holds_equals) {
        return Err(format!("{text:?} contains the delimiter of items"));
    }
    match texts.iter().find(|text| is_header && text.trim() != text.as_str()) {
        Some(text) => Err(format!("{text:?} has spaces around it, which a header does not keep")),
        None => Ok(()),
    }
}

/// Writes JSON with an escape for each character that a header cannot have.
#[inline]
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if character.is_ascii() && character != '\u{7f}' {
            text.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
    }
    text
}
