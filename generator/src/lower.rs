//! Lowering: from the spec as `openapiv3` reads it to the [intermediate representation](crate::ir).
//!
//! Operations come first, and request the types that they reach; then come the other components. When all types
//! are known, they are completed, and with them the operations. Every problem is collected. A construct that cannot be
//! converted to code is reported with its place; nothing is dropped silently.
//!
//! | module | lowers |
//! |---|---|
//! | `service` | servers, security schemes, tags |
//! | `operations`, `parameters` | path items and their parameters |
//! | `paths`, `placeholders` | path templates, and their parameters |
//! | `bodies`, `multipart`, `responses`, `media`, `alternatives` | request bodies and responses, and the media types of both |
//! | `schemas`, `scalars`, `objects`, `all_of`, `narrowing`, `lists`, `values`, `unions`, `families` | schemas, each into a draft of a type |
//! | `types`, `cycles`, `one_way` | drafts into types; types that contain themselves; fields that only one side sets |
//! | `choices`, `pagination`, `batches` | our extensions on operations |
//! | `calls` | the inputs of callers |
//!
//! `at` keeps objects and their places together, `references` follows a `$ref`, `middle` finds parts of definitions,
//! `origins` determines the owner of an inline schema, `members` names the members of a union, `tags` checks the texts of
//! discriminators.

mod all_of;
mod alternatives;
mod at;
mod batches;
mod bodies;
mod calls;
mod choices;
mod counts;
mod cycles;
mod families;
mod listed;
mod lists;
mod media;
mod members;
mod middle;
mod multipart;
mod narrowing;
mod nullable;
mod objects;
mod one_way;
mod operations;
mod origins;
mod pagination;
mod parameters;
mod paths;
mod placeholders;
mod references;
mod responses;
mod scalars;
mod schemas;
mod service;
mod tags;
mod types;
mod unions;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{Components, ExternalDocumentation, OpenAPI};

use crate::diagnostics::{Code, Diagnostic, Place, distinct};
use crate::hidden::is_hidden;
use crate::ir::{Api, Scheme, StatusKey, TypeId};
use crate::package::Package;
use crate::pointer::Pointer;

use at::{At, SchemaAt};
use parameters::ParameterDraft;
use types::{Arena, Pending};

/// The result of lowering.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The representation.
    pub api: Api,
    /// A warning for each optional extension without effect.
    pub warnings: Vec<Diagnostic>,
}

/// Lowers a document to an API, or reports every reason why that is impossible.
///
/// # Errors
/// Every construct that is not supported, every reference without a target, and every contradiction between parts of
/// the document.
pub fn lower(document: &OpenAPI, package: Package) -> Result<Lowered, Vec<Diagnostic>> {
    let empty = Components::default();
    let components = At::new(document.components.as_ref().unwrap_or(&empty), Pointer::root().key("components"));
    let document = At::new(document, Pointer::root());
    let mut lowering = Lowering::new(document, components);

    lowering.find_children();
    lowering.find_nullable();
    let service = lowering.service();
    let drafts = lowering.operations();
    let shared = lowering.shared();
    lowering.all_types();
    let finished = one_way::settle(std::mem::take(&mut lowering.types).finish(), &drafts);
    let finished = finished.map_types(|types| lowering.open_endless_lists(types));
    let operations = lowering.requests(drafts, &finished);
    for parameter in shared {
        lowering.finished_parameter(parameter, &finished);
    }
    lowering.refuse_reference_cycles(&finished.types);
    lowering.refuse_circular_unions(&finished.types);
    lowering.compare_tags(&finished);
    lowering.checked()?;
    lowering.refuse_endless_values(&finished.types);
    lowering.checked()?;
    let mut operations = lowering.finished(operations, &finished.types);
    lowering.checked()?;
    let tags = operations::groups(service.tags, &operations);
    operations.sort_by(|a, b| (&a.id, &a.alternative).cmp(&(&b.id, &b.alternative)));

    let info = &lowering.document.info;
    let api = Api {
        crate_name: package.name,
        version: package.version,
        arguments: package.arguments,
        tag_features: package.tag_features,
        links: package.links,
        title: info.title.clone(),
        description: prose(info.description.as_deref(), lowering.document.external_docs.as_ref()),
        servers: service.servers,
        site_env: service.site_env,
        schemes: lowering.schemes,
        security: service.security,
        tags,
        types: finished.types,
        operations,
    };
    Ok(Lowered { api, warnings: distinct(lowering.warnings) })
}

/// The state that the passes share: the document, the requested types, and the problems so far.
struct Lowering<'a> {
    document: At<'a, OpenAPI>,
    components: At<'a, Components>,
    /// The security schemes that are required somewhere.
    schemes: Vec<Scheme>,
    types: Arena<'a>,
    /// The name of the type that is being lowered.
    current: String,
    /// The schemas inside others that references have led to, and that are being lowered.
    middles: Vec<Pointer>,
    /// The number of parts of each type that have names, because references lead to them.
    parts: BTreeMap<String, usize>,
    /// The distinguishing words of the inline members of unions, by their places.
    member_words: BTreeMap<Pointer, String>,
    /// The components that are the schemas of files in multipart bodies.
    file_parts: BTreeSet<&'a str>,
    /// The places of media types other than the usual one.
    alternatives: BTreeSet<Pointer>,
    /// The types of properties that several schemas describe, by the places of the schemas.
    merges: BTreeMap<Vec<Pointer>, TypeId>,
    children: families::Children<'a>,
    nullable: nullable::Nullable<'a>,
    /// The texts of discriminators.
    tags: Vec<tags::MappedTag>,
    /// The number of fields so far.
    fields: usize,
    problems: Vec<Diagnostic>,
    warnings: Vec<Diagnostic>,
}

impl<'a> Lowering<'a> {
    fn new(document: At<'a, OpenAPI>, components: At<'a, Components>) -> Self {
        Self {
            document,
            components,
            schemes: Vec::new(),
            types: Arena::default(),
            current: String::new(),
            middles: Vec::new(),
            parts: BTreeMap::new(),
            member_words: BTreeMap::new(),
            file_parts: BTreeSet::new(),
            alternatives: BTreeSet::new(),
            merges: BTreeMap::new(),
            children: families::Children::new(),
            nullable: nullable::Nullable::new(),
            tags: Vec::new(),
            fields: 0,
            problems: Vec::new(),
            warnings: Vec::new(),
        }
    }

    fn problem(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>) -> &mut Diagnostic {
        let index = self.problems.len();
        self.problems.push(Diagnostic::new(code, Place::Value(pointer.clone()), message));
        &mut self.problems[index]
    }

    /// Reports a construct that is valid in OpenAPI 3.0 but that the generator does not support.
    fn unsupported(&mut self, pointer: &Pointer, construct: &str) -> &mut Diagnostic {
        let problem = self.problem(Code::Unsupported, pointer, format!("{construct} is not supported"));
        problem.help = Some("remove it, or add support for it: `generator/README.md` has a recipe".to_owned());
        problem
    }

    /// Rejects an invisible character in a name that error messages and logs show.
    fn refuse_hidden(&mut self, place: Place, what: &str, name: &str) {
        let Some(character) = name.chars().find(|character| is_hidden(*character)) else { return };
        let message = format!("{what} contains U+{:04X}, which is invisible", u32::from(character));
        let help = "remove it: error messages and logs show this name";
        self.problems.push(Diagnostic::new(Code::HiddenCharacter, place, message).help(help));
    }

    /// Returns the problems, if there are any.
    fn checked(&mut self) -> Result<(), Vec<Diagnostic>> {
        if self.problems.is_empty() { Ok(()) } else { Err(distinct(std::mem::take(&mut self.problems))) }
    }

    /// Checks shared parts, whether an operation refers to them or not, so that a mistake in them is reported early.
    /// Returns the parameters, which can only be checked when their types are known.
    fn shared(&mut self) -> Vec<ParameterDraft<'a>> {
        let components = self.components.object;
        let shared = self.components.clone();
        let parameters = shared.entries("parameters", &components.parameters);
        let parameters = parameters.filter_map(|(_, parameter)| self.parameter(parameter)).collect();
        for (_, body) in shared.entries("requestBodies", &components.request_bodies) {
            self.body(body);
        }
        for (_, response) in shared.entries("responses", &components.responses) {
            self.response(StatusKey::Default, response);
        }
        for (name, header) in shared.entries("headers", &components.headers) {
            if let Some(header) = self.resolve(header, "headers", &components.headers) {
                self.header(name, header);
            }
        }
        for (_, example) in shared.entries("examples", &components.examples) {
            self.resolve(example, "examples", &components.examples);
        }
        parameters
    }

    /// Lowers the requested types, and then every type that the components name.
    fn all_types(&mut self) {
        for name in self.components.object.schemas.keys() {
            self.types.component(name);
        }
        loop {
            while let Some((id, pending)) = self.types.next() {
                self.enter(id, pending);
            }
            // Types that only references lead to come last: their owners are known by now.
            let Some(schema) = self.types.first_reserved() else { break };
            let origin = self.origin_of_part(&schema.pointer);
            self.types.inline(schema, origin);
        }
    }

    fn enter(&mut self, id: TypeId, pending: Pending<'a>) {
        let draft = match pending {
            Pending::Component(name) => {
                name.clone_into(&mut self.current);
                self.draft(name)
            }
            Pending::Inline { schema, name, origin } => {
                self.current.clone_from(&name);
                self.inline_draft(&schema, name, origin)
            }
            Pending::Merged { merge, name, origin } => {
                self.current.clone_from(&name);
                self.merged_draft(&merge, name, origin)
            }
        };
        self.types.enter(id, draft);
    }
}

/// Combines a description with the link to its external documentation.
fn prose(description: Option<&str>, external: Option<&ExternalDocumentation>) -> String {
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
