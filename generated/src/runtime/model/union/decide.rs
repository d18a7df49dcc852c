//! Decides which variants of a union a JSON text can be, the likeliest first.
//!
//! Certain evidence comes first: the text of the tag, then the kind of the value, then, for objects, the known
//! properties. Among variants that no evidence distinguishes, the one that knows most of the fields comes first; if
//! several know as many, the one that knows most of the deeper content, and then the first of the description. A
//! variant is never chosen only because it can be read.
//!
//! An object with a duplicate name is not a variant that knows this name, and none at all if it is the tag. Models
//! reject such an object too.

use std::borrow::Cow;

use crate::runtime::model::number::whole;
use crate::runtime::model::value::scan::{Kind, Members, kind as kind_of};
use crate::runtime::model::value::{is_named, text};

/// The evidence for a variant.
pub(crate) struct Variant {
    /// The kinds of its JSON, as bits.
    pub(crate) kinds: u8,
    /// The texts of the tag, or, for a variant of texts or of integers, all values that it knows. None means any.
    pub(crate) values: &'static [&'static str],
    /// Whether the type does not have the tag as a property, and so can accept it twice.
    pub(crate) is_tag_extra: bool,
    /// The properties of objects.
    pub(crate) fields: &'static [Field],
}

/// A property of a variant.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) is_required: bool,
    /// The kinds of its JSON, as bits.
    pub(crate) kinds: u8,
    /// The texts that it can be. None means any.
    pub(crate) values: &'static [&'static str],
}

/// The words of the tables.
#[allow(clippy::unnecessary_wraps, reason = "each is a word")]
pub(crate) mod kind {
    #[inline]
    pub(crate) const fn null() -> u8 {
        1
    }
    #[inline]
    pub(crate) const fn boolean() -> u8 {
        1 << 1
    }
    /// A number without a fraction.
    #[inline]
    pub(crate) const fn integer() -> u8 {
        1 << 2
    }
    /// A number with a point or an exponent.
    #[inline]
    pub(crate) const fn fraction() -> u8 {
        1 << 3
    }
    #[inline]
    pub(crate) const fn number() -> u8 {
        integer() | fraction()
    }
    #[inline]
    pub(crate) const fn string() -> u8 {
        1 << 4
    }
    /// A string of a certain format, such as a uuid.
    #[inline]
    pub(crate) const fn formatted() -> u8 {
        1 << 5
    }
    #[inline]
    pub(crate) const fn array() -> u8 {
        1 << 6
    }
    #[inline]
    pub(crate) const fn object() -> u8 {
        1 << 7
    }
    #[inline]
    pub(crate) const fn any() -> u8 {
        !0
    }
    #[inline]
    pub(crate) const fn required() -> bool {
        true
    }
    #[inline]
    pub(crate) const fn optional() -> bool {
        false
    }
    /// The tag is not a property of the type.
    #[inline]
    pub(crate) const fn extra() -> bool {
        true
    }
}

/// A variant that a value can be.
#[derive(Clone, Copy)]
pub(crate) struct Choice {
    /// The index of the variant.
    pub(crate) index: usize,
    /// How many of the value's fields it knows: variants that know as many are equally likely.
    pub(crate) known: usize,
}

/// The variants that a value can be. Usually there is one, for which nothing is allocated.
#[derive(Default)]
pub(super) struct Order {
    first: Option<Choice>,
    /// The variants to try if the first does not fit.
    others: Vec<Choice>,
}

impl FromIterator<Choice> for Order {
    fn from_iter<I: IntoIterator<Item = Choice>>(choices: I) -> Self {
        let mut choices = choices.into_iter();
        Self { first: choices.next(), others: choices.collect() }
    }
}

/// For variants whose fields were not compared.
impl FromIterator<usize> for Order {
    fn from_iter<I: IntoIterator<Item = usize>>(indices: I) -> Self {
        indices.into_iter().map(|index| Choice { index, known: 0 }).collect()
    }
}

impl IntoIterator for Order {
    type Item = Choice;
    type IntoIter = std::iter::Chain<std::option::IntoIter<Choice>, std::vec::IntoIter<Choice>>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.first.into_iter().chain(self.others)
    }
}

/// Finds the variants that the value can be.
#[inline]
pub(super) fn order(json: &str, tag: Option<&str>, variants: &[Variant]) -> Order {
    let kinds = kinds(json);
    let of = |kinds: u8| variants.iter().enumerate().filter(move |(_, variant)| variant.kinds & kinds != 0);
    let is_wide = |(_, variant): &(usize, &Variant)| variant.kinds & kind::fraction() != 0;
    let number = |(index, _): (usize, &Variant)| index;
    match kind_of(json) {
        Kind::Object => object(json, tag, of(kinds)),
        Kind::String => string(json, of(kinds)),
        // The narrower type first: `1` is an integer before it is a number.
        Kind::Number if kinds == kind::integer() => {
            let narrow = integers(json, of(kinds).filter(|found| !is_wide(found)));
            let wide = of(kinds).filter(is_wide).map(number);
            narrow.known.into_iter().chain(narrow.open).chain(wide).chain(narrow.grown).collect()
        }
        // `30.0` is an integer too.
        Kind::Number => {
            let narrow = integers(json, of(kind::integer()).filter(|found| !is_wide(found)));
            of(kinds).map(number).chain(narrow.known).chain(narrow.open).chain(narrow.grown).collect()
        }
        Kind::Null | Kind::Bool | Kind::Array => of(kinds).map(number).collect(),
    }
}

/// Variants of integers.
#[derive(Default)]
struct Integers {
    /// Those that list the value.
    known: Vec<usize>,
    /// Those without a list.
    open: Vec<usize>,
    /// The only list, to which later versions can add the value.
    grown: Option<usize>,
}

fn integers<'v>(json: &str, found: impl Iterator<Item = (usize, &'v Variant)>) -> Integers {
    let value = json.parse::<f64>().ok().and_then(whole).map(|value| value.to_string());
    let value = value.as_deref().unwrap_or(json);
    let mut integers = Integers::default();
    let mut unknown = Vec::new();
    for (index, variant) in found {
        // The list of a variant that also allows another kind has texts.
        let is_list = !variant.values.is_empty() && variant.kinds & !(kind::integer() | kind::null()) == 0;
        let list = match (is_list, variant.values.contains(&value)) {
            (false, _) => &mut integers.open,
            (true, true) => &mut integers.known,
            (true, false) => &mut unknown,
        };
        list.push(index);
    }
    if let [only] = unknown.as_slice()
        && integers.known.is_empty()
    {
        integers.grown = Some(*only);
    }
    integers
}

/// Returns the variants that list the text; or else whose format it has; or else that accept any text; or else the only
/// one with a list, to which later versions can add the text.
fn string<'v>(json: &str, found: impl Iterator<Item = (usize, &'v Variant)>) -> Order {
    let Some(text) = text(json) else { return Order::default() };
    let found: Vec<(usize, &Variant)> = found.collect();
    let known = found.iter().filter(|(_, variant)| variant.values.contains(&&*text));
    let open = || found.iter().filter(|(_, variant)| variant.values.is_empty());
    let formatted = open().filter(|(_, variant)| variant.kinds & kind::string() == 0);
    let plain = open().filter(|(_, variant)| variant.kinds & kind::string() != 0);
    let only = found.iter().filter(|_| found.len() == 1);
    known.chain(formatted).chain(plain).chain(only).map(|(index, _)| *index).collect()
}

fn object<'v>(json: &str, tag: Option<&str>, mut objects: impl Iterator<Item = (usize, &'v Variant)> + Clone) -> Order {
    let Some(tag) = tag else { return by_fields(json, objects) };
    let mut tags = Members::of(json).filter(|(name, _)| is_named(name, tag));
    let told = tags.next().and_then(|(_, value)| text_of_scalar(value));
    let is_told = |variant: &Variant| told.as_ref().is_some_and(|told| variant.values.contains(&&**told));
    match objects.clone().find(|(_, variant)| is_told(variant)) {
        // A type that has the tag as a property rejects a duplicate tag.
        Some((index, variant)) if !variant.is_tag_extra || tags.next().is_none() => Order::from_iter([index]),
        None if tags.next().is_none() => {
            // The variants that the tag does not exclude.
            by_fields(json, objects.by_ref().filter(|(_, variant)| variant.values.is_empty()))
        }
        _ => Order::default(),
    }
}

/// The evidence for a variant of objects.
struct Candidate<'v> {
    index: usize,
    fields: &'v [Field],
    /// The start of its fields in the list of fields that were found.
    start: usize,
    /// How many of the fields it knows, and how many of these it requires.
    known: usize,
    required: usize,
    /// The likely index of the next field.
    next: usize,
    is_contradicted: bool,
}

fn by_fields<'v>(json: &str, objects: impl Iterator<Item = (usize, &'v Variant)>) -> Order {
    let mut count = 0;
    let mut candidates: Vec<Candidate<'_>> = objects
        .map(|(index, Variant { fields, .. })| {
            let start = count;
            count += fields.len();
            Candidate { index, fields, start, known: 0, required: 0, next: 0, is_contradicted: false }
        })
        .collect();
    if let [only] = candidates.as_slice() {
        return Order::from_iter([only.index]);
    }
    let mut came = vec![false; count];
    for (name, value) in Members::of(json) {
        let Some(name) = text(name) else { continue };
        for candidate in candidates.iter_mut().filter(|candidate| !candidate.is_contradicted) {
            let place = candidate.look(&name, value);
            if let Some(came) = place.and_then(|place| came.get_mut(candidate.start + place)) {
                candidate.is_contradicted |= *came;
                *came = true;
            }
        }
    }
    let fits = |candidate: &Candidate<'_>| {
        let required = candidate.fields.iter().filter(|field| field.is_required).count();
        !candidate.is_contradicted && candidate.required >= required
    };
    candidates.retain(fits);
    // A stable sort: among equals, the order of the description.
    candidates.sort_by_key(|candidate| usize::MAX - candidate.known);
    candidates.into_iter().map(|Candidate { index, known, .. }| Choice { index, known }).collect()
}

impl Candidate<'_> {
    /// Compares a field of the object, and returns its index among the fields that the variant knows.
    #[inline]
    fn look(&mut self, name: &str, value: &str) -> Option<usize> {
        // Fields usually come in the order of the description.
        let (before, behind) = self.fields.split_at(self.next.min(self.fields.len()));
        let places = behind.iter().enumerate().map(|(place, field)| (before.len() + place, field));
        let (place, field) = places.chain(before.iter().enumerate()).find(|(_, field)| field.name == name)?;
        self.next = place + 1;
        self.known += 1;
        self.required += usize::from(field.is_required);
        let kinds = kinds(value);
        // A field that may be absent may be `null` too, as everywhere.
        let is_absent = kinds == kind::null() && !field.is_required;
        // `30.0` is an integer too.
        let is_whole = kinds == kind::fraction() && field.kinds & kind::integer() != 0;
        let is_of_kind = field.kinds & kinds != 0 || is_absent || is_whole;
        let is_known = is_absent
            || field.values.is_empty()
            || text_of_scalar(value).is_some_and(|text| field.values.contains(&&*text));
        self.is_contradicted = !is_of_kind || !is_known;
        Some(place)
    }
}

/// Returns a text; or a number, `true` or `false` as written.
#[inline]
pub(super) fn text_of_scalar(json: &str) -> Option<Cow<'_, str>> {
    match kind_of(json) {
        Kind::String => text(json),
        Kind::Number | Kind::Bool => Some(Cow::Borrowed(json)),
        Kind::Null | Kind::Array | Kind::Object => None,
    }
}

/// Returns the kinds that a value can be: the format of a text is not known yet.
#[inline]
fn kinds(json: &str) -> u8 {
    match kind_of(json) {
        Kind::Null => kind::null(),
        Kind::Bool => kind::boolean(),
        Kind::Number if json.contains(['.', 'e', 'E']) => kind::fraction(),
        Kind::Number => kind::integer(),
        Kind::String => kind::string() | kind::formatted(),
        Kind::Array => kind::array(),
        Kind::Object => kind::object(),
    }
}
