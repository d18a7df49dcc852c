//! Parameters of an operation, its own and those of its path, and how they fit the path template.

use openapiv3::{
    Operation as OperationObject, Parameter as ParameterObject, ParameterData, ParameterSchemaOrContent, PathItem,
    PathStyle, QueryStyle, ReferenceOr,
};
use serde_json::Value;

use super::schemas::Usage;
use super::types::Finished;
use super::{At, Lowering, paths, prose};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Docs, Location, Parameter, Scalar, Shape, Style, TypeRef, Types};
use crate::pointer::Pointer;

/// A parameter before it is known what its type is.
pub(super) struct ParameterDraft<'a> {
    data: At<'a, ParameterData>,
    location: Location,
    usage: Usage,
}

impl<'a> Lowering<'a> {
    /// Path parameters in the order of the template, then query parameters: the operation's own before the path's.
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
                // An operation's parameter takes the place of its path's.
                Some(position) if is_shared && position < own_ones => {}
                Some(position) => {
                    let first = Place::Value(parameters[position].data.key("name"));
                    // Behind a reference it is the reference that stands here again.
                    let again = at.key(if parameter.data.pointer == at { "name" } else { "$ref" });
                    let message = format!("the parameter `{}` stands here twice", parameter.data.name);
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
        let placeholders = placeholders(path);
        parameters.sort_by_key(|parameter| match parameter.location {
            Location::Path => {
                placeholders.iter().position(|name| *name == parameter.data.name).unwrap_or(usize::MAX - 1)
            }
            Location::Query => usize::MAX,
        });
        parameters
    }

    pub(super) fn parameter(&mut self, parameter: At<'a, ReferenceOr<ParameterObject>>) -> Option<ParameterDraft<'a>> {
        let components = self.components.object;
        let parameter = self.resolve(parameter, "parameters", &components.parameters)?;
        let (data, location) = match parameter.object {
            ParameterObject::Path { parameter_data, style } => {
                if *style != PathStyle::Simple {
                    self.unsupported(&parameter.key("style"), "a path style other than `simple`");
                }
                (parameter_data, Location::Path)
            }
            ParameterObject::Query { parameter_data, style, allow_reserved, allow_empty_value } => {
                if *style != QueryStyle::Form {
                    self.unsupported(&parameter.key("style"), "a query style other than `form`");
                }
                if *allow_reserved {
                    self.unsupported(&parameter.key("allowReserved"), "`allowReserved`");
                }
                if *allow_empty_value == Some(true) {
                    self.unsupported(&parameter.key("allowEmptyValue"), "`allowEmptyValue`");
                }
                (parameter_data, Location::Query)
            }
            ParameterObject::Header { .. } => {
                self.unsupported(&parameter.key("in"), "a header parameter");
                return None;
            }
            ParameterObject::Cookie { .. } => {
                self.unsupported(&parameter.key("in"), "a cookie parameter");
                return None;
            }
        };
        let data = At::new(data, parameter.pointer);
        let mut usage = match &data.object.format {
            ParameterSchemaOrContent::Schema(schema) => self.usage(data.part("schema", schema)),
            ParameterSchemaOrContent::Content(_) => {
                self.unsupported(&data.key("content"), "a parameter with `content`").help =
                    Some("describe it with `schema`".to_owned());
                Usage { ty: TypeRef::Scalar(Scalar::String), docs: Docs::default() }
            }
        };
        let description = prose(data.description.as_deref(), None);
        if !description.is_empty() {
            usage.docs.description = description;
        }
        let example = data.example.clone().or_else(|| self.first_example(&data, &data.object.examples));
        usage.docs.example = example.or(usage.docs.example);
        usage.docs.deprecated |= data.deprecated == Some(true);
        Some(ParameterDraft { data, location, usage })
    }

    /// The parameter, now that it is known what its type is.
    pub(super) fn finished_parameter(&mut self, draft: ParameterDraft<'a>, finished: &Finished) -> Parameter {
        let ParameterDraft { data, location, usage } = draft;
        let ty = finished.renumbered(&usage.ty);
        let style = style(&ty, location, data.explode, &finished.types).unwrap_or_else(|| {
            let message = match location {
                Location::Path => "a path parameter that is not a string, number, boolean or enum",
                Location::Query => "a query parameter that is not a string, number, boolean, enum or list of these",
            };
            self.unsupported(&data.key("schema"), message);
            Style::Plain
        });
        Parameter {
            name: data.name.clone(),
            rust_name: data.extensions.get("x-rust-name").and_then(Value::as_str).map(str::to_owned),
            location,
            docs: usage.docs,
            // The loader lets no path parameter pass that is not.
            required: data.required || location == Location::Path,
            ty: ty.without_null().clone(),
            style,
            pointer: data.pointer,
        }
    }

    fn check_template(&mut self, path: &str, parameters: &[ParameterDraft<'a>], operation: &Pointer) {
        let placeholders = placeholders(path);
        let path_pointer = Pointer::root().key("paths").key(path);
        if let Err((reason, help)) = paths::check(path) {
            let problem = Diagnostic::new(Code::InvalidPath, Place::Key(path_pointer.clone()), reason);
            self.problems.push(problem.help(help));
        }
        self.refuse_hidden(Place::Key(path_pointer.clone()), "this path", path);
        let leftover = path.replace(['{', '}'], "").len() + 2 * placeholders.len() != path.len();
        if leftover {
            self.problem(Code::PathParameter, &path_pointer, format!("`{path}` has a brace without its partner"))
                .help = Some("braces stand around the name of a parameter: `/things/{thing_id}`".to_owned());
        }
        for (index, name) in placeholders.iter().enumerate() {
            if placeholders[..index].contains(name) {
                self.problem(Code::PathParameter, &path_pointer, format!("`{{{name}}}` stands twice in `{path}`"))
                    .help = Some("give the second one a name and a parameter of its own".to_owned());
            }
            let declared =
                |parameter: &ParameterDraft<'a>| parameter.location == Location::Path && parameter.data.name == *name;
            if !parameters.iter().any(declared) {
                let problem = self.problem(
                    Code::PathParameter,
                    operation,
                    format!("`{{{name}}}` of the path is not a parameter"),
                );
                problem.related.push((Place::Key(path_pointer.clone()), "it stands in this path".to_owned()));
                problem.help = Some(format!(
                    "parameters:\n  - name: {name}\n    in: path\n    required: true\n    schema: {{ type: string }}"
                ));
            }
        }
        for ParameterDraft { data, location, .. } in parameters {
            if *location == Location::Path && !placeholders.contains(&data.name.as_str()) {
                let message = format!("the path parameter `{}` has no place in `{path}`", data.name);
                let problem = self.problem(Code::PathParameter, &data.key("name"), message);
                problem.related.push((Place::Key(path_pointer.clone()), "the path".to_owned()));
                problem.help = Some(format!("put `{{{}}}` into the path, or remove the parameter", data.name));
            }
        }
    }
}

impl ParameterDraft<'_> {
    /// Whether both would be written to the same place.
    fn is_same(&self, other: &Self) -> bool {
        self.data.name == other.data.name && self.location == other.location
    }
}

/// The names between the braces of a path template, in order.
fn placeholders(path: &str) -> Vec<&str> {
    let parts = path.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
}

/// How a value of this type is written; `None` if it cannot be.
fn style(ty: &TypeRef, location: Location, explode: Option<bool>, types: &Types) -> Option<Style> {
    match (types.unaliased(ty), location) {
        (TypeRef::Array(item), Location::Query) if is_plain(item, types) => {
            Some(if explode == Some(false) { Style::Joined } else { Style::Repeated })
        }
        (ty, _) => is_plain(ty, types).then_some(Style::Plain),
    }
}

/// Whether a value of this type can be written as it prints.
fn is_plain(ty: &TypeRef, types: &Types) -> bool {
    match types.unaliased(ty) {
        TypeRef::Scalar(_) => true,
        TypeRef::Named(id) => matches!(types[*id].shape, Shape::Scalar(_) | Shape::Enum(_)),
        _ => false,
    }
}
