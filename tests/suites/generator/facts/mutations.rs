//! Each kind of fact, changed in a copy of the spec, is found: the judge can fail.

mod bodies;
mod operations;
mod shared;

use std::sync::OnceLock;

use serde_yaml::{Mapping, Value};

use crate::facts::place::{Facts, differences};
use crate::facts::{pages, resolve};

/// A change of the spec; the path to a node is its keys with ` > ` between.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Drop(&'static str),
    Set(&'static str, &'static str),
    Rename(&'static str, &'static str),
}

use Edit::{Drop, Rename, Set};

fn pages() -> &'static Facts {
    static PAGES: OnceLock<Facts> = OnceLock::new();
    PAGES.get_or_init(pages::read)
}

fn spec() -> Value {
    static SPEC: OnceLock<Value> = OnceLock::new();
    SPEC.get_or_init(tests::spec::read).clone()
}

/// The entry of a table or list that a path leads to: its holder, and its key.
fn find<'a>(spec: &'a mut Value, path: &'static str) -> (&'a mut Value, &'static str) {
    let (holder, key) = path.rsplit_once(" > ").unwrap_or(("", path));
    let tokens = holder.split(" > ").filter(|token| !token.is_empty());
    let holder = tokens.fold(spec, |node, token| match token.parse::<usize>() {
        Ok(index) if node.is_sequence() => &mut node[index],
        _ => node.get_mut(token).unwrap_or_else(|| panic!("{path}: no {token}")),
    });
    (holder, key)
}

fn change(spec: &mut Value, edit: Edit) {
    let (Drop(path) | Set(path, _) | Rename(path, _)) = edit;
    let (holder, key) = find(spec, path);
    if let Value::Sequence(list) = holder {
        let index: usize = key.parse().expect("an index");
        match edit {
            Drop(_) => drop(list.remove(index)),
            Set(_, value) => list[index] = serde_yaml::from_str(value).expect("YAML"),
            Rename(..) => panic!("{path}: entries of a list have no name"),
        }
        return;
    }
    let table = holder.as_mapping_mut().expect("a table");
    match edit {
        Drop(_) => drop(table.remove(key).unwrap_or_else(|| panic!("{path}: not there"))),
        Set(_, value) => drop(table.insert(key.into(), serde_yaml::from_str(value).expect("YAML"))),
        Rename(_, name) => {
            assert!(table.contains_key(key), "{path}: not there");
            let renamed = |(old, value): (Value, Value)| (if old == key { name.into() } else { old }, value);
            *table = std::mem::take(table).into_iter().map(renamed).collect::<Mapping>();
        }
    }
}

fn differences_after(edit: Edit) -> Vec<String> {
    let mut spec = spec();
    change(&mut spec, edit);
    differences(pages(), &resolve::facts(&spec))
}

fn check(table: &[(&str, Edit, &[&str])]) {
    for (kind, edit, expected) in table {
        assert_eq!(differences_after(*edit), *expected, "{kind}: {edit:?}");
    }
}
