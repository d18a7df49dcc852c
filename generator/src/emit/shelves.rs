//! Folders for the modules of a crate with very many: one per initial letter of their names. Nobody reads an index of
//! thousands of lines, or its diff.

use std::collections::BTreeMap;

use crate::ident::Ident;

/// The maximum number of modules in a single folder.
const MOST: usize = 1_000;

/// Returns the folder of a module in a crate with this many, if it has one.
pub(super) fn shelf(count: usize, module: &Ident) -> Option<Ident> {
    let letter = module.unraw().chars().find(char::is_ascii_lowercase).unwrap_or('a');
    (count > MOST).then(|| Ident::plain(&format!("letter_{letter}")))
}

/// Returns the path of a module's file in a folder.
pub(super) fn path(folder: &str, count: usize, module: &Ident) -> String {
    match shelf(count, module) {
        Some(shelf) => format!("{folder}/{shelf}/{module}.rs"),
        None => format!("{folder}/{module}.rs"),
    }
}

/// Groups things by the folders of their modules, both in alphabetical order. Without folders, there are no groups.
pub(super) fn shelves<T>(things: &[T], module: impl Fn(&T) -> &Ident) -> BTreeMap<Ident, Vec<&T>> {
    let mut shelves: BTreeMap<Ident, Vec<&T>> = BTreeMap::new();
    for thing in things {
        if let Some(shelf) = shelf(things.len(), module(thing)) {
            shelves.entry(shelf).or_default().push(thing);
        }
    }
    shelves
}
