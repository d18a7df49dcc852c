//! Calls with more items than one request may hold: what the runtime has to know to send them in batches.

use super::Emitter;
use crate::ir::{BodyPart, Input};

impl Emitter<'_> {
    /// Whether an input is the list that is sent in batches.
    pub(super) fn is_batch(&self, input: &Input) -> bool {
        match (&self.operation.batch, &input.body) {
            (Some(batch), Some(BodyPart::Field(path))) => batch.field == *path,
            _ => false,
        }
    }

    /// The rows of the table that lets the call be sent in batches.
    pub(super) fn batches_rows(&self) -> Option<Vec<String>> {
        let batch = self.operation.batch.as_ref()?;
        let field: Vec<String> = self.field_path(&batch.field).iter().map(ToString::to_string).collect();
        Some(vec![
            format!("answer: {}", self.answer()),
            format!("item: {}", self.written(&batch.item)),
            format!("items: body.{}", field.join(".")),
            format!("limit: {}", batch.limit),
        ])
    }
}
