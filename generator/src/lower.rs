//! Lowering: from the spec as `openapiv3` reads it to the [intermediate representation](crate::ir).
//!
//! A list of passes, each collecting every problem it finds. What cannot be turned into code is reported here with its
//! place; nothing is dropped in silence.

mod all_of;
mod batches;
mod calls;
mod crate_name;
mod cycles;
mod objects;
mod operations;
mod parameters;
mod paths;
mod schemas;
mod service;
mod untyped;
mod walk;

pub(crate) use walk::unaliased;

use std::collections::BTreeMap;

use openapiv3::{Components, OpenAPI, ReferenceOr};

use crate::diagnostics::{Code, Diagnostic, Place};
use crate::hidden::is_hidden;
use crate::ir::{Api, TypeId};
use crate::pointer::Pointer;
use crate::spec::nearest;

/// How many references may lie between a place and the definition that it means.
const MAX_CHAIN: usize = 100;

/// Turns a document into an API, or reports every reason why not.
///
/// # Errors
///
/// Every construct that is not supported, every reference that leads nowhere, and every contradiction between parts of
/// the document.
pub fn lower(document: &OpenAPI) -> Result<Api, Vec<Diagnostic>> {
    let empty = Components::default();
    let components = document.components.as_ref().unwrap_or(&empty);
    let mut names: Vec<&str> = components.schemas.keys().map(String::as_str).collect();
    names.sort_unstable();
    let mut lowering = Lowering {
        document,
        components,
        type_ids: names.into_iter().enumerate().map(|(index, name)| (name, TypeId(index))).collect(),
        batches: Vec::new(),
        fields: 0,
        problems: Vec::new(),
    };

    lowering.refuse_unused_constructs();
    let types = lowering.types();
    let service = lowering.service();
    lowering.check_shared(&types);
    let operations = lowering.operations(&types);
    let mut api = Api {
        crate_name: service.crate_name,
        version: service.version,
        title: document.info.title.clone(),
        description: prose(document.info.description.as_deref(), document.external_docs.as_ref()),
        servers: service.servers,
        site_env: service.site_env,
        keys: service.keys,
        tags: service.tags,
        types,
        operations,
    };
    lowering.refuse_reference_cycles(&api);
    if !lowering.problems.is_empty() {
        return Err(lowering.problems);
    }
    lowering.refuse_endless_values(&api.types);
    if !lowering.problems.is_empty() {
        return Err(lowering.problems);
    }
    objects::mark_constants(&mut api.types);
    cycles::box_recursive_fields(&mut api.types);
    calls::plan(&mut api);
    lowering.refuse_long_calls(&api);
    lowering.batches(&mut api);
    if !lowering.problems.is_empty() {
        return Err(lowering.problems);
    }
    api.operations.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(api)
}

/// What the passes share: the document, the ids of its schemas, and the problems found so far.
struct Lowering<'a> {
    document: &'a OpenAPI,
    components: &'a Components,
    type_ids: BTreeMap<&'a str, TypeId>,
    /// Operations with `x-batch`, by id, each with the argument that is split.
    batches: Vec<(String, String)>,
    /// How many fields there are so far.
    fields: usize,
    problems: Vec<Diagnostic>,
}

impl<'a> Lowering<'a> {
    fn problem(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>) -> &mut Diagnostic {
        let index = self.problems.len();
        self.problems.push(Diagnostic::new(code, Place::Value(pointer.clone()), message));
        &mut self.problems[index]
    }

    /// Reports a construct that is legal in OpenAPI 3.0 and that the generator has no code for.
    fn unsupported(&mut self, pointer: &Pointer, construct: &str) -> &mut Diagnostic {
        let problem = self.problem(Code::Unsupported, pointer, format!("{construct} is not supported"));
        problem.help = Some("leave it out, or support it: `generator/README.md` has a recipe".to_owned());
        problem
    }

    /// Refuses what no reader would see in a name that stands in error messages and logs.
    fn refuse_hidden(&mut self, place: Place, what: &str, name: &str) {
        let Some(character) = name.chars().find(|character| is_hidden(*character)) else { return };
        let message = format!("{what} holds U+{:04X}, which no reader sees", u32::from(character));
        let help = "leave it out: error messages and logs show this name";
        self.problems.push(Diagnostic::new(Code::HiddenCharacter, place, message).help(help));
    }

    /// The schema that a `$ref` names.
    fn schema_id(&mut self, reference: &str, referrer: &Pointer) -> Option<TypeId> {
        let id = component_name(reference, "schemas").and_then(|name| self.type_ids.get(name.as_str()).copied());
        if id.is_none() {
            self.unresolved(reference, "schemas", referrer);
        }
        id
    }

    /// Follows a `$ref` into a section of the components; gives the target and where it stands.
    fn resolve<T>(
        &mut self,
        item: &'a ReferenceOr<T>,
        section: &'static str,
        targets: &'a indexmap::IndexMap<String, ReferenceOr<T>>,
        pointer: &Pointer,
    ) -> Option<(&'a T, Pointer)> {
        let mut item = item;
        let mut at = pointer.clone();
        let mut passed: Vec<&str> = Vec::new();
        loop {
            match item {
                ReferenceOr::Item(target) => return Some((target, at)),
                ReferenceOr::Reference { reference } => {
                    let target = component_name(reference, section).and_then(|name| targets.get_key_value(&name));
                    let Some((name, target)) = target else {
                        self.unresolved(reference, section, &at);
                        return None;
                    };
                    if passed.contains(&name.as_str()) {
                        self.problem(
                            Code::ReferenceCycle,
                            &pointer.key("$ref"),
                            format!("`{reference}` leads back to itself and never to a definition"),
                        )
                        .help = Some("write the definition in place of one of the references".to_owned());
                        return None;
                    }
                    if passed.len() == MAX_CHAIN {
                        self.too_long_a_chain(pointer);
                        return None;
                    }
                    passed.push(name);
                    item = target;
                    at = Pointer::root().key("components").key(section).key(name);
                }
            }
        }
    }

    fn too_long_a_chain(&mut self, pointer: &Pointer) {
        self.unsupported(pointer, &format!("a definition behind more than {MAX_CHAIN} references")).help =
            Some("refer to the definition itself".to_owned());
    }

    fn unresolved(&mut self, reference: &str, section: &str, referrer: &Pointer) {
        let near =
            component_name(reference, section).and_then(|name| self.nearest(&name, self.component_names(section)));
        let help = if let Some(near) = near {
            format!("did you mean `#/components/{section}/{near}`?")
        } else if reference.starts_with('#') {
            format!("a reference here names an entry of this document: `#/components/{section}/NAME`")
        } else {
            format!("other documents are not read: bring the definition into `components.{section}`")
        };
        self.problem(
            Code::UnresolvedReference,
            &referrer.key("$ref"),
            format!("`{reference}` is no entry of `components.{section}`"),
        )
        .help = Some(help);
    }

    /// What a name was most likely meant to be. Looking for it takes time, so that only the first problems are worth it.
    fn nearest<'c>(&self, name: &str, known: impl Iterator<Item = &'c str>) -> Option<String> {
        const MOST: usize = 100;
        let is_early = self.problems.len() < MOST;
        is_early.then(|| nearest(name, known)).flatten().map(str::to_owned)
    }

    /// What a section of the components that references lead to has.
    fn component_names(&self, section: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let components = self.components;
        let names: Box<dyn Iterator<Item = &'a String>> = match section {
            "schemas" => Box::new(components.schemas.keys()),
            "parameters" => Box::new(components.parameters.keys()),
            "requestBodies" => Box::new(components.request_bodies.keys()),
            "responses" => Box::new(components.responses.keys()),
            _ => Box::new(components.examples.keys()),
        };
        names.map(String::as_str)
    }

    /// Sections of the components that the emitted crate has no use for: an entry there would be lost.
    fn refuse_unused_constructs(&mut self) {
        let components = Pointer::root().key("components");
        for (section, used) in [
            ("headers", !self.components.headers.is_empty()),
            ("links", !self.components.links.is_empty()),
            ("callbacks", !self.components.callbacks.is_empty()),
        ] {
            if used {
                self.unsupported(&components.key(section), &format!("`components.{section}`"));
            }
        }
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

/// A description with the link to its external documentation.
fn prose(description: Option<&str>, external: Option<&openapiv3::ExternalDocumentation>) -> String {
    let mut text = description.unwrap_or_default().trim().to_owned();
    if let Some(external) = external {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        match &external.description {
            Some(what) => text.push_str(&format!("See also {}: <{}>", what.trim(), external.url)),
            None => text.push_str(&format!("See also <{}>", external.url)),
        }
    }
    text
}
