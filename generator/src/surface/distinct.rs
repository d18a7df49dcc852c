//! Two ids of the same type that are the source and the target of an operation: the same value for both is always a
//! mistake.

use crate::ir::{Api, BodyPart, Input, Operation, Scalar, Shape, TypeRef};

/// The prefixes of the names in such a pair.
const PAIRS: [(&str, &str); 2] = [("source", "target"), ("from", "to")];

/// Returns pairs of required inputs of the same uuid type, whose names are those of a source and a target.
pub(super) fn pairs(api: &Api, operation: &Operation) -> Vec<(usize, usize)> {
    let inputs = &operation.call.inputs;
    let required = || operation.call.required.inputs().filter(|index| is_named_uuid(api, &inputs[*index]));
    let all = required().flat_map(|source| required().map(move |target| (source, target)));
    all.filter(|(source, target)| {
        let (source, target) = (&inputs[*source], &inputs[*target]);
        source.ty == target.ty && is_pair(api, source, target)
    })
    .collect()
}

fn is_named_uuid(api: &Api, input: &Input) -> bool {
    let is_uuid = || api.types.definition(&input.ty).is_some_and(|def| def.shape == Shape::Scalar(Scalar::Uuid));
    matches!(input.ty, TypeRef::Named(_)) && input.required && is_uuid()
}

fn is_pair(api: &Api, source: &Input, target: &Input) -> bool {
    let differ = |source: &str, target: &str| {
        PAIRS.iter().any(|(from, to)| {
            let rests = (source.strip_prefix(from), target.strip_prefix(to));
            matches!(rests, (Some(rest), Some(other)) if rest == other)
        })
    };
    match (&source.body, &target.body) {
        (Some(BodyPart::Field(source)), Some(BodyPart::Field(target))) => {
            let (source, target) = (api.types.names(source), api.types.names(target));
            let mut others = source.iter().zip(&target).filter(|(source, target)| source != target);
            let one = others.next().is_some_and(|(source, target)| differ(source, target));
            source.len() == target.len() && one && others.next().is_none()
        }
        (None, None) => differ(&source.name, &target.name),
        _ => false,
    }
}
