//! Batches: operations that take more items than one request may hold.

use openapiv3::Operation as OperationObject;
use serde_json::Value;

use super::Lowering;
use crate::diagnostics::Code;
use crate::ir::{Api, Batch, BodyPart, Operation, Presence, TypeRef, Types};

impl Lowering<'_> {
    /// Notes what `x-batch` asks for. What it means is known only when the calls are planned.
    pub(super) fn note_batch(&mut self, object: &OperationObject, id: &str) {
        let argument = object.extensions.get("x-batch").and_then(|extension| extension.get("argument"));
        if let Some(argument) = argument.and_then(Value::as_str) {
            self.batches.push((id.to_owned(), argument.to_owned()));
        }
    }

    /// Finds the list that is split for each operation with `x-batch`.
    pub(super) fn batches(&mut self, api: &mut Api) {
        for (id, argument) in std::mem::take(&mut self.batches) {
            let Some(operation) = api.operations.iter_mut().find(|operation| operation.id == id) else { continue };
            match batch(&api.types, operation, &argument) {
                Ok(batch) => operation.batch = Some(batch),
                Err((message, help)) => {
                    let pointer = operation.pointer.key("x-batch").key("argument");
                    self.problem(Code::InvalidExtension, &pointer, message).help = Some(help.to_owned());
                }
            }
        }
    }
}

/// An error is what is wrong, and the way out.
fn batch(types: &Types, operation: &Operation, argument: &str) -> Result<Batch, (String, &'static str)> {
    let lists = operation.call.required.inputs().map(|input| &operation.call.inputs[input]);
    let lists = lists.filter(|input| input.name == argument && input.presence() == Presence::Required);
    let mut lists = lists.filter_map(|input| match (&input.body, types.unaliased(&input.ty)) {
        (Some(BodyPart::Field(path)), TypeRef::Array(item)) => Some((input, path, (**item).clone())),
        _ => None,
    });
    let Some((input, path, item)) = lists.next() else {
        let message = format!("`{argument}` is no required argument of this operation that is a list in the body");
        return Err((message, "name the property with the list, which must be `required`"));
    };
    let named = match &input.ty {
        TypeRef::Named(id) => types[*id].docs.limits.max_items,
        _ => None,
    };
    match input.docs.limits.max_items.or(named) {
        Some(limit) if limit > 0 => Ok(Batch { field: path.clone(), item, limit }),
        _ => {
            let message = format!("`{argument}` has no `maxItems`, so nothing says how many items go into a batch");
            Err((message, "say it in the list's schema: `maxItems: 100`"))
        }
    }
}
