//! The documentation of the spec, and its limits.

use std::cmp::Ordering;

use serde_json::Value;

use super::{About, Class, Comparison, Text};
use crate::integer::{Integer, json_text};
use crate::ir::{Bound, Docs, Limits};

/// The values that a limit accepts.
#[derive(Clone, Copy, Debug)]
enum Rule {
    /// Values that are not below it.
    Least,
    /// Values that are not above it.
    Most,
    /// Values that match it: another one can reject a value that was valid.
    Fit,
}

impl Comparison<'_> {
    /// Compares the documentation of a value. A limit matters if the value is `sent`: a value that was valid can now be
    /// rejected.
    pub(super) fn docs(&mut self, about: &About, sent: bool, old: &Docs, new: &Docs) {
        let Docs { description, default, example, limits: _, format, deprecated } = new;
        let differs = [
            ("description", old.description != *description),
            ("example", old.example != *example),
            ("format", old.format != *format),
            ("deprecated", old.deprecated != *deprecated),
        ];
        self.prose(about, &differs);
        let json = |default: &Option<Value>| default.as_ref().map(json_text);
        let what = match [json(&old.default), json(default)] {
            [Some(before), Some(after)] => Text::new("default is {}, was {}", &[&after, &before]),
            [None, Some(after)] => Text::new("default is {}, was not documented", &[&after]),
            [Some(before), None] => Text::new("default is no longer documented, was {}", &[&before]),
            [None, None] => Text::default(),
        };
        if old.default != *default {
            self.report(about, Class::Docs, "default", what);
        }
        for ((key, rule, before), (_, _, after)) in rules(&old.limits).into_iter().zip(rules(&new.limits)) {
            let class = match is_tighter(rule, before.as_ref(), after.as_ref()) {
                None => continue,
                Some(_) if !sent => Class::Docs,
                Some(true) => Class::Wire,
                Some(false) => Class::Additive,
            };
            let what = match [&before, &after].map(|limit| limit.as_ref().map(shown)) {
                [Some(before), Some(after)] => Text::new("{} is {}, was {}", &[&key, &after, &before]),
                [None, Some(after)] => Text::new("{} is {}, was not limited", &[&key, &after]),
                [_, None] => Text::new("no longer limited by {}", &[&key]),
            };
            self.report(about, class, key, what);
        }
    }

    /// Compares a mark that the compiler reports as a warning.
    pub(super) fn deprecation(&mut self, about: &About, old: bool, new: bool) {
        let what = if new { "deprecated: callers get a warning" } else { "no longer deprecated" };
        if old != new {
            self.report(about, Class::Additive, "deprecated", Text::new(what, &[]));
        }
    }
}

/// Returns the limits with their keys.
fn rules(limits: &Limits) -> [(&'static str, Rule, Option<Bound>); 10] {
    let Limits {
        minimum,
        maximum,
        multiple_of,
        min_length,
        max_length,
        pattern,
        min_items,
        max_items,
        unique_items,
        one_of,
    } = limits;
    let text = |value: &Option<String>| value.clone().map(|value| Bound { value, exclusive: false });
    let count = |count: &Option<usize>| text(&count.map(|count| count.to_string()));
    [
        ("minimum", Rule::Least, minimum.clone()),
        ("maximum", Rule::Most, maximum.clone()),
        ("multipleOf", Rule::Fit, text(multiple_of)),
        ("minLength", Rule::Least, count(min_length)),
        ("maxLength", Rule::Most, count(max_length)),
        ("pattern", Rule::Fit, text(pattern)),
        ("minItems", Rule::Least, count(min_items)),
        ("maxItems", Rule::Most, count(max_items)),
        ("enum", Rule::Fit, text(&(!one_of.is_empty()).then(|| one_of.join(", ")))),
        ("uniqueItems", Rule::Fit, text(&unique_items.then(|| "true".to_owned()))),
    ]
}

fn shown(bound: &Bound) -> String {
    format!("{}{}", bound.value, if bound.exclusive { " (excluded)" } else { "" })
}

/// Whether a limit accepts fewer values than before, or more; `None` if it is the same.
fn is_tighter(rule: Rule, old: Option<&Bound>, new: Option<&Bound>) -> Option<bool> {
    match (old, new) {
        (old, new) if old == new => None,
        (Some(old), Some(new)) => Some(match rule {
            Rule::Least => by_number(old, new).then(old.exclusive.cmp(&new.exclusive)).is_lt(),
            Rule::Most => by_number(old, new).then(new.exclusive.cmp(&old.exclusive)).is_gt(),
            Rule::Fit => true,
        }),
        (_, new) => Some(new.is_some()),
    }
}

fn by_number(old: &Bound, new: &Bound) -> Ordering {
    match (old.value.parse::<Integer>(), new.value.parse::<Integer>()) {
        (Ok(old), Ok(new)) => old.cmp(&new),
        _ => {
            let number = |bound: &Bound| bound.value.parse::<f64>().unwrap_or_default();
            number(old).total_cmp(&number(new))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Bound, Rule, is_tighter};

    #[test]
    fn a_tighter_limit_accepts_fewer_values() {
        let tighter = |rule, (old, old_exclusive): (&str, bool), (new, exclusive): (&str, bool)| {
            let bound = |value: &str, exclusive| Bound { value: value.to_owned(), exclusive };
            is_tighter(rule, Some(&bound(old, old_exclusive)), Some(&bound(new, exclusive)))
        };
        assert_eq!(tighter(Rule::Least, ("9", false), ("10", false)), Some(true));
        assert_eq!(tighter(Rule::Least, ("10", false), ("9.5", false)), Some(false));
        assert_eq!(tighter(Rule::Most, ("9", false), ("10", false)), Some(false));
        assert_eq!(tighter(Rule::Most, ("9", false), ("-10", false)), Some(true));
        assert_eq!(tighter(Rule::Most, ("9", false), ("9", true)), Some(true));
        assert_eq!(tighter(Rule::Most, ("9", true), ("9", false)), Some(false));
        assert_eq!(tighter(Rule::Least, ("9", false), ("9", true)), Some(true));
        assert_eq!(tighter(Rule::Least, ("9", true), ("9", true)), None);
        assert_eq!(tighter(Rule::Fit, ("a", false), ("b", false)), Some(true));
    }
}
