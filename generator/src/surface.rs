//! The Rust surface of the crate: what callers can name, give and get, before it is printed.
//!
//! [`surface`] turns the [API](crate::ir) and its [names](crate::names) into plain data. The emitters print it, `api.txt`
//! lists it, [`changes`](crate::changes) compares it, the examples in the documentation are built from it. A rule about
//! the shape of the emitted code stands here and nowhere else.
//!
//! | module | decides |
//! |---|---|
//! | `rust_type` | the Rust type of a value, of a field that may be absent or `null`, and what a caller may give for it |
//! | `models` | what a type is: fields, constructor, setters, variants |
//! | `derives` | which traits are derived for a type |
//! | `unions` | how a variant holds its value, and how it is made and looked into |
//! | `calls` | what a call asks for, in which order, how it is kept, and every place that its value goes to |
//! | `distinct` | which inputs may not have the same value |
//! | `answers`, `headers` | what a call gives back |
//! | `security` | which credentials an operation asks for |
//! | `servers` | where calls go, and what can be chosen of that |
//! | `features` | which features bring an operation or a type along |
//! | `resources`, `sample` | which operations work with the same items, and what a fake of the API answers |
//! | `body` | how the request body is put together from what was given |

mod answers;
mod body;
mod calls;
mod conversions;
mod derives;
mod distinct;
mod features;
mod headers;
mod models;
mod relations;
mod resources;
mod rust_type;
mod sample;
mod security;
mod servers;
mod unions;

use crate::diagnostics::Diagnostic;
use crate::ident::Ident;
use crate::ir::{Api, TypeId};
use crate::names::Names;

pub use answers::{Answer, BodyType, ByStatus, StatusVariant};
pub use body::{Argument, BodyValue, Constructor};
pub use calls::{Batches, Call, Choice, ChoiceMember, Input, Largest, Pages, Step, Way};
pub use conversions::Conversion;
pub use derives::Derive;
pub use features::{Feature, Features, Gate};
pub use headers::{HeaderForm, HeaderMember, Headers};
pub use models::{DefaultImpl, Filled, Kind, Member, Others, Struct, Type, Variant, Word};
pub use relations::{Lent, Relation};
pub use resources::{Action, Does, Frame, Ids, List, Paged, PagedBy, Resource};
pub use rust_type::{Accepted, Form, RustType, Spelling, Taken};
pub use security::{Sets, Setters};
pub use servers::{Elsewhere, Served, VariableSetter};
pub use unions::{Union, UnionVariant, VariantForm};

/// What callers see of a crate.
#[derive(Clone, Debug)]
pub struct Surface {
    /// The types below `models`, in the order of [`Api::types`].
    pub types: Vec<Type>,
    /// The calls, in the order of [`Api::operations`].
    pub calls: Vec<Call>,
    /// The setters of the client's builder for [`Api::schemes`].
    pub schemes: Vec<Setters>,
    /// What an operation asks for, unless its [`Call::security`] is something else.
    pub security: Sets,
    /// The constants for the servers in [`Api::servers`] that have a site.
    pub sites: Vec<Option<Ident>>,
    /// The constants for the servers in [`Api::servers`] that can be chosen by their names.
    pub servers: Vec<Option<Ident>>,
    /// Where calls go.
    pub served: Served,
    /// What the crate has for tags, if it has that.
    pub features: Option<Features>,
    /// The methods of types that return ids of related resources, in the order of [`Api::types`].
    pub relations: Vec<Vec<Relation>>,
    /// The conversions into types from others, in the order of [`Api::types`].
    pub conversions: Vec<Vec<Conversion>>,
    /// What the fake of the module `testing` knows.
    pub resources: Vec<Resource>,
}

impl Surface {
    /// The type that an id represents.
    pub fn model(&self, id: TypeId) -> &Type {
        &self.types[id.0]
    }

    /// What a type is, by way of other names for it and of boxes; `None` for a type that is not a model.
    pub fn definition(&self, ty: &RustType) -> Option<&Type> {
        definition(&self.types, ty)
    }

    /// Whether all operations ask for the same credentials, and for all of them: no client can do without.
    pub fn asks_for_all(&self) -> bool {
        let [only] = self.security.as_slice() else { return false };
        !only.is_empty() && self.calls.iter().all(|call| call.security == self.security)
    }

    /// What would do, by the setters: `api_key and app_key, or token`.
    pub fn asked_for(&self, sets: &Sets) -> String {
        let set = |set: &Vec<usize>| {
            let names: Vec<String> = set.iter().map(|scheme| self.schemes[*scheme].name()).collect();
            if names.is_empty() { "nothing".to_owned() } else { names.join(" and ") }
        };
        if sets.is_empty() { "nothing".to_owned() } else { sets.iter().map(set).collect::<Vec<_>>().join(", or ") }
    }

    /// A type as a caller writes it who has imported it by its name.
    pub fn text(&self, ty: &RustType) -> String {
        ty.written(&|id| self.model(id).ident.to_string())
    }
}

/// Decides what the crate offers.
///
/// # Errors
///
/// A mistake of the generator: a call that does not fit the body that it sends.
pub fn surface(api: &Api, names: &Names) -> Result<Surface, Vec<Diagnostic>> {
    let features = features::features(api, names);
    let gates = features::gates(api, features.as_ref());
    let partial = derives::without_equality(&api.types);
    let types = api.types.iter().zip(&names.types).zip(gates.types);
    let types = types.map(|(((id, def), own), gate)| Type {
        gate,
        ..models::model(&api.types, def, own, &names.types, !partial.contains(&id))
    });
    let types: Vec<Type> = types.collect();
    let mut calls = Vec::with_capacity(api.operations.len());
    let mut problems = Vec::new();
    for ((operation, names), gate) in api.operations.iter().zip(&names.operations).zip(gates.operations) {
        match calls::call(api, &types, operation, names) {
            Ok(call) => calls.push(Call { gate, ..call }),
            Err(problem) => problems.push(*problem),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let security = security::usual(api);
    let schemes = names.schemes.iter();
    let schemes = schemes.map(|names| Setters { setter: names.setter.clone(), provider: names.provider.clone() });
    Ok(Surface {
        relations: relations::relations(api, &types, names),
        conversions: conversions::conversions(api, &types, &names.types),
        types,
        calls,
        schemes: schemes.collect(),
        security,
        sites: names.sites.clone(),
        servers: names.servers.clone(),
        served: servers::served(api, names),
        features,
        resources: resources::resources(api),
    })
}

impl Type {
    /// The names that its module exports.
    pub fn idents(&self) -> impl Iterator<Item = &Ident> {
        let fields = if let Kind::Struct(object) = &self.kind { object.fields.as_ref() } else { None };
        std::iter::once(&self.ident).chain(fields)
    }
}

fn definition<'t>(types: &'t [Type], ty: &RustType) -> Option<&'t Type> {
    let mut ty = ty.clone();
    // A cycle of names cannot be lowered, but it must end.
    for _ in 0..=types.len() {
        match ty {
            RustType::Boxed(inner) => ty = *inner,
            RustType::Model(id) => match &types[id.0].kind {
                Kind::Alias(target) => ty = target.clone(),
                Kind::Struct(_) | Kind::Enum(_) | Kind::IntegerEnum(..) | Kind::Union(_) | Kind::Newtype(_) => {
                    return types.get(id.0);
                }
            },
            _ => return None,
        }
    }
    None
}

/// Whether a value can be used twice without a `clone`.
fn is_copy(types: &[Type], ty: &RustType) -> bool {
    match ty {
        RustType::Bool
        | RustType::I32
        | RustType::I64
        | RustType::U32
        | RustType::U64
        | RustType::F64
        | RustType::Uuid
        | RustType::Timestamp
        | RustType::Date => true,
        RustType::Option(inner) | RustType::Nullable(inner) => is_copy(types, inner),
        RustType::Model(_) => definition(types, ty).is_some_and(|def| def.derives.contains(&Derive::Copy)),
        RustType::String
        | RustType::JsonObject
        | RustType::Value
        | RustType::Bytes
        | RustType::FilePart
        | RustType::Body
        | RustType::Lines(_)
        | RustType::Events(_)
        | RustType::Event(_)
        | RustType::Vec(_)
        | RustType::Map(_)
        | RustType::Boxed(_) => false,
    }
}
