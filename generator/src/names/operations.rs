//! Names for operations: their methods and calls, with the inputs, states and results of the calls.

use heck::{ToShoutySnakeCase, ToUpperCamelCase};

use super::reserved::{RESERVED_ANSWERS, RESERVED_CALLS, RESERVED_METHODS, RESERVED_PARAMETERS, RESERVED_TYPES};
use super::scope::{self, CallScope, Foreign, Naming, Scope, Unique};
use super::words::{camel_case, media_words, module_name, set_apart, snake_case, success_words, variable_name};
use super::{AnswerNames, ChoiceNames, HeaderNames, OperationNames};
use crate::diagnostics::Place;
use crate::ident::Ident;
use crate::ir::{Alternative, BodyPart, Call, Choice, Direction, Input, Operation, Parameter, Required, Success};

/// Names the operations, and the inputs and results of their calls.
pub(super) fn operations(naming: &mut Naming, operations: &[Operation]) -> Vec<OperationNames> {
    let mut scopes = OperationScopes::default();
    operations.iter().map(|operation| self::operation(naming, operation, &mut scopes)).collect()
}

/// The names that operations share.
#[derive(Default)]
struct OperationScopes {
    methods: Scope,
    calls: Scope,
    modules: Scope,
}

fn operation(naming: &mut Naming, operation: &Operation, scopes: &mut OperationScopes) -> OperationNames {
    let OperationScopes { methods, calls, modules } = scopes;
    let wanted = wanted_name(operation);
    let own = full_name(operation, &operation.id);
    let foreign = Foreign {
        name: &wanted,
        place: Place::Value(operation.pointer.key("operationId")),
        extension: "x-rust-name",
        fallback: "operation",
        in_place_of: operation.rust_name.as_ref().map(|_| own.as_str()),
    };
    let snake = |source: &str| snake_case(source);
    let camel = |source: &str| camel_case(source);
    let unique =
        naming.unique(&foreign, [(&mut *methods, &snake), (&mut *calls, &camel), (&mut *modules, &module_name)]);
    let foreign = Foreign { in_place_of: None, ..foreign };
    let [method, call, _] = &unique.names;
    let unique = if RESERVED_METHODS.contains(&method.as_str()) || RESERVED_CALLS.contains(&call.as_str()) {
        naming.reserved(&foreign, method);
        let words = format!("call {}", unique.words);
        let foreign = Foreign { name: &words, ..foreign.clone() };
        naming.unique(&foreign, [(&mut *methods, &snake), (&mut *calls, &camel), (&mut *modules, &module_name)])
    } else {
        unique
    };
    let Unique { words: source, names: [method, call, module] } = unique;
    let call = calls.enter(&foreign, call);
    let method = methods.enter(&foreign, method);
    let mut scope = CallScope::new(operation);
    let choice = operation.call.choice.as_ref().map(|choice| {
        let parameters: Vec<&Parameter> = choice.parameters.iter().map(|index| &operation.parameters[*index]).collect();
        self::choice(naming, choice, &parameters, &mut scope.names, calls)
    });
    let mut inputs = vec![call.clone(); operation.call.inputs.len()];
    for &index in &operation.call.setters {
        inputs[index] = input(naming, &operation.call.inputs[index], None, &mut scope);
    }
    let way = (&operation.call, &call, "");
    let states = required(naming, way, &operation.call.required, &mut inputs, &mut scope, calls);
    let mut method_with_body = None;
    let mut states_with_body = Vec::new();
    if let Some(described) = &operation.call.with_body {
        let way = (&operation.call, &call, "WithBody");
        let mut own = inputs.clone();
        let mut scope = CallScope::with_body(operation);
        states_with_body = required(naming, way, described, &mut own, &mut scope, calls);
        // The body has no other input.
        for index in described.inputs().filter(|index| operation.call.inputs[*index].body == Some(BodyPart::Whole)) {
            inputs[index] = own[index].clone();
        }
        let with_body = |source: &str| format!("{}_with_body", snake_case(source));
        let foreign = Foreign { name: &source, ..foreign.clone() };
        method_with_body = Some(naming.give(&foreign, methods, &with_body));
    }
    let own = Foreign { name: &source, ..foreign.clone() };
    let answers = answers(naming, operation, &own, calls);
    let headers = headers(naming, operation, &own, calls);
    OperationNames {
        method,
        call,
        module: modules.enter(&foreign, module),
        registry: Scope::default().enter(&foreign, source.to_shouty_snake_case()),
        method_with_body,
        inputs,
        states,
        states_with_body,
        choice,
        answers,
        headers,
    }
}

/// Returns the name of an operation before it is cased: its own, or the one that the spec sets.
pub(super) fn wanted_name(operation: &Operation) -> String {
    full_name(operation, operation.rust_name.as_deref().unwrap_or(&operation.id))
}

fn full_name(operation: &Operation, name: &str) -> String {
    match &operation.alternative {
        None => name.to_owned(),
        Some(Alternative { media_type, direction: Direction::Request }) => {
            format!("{name} with {}", media_words(media_type))
        }
        Some(Alternative { media_type, direction: Direction::Response }) => {
            format!("{name} as {}", media_words(media_type))
        }
    }
}

/// Names the successes among which the status of a response selects.
fn answers(naming: &mut Naming, operation: &Operation, call: &Foreign<'_>, calls: &mut Scope) -> Option<AnswerNames> {
    let Success::ByStatus(places) = &operation.success else { return None };
    let ident = naming.give(call, calls, &|source| format!("{}Answer", camel_case(source)));
    let mut scope = Scope::default();
    let variants = places.iter().filter_map(|place| operation.responses.get(*place)).map(|response| {
        let status = response.status.to_string();
        let words = success_words(response.status);
        let place = Place::Key(operation.pointer.key("responses").key(&status));
        let foreign = Foreign { name: &words, place, extension: "x-rust-name", fallback: "Success", in_place_of: None };
        naming.give(&foreign, &mut scope, &|source| set_apart(camel_case(source), RESERVED_ANSWERS))
    });
    Some(AnswerNames { ident, variants: variants.collect() })
}

/// Names the documented headers of responses.
fn headers(naming: &mut Naming, operation: &Operation, call: &Foreign<'_>, calls: &mut Scope) -> Option<HeaderNames> {
    let headers = operation.headers();
    if headers.is_empty() {
        return None;
    }
    let ident = naming.give(call, calls, &|source| format!("{}Headers", camel_case(source)));
    let mut scope = Scope::default();
    let members = headers.iter().map(|header| {
        let place = Place::Key(header.pointer.clone());
        let wanted = header.rust_name.as_ref().unwrap_or(&header.name);
        let foreign = Foreign { name: wanted, place, extension: "x-rust-name", fallback: "header", in_place_of: None };
        naming.give(&foreign, &mut scope, &variable_name)
    });
    Some(HeaderNames { ident, members: members.collect() })
}

/// Names the inputs of one way to begin a call, and returns the types of its states.
fn required(
    naming: &mut Naming,
    (call, name, infix): (&Call, &Ident, &str),
    required: &Required,
    inputs: &mut [Ident],
    scope: &mut CallScope,
    calls: &mut Scope,
) -> Vec<Ident> {
    for &index in &required.arguments {
        // Callers do not write the name of an argument, so it can be any unused one.
        let described = &call.inputs[index];
        inputs[index] = input(naming, described, Some(described.wanted_name()), scope);
    }
    let mut states = Vec::with_capacity(required.steps.len());
    for &index in &required.steps {
        let step = &call.inputs[index];
        let ident = input(naming, step, None, scope);
        // The compiler's error about a call that is sent too early names the type, and so the step.
        let state = format!("{name}{infix}Needs{}", ident.unraw().to_upper_camel_case());
        let foreign = Foreign { name: &state, in_place_of: None, ..input_name(step) };
        states.push(naming.give(&foreign, calls, &|source| camel_case(source)));
        inputs[index] = ident;
    }
    states
}

fn input(naming: &mut Naming, input: &Input, in_place_of: Option<&str>, scope: &mut CallScope) -> Ident {
    let name = scope.name(input);
    let foreign = input_name(input);
    let foreign = Foreign { name: &name, in_place_of: foreign.in_place_of.or(in_place_of), ..foreign };
    let is_whole = input.body == Some(BodyPart::Whole);
    let cased = |source: &str| {
        let name = variable_name(source);
        if is_whole { name } else { set_apart(name, RESERVED_PARAMETERS) }
    };
    naming.give(&foreign, &mut scope.names, &cased)
}

fn input_name(input: &Input) -> Foreign<'_> {
    let is_parameter = input.parameter.is_some();
    let place = input.named_at.clone();
    Foreign {
        name: input.wanted_name(),
        place: Place::Value(place),
        extension: if is_parameter { "x-rust-name" } else { "x-argument-name" },
        fallback: "argument",
        in_place_of: input.rust_name.as_ref().map(|_| input.name.as_str()),
    }
}

fn choice(
    naming: &mut Naming,
    choice: &Choice,
    parameters: &[&Parameter],
    scope: &mut Scope,
    calls: &mut Scope,
) -> ChoiceNames {
    let place = Place::Value(choice.pointer.key("name"));
    let foreign =
        Foreign { name: &choice.name, place, extension: scope::CHOICE, fallback: "Choice", in_place_of: None };
    let camel = |source: &str| {
        let ident = camel_case(source);
        // A link to it must not also mean a derive macro.
        let is_taken = [RESERVED_CALLS, RESERVED_TYPES].iter().any(|reserved| reserved.contains(&ident.as_str()));
        if is_taken { format!("{ident}Filter") } else { ident }
    };
    let ident = naming.give(&foreign, calls, &camel);
    let argument = naming.give(&foreign, scope, &|source| set_apart(variable_name(source), RESERVED_PARAMETERS));
    let mut methods = Scope::default();
    let foreign = |parameter: &&Parameter| {
        let place = Place::Value(parameter.pointer.key("name"));
        let name = parameter.rust_name.as_ref().unwrap_or(&parameter.name).clone();
        (name, place)
    };
    let mut give = |parameter: &&Parameter, cased: &dyn Fn(&str) -> String| {
        let (name, place) = foreign(parameter);
        let foreign =
            Foreign { name: &name, place, extension: "x-rust-name", fallback: "parameter", in_place_of: None };
        naming.give(&foreign, &mut methods, cased)
    };
    let members: Vec<Ident> = parameters.iter().map(|parameter| give(parameter, &variable_name)).collect();
    let adders = parameters.iter().zip(&members).map(|(parameter, member)| {
        let member = member.unraw();
        let and = format!("and_{}", member.trim_start_matches('_'));
        give(parameter, &|source| {
            // The distinguishing number follows the words.
            let number = source.rsplit(' ').next().filter(|number| number.parse::<usize>().is_ok());
            number.map_or_else(|| and.clone(), |number| format!("{and}_{number}"))
        })
    });
    let adders = adders.collect();
    ChoiceNames { ident, argument, members, adders }
}
