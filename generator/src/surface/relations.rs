//! Methods that return the ids of related resources, past the objects that JSON:API puts around them.

use super::models::Type;
use super::rust_type::RustType;
use super::{Surface, is_copy};
use crate::ident::Ident;
use crate::ir::{Api, Field, FieldPath, Presence};
use crate::names::{Names, TypeNames};

/// A method of a resource object that returns the id of a related resource.
#[derive(Clone, Debug)]
pub struct Relation {
    /// The method.
    pub ident: Ident,
    /// The name of the relationship, in the spec.
    pub name: String,
    /// The fields on the way to the id, each with how it is kept.
    pub steps: Vec<(Ident, Presence)>,
    /// The type of the id.
    pub ty: RustType,
    /// How the id is returned.
    pub lent: Lent,
}

/// How a value is returned from inside of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lent {
    /// As a copy.
    Copy,
    /// As `&str`.
    Text,
    /// As a reference.
    Reference,
}

impl Relation {
    /// What the method returns, as a caller writes it.
    pub fn returned(&self, surface: &Surface) -> String {
        let id = match self.lent {
            Lent::Copy => surface.text(&self.ty),
            Lent::Text => "&str".to_owned(),
            Lent::Reference => format!("&{}", surface.text(&self.ty)),
        };
        if self.is_optional() { format!("Option<{id}>") } else { id }
    }

    /// Whether the id can be missing, because something on the way to it can.
    pub fn is_optional(&self) -> bool {
        self.steps.iter().any(|(_, presence)| *presence != Presence::Required)
    }
}

/// The methods of each type, in the order of [`Api::types`].
pub(super) fn relations(api: &Api, types: &[Type], names: &Names) -> Vec<Vec<Relation>> {
    let all = api.types.iter().zip(&names.types);
    let of_type = all.map(|((id, _), own)| {
        let paths = api.types.relations(id);
        let methods = paths.iter().zip(&own.relations);
        methods.filter_map(|(path, ident)| relation(api, types, &names.types, path, ident)).collect()
    });
    of_type.collect()
}

fn relation(api: &Api, types: &[Type], names: &[TypeNames], path: &FieldPath, ident: &Ident) -> Option<Relation> {
    let fields: Vec<&Field> = api.types.fields(path).collect();
    let members = path.steps().iter().filter_map(|step| names[step.object.0].members.get(step.field));
    let (id, name) = (fields.last()?, &fields.get(1)?.name);
    let ty = RustType::of(&id.ty);
    let lent = match &ty {
        ty if is_copy(types, ty) => Lent::Copy,
        RustType::String => Lent::Text,
        _ => Lent::Reference,
    };
    let steps = members.cloned().zip(fields.iter().map(|field| field.presence())).collect();
    Some(Relation { ident: ident.clone(), name: name.clone(), steps, ty, lent })
}
