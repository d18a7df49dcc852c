//! Creates every Rust identifier of the generated crate.
//!
//! | in the spec | in Rust | example |
//! |---|---|---|
//! | schema | type, upper camel case | `OrgGroupData` |
//! | | module and file, snake case | `models/org_group_data.rs` |
//! | property | field, snake case | `created_at` |
//! | member of a union | variant, upper camel case; and the method that returns it | `Cat`, `as_cat` |
//! | enum value | variant, upper camel case; a leading `-` becomes `Minus` | `org_groups` → `OrgGroups` |
//! | operation id | method and module, snake case; call, upper camel case; registry entry, upper snake case | `get_org_group`, `GetOrgGroup`, `GET_ORG_GROUP` |
//! | parameter | argument or setter, snake case | `page[size]` → `page_size` |
//! | security scheme | setters of the client's builder, snake case | `api_key`, `token` and `token_provider` |
//! | site; server, by its description or URL | constant, upper snake case | `US1_FED` |
//! | tag | feature, kebab case, if the crate has them by tag | `aws-integration` |
//! | variable of a server | setter of the client's builder, snake case after `server` | `server_region` |
//!
//! `x-rust-name` (for enum values `x-enum-varnames`) replaces the spec's name and is cased in the same way. An inline
//! schema is named by its owner and its role there: `PetTag` is the property `tag` of `Pet`. A keyword becomes a raw
//! identifier (`r#type`); a word that cannot be raw (`self`) or that the crate needs at this place (`extra`) gets an
//! underscore at its end. A part of the body with the same name as a parameter gets the prefix `body_`.
//!
//! A name that is not an identifier becomes one by fixed rules, with a warning that shows how to choose a better name:
//! letters that are not ASCII are transliterated, symbols are spelled out, and the second of two names that collide
//! gets a number.

mod features;
mod members;
mod reserved;
mod scope;
mod service;
mod words;

use std::collections::BTreeMap;

use heck::{ToShoutySnakeCase, ToUpperCamelCase};

use crate::diagnostics::{Diagnostic, Place};
use crate::ident::Ident;
use crate::ir::{
    Alternative, Api, BodyPart, Call, Choice, Direction, Input, Operation, Origin, Owner, Parameter, Required, Role,
    Success, TypeDef,
};

use members::members;
use reserved::{RESERVED_ANSWERS, RESERVED_CALLS, RESERVED_METHODS, RESERVED_PARAMETERS, RESERVED_TYPES};
use scope::{CallScope, Foreign, Naming, Scope, Unique};
pub(crate) use words::is_keyword;
use words::{media_words, module_name, set_apart, snake_case, spelled_out, status_words, success_words, variable_name};

/// The Rust names of an API, each list in the order of the corresponding list in [`Api`].
#[derive(Clone, Debug)]
pub struct Names {
    /// Names of [`Api::types`].
    pub types: Vec<TypeNames>,
    /// Names of [`Api::operations`].
    pub operations: Vec<OperationNames>,
    /// Names of [`Api::schemes`].
    pub schemes: Vec<SchemeNames>,
    /// Constants for the servers in [`Api::servers`] that have a site.
    pub sites: Vec<Option<Ident>>,
    /// Constants for the servers in [`Api::servers`] that can be selected by name.
    pub servers: Vec<Option<Ident>>,
    /// Setters for the variables of all servers, each by its name in the spec.
    pub variables: Vec<(String, Ident)>,
    /// The features for tags, each with its tag; empty, unless the crate has features for tags.
    pub features: Vec<(String, String)>,
}

/// Names that belong to a named schema.
#[derive(Clone, Debug)]
pub struct TypeNames {
    /// The type.
    pub ident: Ident,
    /// Its module, which is also the name of its file.
    pub module: Ident,
    /// The fields of an object, the one for all others last; or the variants of an enum or a union. In the order of the
    /// spec.
    pub members: Vec<Ident>,
    /// The methods that return the variants of a union.
    pub accessors: Vec<Ident>,
    /// The methods that return the ids of related resources, in the order of [`Types::relations`](crate::ir::Types::relations).
    pub relations: Vec<Ident>,
    /// The struct that an object's constructor takes if several fields could be mistaken for one another.
    pub fields: Option<Ident>,
    /// Whether emitted files use the name for something else, so that it cannot be imported there.
    pub shadows: bool,
}

/// Names that belong to a security scheme.
#[derive(Clone, Debug)]
pub struct SchemeNames {
    /// The setter of its credential.
    pub setter: Ident,
    /// The setter of a provider that renews the credential, if it can be renewed.
    pub provider: Option<Ident>,
}

/// Names that belong to an operation.
#[derive(Clone, Debug)]
pub struct OperationNames {
    /// The method of the client.
    pub method: Ident,
    /// The type of the call.
    pub call: Ident,
    /// The module of that type, which is also the name of its file.
    pub module: Ident,
    /// The entry of the registry.
    pub registry: Ident,
    /// The method that takes a whole body, if there is one.
    pub method_with_body: Option<Ident>,
    /// The inputs of a caller, in the order of the call's inputs.
    pub inputs: Vec<Ident>,
    /// For each step, the type of a call that needs it next.
    pub states: Vec<Ident>,
    /// The same for a call with a whole body.
    pub states_with_body: Vec<Ident>,
    /// The choice between parameters.
    pub choice: Option<ChoiceNames>,
    /// The response, if its status selects the body.
    pub answers: Option<AnswerNames>,
    /// The documented headers of responses.
    pub headers: Option<HeaderNames>,
}

/// Names that belong to the documented headers of responses.
#[derive(Clone, Debug)]
pub struct HeaderNames {
    /// Their type.
    pub ident: Ident,
    /// Its fields, in the order of [`Operation::headers`].
    pub members: Vec<Ident>,
}

/// Names that belong to a response whose status selects the body.
#[derive(Clone, Debug)]
pub struct AnswerNames {
    /// Its type.
    pub ident: Ident,
    /// A variant for each documented success.
    pub variants: Vec<Ident>,
}

/// Names that belong to a choice between parameters.
#[derive(Clone, Debug)]
pub struct ChoiceNames {
    /// Its type.
    pub ident: Ident,
    /// The argument and field of the choice.
    pub argument: Ident,
    /// Its parameters, each also the function that begins with it.
    pub members: Vec<Ident>,
    /// The methods that add a parameter to another.
    pub adders: Vec<Ident>,
}

/// Creates all names of an API, and reports those that differ from the spec.
pub fn assign(api: &Api) -> (Names, Vec<Diagnostic>) {
    let mut naming = Naming::default();
    let types = types(&mut naming, api);
    let operations = operations(&mut naming, &api.operations);
    let mut setters = Scope::default();
    let schemes = service::schemes(&mut naming, api, &mut setters);
    let variables = service::variables(&mut naming, api, &mut setters);
    let servers = service::servers(&mut naming, api);
    let sites = service::sites(&mut naming, api);
    let features = features::features(&mut naming, api);
    (Names { types, operations, schemes, sites, servers, variables, features }, naming.warnings)
}

fn types(naming: &mut Naming, api: &Api) -> Vec<TypeNames> {
    let mut idents = Scope::default();
    let mut modules = Scope::default();
    let usual = api.operations.iter().filter(|operation| operation.alternative.is_none());
    let operations = usual.map(|operation| (operation.id.as_str(), wanted_operation_name(operation)));
    let mut owners = Owners { types: BTreeMap::new(), operations: operations.collect() };
    // Components first: an inline schema yields to a named one.
    let (components, inline): (Vec<_>, Vec<_>) = api.types.iter().partition(|(_, def)| def.origin == Origin::Component);
    let mut given: Vec<(usize, TypeNames)> = Vec::with_capacity(api.types.len());
    for (id, def) in components.into_iter().chain(inline) {
        let own = spec_type_name(def, &owners);
        let wanted = def.rust_name.as_ref().unwrap_or(&own);
        let place = Place::Key(def.pointer.clone());
        let foreign = Foreign {
            name: wanted,
            place,
            extension: "x-rust-name",
            fallback: "Type",
            in_place_of: def.rust_name.as_ref().map(|_| own.as_str()),
        };
        let camel = |source: &str| source.to_upper_camel_case();
        let file = |source: &str| module_name(&camel(source));
        let Unique { words, names } = naming.unique(&foreign, [(&mut idents, &camel), (&mut modules, &file)]);
        let [ident, module] = names;
        let (ident, module) = (idents.enter(&foreign, ident), modules.enter(&foreign, module));
        let shadows = RESERVED_TYPES.contains(&ident.as_str());
        owners.types.insert(&def.name, words);
        let (members, accessors) = members(naming, &def.shape);
        given.push((
            id.0,
            TypeNames { ident, module, members, accessors, relations: Vec::new(), fields: None, shadows },
        ));
    }
    given.sort_by_key(|(id, _)| *id);
    members::name_fields(&api.types, &mut given);
    let names = given.into_iter().map(|(_, names)| names).collect();
    members::name_relations(&api.types, names)
}

/// The owners of inline schemas, each with the words that name it.
struct Owners<'a> {
    types: BTreeMap<&'a str, String>,
    operations: BTreeMap<&'a str, String>,
}

fn wanted_operation_name(operation: &Operation) -> String {
    operation_name(operation, operation.rust_name.as_deref().unwrap_or(&operation.id))
}

fn operation_name(operation: &Operation, name: &str) -> String {
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

/// Returns the name of a type in the spec, or one from its owner and its role there.
fn spec_type_name(def: &TypeDef, owners: &Owners<'_>) -> String {
    let Origin::Inline { owner, roles } = &def.origin else { return def.name.clone() };
    let mut words = match owner {
        Owner::Type(name) => owners.types.get(name.as_str()).unwrap_or(name).clone(),
        Owner::Operation(id) => owners.operations.get(id.as_str()).unwrap_or(id).clone(),
        Owner::Path(path) | Owner::Component(path) => path.clone(),
    };
    // A name of symbols alone would be empty.
    let said = |name: &str| if name.contains(char::is_alphanumeric) { name.to_owned() } else { spelled_out(name) };
    for role in roles {
        let word = match role {
            Role::Property(name) | Role::Parameter(name) | Role::Member(name) => said(name),
            Role::Item => "Item".to_owned(),
            Role::Value => "Value".to_owned(),
            Role::Header(name) => format!("{name} Header"),
            Role::Body => suffix(&words, &["body", "request"], "Body"),
            Role::Response(status) => {
                format!("{} {}", status_words(status), suffix(&words, &["response"], "Response"))
            }
            Role::MediaType(media_type) => media_words(media_type),
        };
        words = format!("{words} {word}");
    }
    words
}

/// Returns a word, unless the words before it end with an equivalent one.
fn suffix(words: &str, same: &[&str], word: &str) -> String {
    let words = snake_case(words);
    let ends = |same: &&str| words.rsplit('_').next() == Some(*same);
    if same.iter().any(ends) { String::new() } else { word.to_owned() }
}

fn operations(naming: &mut Naming, operations: &[Operation]) -> Vec<OperationNames> {
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
    let wanted_name = wanted_operation_name(operation);
    let own = operation_name(operation, &operation.id);
    let foreign = Foreign {
        name: &wanted_name,
        place: Place::Value(operation.pointer.key("operationId")),
        extension: "x-rust-name",
        fallback: "operation",
        in_place_of: operation.rust_name.as_ref().map(|_| own.as_str()),
    };
    let snake = |source: &str| snake_case(source);
    let camel = |source: &str| source.to_upper_camel_case();
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
    let mut scope = CallScope::new(&operation.call);
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
        states_with_body = required(naming, way, described, &mut own, &mut CallScope::default(), calls);
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

/// Names the successes among which the status of a response selects.
fn answers(naming: &mut Naming, operation: &Operation, call: &Foreign<'_>, calls: &mut Scope) -> Option<AnswerNames> {
    let Success::ByStatus(places) = &operation.success else { return None };
    let ident = naming.give(call, calls, &|source| format!("{}Answer", source.to_upper_camel_case()));
    let mut scope = Scope::default();
    let variants = places.iter().filter_map(|place| operation.responses.get(*place)).map(|response| {
        let status = response.status.to_string();
        let words = success_words(response.status);
        let place = Place::Key(operation.pointer.key("responses").key(&status));
        let foreign = Foreign { name: &words, place, extension: "x-rust-name", fallback: "Success", in_place_of: None };
        naming.give(&foreign, &mut scope, &|source| set_apart(source.to_upper_camel_case(), RESERVED_ANSWERS))
    });
    Some(AnswerNames { ident, variants: variants.collect() })
}

/// Names the documented headers of responses.
fn headers(naming: &mut Naming, operation: &Operation, call: &Foreign<'_>, calls: &mut Scope) -> Option<HeaderNames> {
    let headers = operation.headers();
    if headers.is_empty() {
        return None;
    }
    let ident = naming.give(call, calls, &|source| format!("{}Headers", source.to_upper_camel_case()));
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
        states.push(naming.give(&foreign, calls, &|source| source.to_upper_camel_case()));
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
        let ident = source.to_upper_camel_case();
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
