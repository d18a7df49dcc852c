//! Scopes: which names are given, and how one is told from another.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span};

use super::words::{MAX_LENGTH, digits_behind_underscore, identifier, spelled_out, transliterated, variable_name};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{BodyPart, Call, Input};
use crate::pointer::Pointer;

/// The extension that names a choice between parameters.
pub(super) const CHOICE: &str = "x-at-least-one-of";

/// A name of the spec on its way to a Rust name.
#[derive(Clone)]
pub(super) struct Foreign<'a> {
    /// What the spec says.
    pub(super) name: &'a str,
    /// Where it stands.
    pub(super) place: Place,
    /// The extension that would give it another name.
    pub(super) extension: &'static str,
    /// The name of something of its kind that has no name.
    pub(super) fallback: &'static str,
}

/// The names given so far in one place, each with its name in the spec and where that stands.
#[derive(Default)]
pub(super) struct Scope(BTreeMap<String, Holder>);

/// Who has a name.
pub(super) type Holder = (String, Place, &'static str);

impl Scope {
    pub(super) fn is_free(&self, name: &str) -> bool {
        !self.0.contains_key(&digits_behind_underscore(name.to_owned()))
    }

    pub(super) fn holder(&self, name: &str) -> Option<&Holder> {
        self.0.get(&digits_behind_underscore(name.to_owned()))
    }

    /// Enters a name that is free and from which an identifier can be made.
    pub(super) fn enter(&mut self, foreign: &Foreign<'_>, name: String) -> Ident {
        let name = digits_behind_underscore(name);
        let ident = identifier(&name).unwrap_or_else(|| Ident::new(&format!("{name}_"), Span::call_site()));
        self.0.insert(name, (shown(foreign.name), foreign.place.clone(), foreign.extension));
        ident
    }
}

/// The names given so far in a call, and those of what is given outside of its body.
#[derive(Default)]
pub(super) struct CallScope {
    pub(super) names: Scope,
    outside: BTreeSet<String>,
}

impl CallScope {
    pub(super) fn new(call: &Call) -> Self {
        let inputs = call.inputs.iter().filter(|input| input.parameter.is_some());
        let choice = call.choice.iter().map(|choice| choice.name.as_str());
        let outside = inputs.map(Input::wanted_name).chain(choice);
        Self { names: Scope::default(), outside: outside.map(variable_name).collect() }
    }

    /// The name of an input before it is told apart from what the call needs for itself.
    pub(super) fn name(&self, input: &Input) -> String {
        let name = input.wanted_name();
        let is_part = matches!(input.body, Some(BodyPart::Field(_)));
        let is_body_alone = is_part && input.parameter.is_none() && input.rust_name.is_none();
        let is_outside = is_body_alone && self.outside.contains(&variable_name(name));
        if is_outside { format!("body {name}") } else { name.to_owned() }
    }
}

/// Naming under way.
#[derive(Default)]
pub(super) struct Naming {
    pub(super) warnings: Vec<Diagnostic>,
    /// The places of names that were told of: a type meets another in its module too.
    told: BTreeSet<Pointer>,
}

impl Naming {
    /// Makes an identifier out of a name, and enters it into its scope.
    pub(super) fn give(&mut self, foreign: &Foreign<'_>, scope: &mut Scope, cased: &dyn Fn(&str) -> String) -> Ident {
        let source =
            self.unique(foreign, &|source| scope.is_free(&cased(source)), &|source| scope.holder(&cased(source)));
        let words = if is_usable(&cased(&source)) { source } else { self.replaced(foreign, &source, cased) };
        let name = cased(&words);
        let name = if scope.is_free(&name) { name } else { self.numbered(foreign, &words, scope, cased) };
        scope.enter(foreign, name)
    }

    fn numbered(
        &mut self,
        foreign: &Foreign<'_>,
        words: &str,
        scope: &Scope,
        cased: &dyn Fn(&str) -> String,
    ) -> String {
        self.told_apart(foreign, scope.holder(&cased(words)));
        // One of these is free, unless the number makes the name too long. Then the fallback takes its place.
        let numbers = 2..=scope.0.len().saturating_add(2);
        let numbered = numbers.map(|number| format!("{words} {number}"));
        let others = (2_usize..).map(|number| format!("{} {number}", foreign.fallback));
        let mut names = numbered.chain(others).map(|words| cased(&words));
        names.find(|name| scope.is_free(name) && is_usable(name)).unwrap_or_default()
    }

    /// The words from which names are made that are free; a number behind them tells them from others.
    pub(super) fn unique<'s>(
        &mut self,
        foreign: &Foreign<'_>,
        is_free: &dyn Fn(&str) -> bool,
        holder: &dyn Fn(&str) -> Option<&'s Holder>,
    ) -> String {
        let camel = |source: &str| heck::ToUpperCamelCase::to_upper_camel_case(source);
        let source = if is_usable(&camel(foreign.name)) {
            foreign.name.to_owned()
        } else {
            self.replaced(foreign, foreign.name, &camel)
        };
        if is_free(&source) {
            return source;
        }
        self.told_apart(foreign, holder(&source));
        let mut numbered = (2_usize..).map(|number| format!("{source} {number}"));
        numbered.find(|source| is_free(source)).unwrap_or(source)
    }

    /// The words that take the place of a name from which nothing can be made.
    fn replaced(&mut self, foreign: &Foreign<'_>, source: &str, cased: &dyn Fn(&str) -> String) -> String {
        let cut = || source.chars().filter(char::is_ascii).take(MAX_LENGTH / 2).collect::<String>();
        let candidates = [spelled_out(source), transliterated(source), cut(), format!("{} {source}", foreign.fallback)];
        let chosen = candidates.into_iter().find(|candidate| is_usable(&cased(candidate)));
        let chosen = chosen.unwrap_or_else(|| foreign.fallback.to_owned());
        let reason = if source.chars().count() > MAX_LENGTH {
            "it is too long"
        } else if source.is_empty() {
            "it is empty"
        } else if source.is_ascii() {
            "it has no letter"
        } else {
            "it has letters that are not ASCII"
        };
        let message = format!("`{}` is called `{}` in Rust: {reason}", shown(foreign.name), cased(&chosen));
        self.tell(Code::UnusableName, foreign, message, None);
        chosen
    }

    fn told_apart(&mut self, foreign: &Foreign<'_>, holder: Option<&Holder>) {
        let other = holder.map_or("another", |(other, _, _)| other);
        let message = format!("`{}` and `{other}` would have one name in Rust: it gets a number", shown(foreign.name));
        self.tell(Code::NameCollision, foreign, message, holder);
    }

    /// Tells that a name is one that the crate needs itself.
    pub(super) fn reserved(&mut self, foreign: &Foreign<'_>, name: &str) {
        let message =
            format!("`{}` would be `{name}` in Rust, a name that the crate needs itself", shown(foreign.name));
        self.tell(Code::ReservedName, foreign, message, None);
    }

    fn tell(&mut self, code: Code, foreign: &Foreign<'_>, message: String, holder: Option<&Holder>) {
        if let Place::Value(pointer) | Place::Key(pointer) = &foreign.place
            && !self.told.insert(pointer.clone())
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

fn is_usable(name: &str) -> bool {
    identifier(&digits_behind_underscore(name.to_owned())).is_some()
}

/// How a name of the spec gets another one in Rust.
fn way_out(extension: &str) -> String {
    match extension {
        "x-enum-varnames" => "name all values of the enum: `x-enum-varnames: [FIRST_NAME, SECOND_NAME]`".to_owned(),
        CHOICE => "give the choice another `name` in `x-at-least-one-of`".to_owned(),
        "x-site-name" => "give the server another `x-site-name`".to_owned(),
        extension => format!("name it beside the spec's name: `{extension}: other_name`"),
    }
}

/// A name as messages show it.
fn shown(name: &str) -> String {
    const MOST: usize = 60;
    if name.chars().count() <= MOST { name.to_owned() } else { name.chars().take(MOST).chain(['…']).collect() }
}
