//! `api.txt`: what callers can see, a line each and sorted, so that a reviewer reads a change of the spec in its diff.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;

use super::Context;
use super::types::scalar_type;
use crate::hidden;
use crate::ir::{Input, Location, Operation, Presence, Required, Shape, TypeDef, TypeRef};
use crate::names::{OperationNames, RequiredNames, TypeNames};

/// The file.
pub(super) fn surface(context: &Context<'_>) -> String {
    let surface = Surface { context };
    let mut lines: Vec<String> = Vec::new();
    for (operation, names) in context.api.operations.iter().zip(&context.names.operations) {
        surface.operation(operation, names, &mut lines);
    }
    for (def, names) in context.api.types.iter().zip(&context.names.types) {
        surface.type_def(def, names, &mut lines);
    }
    for (server, ident) in context.api.servers.iter().zip(&context.names.sites) {
        if let (Some(site), Some(ident)) = (&server.site, ident) {
            lines.push(format!("site {ident} = {}, {}", site.domain, server.url));
        }
    }
    for (key, setter) in context.api.keys.iter().zip(&context.names.keys) {
        let env = key.env.as_ref().map(|env| format!(", {env}")).unwrap_or_default();
        lines.push(format!("key {setter} = header {}{env}", key.header));
    }
    lines.sort();
    // A name of the spec may hold anything, but a line stays a line, and shows what it holds.
    lines.iter().map(|line| hidden::escaped(line) + "\n").collect()
}

struct Surface<'a> {
    context: &'a Context<'a>,
}

impl Surface<'_> {
    fn operation(&self, operation: &Operation, names: &OperationNames, lines: &mut Vec<String>) {
        let name = format!("operation {}", names.method);
        let success = operation.success.as_ref().map_or_else(|| "()".to_owned(), |ty| self.type_text(ty));
        lines.push(format!("{name} = {} {} -> {success}", operation.method.as_str(), operation.path));
        let idempotent = if operation.idempotent { "idempotent" } else { "not idempotent" };
        lines.push(format!("{name} is {idempotent}"));
        if operation.unstable.is_some() {
            lines.push(format!("{name} is unstable"));
        }
        if operation.deprecated {
            lines.push(format!("{name} is deprecated"));
        }
        if let Some(permission) = &operation.permission {
            lines.push(format!("{name} needs {permission}"));
        }
        if operation.pagination.is_some() {
            lines.push(format!("{name} has pages"));
        }
        if let Some(batch) = &operation.batch {
            lines.push(format!("{name} has batches of {}", batch.limit));
        }
        for response in &operation.responses {
            let body = response.body.as_ref().map_or_else(|| "no body".to_owned(), |ty| self.type_text(ty));
            lines.push(format!("{name} answers {} with {body}", response.status));
        }
        if let (Some(choice), Some(choice_names)) = (&operation.call.choice, &names.choice) {
            lines.push(format!("{name} argument 0 {}: {}", choice_names.argument, choice_names.ident));
            for (index, member) in choice.parameters.iter().zip(&choice_names.members) {
                let parameter = &operation.parameters[*index];
                let ty = self.type_text(&parameter.ty);
                lines.push(format!("{name} choice {}::{member}: {ty}, query {}", choice_names.ident, parameter.name));
            }
        }
        self.required(&name, operation, &operation.call.required, &names.required, lines);
        for (input, ident) in operation.call.setters.iter().zip(&names.setters) {
            lines.push(format!("{name} setter {}", self.input(operation, input, ident)));
        }
    }

    fn required(
        &self,
        name: &str,
        operation: &Operation,
        required: &Required,
        names: &RequiredNames,
        lines: &mut Vec<String>,
    ) {
        for (index, (input, ident)) in required.arguments.iter().zip(&names.arguments).enumerate() {
            lines.push(format!("{name} argument {} {}", index + 1, self.input(operation, input, ident)));
        }
        for (index, (input, step)) in required.steps.iter().zip(&names.steps).enumerate() {
            lines.push(format!("{name} step {} {}", index + 1, self.input(operation, input, &step.ident)));
        }
    }

    /// An input with its type and where it goes.
    fn input(&self, operation: &Operation, input: &Input, ident: &Ident) -> String {
        use crate::ir::BodyPart;
        let mut places = Vec::new();
        if let Some(parameter) = input.parameter.map(|index| &operation.parameters[index]) {
            let location = match parameter.location {
                Location::Path => "path",
                Location::Query => "query",
            };
            places.push(format!("{location} {}", parameter.name));
        }
        match &input.body {
            Some(BodyPart::Whole) => places.push("body".to_owned()),
            Some(BodyPart::Field(path)) => places.push(format!("body {}", path.join("."))),
            None => {}
        }
        format!("{}: {}, {}", ident.unraw(), self.type_text(&input.ty), places.join(" and "))
    }

    fn type_def(&self, def: &TypeDef, names: &TypeNames, lines: &mut Vec<String>) {
        let ident = &names.ident;
        match &def.shape {
            Shape::Object(fields) => {
                lines.push(format!("type {ident} = struct"));
                for (field, member) in fields.iter().zip(&names.members) {
                    let value = self.type_text(&field.ty);
                    let ty = match field.presence {
                        Presence::Required => value,
                        Presence::RequiredNullable | Presence::Optional => format!("Option<{value}>"),
                        Presence::OptionalNullable => format!("Nullable<{value}>"),
                    };
                    let renamed =
                        if member.unraw() == field.name { String::new() } else { format!(", {:?}", field.name) };
                    lines.push(format!("type {ident}.{}: {ty}{renamed}", member.unraw()));
                }
            }
            Shape::Enum(values) => {
                lines.push(format!("type {ident} = enum"));
                for (value, member) in values.iter().zip(&names.members) {
                    lines.push(format!("type {ident}::{member} = {:?}", value.value));
                }
            }
            Shape::Scalar(scalar) => lines.push(format!("type {ident} = {}", scalar_type(*scalar))),
            Shape::Alias(target) => lines.push(format!("type {ident} = {}", self.type_text(target))),
        }
    }

    fn type_text(&self, ty: &TypeRef) -> String {
        super::type_text(self.context.api, self.context.names, ty)
    }
}
