//! Cycles among schemas: endless ones are rejected, those through fields get a `Box`, and lists of themselves are opened.

use super::Lowering;
use super::references::MAX_CHAIN;
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Field, Presence, Shape, TypeDef, TypeId, TypeRef, Types};

/// The maximum number of members of a cycle that a problem names.
const MOST_RELATED: usize = 8;

impl Lowering<'_> {
    /// Reads the items of a list, or the values of a map, that contain only such lists and maps as any value: Rust has
    /// no name for their type. The first one of each cycle is opened.
    pub(super) fn open_endless_lists(&mut self, types: Types) -> Types {
        let next = aliases(&types);
        let mut members = on_cycles(&next);
        let mut opened = Vec::new();
        for (TypeId(index), def) in types.iter() {
            let Shape::Alias(target) = &def.shape else { continue };
            if !members[index] || matches!(target.without_null(), TypeRef::Named(_)) {
                continue;
            }
            let mut at = index;
            while std::mem::take(&mut members[at]) {
                at = next[at].unwrap_or(index);
            }
            let what = if matches!(target.without_null(), TypeRef::Map(_)) { "map" } else { "list" };
            let message = format!("`{}` is a {what} of itself: its content is read as any value", def.name);
            let help = "if its content is always of one form, describe it as an object with a property";
            let place = Place::Value(def.pointer.clone());
            self.warnings.push(Diagnostic::new(Code::EndlessList, place, message).help(help));
            opened.push((index, open(target)));
        }
        if opened.is_empty() {
            return types;
        }
        let mut defs: Vec<TypeDef> = types.iter().map(|(_, def)| def.clone()).collect();
        for (index, target) in opened {
            defs[index].shape = Shape::Alias(target);
        }
        Types::new(defs)
    }

    /// Rejects alias cycles.
    pub(super) fn refuse_reference_cycles(&mut self, types: &Types) {
        let next = aliases(types);
        let members = on_cycles(&next);
        for (TypeId(index), start) in types.iter().filter(|(id, _)| members[id.0]) {
            let message = format!("`{}` is defined in terms of itself", start.name);
            let problem = self.problem(Code::ReferenceCycle, &start.pointer, message);
            let others = std::iter::successors(next[index], |at| next[*at]).take_while(|at| *at != index);
            for through in others.take(MOST_RELATED).map(|at| &types[TypeId(at)]) {
                let what = format!("through `{}`", through.name);
                problem.related.push((Place::Value(through.pointer.clone()), what));
            }
            problem.help = Some("describe the value in one of these schemas: references alone do not".to_owned());
        }
        // Both rustc and the code for arguments follow aliases one after the other.
        for ((_, def), _) in types.iter().zip(chain_lengths(&next)).filter(|(_, length)| *length == MAX_CHAIN + 1) {
            self.too_long_a_chain(&def.pointer);
        }
    }

    /// Rejects unions that are a member of themselves: no evidence could identify that member.
    pub(super) fn refuse_circular_unions(&mut self, types: &Types) {
        let members: Vec<Vec<usize>> = types
            .iter()
            .map(|(_, def)| match &def.shape {
                Shape::Union(union) => union.variants.iter().filter_map(|variant| direct(&variant.ty)).collect(),
                Shape::Alias(target) => direct(target).into_iter().collect(),
                Shape::Object { .. } | Shape::Enum(_) | Shape::IntegerEnum(..) | Shape::Scalar(_) => Vec::new(),
            })
            .collect();
        let cycle_of = strongly_connected(&members);
        for (TypeId(index), def) in types.iter() {
            let Shape::Union(union) = &def.shape else { continue };
            let is_back = |ty: &TypeRef| direct(ty).is_some_and(|next| cycle_of[next] == cycle_of[index]);
            if let Some(variant) = union.variants.iter().find(|variant| is_back(&variant.ty)) {
                let message = format!("`{}` is a member of itself", def.name);
                self.problem(Code::ReferenceCycle, &variant.pointer, message).help =
                    Some("remove this member: its values are those of the others".to_owned());
            }
        }
    }

    /// Rejects objects without a finite value: each would contain another without end.
    pub(super) fn refuse_endless_values(&mut self, types: &Types) {
        let needs: Vec<Vec<usize>> = types.iter().map(|(_, def)| required_parts(&def.shape)).collect();
        let is_choice: Vec<bool> = types.iter().map(|(_, def)| matches!(def.shape, Shape::Union(_))).collect();
        let has_values = have_values(&needs, &is_choice);
        // Only the objects in the cycle: those that refer to it are valid once they are.
        let cycle_of = strongly_connected(&needs);
        for (TypeId(index), def) in types.iter().filter(|(id, _)| !has_values[id.0]) {
            if matches!(def.shape, Shape::Union(_))
                && needs[index].iter().any(|next| cycle_of[*next] == cycle_of[index])
            {
                let message =
                    format!("`{}` has no finite value: each of its members would contain another one", def.name);
                self.problem(Code::EndlessValue, &def.pointer, message).help =
                    Some("add a member that contains no other, such as a text".to_owned());
                continue;
            }
            let Shape::Object { fields, .. } = &def.shape else { continue };
            let endless = |field: &&Field| is_required(field) && direct(&field.ty).is_some_and(|id| !has_values[id]);
            let leads_back = |index: usize| needs[index].iter().any(|next| cycle_of[*next] == cycle_of[index]);
            let Some(field) = fields.iter().find(endless).filter(|_| leads_back(index)) else { continue };
            let message = format!("`{}` has no finite value: its `{}` would contain another one", def.name, field.name);
            let problem = self.problem(Code::EndlessValue, &def.pointer, message);
            problem.related.push((Place::Value(field.pointer.clone()), "required here".to_owned()));
            problem.help = Some("remove the property from `required`, or make it `nullable: true`".to_owned());
        }
    }
}

/// Returns the type to which each alias refers.
fn aliases(types: &Types) -> Vec<Option<usize>> {
    let next = types.iter().map(|(_, def)| match &def.shape {
        Shape::Alias(target) => aliased(target).map(|id| id.0),
        _ => None,
    });
    next.collect()
}

/// Returns the nodes in a cycle, where each has at most one successor.
fn on_cycles(next: &[Option<usize>]) -> Vec<bool> {
    let mut walk_of = vec![usize::MAX; next.len()];
    let mut members = vec![false; next.len()];
    for start in 0..next.len() {
        let mut at = Some(start);
        while let Some(node) = at.filter(|node| walk_of[*node] == usize::MAX) {
            walk_of[node] = start;
            at = next[node];
        }
        // On its own path, the walk is in a cycle; on that of an earlier walk, the result is known.
        while let Some(node) = at.filter(|node| walk_of[*node] == start && !members[*node]) {
            members[node] = true;
            at = next[node];
        }
    }
    members
}

/// Returns the number of nodes that follow each, where each has at most one successor; 0 in a cycle.
fn chain_lengths(next: &[Option<usize>]) -> Vec<usize> {
    let mut lengths: Vec<Option<usize>> = vec![None; next.len()];
    for start in 0..next.len() {
        let mut way = Vec::new();
        let mut at = Some(start);
        while let Some(node) = at.filter(|node| lengths[*node].is_none()) {
            // The walk has returned to its start: a cycle.
            lengths[node] = Some(0);
            way.push(node);
            at = next[node];
        }
        let behind = at.map(|node| lengths[node].unwrap_or(0));
        for (steps, node) in way.iter().rev().enumerate() {
            lengths[*node] = Some(behind.map_or(steps, |behind| behind + 1 + steps));
        }
    }
    lengths.into_iter().map(|length| length.unwrap_or(0)).collect()
}

/// Returns the types that have values: those that need no other type, then those that need only such. A choice needs
/// only one.
fn have_values(needs: &[Vec<usize>], is_choice: &[bool]) -> Vec<bool> {
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); needs.len()];
    for (index, parts) in needs.iter().enumerate() {
        parts.iter().for_each(|part| needed_by[*part].push(index));
    }
    let missing =
        needs.iter().zip(is_choice).map(|(parts, choice)| if *choice { parts.len().min(1) } else { parts.len() });
    let mut missing: Vec<usize> = missing.collect();
    let mut found: Vec<usize> = (0..needs.len()).filter(|index| missing[*index] == 0).collect();
    let mut has_values = vec![false; needs.len()];
    while let Some(part) = found.pop() {
        has_values[part] = true;
        for &user in needed_by[part].iter() {
            if missing[user] == 0 {
                continue;
            }
            missing[user] -= 1;
            if missing[user] == 0 {
                found.push(user);
            }
        }
    }
    has_values
}

/// Returns the types of which each value of this shape contains one.
fn required_parts(shape: &Shape) -> Vec<usize> {
    match shape {
        Shape::Object { fields, .. } => {
            fields.iter().filter(|field| is_required(field)).filter_map(|field| direct(&field.ty)).collect()
        }
        Shape::Alias(ty) => direct(ty).into_iter().collect(),
        Shape::Union(union) => {
            let parts: Option<Vec<usize>> = union.variants.iter().map(|variant| direct(&variant.ty)).collect();
            // A variant that is not a named type has values.
            parts.unwrap_or_default()
        }
        Shape::Enum(_) | Shape::IntegerEnum(..) | Shape::Scalar(_) => Vec::new(),
    }
}

fn is_required(field: &Field) -> bool {
    field.presence() == Presence::Required
}

/// Returns the type whose value is directly inside.
fn direct(ty: &TypeRef) -> Option<usize> {
    match ty {
        TypeRef::Named(id) => Some(id.0),
        _ => None,
    }
}

/// Returns the type to which an alias refers. Rust allows no cycle of aliases, not even through a list.
fn aliased(ty: &TypeRef) -> Option<TypeId> {
    match ty {
        TypeRef::Named(id) => Some(*id),
        TypeRef::Array(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) => aliased(inner),
        TypeRef::Scalar(_) | TypeRef::FreeForm | TypeRef::Any | TypeRef::Binary | TypeRef::File => None,
    }
}

/// Returns a type with any value in the place of the named type.
fn open(ty: &TypeRef) -> TypeRef {
    match ty {
        TypeRef::Array(inner) => TypeRef::Array(Box::new(open(inner))),
        TypeRef::Map(inner) => match open(inner) {
            TypeRef::Any => TypeRef::FreeForm,
            inner => TypeRef::Map(Box::new(inner)),
        },
        TypeRef::Nullable(inner) => match open(inner) {
            TypeRef::Any => TypeRef::Any,
            inner => TypeRef::Nullable(Box::new(inner)),
        },
        TypeRef::Named(_) => TypeRef::Any,
        TypeRef::Scalar(_) | TypeRef::FreeForm | TypeRef::Any | TypeRef::Binary | TypeRef::File => ty.clone(),
    }
}

/// Tarjan's algorithm without recursion: returns the number of the strongly connected component of each node.
pub(super) fn strongly_connected(edges: &[Vec<usize>]) -> Vec<usize> {
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
