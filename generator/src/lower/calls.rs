//! Calls: what a caller of an operation is asked for.
//!
//! The rules, also told to maintainers of the spec in `spec/README.md`:
//!
//! 1. Wrappers disappear. The fields of the body are inputs. If the body is a JSON:API document, `data.id`, each field of
//!    `data.attributes` and each relationship are inputs instead; a relationship that is nothing but an id is that id.
//! 2. Constants are filled in.
//! 3. The id of what the path names is one input. A PUT or PATCH whose path ends with a parameter has a body that describes
//!    what is there: its `data.id`, or its field of the parameter's name, is the parameter, if both have the same named type
//!    and the spec gives neither another name. Whatever else the path and the body have in common may be two things, and is
//!    two inputs.
//! 4. Required inputs are arguments: those of the path, of the query, the body's id, relationships, attributes, the rest.
//! 5. Required inputs that could be mistaken for one another, because their types accept the same values, are steps.
//! 6. Everything else is a setter.

use std::collections::BTreeMap;

use openapiv3::Operation as OperationObject;
use serde_json::Value;

use super::Lowering;
use crate::diagnostics::Code;
use crate::ir::{
    Api, BodyPart, Call, Choice, Docs, Field, Input, Location, Method, Operation, Presence, Required, Scalar, Shape,
    TypeDef, TypeRef,
};

impl Lowering<'_> {
    /// Reads `x-at-least-one-of`.
    pub(super) fn choice(&mut self, object: &OperationObject, operation: &Operation) -> Option<Choice> {
        let extension = object.extensions.get("x-at-least-one-of")?;
        let pointer = operation.pointer.key("x-at-least-one-of");
        let name = extension.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        let listed = extension.get("parameters").and_then(Value::as_array);
        let at = pointer.key("parameters");
        let mut parameters = Vec::new();
        for (index, name) in listed.into_iter().flatten().filter_map(Value::as_str).enumerate() {
            self.check_optional_query(operation, &at.index(index), name);
            let is_it =
                |parameter: &crate::ir::Parameter| parameter.location == Location::Query && parameter.name == name;
            if let Some(position) = operation.parameters.iter().position(is_it) {
                if parameters.contains(&position) {
                    self.problem(Code::InvalidExtension, &at.index(index), format!("`{name}` stands here twice"))
                        .help = Some("remove one of the two".to_owned());
                } else {
                    parameters.push(position);
                }
            }
        }
        if parameters.len() < 2 {
            self.problem(Code::InvalidExtension, &at, "a choice needs two parameters or more").help =
                Some("name another, or let the one be `required: true` in place of the choice".to_owned());
        }
        Some(Choice { name, pointer, parameters })
    }
}

/// How many steps a call may have. Each is a type that holds what was given before, so that the code grows by the square.
const MAX_STEPS: usize = 100;

impl Lowering<'_> {
    /// Refuses calls of which nobody could take all steps.
    pub(super) fn refuse_long_calls(&mut self, api: &Api) {
        for operation in &api.operations {
            let ways = [Some(&operation.call.required), operation.call.with_body.as_ref()];
            if ways.into_iter().flatten().any(|required| required.steps.len() > MAX_STEPS) {
                let message = format!("a call that asks for more than {MAX_STEPS} things of the same type");
                self.unsupported(&operation.pointer, &message).help =
                    Some("give them types of their own under `components.schemas`, which tell them apart".to_owned());
            }
        }
    }
}

/// Decides for every operation what its caller is asked for.
pub(super) fn plan(api: &mut Api) {
    let types = &api.types;
    for operation in &mut api.operations {
        operation.call = call(types, operation);
    }
}

fn call(types: &[TypeDef], operation: &Operation) -> Call {
    let choice = operation.call.choice.clone();
    let mut inputs = parameter_inputs(operation, choice.as_ref());
    for input in body_inputs(types, operation) {
        match inputs.iter_mut().find(|known| is_same_id(types, operation, known, &input)) {
            Some(known) => known.body = input.body,
            None => inputs.push(input),
        }
    }
    let (required, setters): (Vec<Input>, Vec<Input>) = inputs.into_iter().partition(is_required);
    let is_flattened = operation.body.is_some() && !required.iter().chain(&setters).any(is_whole_body);
    let with_body = is_flattened.then(|| {
        let parameters = required.iter().filter(|input| input.parameter.is_some());
        let parameters = parameters.map(|input| Input { body: None, ..input.clone() });
        split(types, parameters.chain(whole_body(operation)).collect())
    });
    Call { choice, required: split(types, required), with_body, setters }
}

/// Tells arguments from steps.
fn split(types: &[TypeDef], inputs: Vec<Input>) -> Required {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for input in &inputs {
        *kinds.entry(kind(types, &input.ty)).or_default() += 1;
    }
    let is_unmistakable = |input: &Input| kinds.get(&kind(types, &input.ty)) == Some(&1);
    let (arguments, steps) = inputs.into_iter().partition(is_unmistakable);
    Required { arguments, steps }
}

fn parameter_inputs(operation: &Operation, choice: Option<&Choice>) -> Vec<Input> {
    let parameters = operation.parameters.iter().enumerate();
    parameters
        .filter(|(index, _)| !choice.is_some_and(|choice| choice.parameters.contains(index)))
        .map(|(index, parameter)| Input {
            name: parameter.name.clone(),
            rust_name: parameter.rust_name.clone(),
            pointer: parameter.pointer.clone(),
            docs: parameter.docs.clone(),
            ty: parameter.ty.clone(),
            presence: if parameter.required { Presence::Required } else { Presence::Optional },
            parameter: Some(index),
            body: None,
        })
        .collect()
}

fn body_inputs(types: &[TypeDef], operation: &Operation) -> Vec<Input> {
    let Some(body) = &operation.body else { return Vec::new() };
    let fields = object(types, &body.ty);
    let (true, Some(fields)) = (body.required, fields) else {
        return Vec::from_iter(whole_body(operation));
    };
    let mut inputs = Inputs::default();
    for field in fields.iter().filter(|field| !field.constant) {
        let path = vec![field.name.clone()];
        match required_object(types, field) {
            Some(data) if field.name == "data" => json_api(types, data, &path, &mut inputs),
            _ => inputs.rest.push(field_input(field, path)),
        }
    }
    inputs.in_order()
}

/// The body as one input.
fn whole_body(operation: &Operation) -> Option<Input> {
    let body = operation.body.as_ref()?;
    Some(Input {
        name: "body".to_owned(),
        rust_name: None,
        pointer: operation.pointer.key("requestBody"),
        docs: Docs { description: body.description.clone(), example: body.example.clone(), ..Docs::default() },
        ty: body.ty.clone(),
        presence: if body.required { Presence::Required } else { Presence::Optional },
        parameter: None,
        body: Some(BodyPart::Whole),
    })
}

fn is_whole_body(input: &Input) -> bool {
    input.body == Some(BodyPart::Whole)
}

/// The inputs of a body by the part of a JSON:API document that they stand in.
#[derive(Default)]
struct Inputs {
    id: Vec<Input>,
    relationships: Vec<Input>,
    attributes: Vec<Input>,
    rest: Vec<Input>,
}

impl Inputs {
    fn in_order(self) -> Vec<Input> {
        [self.id, self.relationships, self.attributes, self.rest].into_iter().flatten().collect()
    }
}

fn json_api(types: &[TypeDef], data: &[Field], path: &[String], inputs: &mut Inputs) {
    for field in data.iter().filter(|field| !field.constant) {
        let path = below(path, &field.name);
        match (field.name.as_str(), required_object(types, field)) {
            ("id", None) => inputs.id.push(field_input(field, path)),
            ("attributes", Some(attributes)) => {
                let attributes = attributes.iter().filter(|field| !field.constant);
                inputs.attributes.extend(attributes.map(|field| field_input(field, below(&path, &field.name))));
            }
            ("relationships", Some(relationships)) => {
                let relationships = relationships.iter().filter(|field| !field.constant);
                inputs.relationships.extend(relationships.map(|field| relationship(types, field, &path)));
            }
            _ => inputs.rest.push(field_input(field, path)),
        }
    }
}

/// A relationship: the id that it points to, if there is nothing else in it.
fn relationship(types: &[TypeDef], field: &Field, path: &[String]) -> Input {
    let path = below(path, &field.name);
    let mut input = field_input(field, path.clone());
    if let Some(data) = required_object(types, field).and_then(|fields| only(fields, "data"))
        && let Some(id) = required_object(types, data).and_then(|fields| only(fields, "id"))
        && id.presence == Presence::Required
    {
        input.ty = id.ty.clone();
        input.body = Some(BodyPart::Field(below(&below(&path, "data"), "id")));
        if input.docs.description.is_empty() {
            input.docs = id.docs.clone();
        }
    }
    input
}

/// The field of that name, if all others are constants.
fn only<'t>(fields: &'t [Field], name: &str) -> Option<&'t Field> {
    let mut variable = fields.iter().filter(|field| !field.constant);
    let first = variable.next().filter(|field| field.name == name);
    first.filter(|_| variable.next().is_none())
}

fn field_input(field: &Field, path: Vec<String>) -> Input {
    Input {
        name: field.name.clone(),
        rust_name: field.argument_name.clone().or_else(|| field.rust_name.clone()),
        pointer: field.pointer.clone(),
        docs: field.docs.clone(),
        ty: field.ty.clone(),
        presence: field.presence,
        parameter: None,
        body: Some(BodyPart::Field(path)),
    }
}

/// Whether an input of the body is the id of what the path names, so that both have one value.
fn is_same_id(types: &[TypeDef], operation: &Operation, known: &Input, input: &Input) -> bool {
    let Some(parameter) = known.parameter.map(|index| &operation.parameters[index]) else { return false };
    let describes_what_is_named = matches!(operation.method, Method::Put | Method::Patch)
        && parameter.location == Location::Path
        && operation.path.trim_end_matches('/').ends_with(&format!("/{{{}}}", parameter.name));
    let has_own_type = matches!(definition(types, &input.ty), Some(Shape::Scalar(_) | Shape::Enum(_)));
    // `null` is a value that the path cannot have.
    let is_of_type = known.ty == input.ty && has_own_type && input.presence == Presence::Required;
    let is_document_id = matches!(&input.body, Some(BodyPart::Field(path)) if path.join(".") == "data.id");
    let is_named_alike = match &input.rust_name {
        Some(name) => *name == wanted_name(known),
        None => is_document_id || input.name == wanted_name(known),
    };
    describes_what_is_named && is_of_type && is_named_alike
}

/// The name that the spec gives an input for callers.
fn wanted_name(input: &Input) -> &str {
    input.rust_name.as_deref().unwrap_or(&input.name)
}

fn is_required(input: &Input) -> bool {
    matches!(input.presence, Presence::Required | Presence::RequiredNullable)
}

fn below(path: &[String], name: &str) -> Vec<String> {
    let mut path = path.to_vec();
    path.push(name.to_owned());
    path
}

fn required_object<'t>(types: &'t [TypeDef], field: &Field) -> Option<&'t [Field]> {
    (field.presence == Presence::Required).then(|| object(types, &field.ty)).flatten()
}

/// The fields of an object that is no part of itself.
fn object<'t>(types: &'t [TypeDef], ty: &TypeRef) -> Option<&'t [Field]> {
    match (ty, definition(types, ty)?) {
        (TypeRef::Named(_), Shape::Object(fields)) => Some(fields),
        _ => None,
    }
}

/// What stands behind a name, and behind other names for it. There are no circles of names here.
fn definition<'t>(types: &'t [TypeDef], ty: &TypeRef) -> Option<&'t Shape> {
    let mut ty = ty;
    loop {
        match ty {
            TypeRef::Named(id) | TypeRef::Boxed(id) => match &types[id.0].shape {
                Shape::Alias(target) => ty = target,
                shape => return Some(shape),
            },
            _ => return None,
        }
    }
}

/// What values a type accepts, as far as the compiler can tell them apart in an argument.
fn kind(types: &[TypeDef], ty: &TypeRef) -> String {
    match ty {
        TypeRef::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Float64) => "number".to_owned(),
        TypeRef::Scalar(scalar) => format!("{scalar:?}"),
        TypeRef::Named(id) | TypeRef::Boxed(id) => match &types[id.0].shape {
            Shape::Alias(target) => kind(types, target),
            _ => format!("#{}", id.0),
        },
        TypeRef::Array(item) => format!("[{}]", kind(types, item)),
        TypeRef::Map(values) => format!("{{{}}}", kind(types, values)),
        TypeRef::Nullable(value) => format!("{}?", kind(types, value)),
        TypeRef::FreeForm => "{}".to_owned(),
        TypeRef::Any => "any".to_owned(),
    }
}
