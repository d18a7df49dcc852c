//! The parameters of an operation, its own and those of its path.

mod content;
mod styles;

use openapiv3::{
    HeaderStyle, Operation as OperationObject, Parameter as ParameterObject, ParameterData, ParameterSchemaOrContent,
    PathItem, ReferenceOr,
};
use serde_json::Value;

use super::schemas::Usage;
use super::types::Finished;
use super::{At, Lowering, prose};
use crate::diagnostics::{Code, Place};
use crate::ir::{Location, Parameter, Scalar, TypeRef};
use crate::spec::Template;
use styles::Wanted;

/// A parameter before its type is known.
#[derive(Clone)]
pub(super) struct ParameterDraft<'a> {
    pub(super) data: At<'a, ParameterData>,
    pub(super) location: Location,
    pub(super) usage: Usage,
    wanted: Wanted,
}

impl<'a> Lowering<'a> {
    /// Returns the path parameters in the order of the template, then the others: the operation's own before those of
    /// the path.
    pub(super) fn parameters(
        &mut self,
        path: &str,
        operation: &At<'a, OperationObject>,
        item: &At<'a, PathItem>,
    ) -> Vec<ParameterDraft<'a>> {
        let own = operation.items("parameters", &operation.object.parameters);
        let shared = item.items("parameters", &item.object.parameters);
        let mut parameters: Vec<ParameterDraft<'a>> = Vec::new();
        let mut own_ones = 0;
        for (is_shared, parameter) in own.map(|own| (false, own)).chain(shared.map(|shared| (true, shared))) {
            let at = parameter.pointer.clone();
            let Some(parameter) = self.parameter(parameter) else { continue };
            match parameters.iter().position(|known| known.is_same(&parameter)) {
                // A parameter of the operation overrides that of its path.
                Some(position) if is_shared && position < own_ones => {}
                Some(position) => {
                    let first = Place::Value(parameters[position].data.key("name"));
                    // If it is a reference, the reference is the repetition.
                    let again = at.key(if parameter.data.pointer == at { "name" } else { "$ref" });
                    let message = format!("the parameter `{}` is repeated here", parameter.data.name);
                    let problem = self.problem(Code::DuplicateParameter, &again, message);
                    problem.related.push((first, "first here".to_owned()));
                    problem.help = Some("remove one of them".to_owned());
                }
                None => {
                    parameters.push(parameter);
                    own_ones += usize::from(!is_shared);
                }
            }
        }
        self.check_template(path, &parameters, &operation.pointer);
        let template = Template::of(path);
        let placeholders = if template.is_too_long() { Vec::new() } else { template.names() };
        parameters.sort_by_key(|parameter| match parameter.location {
            Location::Path => {
                placeholders.iter().position(|name| *name == parameter.data.name).unwrap_or(usize::MAX - 1)
            }
            Location::Query | Location::Header | Location::Cookie | Location::Part => usize::MAX,
        });
        parameters
    }

    pub(super) fn parameter(&mut self, parameter: At<'a, ReferenceOr<ParameterObject>>) -> Option<ParameterDraft<'a>> {
        let components = self.components.object;
        let parameter = self.resolve(parameter, "parameters", &components.parameters)?;
        let (data, location) = match parameter.object {
            ParameterObject::Path { parameter_data, .. } => (parameter_data, Location::Path),
            ParameterObject::Query { parameter_data, .. } => (parameter_data, Location::Query),
            ParameterObject::Header { parameter_data, style: HeaderStyle::Simple } => {
                (parameter_data, Location::Header)
            }
            ParameterObject::Cookie { parameter_data, .. } => (parameter_data, Location::Cookie),
        };
        let mut wanted = Wanted::of(parameter.object);
        let data = At::new(data, parameter.pointer);
        if location == Location::Header {
            self.check_header_name(&data);
        }
        let (mut usage, example) = match &data.object.format {
            ParameterSchemaOrContent::Schema(schema) => (self.usage(data.part("schema", schema)), None),
            ParameterSchemaOrContent::Content(content) => self.parameter_content(&data, content, &mut wanted),
        };
        let description = prose(data.description.as_deref(), None);
        if !description.is_empty() {
            usage.docs.description = description;
        }
        let own = data.example.clone().or_else(|| self.first_example(&data, &data.object.examples));
        usage.docs.example = own.or(example).or(usage.docs.example);
        usage.docs.deprecated |= data.deprecated == Some(true);
        Some(ParameterDraft { data, location, usage, wanted })
    }

    /// Completes the parameter, now that its type is known.
    pub(super) fn finished_parameter(&mut self, draft: ParameterDraft<'a>, finished: &Finished) -> Parameter {
        let ParameterDraft { data, location, usage, wanted } = draft;
        let ty = finished.renumbered(&usage.ty);
        let (style, ty) = self.style(&data, location, wanted, ty, &finished.types);
        let mut docs = usage.docs;
        // A text that callers write has no example in another form.
        if matches!(ty, TypeRef::Scalar(Scalar::String)) {
            docs.example = docs.example.filter(|example| !example.is_object() && !example.is_array());
        }
        Parameter {
            name: data.name.clone(),
            rust_name: data.extensions.get("x-rust-name").and_then(Value::as_str).map(str::to_owned),
            location,
            docs,
            // The loader rejects optional path parameters.
            required: data.required || location == Location::Path,
            ty,
            style,
            media_type: None,
            required_in_body: false,
            pointer: data.pointer,
        }
    }

    fn check_header_name(&mut self, data: &At<'a, ParameterData>) {
        if !is_header_name(&data.name) {
            let message = format!("`{}` is not the name of a header", data.name);
            self.problem(Code::ParameterName, &data.key("name"), message).help =
                Some(format!("use at most {MAX_HEADER} letters, digits and `-`"));
        }
    }
}

/// The maximum length of a header's name. The usual servers accept 8 KiB for all headers of a request; HTTP libraries
/// panic at 64 KiB for one name.
pub(super) const MAX_HEADER: usize = 256;

/// Whether a header can have this name.
pub(super) fn is_header_name(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.len() <= MAX_HEADER && name.bytes().all(is_token)
}

impl ParameterDraft<'_> {
    /// Whether both would be written to the same place.
    fn is_same(&self, other: &Self) -> bool {
        let (name, other_name) = (&self.data.name, &other.data.name);
        self.location == other.location
            && if self.location == Location::Header {
                name.eq_ignore_ascii_case(other_name)
            } else {
                name == other_name
            }
    }
}
