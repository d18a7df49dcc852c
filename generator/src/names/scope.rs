//! Scopes: the names that are taken, and the numbers that distinguish equal ones.

use std::collections::{BTreeMap, BTreeSet};

use super::words::{
    self, MAX_LENGTH, digits_behind_underscore, identifier, spelled_out, transliterated, variable_name,
};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::hidden;
use crate::ident::Ident;
use crate::ir::{BodyPart, Input, Location, Operation};
use crate::pointer::Pointer;

/// The extension that names a choice between parameters.
pub(super) const CHOICE: &str = "x-at-least-one-of";

/// Used for the name of a tag, which no extension changes.
pub(super) const TAG: &str = "tags";

/// A name of the spec, before it becomes a Rust name.
#[derive(Clone)]
pub(super) struct Foreign<'a> {
    /// The name in the spec.
    pub(super) name: &'a str,
    /// Its place.
    pub(super) place: Place,
    /// The extension that sets another name.
    pub(super) extension: &'static str,
    /// The name if nothing is left of the spec's name.
    pub(super) fallback: &'static str,
    /// The name without the extension.
    pub(super) in_place_of: Option<&'a str>,
}

/// The names that are taken in one scope, each with its name in the spec and the place of that.
#[derive(Default)]
pub(super) struct Scope {
    given: BTreeMap<String, Holder>,
    /// The names that extensions replace: they stay reserved, except for other extensions, so that a new name for one
    /// does not change others.
    kept: BTreeMap<String, Holder>,
    /// The next number for a name. All smaller ones are taken: a search from 2 on would take time in proportion to the
    /// square of the names that collide.
    next: BTreeMap<String, usize>,
}

/// A scope in which a name must be free, and the form of names there.
pub(super) type Wanted<'s> = (&'s mut Scope, &'s dyn Fn(&str) -> String);

/// Words, and the names that are derived from them in each scope.
pub(super) struct Unique<const N: usize> {
    pub(super) words: String,
    pub(super) names: [String; N],
}

/// The holder of a name: the name in the spec, its place, and the extension that sets another.
pub(super) type Holder = (String, Place, &'static str);

impl Scope {
    /// Returns the holder of a name, or the one for whom it is reserved.
    fn holder(&self, name: &str, is_chosen: bool) -> Option<&Holder> {
        let find = |name: &str| self.given.get(name).or_else(|| self.kept.get(name).filter(|_| !is_chosen));
        if name.starts_with(|c: char| c.is_ascii_digit()) { find(&format!("_{name}")) } else { find(name) }
    }

    fn keep(&mut self, foreign: &Foreign<'_>, name: String) {
        let holder = (foreign.name.to_owned(), foreign.place.clone(), foreign.extension);
        self.kept.insert(digits_behind_underscore(name), holder);
    }

    /// Enters a free name that is a valid identifier.
    pub(super) fn enter(&mut self, foreign: &Foreign<'_>, name: String) -> Ident {
        let name = digits_behind_underscore(name);
        let ident = identifier(&name).unwrap_or_else(|| Ident::plain(&format!("{name}_")));
        self.given.insert(name, (foreign.name.to_owned(), foreign.place.clone(), foreign.extension));
        ident
    }
}

/// The names that are taken in a call, and those of its inputs outside the body.
#[derive(Default)]
pub(super) struct CallScope {
    pub(super) names: Scope,
    outside: BTreeSet<String>,
    /// The words before the names of parameters, by their places in the operation: several locations have one name.
    locations: BTreeMap<usize, &'static str>,
}

impl CallScope {
    pub(super) fn new(operation: &Operation) -> Self {
        let call = &operation.call;
        let inputs = call.inputs.iter().filter(|input| input.parameter.is_some());
        let choice = call.choice.iter().map(|choice| choice.name.as_str());
        let outside = inputs.map(Input::wanted_name).chain(choice);
        let outside = outside.map(variable_name).collect();
        Self { names: Scope::default(), outside, locations: locations(operation) }
    }

    /// The scope of the same call with a whole body, which has no fields.
    pub(super) fn with_body(operation: &Operation) -> Self {
        Self { outside: BTreeSet::new(), ..Self::new(operation) }
    }

    /// Returns the name of an input, before it is distinguished from the names that the call needs.
    pub(super) fn name(&self, input: &Input) -> String {
        let name = input.wanted_name();
        let is_part = matches!(input.body, Some(BodyPart::Field(_)));
        let is_body_alone = is_part && input.parameter.is_none() && input.rust_name.is_none();
        let is_outside = is_body_alone && self.outside.contains(&variable_name(name));
        let location = input.parameter.and_then(|index| self.locations.get(&index));
        match location {
            Some(location) => format!("{location} {name}"),
            None if is_outside => format!("body {name}"),
            None => name.to_owned(),
        }
    }
}

/// Returns the words that distinguish parameters of one name in several locations. The first location keeps the name.
fn locations(operation: &Operation) -> BTreeMap<usize, &'static str> {
    let parameter = |input: &Input| {
        let index = input.parameter.filter(|_| input.rust_name.is_none())?;
        let location = operation.parameters.get(index)?.location;
        Some((index, variable_name(&input.name), location))
    };
    let parameters: Vec<_> = operation.call.inputs.iter().filter_map(parameter).collect();
    let mut first: BTreeMap<&str, Location> = BTreeMap::new();
    for (_, name, location) in &parameters {
        let known = first.entry(name).or_insert(*location);
        *known = (*known).min(*location);
    }
    let others = parameters.iter().filter(|(_, name, location)| first.get(name.as_str()) != Some(location));
    others.map(|(index, _, location)| (*index, location.as_str())).collect()
}

/// The state of naming.
#[derive(Default)]
pub(super) struct Naming {
    pub(super) warnings: Vec<Diagnostic>,
    /// The places of names that were already reported: the module of a type collides too.
    reported: BTreeSet<Pointer>,
}

impl Naming {
    /// Converts a name to an identifier, and enters it into its scope.
    pub(super) fn give(&mut self, foreign: &Foreign<'_>, scope: &mut Scope, cased: &dyn Fn(&str) -> String) -> Ident {
        let Unique { names: [name], .. } = self.unique(foreign, [(&mut *scope, cased)]);
        scope.enter(foreign, name)
    }

    /// Returns words from which the names in all these scopes are free; a number after them distinguishes them from
    /// others.
    pub(super) fn unique<const N: usize>(&mut self, foreign: &Foreign<'_>, mut scopes: [Wanted<'_>; N]) -> Unique<N> {
        // Nearly all names are free unchanged: these are created only once.
        let names = scopes.each_ref().map(|(_, cased)| cased(foreign.name));
        let mut pairs = scopes.iter().zip(&names);
        if foreign.in_place_of.is_none()
            && pairs.all(|((scope, _), name)| words::is_usable(name) && scope.holder(name, false).is_none())
        {
            return Unique { words: foreign.name.to_owned(), names };
        }
        let words = self.renamed(foreign, &mut scopes);
        Unique { names: scopes.map(|(_, cased)| cased(&words)), words }
    }

    /// The same for any name, with a warning if the words change.
    fn renamed(&mut self, foreign: &Foreign<'_>, scopes: &mut [Wanted<'_>]) -> String {
        if let Some(own) = foreign.in_place_of {
            let own = Foreign { name: own, in_place_of: None, ..foreign.clone() };
            let (words, _) = free(&own, scopes);
            for (scope, cased) in scopes.iter_mut() {
                scope.keep(&own, cased(&words));
            }
        }
        let is_usable = is_usable(foreign.name, scopes);
        let (free, holder) = free(foreign, scopes);
        if !is_usable {
            let name = scopes.first().map(|(_, cased)| cased(&free)).unwrap_or_default();
            self.replaced(foreign, &name);
        } else if holder.is_some() {
            let is_kept = scopes.iter().all(|(scope, cased)| scope.holder(&cased(foreign.name), true).is_none());
            self.numbered(foreign, holder.as_ref(), is_kept);
        }
        free
    }

    fn replaced(&mut self, foreign: &Foreign<'_>, name: &str) {
        let source = foreign.name;
        let reason = if source.chars().count() > MAX_LENGTH {
            "it is too long"
        } else if source.is_empty() {
            "it is empty"
        } else if source.is_ascii() {
            "it has no letter"
        } else {
            "it has letters that are not ASCII"
        };
        let message = format!("`{}` is called `{name}` in Rust: {reason}", shown(source));
        self.report(Code::UnusableName, foreign, message, None);
    }

    fn numbered(&mut self, foreign: &Foreign<'_>, holder: Option<&Holder>, is_kept: bool) {
        let other = holder.map_or_else(|| "another".to_owned(), |(other, _, _)| shown(other));
        let name = shown(foreign.name);
        let message = if is_kept {
            format!(
                "without an extension, `{name}` and `{other}` would have the same name in Rust: it keeps its number"
            )
        } else {
            format!("`{name}` and `{other}` would have the same name in Rust: it gets a number")
        };
        self.report(Code::NameCollision, foreign, message, holder);
    }

    /// Reports a name that the crate itself needs.
    pub(super) fn reserved(&mut self, foreign: &Foreign<'_>, name: &str) {
        let message = format!("`{}` would be `{name}` in Rust, which the crate itself needs", shown(foreign.name));
        self.report(Code::ReservedName, foreign, message, None);
    }

    fn report(&mut self, code: Code, foreign: &Foreign<'_>, message: String, holder: Option<&Holder>) {
        if let Place::Value(pointer) | Place::Key(pointer) = &foreign.place
            && !self.reported.insert(pointer.clone())
        {
            return;
        }
        let mut help = way_out(foreign.extension);
        if holder.is_some_and(|(_, _, extension)| *extension == CHOICE) && foreign.extension != CHOICE {
            help = format!("{help}, or {}", way_out(CHOICE));
        }
        let mut warning = Diagnostic::new(code, foreign.place.clone(), message).help(help);
        if let Some((_, place, _)) = holder {
            warning = warning.related(place.clone(), "the other name");
        }
        self.warnings.push(warning);
    }
}

fn is_usable(source: &str, scopes: &[Wanted<'_>]) -> bool {
    scopes.iter().all(|(_, cased)| words::is_usable(&cased(source)))
}

/// Returns the words that replace a name from which no identifier can be created.
fn replacement(foreign: &Foreign<'_>, scopes: &[Wanted<'_>]) -> String {
    let source = foreign.name;
    let cut = || source.chars().filter(char::is_ascii).take(MAX_LENGTH / 2).collect::<String>();
    let candidates = [spelled_out(source), transliterated(source), cut(), format!("{} {source}", foreign.fallback)];
    let chosen = candidates.into_iter().find(|candidate| is_usable(candidate, scopes));
    chosen.unwrap_or_else(|| foreign.fallback.to_owned())
}

/// Returns the words for free names, and the holder of the names from the original words.
fn free(foreign: &Foreign<'_>, scopes: &mut [Wanted<'_>]) -> (String, Option<Holder>) {
    let is_usable = is_usable(foreign.name, scopes);
    let words = if is_usable { foreign.name.to_owned() } else { replacement(foreign, scopes) };
    let is_chosen = foreign.in_place_of.is_some();
    let holder = scopes.iter().find_map(|(scope, cased)| scope.holder(&cased(&words), is_chosen)).cloned();
    if holder.is_none() {
        return (words, None);
    }
    // A number can make a name too long.
    let numbered = numbered(&words, is_chosen, scopes).or_else(|| numbered(foreign.fallback, is_chosen, scopes));
    (numbered.unwrap_or(words), holder)
}

fn is_free(words: &str, is_chosen: bool, scopes: &[Wanted<'_>]) -> bool {
    scopes.iter().all(|(scope, cased)| scope.holder(&cased(words), is_chosen).is_none())
}

/// Returns the words with the first number that makes them free; empty if they are too long for one.
fn numbered(words: &str, is_chosen: bool, scopes: &mut [Wanted<'_>]) -> Option<String> {
    let (first, cased) = scopes.first()?;
    let name = cased(words);
    let start = first.next.get(&name).copied().unwrap_or(2);
    let candidates = (start..).map(|number| (number, format!("{words} {number}")));
    let mut candidates = candidates.take_while(|(_, words)| is_usable(words, scopes));
    let (number, found) = candidates.find(|(_, words)| is_free(words, is_chosen, scopes))?;
    let (first, _) = scopes.first_mut()?;
    first.next.insert(name, number.saturating_add(1));
    Some(found)
}

/// Says how to choose another Rust name.
fn way_out(extension: &str) -> String {
    match extension {
        "x-enum-varnames" => "name all values of the enum: `x-enum-varnames: [FIRST_NAME, SECOND_NAME]`".to_owned(),
        CHOICE => "give the choice another `name` in `x-at-least-one-of`".to_owned(),
        TAG => "give the tag another name, here or by an overlay".to_owned(),
        "x-site-name" => "give the server another `x-site-name`".to_owned(),
        extension => format!("add a name beside the spec's name: `{extension}: other_name`"),
    }
}

/// Shows a name in messages.
fn shown(name: &str) -> String {
    hidden::shown(name, 60)
}
