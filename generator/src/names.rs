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
mod operations;
mod reserved;
mod scope;
mod service;
mod words;

use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Place};
use crate::ident::Ident;
use crate::ir::{Api, Origin, Owner, Role, TypeDef};

use members::members;
use reserved::RESERVED_TYPES;
use scope::{Foreign, Naming, Scope, Unique};
pub(crate) use words::is_keyword;
use words::{camel_case, media_words, module_name, snake_case, spelled_out, status_words};

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
    /// Its fields, in the order of [`crate::ir::Operation::headers`].
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
    let operations = operations::operations(&mut naming, &api.operations);
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
    let operations = usual.map(|operation| (operation.id.as_str(), operations::wanted_name(operation)));
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
        let camel = |source: &str| camel_case(source);
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
        let word = word.trim();
        if !word.is_empty() {
            words = format!("{words} {word}");
        }
    }
    words
}

/// Returns a word, unless the words before it end with an equivalent one.
fn suffix(words: &str, same: &[&str], word: &str) -> String {
    let words = snake_case(words);
    let ends = |same: &&str| words.rsplit('_').next() == Some(*same);
    if same.iter().any(ends) { String::new() } else { word.to_owned() }
}
