//! References: follows a `$ref` to its target.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};

use super::middle::Referable;
use super::{At, Lowering, SchemaAt};
use crate::diagnostics::Code;
use crate::pointer::Pointer;
use crate::spec::nearest;

/// The maximum number of references between a place and its definition.
pub(super) const MAX_CHAIN: usize = 100;

impl<'a> Lowering<'a> {
    /// Returns the entry of `components.schemas` that a `$ref` names.
    pub(super) fn component(&self, reference: &str) -> Option<&'a str> {
        let name = component_name(reference, "schemas")?;
        self.components.object.schemas.get_key_value(&name).map(|(name, _)| name.as_str())
    }

    /// Returns the schema that a `$ref` leads to: an entry of the components, or a part of a definition. It can be a
    /// reference itself. A missing target is reported elsewhere.
    pub(super) fn schema(&self, reference: &str) -> Option<SchemaAt<'a>> {
        self.schema_behind(&Pointer::from_reference(reference)?)
    }

    /// The same, but reports a missing target.
    pub(super) fn referenced_schema(&mut self, reference: &At<'a, str>) -> Option<SchemaAt<'a>> {
        let schema = self.schema(reference);
        if schema.is_none() {
            self.unresolved(reference, "schemas");
        }
        schema
    }

    pub(super) fn schema_at(&self, name: &str, schema: &'a ReferenceOr<Schema>) -> SchemaAt<'a> {
        At::new(schema, self.components.key("schemas").key(name)).into()
    }

    /// Follows references into parts of definitions, up to a schema or to a reference to a component.
    pub(super) fn beyond_middles(&mut self, reference: At<'a, str>) -> Option<SchemaAt<'a>> {
        let from = reference.pointer.clone();
        let mut passed: Vec<Pointer> = Vec::new();
        let mut reference = reference;
        while self.component(&reference).is_none() {
            match self.referenced_schema(&reference)? {
                SchemaAt::Schema(schema) => return Some(SchemaAt::Schema(schema)),
                SchemaAt::Reference(next) => {
                    self.may_pass(&from, &reference, &mut passed, next.pointer.clone())?;
                    reference = next;
                }
            }
        }
        Some(SchemaAt::Reference(reference))
    }

    /// Follows a `$ref` to an object of another kind; returns the target with its place.
    pub(super) fn resolve<T: Referable>(
        &mut self,
        item: At<'a, ReferenceOr<T>>,
        section: &'static str,
        targets: &'a IndexMap<String, ReferenceOr<T>>,
    ) -> Option<At<'a, T>> {
        let from = item.pointer.clone();
        let mut item = item;
        let mut passed: Vec<Pointer> = Vec::new();
        loop {
            let reference = match item.object {
                ReferenceOr::Item(target) => return Some(At::new(target, item.pointer)),
                ReferenceOr::Reference { reference } => At::new(reference.as_str(), item.pointer),
            };
            let pointer = Pointer::from_reference(&reference);
            let named = || targets.get(&component_name(&reference, section)?);
            let target = pointer.and_then(|at| Some((named().or_else(|| self.object_behind(&at))?, at)));
            let Some((target, pointer)) = target else {
                self.unresolved(&reference, section);
                return None;
            };
            self.may_pass(&from, &reference, &mut passed, pointer.clone())?;
            item = At::new(target, pointer);
        }
    }

    /// Records a place that references lead through. Returns `None`, and reports it, if they were there before.
    fn may_pass(
        &mut self,
        from: &Pointer,
        reference: &At<'a, str>,
        passed: &mut Vec<Pointer>,
        next: Pointer,
    ) -> Option<()> {
        if passed.contains(&next) {
            let message = format!("`{}` leads back to itself, and never to a definition", reference.object);
            self.problem(Code::ReferenceCycle, &from.key("$ref"), message).help =
                Some("replace one of the references by the definition".to_owned());
            return None;
        }
        if passed.len() == MAX_CHAIN {
            self.too_long_a_chain(from);
            return None;
        }
        passed.push(next);
        Some(())
    }

    pub(super) fn too_long_a_chain(&mut self, pointer: &Pointer) {
        self.unsupported(pointer, &format!("a definition behind more than {MAX_CHAIN} references")).help =
            Some("refer to the definition itself".to_owned());
    }

    fn unresolved(&mut self, reference: &At<'a, str>, section: &str) {
        let near =
            component_name(reference, section).and_then(|name| self.nearest(&name, self.component_names(section)));
        let pointer = Pointer::from_reference(reference);
        let behind = pointer.as_ref().and_then(|pointer| self.reference_on_the_way(pointer));
        let help = if let Some(near) = near {
            format!("did you mean `#/components/{section}/{near}`?")
        } else if let Some((next, rest)) = behind {
            let rest = rest.iter().fold(Pointer::root(), |rest, key| rest.key(key)).to_string();
            let rest = rest.trim_start_matches('#');
            format!(
                "its path contains a reference to `{next}`, and a reference cannot lead through another: did you mean `{next}{rest}`?"
            )
        } else {
            format!(
                "a reference here names an entry of this document, `#/components/{section}/NAME`, or a part of another definition"
            )
        };
        let message = format!("`{}` leads to {}", reference.object, nothing_of(section));
        self.problem(Code::UnresolvedReference, &reference.key("$ref"), message).help = Some(help);
    }

    /// Returns the most likely intended name. The search takes time, so only the first problems get a suggestion.
    pub(super) fn nearest<'c>(&self, name: &str, known: impl Iterator<Item = &'c str>) -> Option<String> {
        const MOST: usize = 100;
        let is_early = self.problems.len() < MOST;
        is_early.then(|| nearest(name, known)).flatten().map(str::to_owned)
    }

    /// Returns the names in the section of the components that references lead to.
    pub(super) fn component_names(&self, section: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let components = self.components.object;
        let names: Box<dyn Iterator<Item = &'a String>> = match section {
            "schemas" => Box::new(components.schemas.keys()),
            "parameters" => Box::new(components.parameters.keys()),
            "requestBodies" => Box::new(components.request_bodies.keys()),
            "responses" => Box::new(components.responses.keys()),
            "headers" => Box::new(components.headers.keys()),
            _ => Box::new(components.examples.keys()),
        };
        names.map(String::as_str)
    }
}

/// Returns the entry that `#/components/SECTION/NAME` names.
fn component_name(reference: &str, section: &str) -> Option<String> {
    let usual = reference.strip_prefix("#/components/").and_then(|rest| rest.strip_prefix(section)?.strip_prefix('/'));
    if let Some(name) = usual.filter(|name| !name.contains(['/', '~', '%'])) {
        return Some(name.to_owned());
    }
    let pointer = Pointer::from_reference(reference)?;
    let mut segments = pointer.keys();
    let name = (segments.next()? == "components" && segments.next()? == section).then(|| segments.next())??;
    segments.next().is_none().then(|| name.into_owned())
}

/// Names the missing target of a reference.
fn nothing_of(section: &str) -> &'static str {
    match section {
        "schemas" => "no schema",
        "parameters" => "no parameter",
        "requestBodies" => "no request body",
        "responses" => "no response",
        "headers" => "no header",
        "securitySchemes" => "no security scheme",
        _ => "no example",
    }
}
