//! The Rust surface of the crate: everything that callers can name, pass and receive, before it is printed.
//!
//! [`surface`] converts the [API](crate::ir) and its [names](crate::names) to plain data. The emitters print it,
//! `api.txt` lists it, [`changes`](crate::changes) compares it, the examples in the documentation are built from it. A
//! rule about the shape of the emitted code is here, and nowhere else.
//!
//! | module | decides |
//! |---|---|
//! | `rust_type` | the Rust type of a value, of a field that may be absent or `null`, and the types that callers may pass for it |
//! | `models` | the parts of a type: fields, constructor, setters, variants |
//! | `derives` | the derived traits of a type |
//! | `unions` | how a variant stores its value, and how it is created and accessed |
//! | `calls` | the inputs of a call, their order, how they are stored, and every destination of their values |
//! | `distinct` | the inputs that must differ |
//! | `answers`, `headers` | the results of a call |
//! | `security` | the credentials that an operation needs |
//! | `servers` | the destinations of calls, and the choice of callers |
//! | `features` | the features that enable an operation or a type |
//! | `resources`, `sample` | the operations that work with the same items, and the responses of a fake of the API |
//! | `body` | how the request body is built from the inputs |

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
use crate::ir::{Api, Scalar, TypeId};
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
pub use sample::SampleObject;
pub use security::{Sets, Setters};
pub use servers::{OwnServers, Served, VariableSetter};
pub use unions::{Union, UnionVariant, VariantForm};

/// The public items of a crate.
#[derive(Clone, Debug)]
pub struct Surface {
    /// The types below `models`, in the order of [`Api::types`].
    pub types: Vec<Type>,
    /// The calls, in the order of [`Api::operations`].
    pub calls: Vec<Call>,
    /// The setters of the client's builder for [`Api::schemes`].
    pub schemes: Vec<Setters>,
    /// The requirements of an operation, unless its [`Call::security`] differs.
    pub security: Sets,
    /// The constants for the servers in [`Api::servers`] that have a site.
    pub sites: Vec<Option<Ident>>,
    /// The constants for the servers in [`Api::servers`] that can be selected by name.
    pub servers: Vec<Option<Ident>>,
    /// The destinations of calls.
    pub served: Served,
    /// The features for tags, if the crate has them.
    pub features: Option<Features>,
    /// The methods of types that return ids of related resources, in the order of [`Api::types`].
    pub relations: Vec<Vec<Relation>>,
    /// The conversions into types from others, in the order of [`Api::types`].
    pub conversions: Vec<Vec<Conversion>>,
    /// An object for the documentation of models.
    pub sample: Option<SampleObject>,
    /// The resources that the fake of the module `testing` knows.
    pub resources: Vec<Resource>,
}

impl Surface {
    /// The type that an id represents.
    pub fn model(&self, id: TypeId) -> &Type {
        &self.types[id.0]
    }

    /// Returns the definition of a type, through aliases and boxes; `None` for a type that is not a model.
    pub fn definition(&self, ty: &RustType) -> Option<&Type> {
        definition(&self.types, ty)
    }

    /// Whether all operations need the same credentials, and all of these, so that no client can omit one.
    pub fn requires_all_schemes(&self) -> bool {
        let [only] = self.security.as_slice() else { return false };
        !only.is_empty() && self.calls.iter().all(|call| call.security == self.security)
    }

    /// Describes the accepted credentials by their setters: `api_key and app_key, or token`.
    pub fn requirement_text(&self, sets: &Sets) -> String {
        let set = |set: &Vec<usize>| {
            let names: Vec<String> = set.iter().map(|scheme| self.schemes[*scheme].name()).collect();
            if names.is_empty() { "nothing".to_owned() } else { names.join(" and ") }
        };
        if sets.is_empty() { "nothing".to_owned() } else { sets.iter().map(set).collect::<Vec<_>>().join(", or ") }
    }

    /// Returns a type as a caller writes it after importing it by its name.
    pub fn text(&self, ty: &RustType) -> String {
        ty.written(&|id| self.model(id).ident.to_string())
    }
}

/// Determines the surface of the crate.
///
/// # Errors
/// A defect of the generator: a call that does not fit the body that it sends.
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
        sample: sample::sample_object(api, &types),
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
    // A cycle of aliases cannot be lowered, but the walk must end.
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
        RustType::Option(inner) | RustType::Nullable(inner) => is_copy(types, inner),
        RustType::Model(_) => definition(types, ty).is_some_and(|def| def.derives.contains(&Derive::Copy)),
        ty => ty.scalar().is_some_and(Scalar::is_copy),
    }
}
