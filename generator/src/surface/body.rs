//! The request body, put together from what a caller gave: constructors inside constructors.

use crate::ir::{BodyPart, FieldPath, Operation, Required, TypeId, TypeRef, Types};

/// The body that a call begins with.
#[derive(Clone, Debug)]
pub enum BodyValue {
    /// The operation has none.
    Nothing,
    /// It may be left out, and a setter gives it.
    Unset,
    /// It is given as a whole, by this input.
    Given(usize),
    /// It is put together.
    Built(Constructor),
}

/// A call of a model's constructor.
#[derive(Clone, Debug)]
pub struct Constructor {
    /// The model.
    pub object: TypeId,
    /// What its constructor takes, in order.
    pub arguments: Vec<Argument>,
}

/// An argument of a model's constructor.
#[derive(Clone, Debug)]
pub enum Argument {
    /// What was given for an input.
    Input {
        /// The input.
        input: usize,
        /// Whether it is a copy, because another place takes the value itself.
        cloned: bool,
    },
    /// Another model.
    Constructor(Constructor),
}

/// The body of a call that asks for `required`; `None` if that leaves a part of it open.
///
/// `is_twice` says of an input whether its value is needed once more behind the body.
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
    let asked = fields.iter().enumerate().filter(|(_, field)| field.is_asked_for());
    let arguments = asked.map(|(index, field)| {
        let path = path.then(object, index);
        let built = || constructor(types, &field.ty, &path, given).map(Argument::Constructor);
        given(&path).or_else(built)
    });
    Some(Constructor { object, arguments: arguments.collect::<Option<_>>()? })
}
