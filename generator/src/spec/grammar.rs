//! The types of the tables of OpenAPI 3.0.

use crate::source::Entry;
use crate::spec::walk::Walk;

/// The kinds of objects for which more than the table matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ObjectKind {
    Schema,
    Parameter,
    Responses,
    Encoding,
    Other,
}

/// A kind of object: the valid entries of a mapping.
pub(crate) struct Object {
    pub(crate) kind: ObjectKind,
    /// The kind with its article, for messages: "an operation".
    pub(crate) name: &'static str,
    /// The keys it has in every case.
    pub(crate) fields: &'static [Field],
    /// The keys it has depending on the value of another.
    pub(crate) variants: Option<Variants>,
    /// The meaning of its other keys, if any key is allowed.
    pub(crate) rest: Option<(KeyRule, &'static Shape)>,
    /// The vendor extensions that the generator knows here.
    pub(crate) extensions: &'static [Field],
    /// Whether the model accepts vendor extensions here.
    pub(crate) is_extensible: bool,
    /// Keys that exclude each other.
    pub(crate) choices: &'static [Choice],
    /// A check that a table cannot express.
    pub(crate) check: Option<Check>,
}

/// A key and its value.
pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) shape: Shape,
    pub(crate) is_required: bool,
}

/// Keys that depend on the value of the key `tag`.
pub(crate) struct Variants {
    pub(crate) tag: &'static str,
    pub(crate) of: &'static [Variant],
}

/// The keys of an object whose tag has `value`.
pub(crate) struct Variant {
    pub(crate) value: &'static str,
    pub(crate) fields: &'static [Field],
}

/// Keys of which an object has at most one, or exactly one.
pub(crate) struct Choice {
    pub(crate) keys: &'static [&'static str],
    pub(crate) is_required: bool,
}

/// The valid values of a key.
pub(crate) enum Shape {
    /// A string.
    Text,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A boolean.
    Flag,
    /// The boolean `true`.
    True,
    /// A number.
    Number,
    /// A number above zero.
    PositiveNumber,
    /// An integer that is not negative.
    Count,
    /// Any JSON: not checked.
    Json,
    /// Any JSON; the model would lose a `null`.
    JsonButNull,
    /// A list.
    List(&'static Shape),
    /// A list of at least one item.
    NonEmptyList(&'static Shape),
    /// A mapping whose keys are names from the spec.
    Map(KeyRule, &'static Shape),
    /// An object of this kind.
    Object(&'static Object),
    /// An object of this kind, or a reference to one.
    Referable(&'static Object),
    /// A boolean or something else.
    FlagOr(&'static Shape),
    /// A string or something else.
    TextOr(&'static Shape),
    /// Valid, but lost in the model. The text says what to do about it.
    NotModelled(&'static str),
}

/// The form of the keys in a mapping.
#[derive(Clone, Copy)]
pub(crate) enum KeyRule {
    Any,
    Path,
    Status,
    Component,
    /// `adapt` changes every other key.
    MediaType,
}

/// Checks the entries of an object beyond its table.
pub(crate) type Check = for<'t> fn(&mut Walk<'t>, &'t [Entry]);

impl Object {
    /// An object without any key: where a table starts.
    pub(crate) const fn named(name: &'static str) -> Self {
        Self {
            kind: ObjectKind::Other,
            name,
            fields: &[],
            variants: None,
            rest: None,
            extensions: &[],
            is_extensible: true,
            choices: &[],
            check: None,
        }
    }

    /// Returns the valid values of a key in an object with these entries, if the object can have the key.
    pub(crate) fn shape_of(&self, entries: &[Entry], key: &str) -> Option<&'static Shape> {
        let field = self.fields(self.variant(entries)).find(|field| field.key == key);
        let extension = || self.extensions.iter().find(|field| field.key == key);
        let rest =
            || self.rest.as_ref().filter(|_| !key.starts_with("x-") || !self.is_extensible).map(|(_, shape)| *shape);
        field.or_else(extension).map(|field| &field.shape).or_else(rest)
    }

    /// The variant that the tag among `entries` selects.
    pub(crate) fn variant(&self, entries: &[Entry]) -> Option<&'static Variant> {
        let variants = self.variants.as_ref()?;
        let tag = entries.iter().find(|entry| entry.key == variants.tag)?;
        variants.of.iter().find(|variant| Some(variant.value) == tag.node.value.as_str())
    }

    /// Returns the fields of an object of this variant, or of all variants if none is selected.
    pub(crate) fn fields(&self, variant: Option<&'static Variant>) -> impl Iterator<Item = &'static Field> + use<> {
        let all: &'static [Variant] = self.variants.as_ref().map_or(&[], |variants| variants.of);
        let selected = variant.map_or(all, std::slice::from_ref);
        self.fields.iter().chain(selected.iter().flat_map(|variant| variant.fields))
    }
}

pub(crate) const fn required(key: &'static str, shape: Shape) -> Field {
    Field { key, shape, is_required: true }
}

pub(crate) const fn optional(key: &'static str, shape: Shape) -> Field {
    Field { key, shape, is_required: false }
}

pub(crate) const fn at_most_one(keys: &'static [&'static str]) -> Choice {
    Choice { keys, is_required: false }
}

pub(crate) const fn exactly_one(keys: &'static [&'static str]) -> Choice {
    Choice { keys, is_required: true }
}

impl Shape {
    /// Returns an example of a value, for help.
    pub(crate) fn example(&self) -> &'static str {
        match self {
            Shape::Flag => "write `true` or `false`",
            Shape::True => "write `true`",
            Shape::Number | Shape::PositiveNumber => "write a number, without quotes",
            Shape::Count => "write an integer, without quotes",
            Shape::List(_) | Shape::NonEmptyList(_) => "write a list, each item on a line that begins with `- `",
            Shape::Map(..) | Shape::Object(_) | Shape::Referable(_) => {
                "write a mapping, each entry on a line such as `key: value`"
            }
            Shape::FlagOr(_) => "write `true`, `false` or a mapping",
            Shape::TextOr(_) => "write a text or a mapping",
            Shape::Text | Shape::OneOf(_) | Shape::Json | Shape::JsonButNull | Shape::NotModelled(_) => "write a text",
        }
    }

    /// Returns the beginning of a value, for the line that adds a missing key.
    pub(crate) fn stub(&self) -> &'static str {
        match self {
            Shape::OneOf(values) => values.first().copied().unwrap_or_default(),
            Shape::Flag | Shape::True | Shape::FlagOr(_) => "true",
            Shape::Number | Shape::PositiveNumber | Shape::Count => "1",
            Shape::List(_) | Shape::NonEmptyList(_) => "[…]",
            Shape::Map(..) | Shape::Object(_) | Shape::Referable(_) => "{ … }",
            Shape::Text | Shape::TextOr(_) | Shape::Json | Shape::JsonButNull | Shape::NotModelled(_) => "…",
        }
    }

    /// Returns the expected value, for messages.
    pub(crate) fn expected(&self) -> &'static str {
        match self {
            Shape::Text | Shape::OneOf(_) => "a string",
            Shape::Flag => "a boolean",
            Shape::True => "`true`",
            Shape::Number | Shape::PositiveNumber => "a number",
            Shape::Count => "an integer",
            Shape::Json | Shape::JsonButNull | Shape::NotModelled(_) => "a value",
            Shape::List(_) | Shape::NonEmptyList(_) => "a list",
            Shape::Map(..) | Shape::Object(_) | Shape::Referable(_) => "a mapping",
            Shape::FlagOr(_) => "a boolean or a mapping",
            Shape::TextOr(_) => "a string or a mapping",
        }
    }
}
