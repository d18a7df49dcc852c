//! The limits of a value.

use std::cmp::Ordering;

use regex_lite::Regex;
use serde::Serialize;

use crate::integer::Integer;

/// Bounds that the spec states for a value.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Limits {
    /// The minimum, as written in the spec.
    pub minimum: Option<Bound>,
    /// The maximum.
    pub maximum: Option<Bound>,
    /// The number is a multiple of this.
    pub multiple_of: Option<String>,
    /// Minimum number of characters.
    pub min_length: Option<usize>,
    /// Maximum number of characters.
    pub max_length: Option<usize>,
    /// Regular expression that the string matches.
    pub pattern: Option<String>,
    /// Minimum number of items, or of properties of a map.
    pub min_items: Option<usize>,
    /// Maximum number of items, or of properties of a map.
    pub max_items: Option<usize>,
    /// Whether no item occurs twice.
    pub unique_items: bool,
    /// The possible numbers, booleans or other values, as JSON. An enum of texts or of integers has a type.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub one_of: Vec<String>,
}

/// A bound of a number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bound {
    /// The number, in decimal.
    pub value: String,
    /// Whether the number itself is excluded.
    pub exclusive: bool,
}

impl Limits {
    /// Returns the limits of a value that has both. Of two patterns or divisors, which only the documentation states, it
    /// states the first.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            minimum: narrower(self.minimum, other.minimum, Ordering::Greater),
            maximum: narrower(self.maximum, other.maximum, Ordering::Less),
            multiple_of: self.multiple_of.or(other.multiple_of),
            min_length: self.min_length.max(other.min_length),
            max_length: least(self.max_length, other.max_length),
            pattern: self.pattern.or(other.pattern),
            min_items: self.min_items.max(other.min_items),
            max_items: least(self.max_items, other.max_items),
            unique_items: self.unique_items || other.unique_items,
            one_of: match (self.one_of.is_empty(), other.one_of.is_empty()) {
                (true, _) => other.one_of,
                (_, true) => self.one_of,
                _ => self.one_of.into_iter().filter(|value| other.one_of.contains(value)).collect(),
            },
        }
    }

    /// Whether no value has a number, a length and a count of items within these limits.
    pub fn is_empty(&self) -> bool {
        let is_above =
            |least: Option<usize>, most: Option<usize>| least.zip(most).is_some_and(|(low, high)| low > high);
        let is_between = |low: &Bound, high: &Bound| match low.compare(high) {
            Ordering::Less => true,
            Ordering::Equal => !low.exclusive && !high.exclusive,
            Ordering::Greater => false,
        };
        is_above(self.min_length, self.max_length)
            || is_above(self.min_items, self.max_items)
            || self.minimum.as_ref().zip(self.maximum.as_ref()).is_some_and(|(low, high)| !is_between(low, high))
    }

    /// Returns the test whether a text is within these limits. A pattern that `regex-lite` does not support allows all.
    pub fn allow_text(&self) -> impl Fn(&str) -> bool {
        let pattern = self.pattern.as_deref().and_then(|pattern| Regex::new(pattern).ok());
        let (least, most) = (self.min_length.unwrap_or(0), self.max_length.unwrap_or(usize::MAX));
        move |text| {
            (least..=most).contains(&text.chars().count())
                && pattern.as_ref().is_none_or(|pattern| pattern.is_match(text))
        }
    }

    /// Whether a number, in decimal, is within these limits.
    pub fn allow_number(&self, number: &str) -> bool {
        let number = Bound { value: number.to_owned(), exclusive: false };
        let is_within = |bound: &Option<Bound>, inside: Ordering| {
            bound.as_ref().is_none_or(|bound| match number.compare(bound) {
                Ordering::Equal => !bound.exclusive,
                order => order == inside,
            })
        };
        is_within(&self.minimum, Ordering::Greater)
            && is_within(&self.maximum, Ordering::Less)
            && self.multiple_of.as_ref().is_none_or(|divisor| number.is_multiple_of(divisor))
    }
}

/// Returns the bound that allows less.
fn narrower(one: Option<Bound>, other: Option<Bound>, inner: Ordering) -> Option<Bound> {
    let (Some(one), Some(other)) = (&one, &other) else { return one.or(other) };
    let is_other = match other.compare(one) {
        Ordering::Equal => other.exclusive,
        order => order == inner,
    };
    Some(if is_other { other.clone() } else { one.clone() })
}

impl Bound {
    fn compare(&self, other: &Self) -> Ordering {
        match (self.value.parse::<Integer>(), other.value.parse::<Integer>()) {
            (Ok(one), Ok(other)) => one.cmp(&other),
            _ => {
                let [one, other] = [self, other].map(|bound| bound.value.parse::<f64>().unwrap_or(f64::NAN));
                one.total_cmp(&other)
            }
        }
    }

    /// Whether it is a multiple of an integer. Fractions are not exact in base two: with them it is not determined.
    fn is_multiple_of(&self, divisor: &str) -> bool {
        match (self.value.parse::<Integer>(), divisor.parse()) {
            (Ok(number), Ok(divisor)) => number.is_multiple_of(divisor),
            _ => true,
        }
    }
}

fn least(one: Option<usize>, other: Option<usize>) -> Option<usize> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}
