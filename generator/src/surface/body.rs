//! The request body, built from the inputs of the caller: constructors inside constructors.

use crate::ir::{BodyPart, FieldPath, Operation, Required, TypeId, TypeRef, Types};

/// The body that a call begins with.
#[derive(Clone, Debug)]
pub enum BodyValue {
    /// The operation has no body.
    Nothing,
    /// It is optional, and a setter sets it.
    Unset,
    /// This input is the whole body.
    Given(usize),
    /// It is built from inputs.
    Built(Constructor),
}

/// A call of a model's constructor.
#[derive(Clone, Debug)]
pub struct Constructor {
    /// The model.
    pub object: TypeId,
    /// The arguments of its constructor, in order.
    pub arguments: Vec<Argument>,
}

/// An argument of a model's constructor.
#[derive(Clone, Debug)]
pub enum Argument {
    /// The value of an input.
    Input {
        /// The input.
        input: usize,
        /// Whether it is a copy, because another place uses the value itself.
        cloned: bool,
    },
    /// Another model.
    Constructor(Constructor),
}

/// Returns the body of a call with the inputs `required`; `None` if a part of the body is missing.
///
/// `is_twice` says whether the value of an input is used again after the body.
pub(super) fn value(
    types: &Types,
    operation: &Operation,
    required: &Required,
    is_twice: &dyn Fn(usize) -> bool,
) -> Option<BodyValue> {
    let Some(body) = &operation.body else { return Some(BodyValue::Nothing) };
    let inputs = &operation.call.inputs;
    let is_whole = |index: &usize| inputs[*index].body == Some(BodyPart::Whole);
    if operation.call.setters.iter().any(is_whole) {
        return Some(BodyValue::Unset);
    }
    if let Some(input) = required.inputs().find(|index| is_whole(index)) {
        return Some(BodyValue::Given(input));
    }
    let given = |path: &FieldPath| {
        let is_it = |index: &usize| matches!(&inputs[*index].body, Some(BodyPart::Field(field)) if field == path);
        let input = required.inputs().find(is_it)?;
        Some(Argument::Input { input, cloned: is_twice(input) })
    };
    constructor(types, &body.content.ty, &FieldPath::start(), &given).map(BodyValue::Built)
}

fn constructor(
    types: &Types,
    ty: &TypeRef,
    path: &FieldPath,
    given: &dyn Fn(&FieldPath) -> Option<Argument>,
) -> Option<Constructor> {
    let (object, fields) = types.object(ty)?;
    let required = fields.iter().enumerate().filter(|(_, field)| field.is_argument());
    let arguments = required.map(|(index, field)| {
        let path = path.then(object, index);
        let built = || constructor(types, &field.ty, &path, given).map(Argument::Constructor);
        given(&path).or_else(built)
    });
    Some(Constructor { object, arguments: arguments.collect::<Option<_>>()? })
}
