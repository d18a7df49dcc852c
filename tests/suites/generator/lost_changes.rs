//! No change is missed: after any change of the spec, if a byte of the code or of `api.txt` differs, a change is
//! reported.
//!
//! Every kind of place in the spec is changed in every possible way: a text is lengthened, a number raised, a flag
//! inverted, a key or an item removed, two neighbours swapped.
//!
//! Each kind of place is changed once, in a fixture that has it or else in the spec; `.ci/run` changes each once in the
//! spec, and once per fixture. `CHANGES_PER_PLACE=20` changes more places of each kind in the spec.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use generator::changes::compare;
use generator::integer::{Integer, marked, of_marked, unmarked};
use generator::{Described, describe, generate};
use serde_yaml::Value;
use tests::{fixtures, spec};

/// The keys and indices that lead to a value.
type Path = Vec<Value>;

/// What is changed in a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    /// A scalar, to another one of its kind.
    Alter,
    /// `type: integer`, to a number with a fraction, which removes equality and hash from everything that contains it.
    Widen,
    /// Removes the entry or item of this number.
    Remove(usize),
    /// Swaps the entry or item of this number and the next.
    Swap(usize),
}

/// How many changes were reported, had no effect on the code, and were refused.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    reported: usize,
    untold: usize,
    refused: usize,
}

/// The number of places of each kind that were changed.
type Seen = BTreeMap<(String, u8), usize>;

/// The fixtures have every construct that the spec does not use. They are small, so a kind of place that they have is
/// changed there.
#[test]
fn every_kind_of_change_of_the_code_is_reported() {
    let mut seen = Seen::new();
    assert_reported(300, |document| try_all(document, 1, &mut seen));
    let (counts, lost) = try_all(&spec::read(), 1, &mut seen);
    assert!(lost.is_empty(), "{}", lost.join("\n"));
    assert!(counts.reported > 5, "{counts:?}");
}

#[test]
#[ignore = "it changes the whole spec in every way: `.ci/run` runs it"]
fn every_change_of_the_code_is_reported() {
    let most = std::env::var("CHANGES_PER_PLACE").ok().map_or(1, |most| most.parse().expect("a number"));
    let (counts, lost) = try_all(&spec::read(), most, &mut Seen::new());
    println!("{counts:?}");
    assert!(lost.is_empty(), "{}", lost.join("\n"));
    assert!(counts.reported > 100 && counts.untold > 5 && counts.refused > 20, "{counts:?}");
}

#[test]
#[ignore = "it changes each fixture in every way: `.ci/run` runs it"]
fn every_change_of_a_fixtures_code_is_reported() {
    assert_reported(1000, |document| try_all(document, 1, &mut Seen::new()));
}

/// Changes all fixtures; at least so many changes are reported, and none is lost.
fn assert_reported(least: usize, mut try_all: impl FnMut(&Value) -> (Counts, Vec<String>)) {
    let mut reported = 0;
    let mut all_lost = Vec::new();
    for fixture in fixtures::accepted() {
        let document = serde_yaml::from_str(&with_marks(&fixture.text)).expect("YAML");
        let (counts, lost) = try_all(&document);
        reported += counts.reported;
        all_lost.extend(lost.into_iter().map(|lost| format!("{}: {lost}", fixture.name)));
    }
    println!("{reported} reported");
    assert!(all_lost.is_empty(), "{} changes are lost:\n{}", all_lost.len(), all_lost.join("\n"));
    assert!(reported > least, "only {reported} are reported");
}

/// Makes every possible change to a document; returns those that are not reported.
fn try_all(document: &Value, most: usize, seen: &mut Seen) -> (Counts, Vec<String>) {
    let (old_text, old) = described(document).expect("the spec is accepted");
    let old_files = LazyCell::new(|| generate(&old_text).expect("the spec is accepted").files);
    let old_surface = LazyCell::new(|| format!("{:?}", old.surface));
    let mut counts = Counts::default();
    let mut lost = Vec::new();
    for (path, act) in acts(document, most, seen) {
        let mut changed = document.clone();
        alter(&mut changed, &path, act);
        let Some((text, new)) = described(&changed) else {
            counts.refused += 1;
            continue;
        };
        if !compare((&old).into(), (&new).into()).is_empty() {
            counts.reported += 1;
            continue;
        }
        counts.untold += 1;
        // The code depends on these two alone, and generating it takes most of the time.
        if new.api == old.api && format!("{:?}", new.surface) == *old_surface {
            continue;
        }
        let files = generate(&text).expect("it was accepted").files;
        let is_code = |path: &str| path.starts_with("src/") || path == "api.txt";
        let differs = files.iter().find(|(name, text)| is_code(name) && old_files.get(name) != Some(*text));
        lost.extend(differs.map(|(name, _)| format!("{act:?} at {path:?} changes {name}")));
    }
    (counts, lost)
}

/// A document as text, with what the generator reads in it.
fn described(document: &Value) -> Option<(String, Described)> {
    let text = unmarked(&serde_json::to_string(document).expect("it has plain keys"));
    let described = describe(text.as_str()).ok()?;
    Some((text, described))
}

/// The text of a document, with integers beyond 64 bits as texts: a `Value` has no room for them.
fn with_marks(text: &str) -> String {
    let words = text.split_inclusive([' ', ',', ']', '\n']);
    let shown = words.map(|word| {
        let number = word.trim_end_matches([' ', ',', ']', '\n']).trim_start_matches('[');
        match number.parse::<Integer>().ok().filter(|number| number.is_beyond_64_bits()) {
            Some(wide) => word.replace(number, &format!("\"{}\"", marked(wide))),
            None => word.to_owned(),
        }
    });
    shown.collect()
}

/// Every possible change, so many times for each kind of place.
fn acts(document: &Value, most: usize, seen: &mut Seen) -> Vec<(Path, Act)> {
    let mut acts = Vec::new();
    let mut waiting: Vec<Path> = vec![Vec::new()];
    while let Some(path) = waiting.pop() {
        let (mut own, mut inside): (Vec<Act>, Vec<Path>) = (Vec::new(), Vec::new());
        let below = |key: Value| path.iter().cloned().chain([key]).collect::<Path>();
        match at(document, &path) {
            Value::Mapping(entries) => {
                inside.extend(entries.keys().cloned().map(below));
                own.extend((0..entries.len()).map(Act::Remove));
                own.extend((1..entries.len()).map(|index| Act::Swap(index - 1)));
            }
            Value::Sequence(items) => {
                inside.extend((0..items.len()).map(|index| below(index.into())));
                own.extend((0..items.len()).map(Act::Remove));
                own.extend((1..items.len()).map(|index| Act::Swap(index - 1)));
            }
            Value::String(ty) if ty == "integer" => own.extend([Act::Alter, Act::Widen]),
            _ => own.push(Act::Alter),
        }
        for act in own {
            let count = seen.entry(kind(document, &path, act)).or_default();
            *count += 1;
            if *count <= most {
                acts.push((path.clone(), act));
            }
        }
        // An example is one value, whatever its structure.
        if path.last().and_then(Value::as_str) != Some("example") {
            waiting.extend(inside.into_iter().rev());
        }
    }
    acts
}

/// The kind of a place: the keys of OpenAPI on the path to it, without the names that the spec chooses.
fn kind(document: &Value, path: &[Value], act: Act) -> (String, u8) {
    const MAKE_UP_NAMES: [&str; 6] = ["paths", "properties", "schemas", "responses", "parameters", "securitySchemes"];
    let mut kind = String::new();
    for (index, key) in path.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| path[index].as_str()).unwrap_or_default();
        let word = key.as_str().filter(|_| !MAKE_UP_NAMES.contains(&before)).unwrap_or("*");
        kind.push('/');
        kind.push_str(word);
    }
    let (number, entry) = match act {
        Act::Alter => (0, None),
        Act::Remove(index) => (1, Some(index)),
        Act::Swap(index) => (2, Some(index)),
        Act::Widen => (3, None),
    };
    let last = path.last().and_then(Value::as_str).unwrap_or_default();
    if let (Some(entry), Value::Mapping(entries), false) = (entry, at(document, path), MAKE_UP_NAMES.contains(&last)) {
        kind.push_str(&format!("/{:?}", entries.keys().nth(entry)));
    }
    // Objects, enums and other schemas are different kinds at one place.
    if let Some(Value::String(ty)) = at(document, path).get("type") {
        let is_enum = at(document, path).get("enum").is_some();
        kind.push_str(&format!(" {ty} {is_enum}"));
    }
    (kind, number)
}

fn at<'v>(document: &'v Value, path: &[Value]) -> &'v Value {
    path.iter().fold(document, |value, key| match (value, key.as_u64()) {
        (Value::Sequence(items), Some(index)) => &items[usize::try_from(index).expect("it is an index")],
        (value, _) => &value[key],
    })
}

fn alter(document: &mut Value, path: &[Value], act: Act) {
    let value = path.iter().fold(document, |value, key| match (value, key.as_u64()) {
        (Value::Sequence(items), Some(index)) => &mut items[usize::try_from(index).expect("it is an index")],
        (value, _) => &mut value[key],
    });
    match (value, act) {
        (Value::String(text), Act::Alter) => match of_marked(text) {
            Some(number) => *text = marked(number.previous()),
            None => text.push_str("Other"),
        },
        (Value::String(text), Act::Widen) => "number".clone_into(text),
        (Value::Bool(flag), Act::Alter) => *flag = !*flag,
        (value @ Value::Number(_), Act::Alter) => *value = Value::from(value.as_i64().unwrap_or_default() + 1),
        (Value::Sequence(items), Act::Remove(index)) => drop(items.remove(index)),
        (Value::Sequence(items), Act::Swap(index)) => items.swap(index, index + 1),
        (Value::Mapping(entries), Act::Remove(_) | Act::Swap(_)) => {
            let mut all: Vec<(Value, Value)> = std::mem::take(entries).into_iter().collect();
            match act {
                Act::Remove(index) => drop(all.remove(index)),
                Act::Swap(index) => all.swap(index, index + 1),
                Act::Alter | Act::Widen => {}
            }
            entries.extend(all);
        }
        (value, _) => *value = Value::Bool(true),
    }
}
