//! The known differences. `README.md` explains for each why ours is right.

use datadog_org_groups::jiff::Timestamp;
use serde_json::Value;

use crate::Difference;

/// Whether a difference is of one kind.
type Tells = fn(&Difference) -> bool;

/// Each kind by its name.
pub(crate) const ALL: &[(&str, Tells)] = &[
    ("Accept of calls that delete", |it| {
        it.at.starts_with("Delete") && it.part == "Accept" && it.ours == "application/json" && it.theirs == "*/*"
    }),
    ("zeros at the end of a second's fraction", |it| {
        let (Ok(mut ours), Ok(mut theirs)) = (parse(&it.ours), parse(&it.theirs)) else { return false };
        crate::change(&mut ours, &to_instant);
        crate::change(&mut theirs, &to_instant);
        it.part == "response" && ours == theirs
    }),
];

/// The kind of a difference.
pub(crate) fn kind(difference: &Difference) -> Option<&'static str> {
    ALL.iter().find(|(_, tells)| tells(difference)).map(|(name, _)| *name)
}

fn parse(text: &str) -> serde_json::Result<Value> {
    serde_json::from_str(text)
}

/// Writes a time in one way.
fn to_instant(name: &str, value: &mut Value) {
    if name.ends_with("_at")
        && let Some(time) = value.as_str().and_then(|text| text.parse::<Timestamp>().ok())
    {
        *value = Value::from(time.to_string());
    }
}
