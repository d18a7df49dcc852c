//! Calls: the inputs of an operation's caller.
//!
//! The rules, which `spec/README.md` also explains to maintainers of the spec:
//!
//! 1. Wrappers disappear. The fields of the body are inputs. If the body is a JSON:API document, `data.id`, each field
//!    of `data.attributes` and each relationship are inputs instead; a relationship that is nothing but an id is that
//!    id.
//! 2. Constants are filled in.
//! 3. The id of what the path names is one input. A PUT or PATCH whose path ends with a parameter has a body that
//!    describes what is there: its `data.id`, or its field of the parameter's name, is the parameter, if both have the
//!    same named type and the spec gives neither another name. Whatever else the path and the body have in common may
//!    be two things, and is two inputs.
//! 4. Required inputs are arguments: those of the path, of the query, the body's id, relationships, attributes, the
//!    rest.
//! 5. Required inputs that could be mistaken for one another, because their types accept the same values, are steps.
//! 6. Everything else is a setter.
//! 7. Where there would be more than [`MAX_STEPS`] steps, the body is one input. Its type has a constructor by name.

use std::collections::BTreeMap;

use super::Lowering;
use super::operations::Request;
use crate::ir::{
    BodyPart, Call, Docs, Field, FieldPath, Input, Location, Method, Presence, Required, Shape, TypeId, Types,
};
use crate::spec::Template;

/// The maximum number of steps in a call. Each is a type with everything that was set before, so the code grows with
/// the square.
const MAX_STEPS: usize = 100;

impl<'a> Lowering<'a> {
    /// Rejects a call with too many steps even if the body is a single input.
    pub(super) fn refuse_long_call(&mut self, request: &Request<'a>, call: &Call) {
        let ways = [Some(&call.required), call.with_body.as_ref()];
        if ways.into_iter().flatten().any(|required| required.steps.len() > MAX_STEPS) {
            let message =
                format!("a call with more than {MAX_STEPS} required inputs that could be mistaken for one another");
            self.unsupported(&request.object.pointer, &message).help =
                Some("give them distinct types under `components.schemas`".to_owned());
        }
    }
}

/// Returns the inputs of an operation's caller.
pub(super) fn call(types: &Types, request: &Request<'_>) -> Call {
    let mut inputs = parameter_inputs(request);
    for input in body_inputs(types, request) {
        match inputs.iter_mut().find(|known| is_same_id(types, request, known, &input)) {
            Some(known) => known.body = input.body,
            None => inputs.push(input),
        }
    }
    let all = || inputs.iter().enumerate();
    let required: Vec<usize> = all().filter(|(_, input)| input.required).map(|(index, _)| index).collect();
    let setters: Vec<usize> = all().filter(|(_, input)| !input.required).map(|(index, _)| index).collect();
    let whole_body = whole_body(request).filter(|_| !inputs.iter().any(is_whole_body));
    let choice = request.choice.clone();
    let call = Call { choice, required: split(types, &inputs, &required), with_body: None, setters, inputs };
    if call.required.steps.len() > MAX_STEPS
        && let Some(body) = whole_body
    {
        return call_with_whole_body(types, request, body);
    }
    let Some(whole_body) = whole_body else { return call };
    let parameters = required.iter().copied().filter(|index| call.inputs[*index].parameter.is_some());
    let with_body: Vec<usize> = parameters.chain([call.inputs.len()]).collect();
    let inputs: Vec<Input> = call.inputs.into_iter().chain([whole_body]).collect();
    Call { with_body: Some(split(types, &inputs, &with_body)), inputs, ..call }
}

/// Returns a call whose body is a single input, because too many of its fields are required.
fn call_with_whole_body(types: &Types, request: &Request<'_>, body: Input) -> Call {
    let inputs: Vec<Input> = parameter_inputs(request).into_iter().chain([body]).collect();
    let (required, setters) = (0..inputs.len()).partition::<Vec<usize>, _>(|index| inputs[*index].required);
    let choice = request.choice.clone();
    Call { choice, required: split(types, &inputs, &required), with_body: None, setters, inputs }
}

/// Splits the required inputs into arguments and steps.
fn split(types: &Types, inputs: &[Input], required: &[usize]) -> Required {
    let kind_of = |index: &usize| types.kind(inputs[*index].ty.without_null());
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for index in required {
        *kinds.entry(kind_of(index)).or_default() += 1;
    }
    let is_unmistakable = |index: &usize| kinds.get(&kind_of(index)) == Some(&1);
    let (arguments, steps) = required.iter().copied().partition(is_unmistakable);
    Required { arguments, steps }
}

fn parameter_inputs(request: &Request<'_>) -> Vec<Input> {
    let choice = request.choice.as_ref();
    let parameters = request.parameters.iter().enumerate();
    parameters
        .filter(|(index, _)| !choice.is_some_and(|choice| choice.parameters.contains(index)))
        .map(|(index, parameter)| Input {
            name: parameter.name.clone(),
            rust_name: parameter.rust_name.clone(),
            pointer: parameter.pointer.clone(),
            named_at: parameter.named_at(),
            docs: parameter.docs.clone(),
            ty: parameter.ty.clone(),
            required: parameter.required,
            boxed: false,
            parameter: Some(index),
            body: None,
        })
        .collect()
}

fn body_inputs(types: &Types, request: &Request<'_>) -> Vec<Input> {
    let Some(body) = &request.body else { return Vec::new() };
    let fields = types.object(&body.content.ty);
    let (true, Some(object)) = (body.required, fields) else {
        return Vec::from_iter(whole_body(request));
    };
    let mut inputs = Inputs::default();
    for (field, path) in variable(object, &FieldPath::start()) {
        match required_object(types, field) {
            Some(data) if field.name == "data" => json_api(types, data, &path, &mut inputs),
            _ => inputs.rest.push(field_input(field, path)),
        }
    }
    inputs.in_order()
}

/// Returns the body as a single input.
fn whole_body(request: &Request<'_>) -> Option<Input> {
    let body = request.body.as_ref()?;
    Some(Input {
        name: "body".to_owned(),
        rust_name: None,
        pointer: request.object.key("requestBody"),
        named_at: request.object.key("requestBody"),
        docs: Docs { description: body.description.clone(), example: body.content.example.clone(), ..Docs::default() },
        ty: body.content.ty.clone(),
        required: body.required,
        boxed: false,
        parameter: None,
        body: Some(BodyPart::Whole),
    })
}

fn is_whole_body(input: &Input) -> bool {
    input.body == Some(BodyPart::Whole)
}

/// An object with its fields.
type Object<'t> = (TypeId, &'t [Field]);

/// The fields of an object with several possible values, each with its path.
fn variable<'t>((id, fields): Object<'t>, path: &FieldPath) -> impl Iterator<Item = (&'t Field, FieldPath)> {
    let fields = fields.iter().enumerate().filter(|(_, field)| !field.is_filled_in() && !field.read_only);
    fields.map(move |(index, field)| (field, path.then(id, index)))
}

/// The inputs of a body by their part of a JSON:API document.
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

fn json_api(types: &Types, data: Object<'_>, path: &FieldPath, inputs: &mut Inputs) {
    for (field, path) in variable(data, path) {
        match (field.name.as_str(), required_object(types, field)) {
            ("id", None) => inputs.id.push(field_input(field, path)),
            ("attributes", Some(attributes)) => {
                inputs.attributes.extend(variable(attributes, &path).map(|(field, path)| field_input(field, path)));
            }
            ("relationships", Some(relationships)) => {
                let relationships = variable(relationships, &path);
                inputs.relationships.extend(relationships.map(|(field, path)| relationship(types, field, path)));
            }
            _ => inputs.rest.push(field_input(field, path)),
        }
    }
}

/// Returns a relationship as the id that it points to, if it contains nothing else.
fn relationship(types: &Types, field: &Field, path: FieldPath) -> Input {
    let id = || {
        let (data, path) = only(required_object(types, field)?, "data", &path)?;
        let (id, path) = only(required_object(types, data)?, "id", &path)?;
        (id.presence() == Presence::Required).then_some((id, path))
    };
    let Some((id, path)) = id() else { return field_input(field, path) };
    let mut input = field_input(field, path);
    input.ty = id.ty.clone();
    input.boxed = id.boxed;
    if input.docs.description.is_empty() {
        input.docs = id.docs.clone();
    }
    input
}

/// Returns the field of this name, if all others are filled in.
fn only<'t>(object: Object<'t>, name: &str, path: &FieldPath) -> Option<(&'t Field, FieldPath)> {
    let mut variable = variable(object, path);
    let first = variable.next().filter(|(field, _)| field.name == name);
    first.filter(|_| variable.next().is_none())
}

fn field_input(field: &Field, path: FieldPath) -> Input {
    Input {
        name: field.name.clone(),
        rust_name: field.argument_name.clone().or_else(|| field.rust_name.clone()),
        pointer: field.pointer.clone(),
        named_at: field.pointer.clone(),
        docs: field.docs.clone(),
        ty: field.ty.clone(),
        required: field.is_argument(),
        boxed: field.boxed,
        parameter: None,
        body: Some(BodyPart::Field(path)),
    }
}

/// Whether an input of the body is the id of the resource in the path, so that both have the same value.
fn is_same_id(types: &Types, request: &Request<'_>, known: &Input, input: &Input) -> bool {
    let Some(parameter) = known.parameter.map(|index| &request.parameters[index]) else { return false };
    let describes_what_is_named = matches!(request.method, Method::Put | Method::Patch)
        && parameter.location == Location::Path
        && Template::of(request.path).path.trim_end_matches('/').ends_with(&format!("/{{{}}}", parameter.name));
    let definition = types.definition(&input.ty);
    let has_own_type =
        definition.is_some_and(|def| matches!(def.shape, Shape::Scalar(_) | Shape::Enum(_) | Shape::IntegerEnum(..)));
    // The path cannot have the value `null`: then the types differ.
    let is_of_type = known.ty == input.ty && has_own_type && input.required;
    let is_document_id = matches!(&input.body, Some(BodyPart::Field(path)) if types.names(path) == ["data", "id"]);
    let is_named_alike = match &input.rust_name {
        Some(name) => *name == known.wanted_name(),
        None => is_document_id || input.name == known.wanted_name(),
    };
    describes_what_is_named && is_of_type && is_named_alike
}

/// Returns the object that a field always has, unless it would be a part of itself.
fn required_object<'t>(types: &'t Types, field: &Field) -> Option<Object<'t>> {
    (field.presence() == Presence::Required && !field.boxed).then(|| types.object(&field.ty)).flatten()
}
