//! Every Rust identifier of the generated crate is made here, and nowhere else.
//!
//! | in the spec | in Rust | example |
//! |---|---|---|
//! | schema | type, upper camel case | `OrgGroupData` |
//! | | module and file, snake case | `models/org_group_data.rs` |
//! | property | field, snake case | `created_at` |
//! | enum value | variant, upper camel case; a leading `-` becomes `Minus` | `org_groups` → `OrgGroups` |
//! | operation id | method and module, snake case; call, upper camel case; registry entry, upper snake case | `get_org_group`, `GetOrgGroup`, `GET_ORG_GROUP` |
//! | parameter | argument or setter, snake case | `page[size]` → `page_size` |
//! | security scheme | setter of the client's builder, snake case | `api_key` |
//! | site | constant, upper snake case | `US1_FED` |
//!
//! `x-rust-name` (for enum values `x-enum-varnames`) takes the place of the spec's name and is cased the same way. A
//! keyword becomes a raw identifier (`r#type`); a word that cannot be raw (`self`) or that the crate needs at this place
//! (`extra`) gets an underscore behind it. A part of the body that is asked for beside a parameter of the same name gets
//! `body_` before it, if the spec gives it no other name. Any other two names that meet, and names from which nothing can
//! be made, are errors: names are what callers write, so nothing is numbered or shortened behind the maintainer's back.

mod reserved;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};
use syn::ext::IdentExt as _;

use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Api, BodyPart, Choice, Input, Operation, Parameter, Required, Shape, TypeDef};
use crate::pointer::Pointer;

use reserved::{
    RESERVED_CALLS, RESERVED_FIELDS, RESERVED_METHODS, RESERVED_PARAMETERS, RESERVED_SETTERS, RESERVED_TYPES,
    RESERVED_VARIANTS,
};
pub(crate) use words::is_keyword;
use words::{MAX_LENGTH, digits_behind_underscore, identifier, module_name, set_apart, variable_name, variant_name};

/// The Rust names of an API, each list in the order of the list in [`Api`] that it belongs to.
#[derive(Clone, Debug)]
pub struct Names {
    /// Names of [`Api::types`].
    pub types: Vec<TypeNames>,
    /// Names of [`Api::operations`].
    pub operations: Vec<OperationNames>,
    /// Setters for [`Api::keys`].
    pub keys: Vec<Ident>,
    /// Constants for the servers in [`Api::servers`] that have a site.
    pub sites: Vec<Option<Ident>>,
}

/// Names that belong to a named schema.
#[derive(Clone, Debug)]
pub struct TypeNames {
    /// The type.
    pub ident: Ident,
    /// Its module, which is also the name of its file.
    pub module: Ident,
    /// The fields of an object or the variants of an enum, in the order of the spec.
    pub members: Vec<Ident>,
}

/// Names that belong to an operation.
#[derive(Clone, Debug)]
pub struct OperationNames {
    /// The method of the client.
    pub method: Ident,
    /// The type of a call that is being put together.
    pub call: Ident,
    /// The module of that type, which is also the name of its file.
    pub module: Ident,
    /// The entry of the registry.
    pub registry: Ident,
    /// The method that takes a whole body, where there is one.
    pub method_with_body: Option<Ident>,
    /// What has to be given.
    pub required: RequiredNames,
    /// What has to be given beside a whole body.
    pub with_body: RequiredNames,
    /// What may be left out, in the order of the call.
    pub setters: Vec<Ident>,
    /// The choice between parameters.
    pub choice: Option<ChoiceNames>,
}

/// Names of the required inputs of a call.
#[derive(Clone, Debug, Default)]
pub struct RequiredNames {
    /// The arguments.
    pub arguments: Vec<Ident>,
    /// The steps.
    pub steps: Vec<StepNames>,
}

/// Names that belong to a step of a call.
#[derive(Clone, Debug)]
pub struct StepNames {
    /// The method that takes the step.
    pub ident: Ident,
    /// The type of a call that needs this step next.
    pub state: Ident,
}

/// Names that belong to a choice between parameters.
#[derive(Clone, Debug)]
pub struct ChoiceNames {
    /// Its type.
    pub ident: Ident,
    /// The argument and field that hold it.
    pub argument: Ident,
    /// Its parameters, each also the function that begins with it.
    pub members: Vec<Ident>,
    /// The methods that add a parameter to another.
    pub adders: Vec<Ident>,
}

/// Makes all names of an API.
///
/// # Errors
///
/// Names that collide, that are taken, or from which no identifier can be made.
pub fn assign(api: &Api) -> Result<Names, Vec<Diagnostic>> {
    let mut naming = Naming { problems: Vec::new(), told: BTreeSet::new() };
    let types = naming.types(&api.types);
    let operations = naming.operations(&api.operations);
    let keys = naming.keys(api);
    let sites = naming.sites(api);
    if naming.problems.is_empty() { Ok(Names { types, operations, keys, sites }) } else { Err(naming.problems) }
}

/// A name of the spec on its way to a Rust name.
struct Foreign<'a> {
    /// What stands in the spec.
    name: &'a str,
    /// What the spec wants instead.
    wanted: Option<&'a str>,
    /// Where it stands.
    place: Place,
    /// The extension that would give it another name.
    extension: &'static str,
}

impl Foreign<'_> {
    fn source(&self) -> &str {
        self.wanted.unwrap_or(self.name)
    }
}

/// The names given so far in one scope, each with its name in the spec, its place, and how it gets another.
type Scope = BTreeMap<String, (String, Place, &'static str)>;

/// The names given so far in a call, and those of what is given outside of its body.
#[derive(Default)]
struct CallScope {
    names: Scope,
    outside: BTreeSet<String>,
}

impl CallScope {
    fn new(operation: &Operation) -> Self {
        let call = &operation.call;
        let inputs = call.required.inputs().chain(&call.setters).filter(|input| input.parameter.is_some());
        let choice = call.choice.iter().map(|choice| choice.name.as_str());
        let outside = inputs.map(wanted_name).chain(choice);
        Self { names: Scope::new(), outside: outside.map(variable_name).collect() }
    }

    /// The name of an input before it is told apart from what the call needs for itself.
    fn name(&self, input: &Input) -> String {
        let name = variable_name(wanted_name(input));
        let is_part = matches!(input.body, Some(BodyPart::Field(_)));
        let is_body_alone = is_part && input.parameter.is_none() && input.rust_name.is_none();
        if is_body_alone && self.outside.contains(&name) { format!("body_{name}") } else { name }
    }
}

fn wanted_name(input: &Input) -> &str {
    input.rust_name.as_deref().unwrap_or(&input.name)
}

struct Naming {
    problems: Vec<Diagnostic>,
    /// The places of names that collide or cannot be used: a type meets another in its module too, and is told of once.
    told: BTreeSet<Pointer>,
}

impl Naming {
    fn types(&mut self, types: &[TypeDef]) -> Vec<TypeNames> {
        let mut idents = Scope::new();
        let mut modules = Scope::new();
        let mut names = Vec::with_capacity(types.len());
        for def in types {
            let foreign = foreign(&def.name, def.rust_name.as_deref(), Place::Key(def.pointer.clone()));
            let ident = foreign.source().to_upper_camel_case();
            if RESERVED_TYPES.contains(&ident.as_str()) {
                self.reserved(&foreign, &ident, &format!("x-rust-name: Spec{ident}"));
            }
            let ident = self.give(&foreign, ident, &mut idents);
            let module = self.give(&foreign, module_name(foreign.source()), &mut modules);
            names.push(TypeNames { ident, module, members: self.members(&def.shape) });
        }
        names
    }

    fn members(&mut self, shape: &Shape) -> Vec<Ident> {
        let mut scope = Scope::new();
        match shape {
            Shape::Object(fields) => fields
                .iter()
                .map(|field| {
                    let foreign = foreign(&field.name, field.rust_name.as_deref(), Place::Key(field.pointer.clone()));
                    let name = set_apart(variable_name(foreign.source()), RESERVED_FIELDS);
                    self.give(&foreign, name, &mut scope)
                })
                .collect(),
            Shape::Enum(values) => values
                .iter()
                .map(|value| {
                    let foreign = Foreign {
                        name: &value.value,
                        wanted: value.rust_name.as_deref(),
                        place: Place::Value(value.pointer.clone()),
                        extension: "x-enum-varnames",
                    };
                    let name = set_apart(variant_name(foreign.source()), RESERVED_VARIANTS);
                    self.give(&foreign, name, &mut scope)
                })
                .collect(),
            Shape::Scalar(_) | Shape::Alias(_) => Vec::new(),
        }
    }

    fn operations(&mut self, operations: &[Operation]) -> Vec<OperationNames> {
        let mut methods = Scope::new();
        let mut calls = Scope::new();
        let mut modules = Scope::new();
        let mut names = Vec::with_capacity(operations.len());
        for operation in operations {
            let foreign = foreign(
                &operation.id,
                operation.rust_name.as_deref(),
                Place::Value(operation.pointer.key("operationId")),
            );
            let method = foreign.source().to_snake_case();
            if RESERVED_METHODS.contains(&method.as_str()) {
                self.reserved(&foreign, &method, &format!("x-rust-name: call_{method}"));
            }
            let call = foreign.source().to_upper_camel_case();
            if RESERVED_CALLS.contains(&call.as_str()) {
                self.reserved(&foreign, &call, &format!("x-rust-name: call_{method}"));
            }
            let call = self.give(&foreign, call, &mut calls);
            let method = self.give(&foreign, method, &mut methods);
            let mut scope = CallScope::new(operation);
            let choice = operation.call.choice.as_ref().map(|choice| {
                let parameters: Vec<&Parameter> =
                    choice.parameters.iter().map(|index| &operation.parameters[*index]).collect();
                self.choice(choice, &parameters, &mut scope.names, &mut calls)
            });
            let setters = operation.call.setters.iter().map(|input| self.input(input, &mut scope)).collect();
            let required = self.required(&operation.call.required, &call, "", &mut scope, &mut calls);
            let mut method_with_body = None;
            let mut with_body = RequiredNames::default();
            if let Some(inputs) = &operation.call.with_body {
                with_body = self.required(inputs, &call, "WithBody", &mut CallScope::default(), &mut calls);
                method_with_body = Some(self.give(&foreign, format!("{}_with_body", method.unraw()), &mut methods));
            }
            names.push(OperationNames {
                method,
                call,
                module: self.give(&foreign, module_name(foreign.source()), &mut modules),
                registry: self.give(&foreign, foreign.source().to_shouty_snake_case(), &mut Scope::new()),
                method_with_body,
                required,
                with_body,
                setters,
                choice,
            });
        }
        names
    }

    fn required(
        &mut self,
        inputs: &Required,
        call: &Ident,
        infix: &str,
        scope: &mut CallScope,
        calls: &mut Scope,
    ) -> RequiredNames {
        let arguments = inputs.arguments.iter().map(|input| self.input(input, scope)).collect();
        let steps = inputs
            .steps
            .iter()
            .map(|input| {
                let ident = self.input(input, scope);
                let state = format!("{call}{infix}{}", ident.unraw().to_string().to_upper_camel_case());
                StepNames { ident, state: self.give(&input_name(input), state, calls) }
            })
            .collect();
        RequiredNames { arguments, steps }
    }

    fn input(&mut self, input: &Input, scope: &mut CallScope) -> Ident {
        let name = scope.name(input);
        let name = if input.body == Some(BodyPart::Whole) { name } else { set_apart(name, RESERVED_PARAMETERS) };
        self.give(&input_name(input), name, &mut scope.names)
    }

    fn choice<'p>(
        &mut self,
        choice: &Choice,
        parameters: &[&'p Parameter],
        scope: &mut Scope,
        calls: &mut Scope,
    ) -> ChoiceNames {
        let place = Place::Value(choice.pointer.key("name"));
        let foreign = Foreign { name: &choice.name, wanted: None, place, extension: CHOICE };
        let ident = foreign.source().to_upper_camel_case();
        // A link to it must not mean a derive macro as well.
        if [RESERVED_CALLS, RESERVED_TYPES].iter().any(|reserved| reserved.contains(&ident.as_str())) {
            self.reserved(&foreign, &ident, &format!("name: {ident}Filter"));
        }
        let ident = self.give(&foreign, ident, calls);
        let argument = set_apart(variable_name(foreign.source()), RESERVED_PARAMETERS);
        let argument = self.give(&foreign, argument, scope);
        let mut methods = Scope::new();
        let foreign = |parameter: &'p Parameter| {
            let place = Place::Value(parameter.pointer.key("name"));
            self::foreign(&parameter.name, parameter.rust_name.as_deref(), place)
        };
        let give = |parameter: &&'p Parameter| {
            let foreign = foreign(parameter);
            self.give(&foreign, variable_name(foreign.source()), &mut methods)
        };
        let members: Vec<Ident> = parameters.iter().map(give).collect();
        let adders = parameters.iter().zip(&members).map(|(parameter, member)| {
            self.give(
                &foreign(parameter),
                format!("and_{}", member.unraw().to_string().trim_start_matches('_')),
                &mut methods,
            )
        });
        let adders = adders.collect();
        ChoiceNames { ident, argument, members, adders }
    }

    fn keys(&mut self, api: &Api) -> Vec<Ident> {
        let mut scope = Scope::new();
        let keys = api.keys.iter();
        keys.map(|key| {
            let foreign = foreign(&key.name, key.rust_name.as_deref(), Place::Key(key.pointer.clone()));
            let name = set_apart(variable_name(foreign.source()), RESERVED_SETTERS);
            self.give(&foreign, name, &mut scope)
        })
        .collect()
    }

    fn sites(&mut self, api: &Api) -> Vec<Option<Ident>> {
        let mut scope = Scope::new();
        let servers = api.servers.iter();
        servers
            .map(|server| {
                server.site.as_ref().map(|site| {
                    let foreign = Foreign {
                        name: &site.name,
                        wanted: None,
                        place: Place::Value(server.pointer.key("x-site-name")),
                        extension: "x-site-name",
                    };
                    let name = set_apart(foreign.source().to_shouty_snake_case(), &["ALL"]);
                    self.give(&foreign, name, &mut scope)
                })
            })
            .collect()
    }

    /// Makes the identifier and enters it into its scope.
    fn give(&mut self, foreign: &Foreign<'_>, name: String, scope: &mut Scope) -> Ident {
        let name = digits_behind_underscore(name);
        let Some(ident) = identifier(&name) else {
            self.unusable(foreign, &name);
            return Ident::new("unusable", Span::call_site());
        };
        if let Some((other, place, extension)) = scope.get(&name) {
            if !self.is_news(foreign) {
                return ident;
            }
            let message = format!("`{}` and `{other}` both become `{name}` in Rust", shown(foreign.name));
            let mut help = way_out(foreign.extension);
            if *extension == CHOICE && foreign.extension != CHOICE {
                help = format!("{help}, or {}", way_out(CHOICE));
            }
            self.problems.push(
                Diagnostic::new(Code::NameCollision, foreign.place.clone(), message)
                    .related(place.clone(), "the other name".to_owned())
                    .help(help),
            );
        } else {
            scope.insert(name, (shown(foreign.name), foreign.place.clone(), foreign.extension));
        }
        ident
    }

    fn unusable(&mut self, foreign: &Foreign<'_>, name: &str) {
        if !self.is_news(foreign) {
            return;
        }
        let reason = if name.is_empty() && foreign.source().contains(|c: char| c.is_ascii_digit()) {
            "it has no letter"
        } else if name.is_empty() {
            "it has no letter or digit"
        } else if name.chars().count() > MAX_LENGTH {
            "it is too long"
        } else {
            "it has letters that are not ASCII"
        };
        let message = format!("no Rust name can be made from `{}`: {reason}", shown(foreign.name));
        self.problems
            .push(Diagnostic::new(Code::UnusableName, foreign.place.clone(), message).help(way_out(foreign.extension)));
    }

    fn is_news(&mut self, foreign: &Foreign<'_>) -> bool {
        match &foreign.place {
            Place::Value(pointer) | Place::Key(pointer) => self.told.insert(pointer.clone()),
            Place::Text(_) => true,
        }
    }

    fn reserved(&mut self, foreign: &Foreign<'_>, name: &str, example: &str) {
        let message = format!("`{}` becomes `{name}` in Rust, a name that the crate needs itself", shown(foreign.name));
        self.problems.push(
            Diagnostic::new(Code::ReservedName, foreign.place.clone(), message)
                .help(format!("give it another name: `{example}`")),
        );
    }
}

fn foreign<'a>(name: &'a str, wanted: Option<&'a str>, place: Place) -> Foreign<'a> {
    Foreign { name, wanted, place, extension: "x-rust-name" }
}

/// The extension that names a choice between parameters.
const CHOICE: &str = "x-at-least-one-of";

/// How a name of the spec gets another one in Rust.
fn way_out(extension: &str) -> String {
    match extension {
        "x-enum-varnames" => "name all values of the enum: `x-enum-varnames: [FIRST_NAME, SECOND_NAME]`".to_owned(),
        CHOICE => "give the choice another `name` in `x-at-least-one-of`".to_owned(),
        "x-site-name" => "give the server another `x-site-name`".to_owned(),
        extension => format!("name it beside the spec's name: `{extension}: other_name`"),
    }
}

fn input_name(input: &Input) -> Foreign<'_> {
    let place = if input.parameter.is_some() {
        Place::Value(input.pointer.key("name"))
    } else {
        Place::Value(input.pointer.clone())
    };
    Foreign {
        name: &input.name,
        wanted: input.rust_name.as_deref(),
        place,
        extension: if input.parameter.is_some() { "x-rust-name" } else { "x-argument-name" },
    }
}

/// A name as messages show it.
fn shown(name: &str) -> String {
    const MOST: usize = 60;
    if name.chars().count() <= MOST { name.to_owned() } else { name.chars().take(MOST).chain(['…']).collect() }
}
