//! Batches: operations that accept more items than one request, from `x-batch`.

use serde_json::Value;

use super::Lowering;
use super::operations::Request;
use crate::diagnostics::Code;
use crate::ir::{Batch, BodyPart, Call, Presence, TypeRef, Types};

impl<'a> Lowering<'a> {
    pub(super) fn batch(&mut self, types: &Types, request: &Request<'a>, call: &Call) -> Option<Batch> {
        let argument = request.object.extensions.get("x-batch")?.get("argument").and_then(Value::as_str)?;
        match batch(types, call, argument) {
            Ok(batch) => Some(batch),
            Err((message, help)) => {
                let pointer = request.object.key("x-batch").key("argument");
                self.problem(Code::InvalidExtension, &pointer, message).help = Some(help.to_owned());
                None
            }
        }
    }
}

/// Returns the list that is split, or the problem and the way out.
fn batch(types: &Types, call: &Call, argument: &str) -> Result<Batch, (String, &'static str)> {
    let lists = call.required.inputs().map(|input| &call.inputs[input]);
    let lists = lists.filter(|input| input.name == argument && input.presence() == Presence::Required);
    let mut lists = lists.filter_map(|input| match (&input.body, types.unaliased(&input.ty)) {
        (Some(BodyPart::Field(path)), TypeRef::Array(item)) => Some((input, path, (**item).clone())),
        _ => None,
    });
    let Some((input, path, item)) = lists.next() else {
        let message = format!("`{argument}` is not a required argument of this operation that is a list in the body");
        return Err((message, "name the property of the list, which must be `required`"));
    };
    let named = match &input.ty {
        TypeRef::Named(id) => types[*id].docs.limits.max_items,
        _ => None,
    };
    match input.docs.limits.max_items.or(named) {
        Some(limit) if limit > 0 => Ok(Batch { field: path.clone(), item, limit }),
        _ => {
            let message = format!("`{argument}` has no `maxItems`, so the size of a batch is unknown");
            Err((message, "add it to the list's schema: `maxItems: 100`"))
        }
    }
}
