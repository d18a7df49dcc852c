//! Lists that come in pages: what the runtime has to know to follow them.

use proc_macro2::{Ident, Literal};

use super::Emitter;
use crate::ir::{Field, FieldPath, Presence, Scalar, TypeRef};

impl<'a> Emitter<'a> {
    /// The rows of the table that lets the call follow its pages.
    pub(super) fn pages_rows(&self) -> Option<Vec<String>> {
        let (pages, pagination) = self.call.pages.as_ref().zip(self.operation.pagination.as_ref())?;
        let number = &self.call.input(pages.number).ident;
        let parameter = Literal::string(&self.operation.parameters[pagination.page_parameter].name);
        Some(vec![
            format!("page: {}", self.answer()),
            format!("item: {}", self.context.written(&pages.item)),
            format!("number: {parameter} = {number} or {}", pagination.first),
            format!("items: |page| {}", items_of(&self.page_fields(&pagination.items))?),
            format!("next: |page| {}", self.next_of(&self.page_fields(&pagination.next))?),
        ])
    }

    /// The fields that a path into a page passes, each with its name in Rust.
    fn page_fields(&self, path: &'a FieldPath) -> Vec<(&'a Ident, &'a Field)> {
        self.field_path(path).into_iter().zip(self.context.api.types.fields(path)).collect()
    }

    /// The number of the next page, as an expression of type `Option<Nullable<i64>>`.
    fn next_of(&self, fields: &[(&Ident, &Field)]) -> Option<String> {
        let ((name, last), before) = fields.split_last()?;
        let place = before.iter().fold("page".to_owned(), |place, (name, field)| match field.presence() {
            Presence::Required => format!("{place}.{name}"),
            Presence::RequiredNullable | Presence::Optional => format!("{place}.{name}.as_ref()?"),
            Presence::OptionalNullable => format!("{place}.{name}.value()?"),
        });
        let number = self.context.api.types.unaliased(last.ty.without_null());
        let widened = if *number == TypeRef::Scalar(Scalar::Int64) { "" } else { ".map(i64::from)" };
        let made = if last.presence() == Presence::OptionalNullable { "" } else { ".into()" };
        Some(format!("Some({place}.{name}{widened}{made})"))
    }
}

/// The items of a page, as an expression of type `Option<&mut Vec<_>>`.
fn items_of(fields: &[(&Ident, &Field)]) -> Option<String> {
    let ((name, last), before) = fields.split_last()?;
    let place = before.iter().fold("page".to_owned(), |place, (name, field)| match field.presence() {
        Presence::Required => format!("{place}.{name}"),
        Presence::RequiredNullable | Presence::Optional => format!("{place}.{name}.as_mut()?"),
        Presence::OptionalNullable => format!("{place}.{name}.value_mut()?"),
    });
    Some(match last.presence() {
        Presence::Required => format!("Some(&mut {place}.{name})"),
        Presence::RequiredNullable | Presence::Optional => format!("{place}.{name}.as_mut()"),
        Presence::OptionalNullable => format!("{place}.{name}.value_mut()"),
    })
}
