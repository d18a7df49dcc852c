//! Calls: the inputs of callers, their order, how they are stored, and their destinations.

use super::answers::{self, Answer};
use super::body::{self, BodyValue};
use super::features::Gate;
use super::headers::{self, Headers};
use super::rust_type::{Accepted, RustType};
use super::security::Sets;
use super::{Type, is_copy};
use crate::diagnostics::{Diagnostic, Place};
use crate::ident::Ident;
use crate::ir::{self, Advance, Api, BodyPart, FieldPath, Operation, PagePlace, Presence, Required, TypeRef, Types};
use crate::names::OperationNames;

/// An operation as a call: the client's method that begins it, and its types.
#[derive(Clone, Debug)]
pub struct Call {
    /// The type of a call that can be sent.
    pub ident: Ident,
    /// The module of that type, which is also the name of its file.
    pub module: Ident,
    /// The entry of the registry.
    pub registry: Ident,
    /// The first argument, if at least one of several parameters is required.
    pub choice: Option<Choice>,
    /// All inputs, in the order of [`ir::Call::inputs`].
    pub inputs: Vec<Input>,
    /// The way with separate inputs.
    pub way: Way,
    /// The way with a whole body, if it differs.
    pub with_body: Option<Way>,
    /// The optional inputs.
    pub setters: Vec<usize>,
    /// Pairs of inputs that must differ.
    pub distinct: Vec<(usize, usize)>,
    /// The stored body.
    pub body: Option<RustType>,
    /// Its result.
    pub answer: Answer,
    /// The headers of its responses.
    pub headers: Option<Headers>,
    /// The credentials that it needs.
    pub security: Sets,
    /// How to follow a list.
    pub pages: Option<Pages>,
    /// How to send more items than one request accepts.
    pub batches: Option<Batches>,
    /// The features that it needs.
    pub gate: Gate,
}

/// The type of parameters of which at least one is required.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its name.
    pub ident: Ident,
    /// The argument and field of the choice.
    pub argument: Ident,
    /// One for each parameter.
    pub members: Vec<ChoiceMember>,
}

/// A parameter of a choice.
#[derive(Clone, Debug)]
pub struct ChoiceMember {
    /// The parameter, as an index in [`Operation::parameters`].
    pub parameter: usize,
    /// The constructor that begins with it, and the field that stores it.
    pub ident: Ident,
    /// The method that adds it to another.
    pub and: Ident,
    /// The type of its value.
    pub ty: RustType,
    /// The types that a caller may pass for it.
    pub accepted: Accepted,
    /// Whether a value of the type converts to the choice: no other parameter has the type.
    pub converts: bool,
}

/// An input.
#[derive(Clone, Debug)]
pub struct Input {
    /// The argument, step or setter.
    pub ident: Ident,
    /// Type of the value, without absence, `null` and boxes.
    pub ty: RustType,
    /// The types that a caller may pass.
    pub accepted: Accepted,
    /// How it is stored until the call is sent, or until the body is built.
    pub kept: RustType,
    /// The parameter that it sets, as an index in [`Operation::parameters`].
    pub parameter: Option<usize>,
    /// The part of the body that it sets.
    pub body: Option<BodyPart>,
}

/// A method of the client that begins the call, and the steps after it.
#[derive(Clone, Debug)]
pub struct Way {
    /// The method.
    pub method: Ident,
    /// The inputs that are its arguments, after the choice.
    pub arguments: Vec<usize>,
    /// The named inputs before the call exists.
    pub steps: Vec<Step>,
    /// The body that the call begins with.
    pub body: BodyValue,
}

/// A step of a call.
#[derive(Clone, Debug)]
pub struct Step {
    /// The input of the step.
    pub input: usize,
    /// The type of a call that needs it next.
    pub state: Ident,
}

/// How to follow a list.
#[derive(Clone, Debug)]
pub struct Pages {
    /// The input for the first page or offset, if the pages are counted.
    pub start: Option<usize>,
    /// The largest page, which a stream over all items requests.
    pub largest: Option<Largest>,
    /// The type of an item.
    pub item: RustType,
}

/// The largest page that the API documents.
#[derive(Clone, Debug)]
pub struct Largest {
    /// The place of the number in a request.
    pub place: PagePlace,
    /// The number of items.
    pub most: u32,
    /// The setter for another number, unless it is in a body.
    pub setter: Option<usize>,
}

/// How to send more items than one request accepts.
#[derive(Clone, Debug)]
pub struct Batches {
    /// The list that is split.
    pub field: FieldPath,
    /// The type of an item.
    pub item: RustType,
}

impl Call {
    /// Returns the input at this index.
    pub fn input(&self, index: usize) -> &Input {
        &self.inputs[index]
    }

    /// Both ways to begin the call.
    pub fn ways(&self) -> impl Iterator<Item = &Way> {
        [Some(&self.way), self.with_body.as_ref()].into_iter().flatten()
    }

    /// The indices of the inputs that the call stores until it is sent: parameters, the required ones first.
    pub fn kept(&self) -> impl Iterator<Item = usize> + '_ {
        let all = self.way.inputs().chain(self.setters.iter().copied());
        all.filter(|index| self.input(*index).parameter.is_some())
    }
}

impl Way {
    /// The indices of the required inputs: arguments, then steps.
    pub fn inputs(&self) -> impl Iterator<Item = usize> + '_ {
        self.arguments.iter().copied().chain(self.steps.iter().map(|step| step.input))
    }
}

/// Returns the call of an operation.
///
/// # Errors
/// A defect of the generator.
pub(super) fn call(
    api: &Api,
    types: &[Type],
    operation: &Operation,
    names: &OperationNames,
) -> Result<Call, Box<Diagnostic>> {
    let mistake = |what: &str| {
        let place = Place::Value(operation.pointer.clone());
        Box::new(Diagnostic::mistake(place, format!("`{}`: {what}", operation.id)))
    };
    let described = &operation.call;
    let inputs = described.inputs.iter().zip(&names.inputs);
    let inputs: Vec<Input> = inputs.map(|(described, ident)| input(&api.types, described, ident)).collect();
    let way = |method: &Ident, required: &Required, states: &[Ident]| {
        let steps = required.steps.iter().zip(states);
        let is_twice = |index: usize| inputs[index].parameter.is_some() && !is_copy(types, &inputs[index].kept);
        Some(Way {
            method: method.clone(),
            arguments: required.arguments.clone(),
            steps: steps.map(|(input, state)| Step { input: *input, state: state.clone() }).collect(),
            body: body::value(&api.types, operation, required, &is_twice)?,
        })
    };
    let no_body = || mistake("its inputs do not make up its body");
    let with_body = described.with_body.as_ref().zip(names.method_with_body.as_ref());
    let with_body =
        with_body.map(|(required, method)| way(method, required, &names.states_with_body).ok_or_else(no_body));
    let pages = operation.pagination.as_ref().map(|pagination| {
        let counted = match &pagination.advance {
            Advance::Number { parameter, .. } | Advance::Offset { parameter, .. } => Some(*parameter),
            Advance::Cursor { .. } => None,
        };
        let start = described.inputs.iter().position(|input| counted.is_some() && input.parameter == counted);
        if start.is_some() != counted.is_some() {
            return Err(mistake("the number of its page cannot be given"));
        }
        let largest = pagination.size.as_ref().and_then(|size| largest(api, operation, size));
        Ok(Pages { start, largest, item: RustType::of(&pagination.item) })
    });
    Ok(Call {
        ident: names.call.clone(),
        module: names.module.clone(),
        registry: names.registry.clone(),
        choice: described
            .choice
            .as_ref()
            .zip(names.choice.as_ref())
            .map(|(described, names)| choice(api, operation, described, names)),
        way: way(&names.method, &described.required, &names.states).ok_or_else(no_body)?,
        with_body: with_body.transpose()?,
        setters: described.setters.clone(),
        distinct: super::distinct::pairs(api, operation),
        body: operation.body.as_ref().map(|body| RustType::kept_body(&body.content.ty, body.required)),
        answer: answers::answer(operation, names.answers.as_ref()),
        headers: headers::headers(api, operation, names.headers.as_ref()),
        security: super::security::sets(api.security_of(operation)),
        pages: pages.transpose()?,
        batches: operation
            .batch
            .as_ref()
            .map(|batch| Batches { field: batch.field.clone(), item: RustType::of(&batch.item) }),
        gate: Gate::default(),
        inputs,
    })
}

/// A maximum in the spec can be larger, but hardly on purpose: a bound such as 2147483647 only describes the type.
const LARGEST_PAGE: u32 = 10_000;

/// Returns the largest page, if the spec has a maximum for it.
fn largest(api: &Api, operation: &Operation, size: &PagePlace) -> Option<Largest> {
    let types = &api.types;
    let (limits, ty, setter) = match size {
        PagePlace::Parameter(place) => {
            let parameter = operation.parameters.get(*place).filter(|parameter| !parameter.required)?;
            let setter = operation.call.inputs.iter().position(|input| input.parameter == Some(*place))?;
            (&parameter.docs.limits, &parameter.ty, Some(setter))
        }
        PagePlace::Field(path) => {
            let body = operation.body.as_ref()?;
            let field = types.fields(path).next_back()?;
            // An object that the caller does not set is sent with only this field.
            let around = types.fields(path).map(|field| (&field.ty, field.required));
            let around = std::iter::once((&body.content.ty, body.required)).chain(around);
            let is_complete = |(ty, is_there): (&TypeRef, bool)| {
                let fields = types.object(ty.without_null()).map(|(_, fields)| fields).unwrap_or_default();
                is_there || fields.iter().all(|field| !field.required)
            };
            if !around.take(path.steps().len()).all(is_complete) {
                return None;
            }
            (&field.docs.limits, &field.ty, None)
        }
    };
    let bound = types.limits(limits, ty).maximum.filter(|_| types.is_integer(ty))?;
    let most = bound.value.parse::<u32>().ok()?.checked_sub(u32::from(bound.exclusive))?;
    (1..=LARGEST_PAGE).contains(&most).then(|| Largest { place: size.clone(), most, setter })
}

fn input(types: &Types, described: &ir::Input, ident: &Ident) -> Input {
    // The constructor of the body adds the box.
    let boxed = described.boxed && described.presence() != Presence::Required;
    let (accepted, kept) = if described.body == Some(BodyPart::Whole) {
        (
            Accepted::body(types, &described.ty, described.required),
            RustType::kept_body(&described.ty, described.required),
        )
    } else {
        (
            Accepted::of(types, &described.ty, described.required, boxed),
            RustType::kept(&described.ty, described.required, boxed),
        )
    };
    Input {
        ident: ident.clone(),
        ty: kept.value().clone(),
        accepted,
        kept,
        parameter: described.parameter,
        body: described.body.clone(),
    }
}

fn choice(api: &Api, operation: &Operation, choice: &ir::Choice, names: &crate::names::ChoiceNames) -> Choice {
    // Two aliases of a type are the same type to the compiler.
    let ty = |index: usize| api.types.unaliased(&operation.parameters[index].ty);
    let of_type = |index: usize| choice.parameters.iter().filter(|other| ty(**other) == ty(index)).count();
    let members = choice.parameters.iter().zip(names.members.iter().zip(&names.adders));
    let members = members.map(|(&parameter, (member, adder))| ChoiceMember {
        parameter,
        ident: member.clone(),
        and: adder.clone(),
        ty: RustType::of(&operation.parameters[parameter].ty),
        accepted: Accepted::of(&api.types, &operation.parameters[parameter].ty, false, false),
        converts: matches!(operation.parameters[parameter].ty, ir::TypeRef::Named(_)) && of_type(parameter) == 1,
    });
    Choice { ident: names.ident.clone(), argument: names.argument.clone(), members: members.collect() }
}
