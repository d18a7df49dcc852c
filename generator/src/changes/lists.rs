//! Compares two lists item by item: removed, added and common items, and their order.

use std::collections::{BTreeMap, VecDeque};

/// The comparison of two lists.
pub(super) struct Matched<'a, T> {
    /// The old items without a partner.
    pub(super) gone: Vec<&'a T>,
    /// The new items without a partner.
    pub(super) added: Vec<&'a T>,
    /// The old items with their new partners, in the old order.
    pub(super) kept: Vec<(&'a T, &'a T)>,
    /// The positions of the partners in the new list.
    places: Vec<usize>,
}

/// Returns the key of an item, given its position; an item without a key has no partner.
pub(super) type Key<'k, T, K> = &'k dyn Fn(usize, &T) -> Option<K>;

/// Pairs items with the same first key, then the remaining items with the same second key, and so on.
pub(super) fn matched<'a, T, K: Ord>(old: &'a [T], new: &'a [T], keys: &[Key<'_, T, K>]) -> Matched<'a, T> {
    let mut partners: Vec<Option<usize>> = vec![None; old.len()];
    let mut is_free = vec![true; new.len()];
    for key in keys {
        let mut waiting: BTreeMap<K, VecDeque<usize>> = BTreeMap::new();
        for (place, item) in new.iter().enumerate().filter(|(place, _)| is_free[*place]) {
            if let Some(key) = key(place, item) {
                waiting.entry(key).or_default().push_back(place);
            }
        }
        for (place, item) in old.iter().enumerate() {
            let find = |key| waiting.get_mut(&key)?.pop_front();
            if partners[place].is_none()
                && let Some(partner) = key(place, item).and_then(find)
            {
                partners[place] = Some(partner);
                is_free[partner] = false;
            }
        }
    }
    let mut matched = Matched { gone: Vec::new(), added: Vec::new(), kept: Vec::new(), places: Vec::new() };
    for (item, partner) in old.iter().zip(partners) {
        match partner {
            Some(place) => {
                matched.kept.push((item, &new[place]));
                matched.places.push(place);
            }
            None => matched.gone.push(item),
        }
    }
    matched.added.extend(new.iter().zip(is_free).filter(|(_, is_free)| *is_free).map(|(item, _)| item));
    matched
}

impl<'a, T> Matched<'a, T> {
    /// Returns the first position where the common items differ: the old item there, and the new one.
    pub(super) fn moved(&self) -> Option<(&'a T, &'a T)> {
        self.moved_among(|_, _| true)
    }

    /// The same, for these items alone.
    pub(super) fn moved_among(&self, counts: impl Fn(&T, &T) -> bool) -> Option<(&'a T, &'a T)> {
        let kept = self.kept.iter().zip(&self.places).filter(|((was, now), _)| counts(was, now));
        let before: Vec<_> = kept.collect();
        let mut after = before.clone();
        after.sort_by_key(|(_, place)| **place);
        let differs = before.iter().zip(after).find(|((_, place), (_, other))| *place != *other);
        differs.map(|(((was, _), _), ((_, now), _))| (*was, *now))
    }
}

#[cfg(test)]
mod tests {
    use super::matched;

    /// Pairs by the first letter, then by the length.
    fn reported(old: &[&str], new: &[&str]) -> String {
        let by_letter = |_: usize, text: &&str| text.chars().next().map(String::from);
        let by_length = |_: usize, text: &&str| Some(text.len().to_string());
        let matched = matched(old, new, &[&by_letter, &by_length]);
        format!("-{:?} +{:?} {:?} {:?}", matched.gone, matched.added, matched.kept, matched.moved())
    }

    #[test]
    fn a_later_key_pairs_the_remaining_items() {
        let expected = r#"-["ccc"] +["dddd"] [("a", "ab"), ("bb", "xx")] None"#;
        assert_eq!(reported(&["a", "bb", "ccc"], &["ab", "xx", "dddd"]), expected);
    }

    #[test]
    fn each_item_has_one_partner() {
        assert_eq!(reported(&["a1", "a2"], &["a3"]), r#"-["a2"] +[] [("a1", "a3")] None"#);
        assert_eq!(reported(&["a1"], &["a2", "a3"]), r#"-[] +["a3"] [("a1", "a2")] None"#);
    }

    #[test]
    fn only_kept_items_can_move() {
        assert!(reported(&["a", "b", "cc"], &["ddd", "b", "a"]).ends_with(r#"Some(("a", "b"))"#));
        assert!(reported(&["a", "bb", "c"], &["ddd", "a", "c"]).ends_with("None"));
    }
}
