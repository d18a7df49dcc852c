//! Parameters of an operation, its own and those of its path, and how they fit the path template.

use openapiv3::{
    Parameter as ParameterObject, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr,
};
use serde_json::Value;

use super::schemas::Usage;
use super::walk::unaliased;
use super::{Lowering, paths, prose};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Docs, Location, Parameter, Scalar, Shape, Style, TypeDef, TypeRef};
use crate::pointer::Pointer;

impl<'a> Lowering<'a> {
    /// Path parameters in the order of the template, then query parameters: the operation's own before the path's.
    pub(super) fn parameters(
        &mut self,
        types: &[TypeDef],
        path: &str,
        own: (&'a [ReferenceOr<ParameterObject>], &Pointer),
        shared: (&'a [ReferenceOr<ParameterObject>], &Pointer),
    ) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        for (is_shared, (list, pointer)) in [(false, own), (true, shared)] {
            let before = parameters.len();
            for (index, parameter) in list.iter().enumerate() {
                let at = pointer.key("parameters").index(index);
                let Some(parameter) = self.parameter(types, parameter, &at) else { continue };
                let same = |known: &Parameter| known.name == parameter.name && known.location == parameter.location;
                match parameters.iter().position(same) {
                    // An operation's parameter takes the place of its path's.
                    Some(position) if is_shared && position < before => {}
                    Some(position) => {
                        let first = Place::Value(parameters[position].pointer.key("name"));
                        // Behind a reference it is the reference that stands here again.
                        let again = at.key(if parameter.pointer == at { "name" } else { "$ref" });
                        let message = format!("the parameter `{}` stands here twice", parameter.name);
                        let problem = self.problem(Code::DuplicateParameter, &again, message);
                        problem.related.push((first, "first here".to_owned()));
                        problem.help = Some("remove one of them".to_owned());
                    }
                    None => parameters.push(parameter),
                }
            }
        }
        self.check_template(path, &parameters, own.1);
        let placeholders = placeholders(path);
        parameters.sort_by_key(|parameter| match parameter.location {
            Location::Path => placeholders.iter().position(|name| *name == parameter.name).unwrap_or(usize::MAX - 1),
            Location::Query => usize::MAX,
        });
        parameters
    }

    pub(super) fn parameter(
        &mut self,
        types: &[TypeDef],
        parameter: &'a ReferenceOr<ParameterObject>,
        pointer: &Pointer,
    ) -> Option<Parameter> {
        let components = self.components;
        let (parameter, pointer) = self.resolve(parameter, "parameters", &components.parameters, pointer)?;
        let (data, location) = match parameter {
            ParameterObject::Path { parameter_data, style } => {
                if *style != PathStyle::Simple {
                    self.unsupported(&pointer.key("style"), "a path style other than `simple`");
                }
                (parameter_data, Location::Path)
            }
            ParameterObject::Query { parameter_data, style, allow_reserved, allow_empty_value } => {
                if *style != QueryStyle::Form {
                    self.unsupported(&pointer.key("style"), "a query style other than `form`");
                }
                if *allow_reserved {
                    self.unsupported(&pointer.key("allowReserved"), "`allowReserved`");
                }
                if *allow_empty_value == Some(true) {
                    self.unsupported(&pointer.key("allowEmptyValue"), "`allowEmptyValue`");
                }
                (parameter_data, Location::Query)
            }
            ParameterObject::Header { .. } => {
                self.unsupported(&pointer.key("in"), "a header parameter");
                return None;
            }
            ParameterObject::Cookie { .. } => {
                self.unsupported(&pointer.key("in"), "a cookie parameter");
                return None;
            }
        };
        let at = pointer.key("schema");
        let usage = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => self.usage(schema, &at),
            ParameterSchemaOrContent::Content(_) => {
                self.unsupported(&pointer.key("content"), "a parameter with `content`").help =
                    Some("describe it with `schema`".to_owned());
                Usage { ty: TypeRef::Scalar(Scalar::String), nullable: false, docs: Docs::default() }
            }
        };
        let style = match style(&usage.ty, location, data.explode, types) {
            Some(style) if !usage.nullable => style,
            _ => {
                let message = match location {
                    Location::Path => "a path parameter that is not a string, number, boolean or enum",
                    Location::Query => "a query parameter that is not a string, number, boolean, enum or list of these",
                };
                self.unsupported(&at, message);
                Style::Plain
            }
        };
        let mut docs = usage.docs;
        let description = prose(data.description.as_deref(), None);
        if !description.is_empty() {
            docs.description = description;
        }
        docs.example = self.parameter_example(data, &pointer).or(docs.example);
        docs.deprecated |= data.deprecated == Some(true);
        Some(Parameter {
            name: data.name.clone(),
            rust_name: data.extensions.get("x-rust-name").and_then(Value::as_str).map(str::to_owned),
            pointer,
            location,
            docs,
            // The loader lets no path parameter pass that is not.
            required: data.required || location == Location::Path,
            ty: usage.ty,
            style,
        })
    }

    fn parameter_example(&mut self, data: &'a ParameterData, pointer: &Pointer) -> Option<Value> {
        data.example.clone().or_else(|| self.first_example(&data.examples, pointer))
    }

    fn check_template(&mut self, path: &str, parameters: &[Parameter], operation: &Pointer) {
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
            let declared = |parameter: &Parameter| parameter.location == Location::Path && parameter.name == *name;
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
        for parameter in parameters {
            if parameter.location == Location::Path && !placeholders.contains(&parameter.name.as_str()) {
                let message = format!("the path parameter `{}` has no place in `{path}`", parameter.name);
                let problem = self.problem(Code::PathParameter, &parameter.pointer.key("name"), message);
                problem.related.push((Place::Key(path_pointer.clone()), "the path".to_owned()));
                problem.help = Some(format!("put `{{{}}}` into the path, or remove the parameter", parameter.name));
            }
        }
    }
}

/// The names between the braces of a path template, in order.
fn placeholders(path: &str) -> Vec<&str> {
    let parts = path.split('{').skip(1);
    parts.filter_map(|part| part.split_once('}').map(|(name, _)| name)).collect()
}

/// How a value of this type is written; `None` if it cannot be.
fn style(ty: &TypeRef, location: Location, explode: Option<bool>, types: &[TypeDef]) -> Option<Style> {
    match (unaliased(types, ty)?, location) {
        (TypeRef::Array(item), Location::Query) if is_plain(&item, types) => {
            Some(if explode == Some(false) { Style::Joined } else { Style::Repeated })
        }
        (ty, _) => is_plain(&ty, types).then_some(Style::Plain),
    }
}

/// Whether a value of this type can be written as it prints.
fn is_plain(ty: &TypeRef, types: &[TypeDef]) -> bool {
    match unaliased(types, ty) {
        Some(TypeRef::Scalar(_)) => true,
        Some(TypeRef::Named(id)) => matches!(types[id.0].shape, Shape::Scalar(_) | Shape::Enum(_)),
        _ => false,
    }
}
