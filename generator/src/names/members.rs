//! The names inside a type: fields, and variants with the methods that return them.

use std::collections::BTreeSet;
use std::iter;

use heck::ToUpperCamelCase;

use super::TypeNames;
use super::reserved::{RESERVED_ACCESSORS, RESERVED_FIELDS, RESERVED_VARIANTS};
use super::scope::{Foreign, Naming, Scope, Unique};
use super::words::{set_apart, snake_case, variable_name, variant_name};
use crate::diagnostics::Place;
use crate::ident::Ident;
use crate::ir::{Shape, TypeDef, TypeId, Types, UnionVariant};
use crate::pointer::Pointer;

/// The name of the field for the properties that an object does not list.
const OTHERS: &str = "additional_properties";

/// Returns the names of the members of a type, and of the methods that return the variants of a union.
pub(super) fn members(naming: &mut Naming, shape: &Shape) -> (Vec<Ident>, Vec<Ident>) {
    let (mut scope, mut accessors) = (Scope::default(), Scope::default());
    let members = match shape {
        Shape::Object { fields, others } => {
            let fields = fields.iter().map(|field| (field.name.as_str(), &field.rust_name, &field.pointer));
            let others = others.iter().map(|others| (OTHERS, &others.rust_name, &others.pointer));
            let give = |(name, rust_name, pointer): (&str, &Option<String>, &Pointer)| {
                let foreign = Foreign {
                    name: rust_name.as_deref().unwrap_or(name),
                    place: Place::Key(pointer.clone()),
                    extension: "x-rust-name",
                    fallback: "field",
                    in_place_of: rust_name.as_ref().map(|_| name),
                };
                naming.give(&foreign, &mut scope, &|source| set_apart(variable_name(source), RESERVED_FIELDS))
            };
            fields.chain(others).map(give).collect()
        }
        Shape::Enum(values) | Shape::IntegerEnum(_, values) => values
            .iter()
            .map(|value| {
                let wanted = value.rust_name.as_deref().unwrap_or(&value.value);
                let place = Place::Value(value.pointer.clone());
                let foreign =
                    Foreign { name: wanted, place, extension: "x-enum-varnames", fallback: "Value", in_place_of: None };
                naming.give(&foreign, &mut scope, &|source| set_apart(variant_name(source), RESERVED_VARIANTS))
            })
            .collect(),
        Shape::Union(union) => {
            return union
                .variants
                .iter()
                .map(|variant| union_variant(naming, variant, &mut scope, &mut accessors))
                .unzip();
        }
        Shape::Scalar(_) | Shape::Alias(_) => Vec::new(),
    };
    (members, Vec::new())
}

/// Names the structs for constructors with fields that could be mistaken for one another. They yield to all types of
/// the spec.
pub(super) fn name_fields(types: &Types, given: &mut [(usize, TypeNames)]) {
    let mut taken: BTreeSet<String> = given.iter().map(|(_, names)| names.ident.to_string()).collect();
    for ((_, names), (_, def)) in given.iter_mut().zip(types.iter()) {
        let Shape::Object { fields, .. } = &def.shape else { continue };
        if types.has_arguments_of_one_type(fields) {
            let name = format!("{}Fields", names.ident.unraw());
            let numbered = (2..).map(|number: usize| format!("{name}{number}"));
            let free = iter::once(name.clone()).chain(numbered).find(|name| taken.insert(name.clone()));
            names.fields = free.map(|name| Ident::plain(&name));
        }
    }
}

/// Names the methods that return the ids of related resources: `org_group_id` for the relationship `org_group`. If a
/// setter has that name, a number is appended.
pub(super) fn name_relations(types: &Types, names: Vec<TypeNames>) -> Vec<TypeNames> {
    let relations = |(id, _): (TypeId, &TypeDef)| {
        let mut taken: BTreeSet<&str> = names[id.0].members.iter().map(Ident::unraw).collect();
        taken.insert("new");
        let paths = types.relations(id);
        let members = paths.iter().filter_map(|path| {
            let step = path.steps().get(1)?;
            names[step.object.0].members.get(step.field)
        });
        let mut given = BTreeSet::new();
        let methods = members.filter_map(|member| {
            let name = format!("{}_id", member.unraw());
            let numbered = (2..).map(|number: usize| format!("{name}{number}"));
            let is_free = |name: &String| !taken.contains(name.as_str()) && given.insert(name.clone());
            iter::once(name.clone()).chain(numbered).find(is_free).map(|name| Ident::plain(&name))
        });
        methods.collect()
    };
    let relations: Vec<Vec<Ident>> = types.iter().map(relations).collect();
    names.into_iter().zip(relations).map(|(names, relations)| TypeNames { relations, ..names }).collect()
}

/// Returns the name of a union's variant, and of the method that returns it.
fn union_variant(
    naming: &mut Naming,
    variant: &UnionVariant,
    variants: &mut Scope,
    accessors: &mut Scope,
) -> (Ident, Ident) {
    let wanted = variant.rust_name.as_deref().unwrap_or(&variant.name);
    let place = Place::Value(variant.pointer.clone());
    let foreign = Foreign { name: wanted, place, extension: "x-rust-name", fallback: "Value", in_place_of: None };
    let cased = |source: &str| set_apart(source.to_upper_camel_case(), RESERVED_VARIANTS);
    let accessor = |source: &str| {
        let name = snake_case(source);
        // A name without letters would become underscores.
        if name.is_empty() { name } else { set_apart(format!("as_{name}"), RESERVED_ACCESSORS) }
    };
    let unique = naming.unique(&foreign, [(&mut *variants, &cased), (&mut *accessors, &accessor)]);
    let Unique { names: [variant, accessor], .. } = unique;
    (variants.enter(&foreign, variant), accessors.enter(&foreign, accessor))
}
