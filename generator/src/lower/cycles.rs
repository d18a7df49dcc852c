//! Circles among schemas: those that can never end are refused, those through fields get a `Box`.

use super::Lowering;
use crate::diagnostics::{Code, Place};
use crate::ir::{Api, Field, Presence, Shape, TypeDef, TypeId, TypeRef};

impl Lowering<'_> {
    /// Refuses names that stand for each other in a circle and so for nothing.
    pub(super) fn refuse_reference_cycles(&mut self, api: &Api) {
        for (index, start) in api.types.iter().enumerate() {
            let mut at = start;
            let mut seen = vec![TypeId(index)];
            while let Shape::Alias(target) = &at.shape
                && let Some(next) = aliased(target)
            {
                if next.0 == index {
                    let pointer = start.pointer.clone();
                    let problem =
                        self.problem(Code::ReferenceCycle, &pointer, format!("`{}` is defined by itself", start.name));
                    for id in seen.iter().skip(1) {
                        let through = api.type_def(*id);
                        problem
                            .related
                            .push((Place::Value(through.pointer.clone()), format!("by way of `{}`", through.name)));
                    }
                    problem.help =
                        Some("only an object can hold another of its kind: make it one, with a property".to_owned());
                    break;
                }
                if seen.contains(&next) {
                    break;
                }
                seen.push(next);
                at = api.type_def(next);
            }
        }
    }
}

impl Lowering<'_> {
    /// Refuses objects of which there is no value: each would hold another without end.
    ///
    /// A type has values if all that its values must hold has some: those are found first, and then what needs only them.
    pub(super) fn refuse_endless_values(&mut self, types: &[TypeDef]) {
        let needs: Vec<Vec<usize>> = types.iter().map(|def| required_parts(&def.shape)).collect();
        let mut has_values = vec![false; types.len()];
        loop {
            let found: Vec<usize> = (0..types.len())
                .filter(|index| !has_values[*index] && needs[*index].iter().all(|need| has_values[*need]))
                .collect();
            if found.is_empty() {
                break;
            }
            for index in found {
                has_values[index] = true;
            }
        }
        for (index, def) in types.iter().enumerate().filter(|(index, _)| !has_values[*index]) {
            let Shape::Object(fields) = &def.shape else { continue };
            let endless = |field: &&Field| is_required(field) && direct(&field.ty).is_some_and(|id| !has_values[id]);
            // Only those in the circle: what refers to them is right when they are.
            let Some(field) = fields.iter().find(endless).filter(|_| leads_back(&needs, &has_values, index)) else {
                continue;
            };
            let message =
                format!("there is no value of `{}`: its `{}` would hold another, and so on", def.name, field.name);
            let problem = self.problem(Code::EndlessValue, &def.pointer, message);
            problem.related.push((Place::Value(field.pointer.clone()), "required here".to_owned()));
            problem.help = Some("leave the property out of `required`, or let it be `nullable: true`".to_owned());
        }
    }
}

/// Whether the values of a type would have to hold another of its kind.
fn leads_back(needs: &[Vec<usize>], has_values: &[bool], start: usize) -> bool {
    let mut seen = vec![false; needs.len()];
    let mut open = vec![start];
    while let Some(node) = open.pop() {
        for &next in needs[node].iter().filter(|next| !has_values[**next]) {
            if next == start {
                return true;
            }
            if !std::mem::replace(&mut seen[next], true) {
                open.push(next);
            }
        }
    }
    false
}

/// The types of which each value of this shape holds one.
fn required_parts(shape: &Shape) -> Vec<usize> {
    match shape {
        Shape::Object(fields) => {
            fields.iter().filter(|field| is_required(field)).filter_map(|field| direct(&field.ty)).collect()
        }
        Shape::Alias(ty) => direct(ty).into_iter().collect(),
        Shape::Enum(_) | Shape::Scalar(_) => Vec::new(),
    }
}

fn is_required(field: &Field) -> bool {
    field.presence == Presence::Required
}

/// The type whose value lies right inside.
fn direct(ty: &TypeRef) -> Option<usize> {
    match ty {
        TypeRef::Named(id) | TypeRef::Boxed(id) => Some(id.0),
        _ => None,
    }
}

/// The type that an alias needs to know to be a type itself. Rust allows no circle of aliases, not even through a list.
fn aliased(ty: &TypeRef) -> Option<TypeId> {
    match ty {
        TypeRef::Named(id) | TypeRef::Boxed(id) => Some(*id),
        TypeRef::Array(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => aliased(inner),
        TypeRef::Scalar(_) | TypeRef::FreeForm | TypeRef::Any => None,
    }
}

/// Puts a pointer where an object would contain itself: such a type would have no size.
///
/// Every edge inside a circle of objects gets one, so that the outcome does not depend on where the search begins.
pub(super) fn box_recursive_fields(types: &mut [TypeDef]) {
    let edges: Vec<Vec<usize>> = types.iter().map(|def| direct_parts(&def.shape)).collect();
    let circle_of = strongly_connected(&edges);
    for (index, def) in types.iter_mut().enumerate() {
        if let Shape::Object(fields) = &mut def.shape {
            for field in fields {
                if let TypeRef::Named(id) = field.ty
                    && circle_of[index] == circle_of[id.0]
                {
                    field.ty = TypeRef::Boxed(id);
                }
            }
        }
    }
}

/// The types whose values lie inside a value of this shape, without a list, map or pointer between.
fn direct_parts(shape: &Shape) -> Vec<usize> {
    let direct = |ty: &TypeRef| match ty {
        TypeRef::Named(id) => Some(id.0),
        _ => None,
    };
    match shape {
        Shape::Object(fields) => fields.iter().filter_map(|field| direct(&field.ty)).collect(),
        Shape::Alias(ty) => direct(ty).into_iter().collect(),
        Shape::Enum(_) | Shape::Scalar(_) => Vec::new(),
    }
}

/// Tarjan's algorithm without recursion: for each node the number of its strongly connected component.
fn strongly_connected(edges: &[Vec<usize>]) -> Vec<usize> {
    const UNSEEN: usize = usize::MAX;
    let mut order = vec![UNSEEN; edges.len()];
    let mut low = vec![0; edges.len()];
    let mut component = vec![UNSEEN; edges.len()];
    let mut open: Vec<usize> = Vec::new();
    let mut counter = 0;
    let mut components = 0;
    for root in 0..edges.len() {
        if order[root] != UNSEEN {
            continue;
        }
        let mut calls = vec![(root, 0)];
        while let Some((node, edge)) = calls.pop() {
            if edge == 0 {
                order[node] = counter;
                low[node] = counter;
                counter += 1;
                open.push(node);
            }
            if let Some(&next) = edges[node].get(edge) {
                calls.push((node, edge + 1));
                if order[next] == UNSEEN {
                    calls.push((next, 0));
                } else if component[next] == UNSEEN {
                    low[node] = low[node].min(order[next]);
                }
                continue;
            }
            if low[node] == order[node] {
                while let Some(member) = open.pop() {
                    component[member] = components;
                    if member == node {
                        break;
                    }
                }
                components += 1;
            }
            if let Some(&(parent, _)) = calls.last() {
                low[parent] = low[parent].min(low[node]);
            }
        }
    }
    component
}
