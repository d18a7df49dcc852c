//! Makes real descriptions strict. They are full of harmless violations and of habits of other tools. This stage
//! rewrites each of them in the tree, to OpenAPI 3.0.3 with our own extensions, so later stages see strict OpenAPI only.
//! Every rewrite is reported as a warning with its place; our own spec has none, because of `--deny-warnings`.
//!
//! An added value has the span of the value that caused the rewrite, so that later stages can point at it.
//!
//! | module | rewrites |
//! |---|---|
//! | `values` | values of another kind than their key requires: `null`, empty lists, quoted numbers |
//! | `keys` | keys that OpenAPI does not have at their place, keys that exclude each other, missing keys |
//! | `schemas`, `parts`, `enums`, `counts`, `numbers`, `texts`, `references` | schemas |
//! | `undescribed` | security schemes without a description |
//! | `media_types` | keys of `content` that are not media types |
//! | `operations` | operations, their responses, paths |
//! | `pagination` | `x-pagination` of another dialect |
//! | `parameters` | parameters, compared with the path |
//! | `styles` | styles that belong to another place |
//! | `dialect` | extensions of Datadog's own descriptions |
//! | `path_items` | path items behind a reference |
//! | `servers` | servers of other protocols than HTTP |
//! | `encodings` | `encoding` where it has no effect |
//! | `ignored` | objects that a client does not use, which are dropped and counted |
//!
//! The walk follows the tables of `spec`, so that the kind of each object is known.

mod counts;
mod dialect;
mod encodings;
mod enums;

mod ignored;
mod keys;
mod media_types;
mod numbers;
mod operations;
mod pagination;
mod parameters;
mod parts;
mod path_items;
mod queries;
mod references;
mod schemas;
mod security;
mod servers;
mod styles;
mod texts;
mod undescribed;
mod values;

use std::collections::BTreeSet;

use crate::diagnostics::{Code, Diagnostic, Place, Sources, Span};
use crate::pointer::Pointer;
use crate::source::{Entry, Mapping, Node, Tree, Value};
use crate::spec::{Object, ObjectKind, Shape};

pub use ignored::Ignored;

/// A tree whose operations are distinct: each has an id, and every path item is at its path.
#[derive(Clone, Debug)]
pub struct Identified {
    /// The tree.
    pub tree: Tree,
    /// A warning for each rewrite.
    pub warnings: Vec<Diagnostic>,
}

/// A tree that was rewritten, and the rewrites.
#[derive(Clone, Debug)]
pub struct Adapted {
    /// The tree for the later stages.
    pub tree: Tree,
    /// A warning for each rewrite.
    pub warnings: Vec<Diagnostic>,
    /// The number of extensions of other tools, which are ignored.
    pub foreign_extensions: usize,
    /// The objects that a client does not use.
    pub ignored: Ignored,
}

/// Rewrites paths and operations, so that each operation has an id.
///
/// A document of another version is unchanged: it has other rules.
pub fn identify(sources: &Sources, mut tree: Tree) -> Identified {
    if !crate::spec::is_supported(&tree) {
        return Identified { tree, warnings: Vec::new() };
    }
    let mut adapting = Adapting::new(sources, Vec::new());
    path_items::write_out(&mut adapting, tree.root_mut());
    operations::name(&mut adapting, tree.root_mut());
    let warnings = adapting.warnings;
    Identified { tree, warnings }
}

/// Rewrites everything else.
pub fn adapt(sources: &Sources, identified: Identified) -> Adapted {
    let Identified { mut tree, warnings } = identified;
    let mut adapting = Adapting::new(sources, warnings);
    if !crate::spec::is_supported(&tree) {
        let Adapting { warnings, foreign_extensions, ignored, .. } = adapting;
        return Adapted { tree, warnings, foreign_extensions, ignored };
    }
    references::straighten(&mut adapting, tree.root_mut());
    adapting.schemes = undescribed::known(tree.root());
    adapting.scalars = parts::known(tree.root());
    dialect::translate(&mut adapting, tree.root_mut());
    security::name_credentials(&mut adapting, tree.root_mut());
    security::split(&mut adapting, tree.root_mut());
    queries::move_parameters(&mut adapting, tree.root_mut());
    parameters::fit(&mut adapting, tree.root_mut());
    adapting.shape(tree.root_mut(), &crate::spec::DOCUMENT);
    let Adapting { warnings, foreign_extensions, ignored, .. } = adapting;
    Adapted { tree, warnings, foreign_extensions, ignored }
}

/// The state of a walk.
struct Adapting<'t> {
    sources: &'t Sources,
    /// The current place.
    at: Pointer,
    warnings: Vec<Diagnostic>,
    foreign_extensions: usize,
    ignored: Ignored,
    reported_xml: bool,
    /// The security schemes that the document describes.
    schemes: BTreeSet<String>,
    /// The components that are not objects.
    scalars: parts::Known,
}

impl<'t> Adapting<'t> {
    fn new(sources: &'t Sources, warnings: Vec<Diagnostic>) -> Self {
        Self {
            sources,
            at: Pointer::root(),
            warnings,
            foreign_extensions: 0,
            ignored: Ignored::default(),
            reported_xml: false,
            schemes: BTreeSet::new(),
            scalars: parts::Known::new(),
        }
    }

    /// Returns a scalar as written in the spec.
    fn written(&self, node: &Node) -> Option<String> {
        self.sources.text(node.span).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// Reports a rewrite of the value of `key` in the current object.
    fn report(&mut self, code: Code, key: &str, message: impl Into<String>) -> &mut Diagnostic {
        let place = Place::Key(self.at.key(key));
        self.report_at(code, place, message)
    }

    /// Reports that a key is removed from the current object.
    fn report_removed(&mut self, code: Code, (key, span): (&str, Span), message: impl Into<String>) -> &mut Diagnostic {
        let place = Place::Removed(self.at.key(key), span);
        self.report_at(code, place, message)
    }

    /// Reports a rewrite of the current object.
    fn report_here(&mut self, code: Code, message: impl Into<String>) -> &mut Diagnostic {
        let place = Place::Value(self.at.clone());
        self.report_at(code, place, message)
    }

    fn report_at(&mut self, code: Code, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        let index = self.warnings.len();
        self.warnings.push(Diagnostic::new(code, place, message));
        &mut self.warnings[index]
    }

    fn inside(&mut self, at: Pointer, visit: impl FnOnce(&mut Self)) {
        let outside = std::mem::replace(&mut self.at, at);
        visit(self);
        self.at = outside;
    }

    /// Rewrites a value and everything in it.
    fn shape(&mut self, node: &mut Node, shape: &'static Shape) {
        values::coerce(self, node, shape);
        match (shape, &mut node.value) {
            (Shape::List(of) | Shape::NonEmptyList(of), Value::Sequence(items)) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.inside(self.at.index(index), |walk| walk.shape(item, of));
                }
            }
            (Shape::Map(rule, of), Value::Mapping(entries)) => {
                keys::name(self, entries, *rule);
                media_types::rewrite(self, entries, *rule);
                for (key, node) in entries.values_mut() {
                    self.inside(self.at.key(key), |walk| walk.shape(node, of));
                }
            }
            (Shape::Object(object), Value::Mapping(_)) => self.object(node, object),
            (Shape::Referable(object), Value::Mapping(entries)) if entries.entry("$ref").is_none() => {
                self.object(node, object);
            }
            (Shape::Referable(object), Value::Mapping(_)) => references::siblings(self, node, object),
            (Shape::FlagOr(other) | Shape::TextOr(other), Value::Mapping(_)) => self.shape(node, other),
            _ => {}
        }
    }

    fn object(&mut self, node: &mut Node, object: &'static Object) {
        let span = node.span;
        let Value::Mapping(entries) = &mut node.value else { return };
        match object.kind {
            ObjectKind::Schema => {
                schemas::rewrite(self, entries, span);
                enums::rewrite(self, entries);
            }
            ObjectKind::Parameter => operations::schema(self, entries, "parameter", span),
            ObjectKind::Responses => operations::responses(self, entries, span),
            ObjectKind::Encoding => operations::encoding(entries, span),
            ObjectKind::Other if object.name == "a header" => operations::schema(self, entries, "header", span),
            ObjectKind::Other => {}
        }
        styles::rewrite(self, entries, object);
        undescribed::rewrite(self, entries, object);
        servers::rewrite(self, entries, object);
        pagination::rewrite(self, entries, object);
        encodings::rewrite(self, entries, object);
        self.ignored.drop_from(entries, object);
        keys::rewrite(self, entries, object, span);
        // The content of our own extensions is strict.
        let shapes: Vec<Option<&'static Shape>> =
            entries.iter().map(|entry| object.shape_of(entries, &entry.key)).collect();
        for ((key, node), shape) in entries.values_mut().zip(shapes) {
            let Some(shape) = shape.filter(|_| !key.starts_with("x-")) else { continue };
            let at = self.at.key(key);
            self.inside(at, |walk| walk.shape(node, shape));
        }
    }
}

/// An entry that the spec does not have, with the span of the value that caused it.
fn entry(key: &str, value: Value, span: Span) -> Entry {
    let head = Span { end: span.start, ..span };
    Entry { key: key.to_owned(), key_span: head, node: Node { span: head, value } }
}

fn text(value: &str) -> Value {
    Value::String(value.to_owned())
}

/// Returns the text of a key.
fn str_of<'m>(entries: &'m Mapping, key: &str) -> Option<&'m str> {
    entries.entry(key)?.node.value.as_str()
}
