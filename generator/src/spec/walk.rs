//! Walks over the tree along the tables. It recurses as deep as the tree, which [`crate::source::MAX_DEPTH`] limits,
//! and visits every node once.

use crate::diagnostics::{Code, Diagnostic, Place};
use crate::pointer::Pointer;
use crate::source::{Entry, MAX_PROBLEMS, Node, Tree, Value};
use crate::spec::grammar::{KeyRule, Object, Shape, Variant};
use crate::spec::{extensions, keys, tables};

/// Checks the whole tree.
pub(super) fn walk(tree: &Tree) -> Vec<Diagnostic> {
    let mut walk = Walk { path: Vec::new(), diagnostics: Vec::new() };
    walk.shape(tree.root(), &tables::DOCUMENT);
    walk.diagnostics
}

/// The state of the walk, and the problems so far.
pub(crate) struct Walk<'t> {
    path: Vec<Step<'t>>,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Clone, Copy)]
enum Step<'t> {
    Key(&'t str),
    Index(usize),
}

impl<'t> Walk<'t> {
    /// Reports a problem of the current value.
    pub(super) fn report(&mut self, code: Code, message: impl Into<String>, help: Option<String>) {
        let place = Place::Value(self.here());
        self.push(code, place, message, help);
    }

    /// Reports a problem of the value of `key` in the current mapping.
    pub(super) fn report_at(&mut self, key: &str, code: Code, message: impl Into<String>, help: Option<String>) {
        let place = Place::Value(self.here().key(key));
        self.push(code, place, message, help);
    }

    /// Reports a problem of an item of the list at `key` in the current mapping.
    pub(super) fn report_in(&mut self, key: &str, index: usize, code: Code, message: String, help: Option<String>) {
        let place = Place::Value(self.here().key(key).index(index));
        self.push(code, place, message, help);
    }

    /// Adds the value of `key` in the current mapping to the last report.
    pub(super) fn relate(&mut self, key: &str, what: &str) {
        let place = Place::Value(self.here().key(key));
        if let Some(last) = self.diagnostics.last_mut() {
            last.related.push((place, what.to_owned()));
        }
    }

    /// Reports a problem of the key of the current value.
    fn report_key(&mut self, code: Code, message: impl Into<String>, help: Option<String>) {
        let place = Place::Key(self.here());
        self.push(code, place, message, help);
    }

    fn push(&mut self, code: Code, place: Place, message: impl Into<String>, help: Option<String>) {
        if self.diagnostics.len() >= MAX_PROBLEMS {
            return;
        }
        let mut diagnostic = Diagnostic::new(code, place, message);
        diagnostic.help = help;
        self.diagnostics.push(diagnostic);
    }

    fn here(&self) -> Pointer {
        self.path.iter().fold(Pointer::root(), |pointer, step| match step {
            Step::Key(key) => pointer.key(key),
            Step::Index(index) => pointer.index(*index),
        })
    }

    fn inside(&mut self, step: Step<'t>, judge: impl FnOnce(&mut Self)) {
        self.path.push(step);
        judge(self);
        self.path.pop();
    }

    fn shape(&mut self, node: &'t Node, shape: &'static Shape) {
        match (shape, &node.value) {
            (Shape::Json, _) | (Shape::Text, Value::String(_)) | (Shape::Flag, Value::Bool(_)) => {}
            (Shape::JsonButNull, Value::Null) => {
                let help = "remove the key, or write the null inside a list or mapping".to_owned();
                self.report(Code::NotModelled, "a `null` is not supported here", Some(help));
            }
            (Shape::JsonButNull, _) => {}
            (Shape::OneOf(values), Value::String(text)) => self.one_of(values, text),
            (Shape::True, Value::Bool(flag)) => {
                if !flag {
                    self.report(Code::UnknownValue, "this must be `true`", Some("write `true`".to_owned()));
                }
            }
            (Shape::Number, Value::Integer(_) | Value::Float(_)) => {}
            (Shape::PositiveNumber, Value::Integer(number)) => self.positive(*number > 0.into()),
            (Shape::PositiveNumber, Value::Float(number)) => self.positive(*number > 0.0),
            (Shape::Count, value @ (Value::Integer(_) | Value::Float(_))) => match value.as_integer() {
                Some(number) if !number.is_negative() => {}
                Some(_) => {
                    let help = "write 0 or more, or remove the key".to_owned();
                    self.report(Code::NumberValue, "this number must not be negative", Some(help));
                }
                None => {
                    let help = "write an integer, or remove the key".to_owned();
                    self.report(Code::NumberValue, "this number must be an integer", Some(help));
                }
            },
            (Shape::List(of), Value::Sequence(items)) => self.items(items, of),
            (Shape::NonEmptyList(of), Value::Sequence(items)) => {
                if items.is_empty() {
                    self.report(Code::EmptyList, "this list must not be empty", Some("remove the key".to_owned()));
                }
                self.items(items, of);
            }
            (Shape::Map(rule, of), Value::Mapping(entries)) => {
                for entry in entries.iter() {
                    self.inside(Step::Key(&entry.key), |walk| walk.named(*rule, entry, of));
                }
            }
            (Shape::Object(object), Value::Mapping(entries)) => self.object(entries, object),
            (Shape::Referable(object), Value::Mapping(entries)) => {
                if entries.iter().any(|entry| entry.key == "$ref") {
                    self.reference(entries, object);
                } else {
                    self.object(entries, object);
                }
            }
            (Shape::FlagOr(_), Value::Bool(_)) | (Shape::TextOr(_), Value::String(_)) => {}
            (Shape::FlagOr(other) | Shape::TextOr(other), Value::Mapping(_)) => self.shape(node, other),
            (Shape::NotModelled(help), _) => {
                self.report_key(Code::NotModelled, "this key is not supported", Some((*help).to_owned()));
            }
            (shape, value) => self.wrong_kind(shape, value),
        }
    }

    fn wrong_kind(&mut self, shape: &Shape, value: &Value) {
        let message = format!("expected {}, found {}", shape.expected(), value.kind());
        let help = match (shape, value) {
            (_, Value::Null) => "write a value, or remove the key",
            (Shape::Text | Shape::OneOf(_), Value::Bool(_) | Value::Integer(_) | Value::Float(_)) => "put it in quotes",
            (Shape::OneOf(values), Value::Sequence(_)) if values.contains(&"object") => {
                "lists of types belong to OpenAPI 3.1: write one type, and `nullable: true` for `null`"
            }
            (shape, _) => shape.example(),
        };
        self.report(Code::WrongKind, message, Some(help.to_owned()));
    }

    fn one_of(&mut self, values: &'static [&'static str], text: &str) {
        if values.contains(&text) {
            return;
        }
        let message = format!("`{text}` is not one of {}", listed(values));
        let help = match keys::nearest(text, values.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write one of them".to_owned(),
        };
        self.report(Code::UnknownValue, message, Some(help));
    }

    fn positive(&mut self, is_positive: bool) {
        if !is_positive {
            let help = "write a number above zero, or remove the key".to_owned();
            self.report(Code::NumberValue, "this number must be above zero", Some(help));
        }
    }

    fn items(&mut self, items: &'t [Node], of: &'static Shape) {
        for (index, item) in items.iter().enumerate() {
            self.inside(Step::Index(index), |walk| walk.shape(item, of));
        }
    }

    fn named(&mut self, rule: KeyRule, entry: &'t Entry, of: &'static Shape) {
        if let Some(bad) = keys::judge(rule, &entry.key) {
            self.report_key(bad.code, bad.message, Some(bad.help));
        }
        self.shape(&entry.node, of);
    }

    fn reference(&mut self, entries: &'t [Entry], object: &'static Object) {
        for entry in entries {
            let key = entry.key.as_str();
            self.inside(Step::Key(key), |walk| {
                if key == "$ref" {
                    walk.shape(&entry.node, &Shape::Text);
                } else if !key.starts_with("x-") || extensions::seems_ours(object, key) {
                    let help = if object.fields.iter().any(|field| field.key == "allOf") {
                        "wrap the reference: other keys are allowed beside `allOf: [{$ref: …}]`"
                    } else {
                        "move the key to the target, or copy the target here"
                    };
                    let message = format!("`{key}` has no effect beside `$ref`");
                    walk.report_key(Code::ReferenceSibling, message, Some(help.to_owned()));
                }
            });
        }
    }

    fn object(&mut self, entries: &'t [Entry], object: &'static Object) {
        let variant = object.variant(entries);
        for entry in entries {
            self.inside(Step::Key(&entry.key), |walk| walk.entry(entry, object, variant));
        }
        let has = |key: &str| entries.iter().any(|entry| entry.key == key);
        // Before a variant is selected, its required keys are unknown.
        let selected = variant.map_or(&[][..], |variant| variant.fields);
        for field in object.fields.iter().chain(selected).filter(|field| field.is_required && !has(field.key)) {
            let who = with_variant(object, variant);
            let help = format!("add `{}: {}`", field.key, field.shape.stub());
            self.report(Code::MissingKey, format!("{who} must have the key `{}`", field.key), Some(help));
        }
        for choice in object.choices {
            let mut present = choice.keys.iter().filter(|key| has(key));
            match (present.next(), present.next()) {
                (Some(first), Some(second)) => {
                    let message = format!("{} can have only one of {}", object.name, listed(choice.keys));
                    let help = format!("remove `{first}` or `{second}`");
                    self.inside(Step::Key(second), |walk| walk.report_key(Code::ConflictingKeys, message, Some(help)));
                    self.relate(first, "beside this");
                }
                (None, _) if choice.is_required => {
                    let message = format!("{} must have one of {}", object.name, listed(choice.keys));
                    self.report(Code::MissingKey, message, Some("add one of them".to_owned()));
                }
                _ => {}
            }
        }
        if let Some(check) = object.check {
            check(self, entries);
        }
    }

    fn entry(&mut self, entry: &'t Entry, object: &'static Object, variant: Option<&'static Variant>) {
        let key = entry.key.as_str();
        if let Some(field) = object.fields(variant).find(|field| field.key == key) {
            self.shape(&entry.node, &field.shape);
        } else if key.starts_with("x-") {
            self.extension(entry, object);
        } else if let Some((rule, shape)) = object.rest {
            self.named(rule, entry, shape);
        } else {
            self.unknown_key(key, object, variant);
        }
    }

    fn unknown_key(&mut self, key: &str, object: &'static Object, variant: Option<&'static Variant>) {
        let message = format!("{} has no key `{key}`", with_variant(object, variant));
        let candidates = object.fields(variant).map(|field| field.key);
        let help = if let Some((tag, value)) = variant_with(object, key) {
            format!("it belongs to {} with `{tag}: {value}`", object.name)
        } else if let Some(near) = keys::nearest(key, candidates) {
            format!("did you mean `{near}`?")
        } else {
            "remove it; keys for other tools begin with `x-`".to_owned()
        };
        self.report_key(Code::UnknownKey, message, Some(help));
    }

    fn extension(&mut self, entry: &'t Entry, object: &'static Object) {
        let key = entry.key.as_str();
        if let Some(field) = object.extensions.iter().find(|field| field.key == key) {
            return self.shape(&entry.node, &field.shape);
        }
        if !object.is_extensible {
            let message = format!("extensions are not supported in {}", object.name);
            self.report_key(Code::NotModelled, message, Some("remove it".to_owned()));
        } else if let Some(help) = extensions::intended_extension(object, key) {
            let message = format!("{} has no extension `{key}` that the generator knows", object.name);
            self.report_key(Code::UnknownExtension, message, Some(help));
        }
    }
}

/// The kind of object, with the value that selects its variant.
fn with_variant(object: &Object, variant: Option<&Variant>) -> String {
    match (&object.variants, variant) {
        (Some(variants), Some(variant)) => format!("{} with `{}: {}`", object.name, variants.tag, variant.value),
        _ => object.name.to_owned(),
    }
}

/// The tag and the value of it that `key` needs.
fn variant_with(object: &Object, key: &str) -> Option<(&'static str, &'static str)> {
    let variants = object.variants.as_ref()?;
    let variant = variants.of.iter().find(|variant| variant.fields.iter().any(|field| field.key == key))?;
    Some((variants.tag, variant.value))
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
