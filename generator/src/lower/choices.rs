//! Choices: query parameters of which at least one is required, from `x-at-least-one-of`.

use serde_json::Value;

use super::operations::Request;
use super::{At, Lowering};
use crate::diagnostics::Code;
use crate::ir::{Choice, Location, Parameter};

impl<'a> Lowering<'a> {
    pub(super) fn choice(&mut self, request: &Request<'a>) -> Option<Choice> {
        let extension = request.object.extensions.get("x-at-least-one-of")?;
        let pointer = request.object.key("x-at-least-one-of");
        let name = extension.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        let listed = extension.get("parameters").and_then(Value::as_array);
        let at = pointer.key("parameters");
        let mut parameters = Vec::new();
        for (index, name) in listed.into_iter().flatten().filter_map(Value::as_str).enumerate() {
            self.check_optional_query(request, &At::new(name, at.index(index)));
            let is_it = |parameter: &Parameter| parameter.location == Location::Query && parameter.name == name;
            if let Some(position) = request.parameters.iter().position(is_it) {
                if request.parameters[position].ty.is_nullable() {
                    let message = format!("`{name}` may be `null` or empty, which does not restrict the list");
                    self.problem(Code::InvalidExtension, &at.index(index), message).help =
                        Some("remove `nullable` and `allowEmptyValue`, or the name here".to_owned());
                }
                if parameters.contains(&position) {
                    self.problem(Code::InvalidExtension, &at.index(index), format!("`{name}` is repeated here")).help =
                        Some("remove one of the two".to_owned());
                } else {
                    parameters.push(position);
                }
            }
        }
        if parameters.len() < 2 {
            self.problem(Code::InvalidExtension, &at, "a choice needs two parameters or more").help =
                Some("name another, or make this one `required: true` in place of the choice".to_owned());
        }
        Some(Choice { name, pointer, parameters })
    }

    /// Reports a name in an extension that is not an optional query parameter.
    pub(super) fn check_optional_query(&mut self, request: &Request<'a>, name: &At<'_, str>) {
        let is_optional = |parameter: &&Parameter| parameter.location == Location::Query && !parameter.required;
        if request.parameters.iter().filter(is_optional).all(|parameter| parameter.name != name.object) {
            let message = format!("`{}` is not an optional query parameter of this operation", name.object);
            let optional = request.parameters.iter().filter(is_optional);
            let listed: Vec<String> = optional.map(|known| format!("`{}`", known.name)).collect();
            self.problem(Code::InvalidExtension, &name.pointer, message).help = Some(if listed.is_empty() {
                "the operation has none: add it to `parameters`".to_owned()
            } else {
                format!("its optional query parameters are {}", listed.join(", "))
            });
        }
    }
}
