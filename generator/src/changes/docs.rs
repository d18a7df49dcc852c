//! What the spec says for people, and the limits that it states.

use std::cmp::Ordering;

use super::{Class, Comparison, Spot, Text};
use crate::ir::{Bound, Docs, Limits};
use crate::pointer::Pointer;

/// Whether a limit lets more or less pass than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Limit {
    Tighter,
    Looser,
}

impl Comparison<'_> {
    /// Compares what is said of a value. A limit counts where the value is `sent`: what was fine may now be refused.
    pub(super) fn docs(&mut self, subject: &Text, pointer: &Pointer, sent: bool, old: &Docs, new: &Docs) {
        let Docs { description, default, example, limits, format, deprecated } = new;
        let parts = [
            ("description", old.description != *description),
            ("default", old.default != *default),
            ("example", old.example != *example),
            ("format", old.format != *format),
            ("deprecated", old.deprecated != *deprecated),
        ];
        for (key, differs) in parts {
            self.prose(subject, pointer, key, differs);
        }
        self.limits(subject, pointer, sent, &old.limits, limits);
    }

    fn limits(&mut self, subject: &Text, pointer: &Pointer, sent: bool, old: &Limits, new: &Limits) {
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
        } = new;
        let bound = |bound: &Option<Bound>| bound.as_ref().map(shown_bound);
        let count = |count: Option<usize>| count.map(|count| count.to_string());
        let flag = |flag: bool| flag.then(|| "true".to_owned());
        let rows = [
            ("minimum", bound(&old.minimum), bound(minimum), lower_bound(&old.minimum, minimum)),
            ("maximum", bound(&old.maximum), bound(maximum), upper_bound(&old.maximum, maximum)),
            ("multipleOf", old.multiple_of.clone(), multiple_of.clone(), any(&old.multiple_of, multiple_of)),
            ("minLength", count(old.min_length), count(*min_length), fewest(old.min_length, *min_length)),
            ("maxLength", count(old.max_length), count(*max_length), most(old.max_length, *max_length)),
            ("pattern", old.pattern.clone(), pattern.clone(), any(&old.pattern, pattern)),
            ("minItems", count(old.min_items), count(*min_items), fewest(old.min_items, *min_items)),
            ("maxItems", count(old.max_items), count(*max_items), most(old.max_items, *max_items)),
            (
                "uniqueItems",
                flag(old.unique_items),
                flag(*unique_items),
                any(&flag(old.unique_items), &flag(*unique_items)),
            ),
        ];
        for (key, before, after, limit) in rows {
            let class = match limit {
                None => continue,
                Some(_) if !sent => Class::Docs,
                Some(Limit::Tighter) => Class::Wire,
                Some(Limit::Looser) => Class::Additive,
            };
            let what = match (&before, &after) {
                (Some(before), Some(after)) => Text::new("{} is {}, was {}", &[&key, after, before]),
                (None, Some(after)) => Text::new("{} is {}, was not limited", &[&key, after]),
                (_, None) => Text::new("no longer limited by {}", &[&key]),
            };
            self.note(class, Spot::part(pointer, key), subject, what);
        }
    }

    /// Compares a mark that the compiler passes on as a warning.
    pub(super) fn deprecation(&mut self, subject: &Text, pointer: &Pointer, old: bool, new: bool) {
        let what = match (old, new) {
            (false, true) => Text::new("deprecated: callers get a warning", &[]),
            (true, false) => Text::new("no longer deprecated", &[]),
            (false, false) | (true, true) => return,
        };
        self.note(Class::Additive, Spot::part(pointer, "deprecated"), subject, what);
    }
}

fn shown_bound(bound: &Bound) -> String {
    format!("{}{}", bound.value, if bound.exclusive { " (excluded)" } else { "" })
}

/// Compares what a count has to reach.
fn fewest(old: Option<usize>, new: Option<usize>) -> Option<Limit> {
    limit(old, new, |old, new| old < new)
}

/// Compares what a count may not exceed.
fn most(old: Option<usize>, new: Option<usize>) -> Option<Limit> {
    limit(old, new, |old, new| old > new)
}

/// Compares what a value has to be: another rule may refuse what was fine.
fn any<T: PartialEq>(old: &Option<T>, new: &Option<T>) -> Option<Limit> {
    limit(old.as_ref(), new.as_ref(), |_, _| true)
}

fn limit<T: PartialEq>(old: Option<T>, new: Option<T>, is_tighter: impl Fn(&T, &T) -> bool) -> Option<Limit> {
    match (old, new) {
        (None, None) => None,
        (None, Some(_)) => Some(Limit::Tighter),
        (Some(_), None) => Some(Limit::Looser),
        (Some(old), Some(new)) if old == new => None,
        (Some(old), Some(new)) => Some(if is_tighter(&old, &new) { Limit::Tighter } else { Limit::Looser }),
    }
}

fn lower_bound(old: &Option<Bound>, new: &Option<Bound>) -> Option<Limit> {
    limit(old.as_ref(), new.as_ref(), |old, new| by_number(old, new).then(old.exclusive.cmp(&new.exclusive)).is_lt())
}

fn upper_bound(old: &Option<Bound>, new: &Option<Bound>) -> Option<Limit> {
    limit(old.as_ref(), new.as_ref(), |old, new| by_number(old, new).then(new.exclusive.cmp(&old.exclusive)).is_gt())
}

fn by_number(old: &Bound, new: &Bound) -> Ordering {
    match (old.value.parse::<i128>(), new.value.parse::<i128>()) {
        (Ok(old), Ok(new)) => old.cmp(&new),
        _ => {
            let number = |bound: &Bound| bound.value.parse::<f64>().unwrap_or_default();
            number(old).total_cmp(&number(new))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Bound, Limit, lower_bound, upper_bound};

    fn bound(value: &str, exclusive: bool) -> Option<Bound> {
        Some(Bound { value: value.to_owned(), exclusive })
    }

    #[test]
    fn a_limit_is_tighter_where_it_lets_less_pass() {
        assert_eq!(lower_bound(&bound("9", false), &bound("10", false)), Some(Limit::Tighter));
        assert_eq!(lower_bound(&bound("10", false), &bound("9.5", false)), Some(Limit::Looser));
        assert_eq!(upper_bound(&bound("9", false), &bound("10", false)), Some(Limit::Looser));
        assert_eq!(upper_bound(&bound("9", false), &bound("-10", false)), Some(Limit::Tighter));
        assert_eq!(upper_bound(&bound("9", false), &bound("9", true)), Some(Limit::Tighter));
        assert_eq!(upper_bound(&bound("9", true), &bound("9", false)), Some(Limit::Looser));
        assert_eq!(lower_bound(&bound("9", false), &bound("9", true)), Some(Limit::Tighter));
        assert_eq!(lower_bound(&bound("9", true), &bound("9", true)), None);
    }
}
