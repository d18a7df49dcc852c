//! `readOnly` and `writeOnly`: fields that only the server sets, and fields that only a client sets.
//!
//! A field that only the server sets is never an input, so that a value can be created without it; a field that only a
//! client sets is an input, and may be absent when it is read. Both matter only to types in that direction: in a
//! response, the server sets everything.

use std::collections::BTreeSet;

use super::operations::OperationDraft;
use super::types::Finished;
use crate::ir::{Field, Shape, TypeId, TypeRef};

/// Decides which fields can be absent.
pub(super) fn settle(finished: Finished, operations: &[OperationDraft<'_>]) -> Finished {
    let (mut sent, mut received) = (BTreeSet::new(), BTreeSet::new());
    for operation in operations {
        let reach = |ty: &TypeRef, reached: &mut BTreeSet<TypeId>| {
            finished.types.reach(&finished.renumbered(ty), reached);
        };
        operation.sent().for_each(|ty| reach(ty, &mut sent));
        operation.received().for_each(|ty| reach(ty, &mut received));
    }
    finished.map_types(|types| {
        types.map(|id, shape| {
            // A type that no operation reaches may be used in both directions.
            let is_free = !sent.contains(&id) && !received.contains(&id);
            let (is_sent, is_received) = (is_free || sent.contains(&id), is_free || received.contains(&id));
            match shape {
                Shape::Object { fields, others } => {
                    let fields = fields.into_iter().map(|field| settled(field, is_sent, is_received));
                    Shape::Object { fields: fields.collect(), others }
                }
                other => other,
            }
        })
    })
}

fn settled(field: Field, is_sent: bool, is_received: bool) -> Field {
    let read_only = field.read_only && is_sent;
    let write_only = field.write_only && is_received && field.required;
    let required = field.required && !read_only && !write_only;
    let constant = field.constant && required;
    let tag = field.tag.filter(|_| required);
    Field { read_only, write_only, required, constant, tag, ..field }
}
