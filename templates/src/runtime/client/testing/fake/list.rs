//! Lists: filters, order and pages.

use super::answers::Asked;
use super::store::Items;
use super::table::{List, Paged, PagedBy};
use super::value;
use crate::runtime::client::testing::Answer;
use serde_json::Value;

/// Returns a page of a list, or the whole list; or the reason why not, if the request has a parameter that the fake
/// does not know.
pub(super) fn answer(asked: &Asked<'_>, list: &List, items: &Items) -> Result<Answer, String> {
    let pairs = asked.sent.query_pairs();
    let mut found: Vec<&Value> = items.lists.get(&asked.path).into_iter().flatten().collect();
    let mut filtered: Vec<&str> = Vec::new();
    for (name, given) in &pairs {
        let is_page = list
            .pages
            .as_ref()
            .is_some_and(|pages| pages.parameter == name || pages.size.is_some_and(|(size, _)| size == name));
        if is_page || filtered.contains(&name.as_str()) {
            continue;
        }
        if name == "sort" && !list.filters.iter().any(|(filter, _)| filter == name) {
            let Some((_, place, down)) = list.sorts.iter().find(|(value, _, _)| value == given) else {
                return Err(unknown(asked, name, given));
            };
            found.sort_by(|one, other| {
                let order = value::order(value::at(one, place), value::at(other, place));
                if *down { order.reverse() } else { order }
            });
            continue;
        }
        let Some((_, place)) = list.filters.iter().find(|(filter, _)| filter == name) else {
            return Err(unknown(asked, name, given));
        };
        filtered.push(name);
        // A repeated name matches any of its values.
        let all = pairs.iter().filter(|(other, _)| other == name).map(|(_, given)| given.as_str());
        let wanted: Vec<&str> = if list.joined.contains(&name.as_str()) {
            all.flat_map(|given| given.split(',')).collect()
        } else {
            all.collect()
        };
        found.retain(|item| value::at(item, place).is_some_and(|own| is_wanted(own, &wanted)));
    }
    match &list.pages {
        Some(pages) => Ok(page(asked, pages, &found)),
        None => Ok(asked.success(Value::Array(found.into_iter().cloned().collect()))),
    }
}

fn is_wanted(own: &Value, wanted: &[&str]) -> bool {
    match own {
        Value::Array(items) => items.iter().any(|item| is_wanted(item, wanted)),
        own => wanted.contains(&value::text(own).as_str()),
    }
}

fn unknown(asked: &Asked<'_>, name: &str, given: &str) -> String {
    let operation = asked.action.operation;
    format!("the fake does not know what {name}={given} means to {operation}: define it with `on` or `answer`")
}

fn page(asked: &Asked<'_>, pages: &Paged, found: &[&Value]) -> Answer {
    let number = |name: &str| asked.sent.query_value(name).map(|text| text.parse::<i64>());
    let size = match pages.size.map(|(name, usual)| (number(name), usual)) {
        Some((Some(Ok(size)), _)) if size > 0 => usize::try_from(size).unwrap_or(usize::MAX),
        Some((Some(_), _)) => return asked.refusal(400, "the size of a page is not valid"),
        Some((None, usual)) => usize::try_from(usual).unwrap_or(usize::MAX),
        None => 50,
    };
    let given = match number(pages.parameter) {
        None => pages.first,
        Some(Ok(given)) => given,
        Some(Err(_)) => return asked.refusal(400, "there is no such page"),
    };
    let before = match (pages.by, usize::try_from(given.saturating_sub(pages.first))) {
        (PagedBy::Number, Ok(number)) => number.saturating_mul(size),
        (PagedBy::Offset | PagedBy::Cursor | PagedBy::NumberedCursor, Ok(offset)) => offset,
        (_, Err(_)) => return asked.refusal(400, "there is no such page"),
    };
    let items: Vec<Value> = found.iter().skip(before).take(size).map(|item| (*item).clone()).collect();
    let end = before.saturating_add(items.len());
    let has_more = end < found.len();
    let Some(frame) = &asked.action.answer else { return asked.success(Value::Null) };
    let mut body = asked.framed(frame, Value::Array(items));
    if !pages.next.is_empty() {
        let next = match pages.by {
            PagedBy::Cursor if !has_more => Value::from(""),
            _ if !has_more => Value::Null,
            PagedBy::Number | PagedBy::Offset => Value::from(given.saturating_add(1)),
            PagedBy::Cursor => Value::from(end.to_string()),
            PagedBy::NumberedCursor => Value::from(end),
        };
        value::set(&mut body, pages.next, next);
    }
    Answer::json(asked.action.status, &body)
}
