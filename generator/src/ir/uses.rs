//! Which types are part of requests, and which of responses.

use std::collections::BTreeSet;

use super::{Api, Operation, TypeId};

/// Types by what they are a part of, however deep.
#[derive(Clone, Debug, Default)]
pub struct Uses {
    /// The types in requests.
    pub sent: BTreeSet<TypeId>,
    /// The types in responses, without their headers.
    pub received: BTreeSet<TypeId>,
}

impl Api {
    /// The types that operations send and receive.
    pub fn uses(&self) -> Uses {
        let mut uses = Uses::default();
        self.operations.iter().for_each(|operation| self.add_uses(operation, &mut uses));
        uses
    }

    /// The types that one operation sends and receives.
    pub fn uses_of(&self, operation: &Operation) -> Uses {
        let mut uses = Uses::default();
        self.add_uses(operation, &mut uses);
        uses
    }

    fn add_uses(&self, operation: &Operation, uses: &mut Uses) {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
        for ty in parameters.chain(operation.body.as_ref().map(|body| &body.content.ty)) {
            self.types.reach(ty, &mut uses.sent);
        }
        let bodies = operation.responses.iter().filter_map(|response| response.content.as_ref());
        for ty in bodies.map(|content| &content.ty) {
            self.types.reach(ty, &mut uses.received);
        }
    }
}
