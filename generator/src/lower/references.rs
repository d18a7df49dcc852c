//! References: what stands behind a `$ref`.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};

use super::{At, Lowering, SchemaAt};
use crate::diagnostics::Code;
use crate::ir::TypeId;
use crate::pointer::Pointer;
use crate::spec::nearest;

/// How many references may lie between a place and the definition that it means.
pub(super) const MAX_CHAIN: usize = 100;

impl<'a> Lowering<'a> {
    /// The type that a `$ref` names.
    pub(super) fn referenced_type(&mut self, reference: &At<'a, str>) -> Option<TypeId> {
        let name = self.referenced_schema(reference)?.0;
        Some(self.types.component(name))
    }

    /// The entry of `components.schemas` that a `$ref` names.
    pub(super) fn referenced_schema(&mut self, reference: &At<'a, str>) -> Option<(&'a str, SchemaAt<'a>)> {
        let entry = self.schema(reference);
        if entry.is_none() {
            self.unresolved(reference, "schemas");
        }
        entry
    }

    /// The same, where somebody else reports it if there is none.
    pub(super) fn schema(&self, reference: &str) -> Option<(&'a str, SchemaAt<'a>)> {
        let name = component_name(reference, "schemas")?;
        let (name, schema) = self.components.object.schemas.get_key_value(&name)?;
        Some((name, self.schema_at(name, schema)))
    }

    pub(super) fn schema_at(&self, name: &str, schema: &'a ReferenceOr<Schema>) -> SchemaAt<'a> {
        At::new(schema, self.components.key("schemas").key(name)).into()
    }

    /// Follows a `$ref` into a section of the components; gives the target with its place.
    pub(super) fn resolve<T>(
        &mut self,
        item: At<'a, ReferenceOr<T>>,
        section: &'static str,
        targets: &'a IndexMap<String, ReferenceOr<T>>,
    ) -> Option<At<'a, T>> {
        let from = item.pointer.clone();
        let mut item = item;
        let mut passed: Vec<&str> = Vec::new();
        loop {
            let reference = match item.object {
                ReferenceOr::Item(target) => return Some(At::new(target, item.pointer)),
                ReferenceOr::Reference { reference } => At::new(reference.as_str(), item.pointer),
            };
            let target = component_name(&reference, section).and_then(|name| targets.get_key_value(&name));
            let Some((name, target)) = target else {
                self.unresolved(&reference, section);
                return None;
            };
            if passed.contains(&name.as_str()) {
                let message = format!("`{}` leads back to itself and never to a definition", reference.object);
                self.problem(Code::ReferenceCycle, &from.key("$ref"), message).help =
                    Some("write the definition in place of one of the references".to_owned());
                return None;
            }
            if passed.len() == MAX_CHAIN {
                self.too_long_a_chain(&from);
                return None;
            }
            passed.push(name);
            item = At::new(target, self.components.key(section).key(name));
        }
    }

    pub(super) fn too_long_a_chain(&mut self, pointer: &Pointer) {
        self.unsupported(pointer, &format!("a definition behind more than {MAX_CHAIN} references")).help =
            Some("refer to the definition itself".to_owned());
    }

    fn unresolved(&mut self, reference: &At<'a, str>, section: &str) {
        let near =
            component_name(reference, section).and_then(|name| self.nearest(&name, self.component_names(section)));
        let help = if let Some(near) = near {
            format!("did you mean `#/components/{section}/{near}`?")
        } else if reference.starts_with('#') {
            format!("a reference here names an entry of this document: `#/components/{section}/NAME`")
        } else {
            format!("other documents are not read: bring the definition into `components.{section}`")
        };
        let message = format!("`{}` is no entry of `components.{section}`", reference.object);
        self.problem(Code::UnresolvedReference, &reference.key("$ref"), message).help = Some(help);
    }

    /// What a name was most likely meant to be. Looking for it takes time, so that only the first problems are worth it.
    pub(super) fn nearest<'c>(&self, name: &str, known: impl Iterator<Item = &'c str>) -> Option<String> {
        const MOST: usize = 100;
        let is_early = self.problems.len() < MOST;
        is_early.then(|| nearest(name, known)).flatten().map(str::to_owned)
    }

    /// What a section of the components that references lead to has.
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

/// The entry that `#/components/SECTION/NAME` names.
fn component_name(reference: &str, section: &str) -> Option<String> {
    let pointer = Pointer::from_reference(reference)?;
    let segments: Vec<String> = pointer.segments().collect();
    match segments.as_slice() {
        [components, found, name] if components == "components" && found == section => Some(name.clone()),
        _ => None,
    }
}
