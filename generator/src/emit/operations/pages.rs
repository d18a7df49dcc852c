//! Paginated lists: the data that the runtime needs to follow their pages.

use proc_macro2::Literal;

use super::Emitter;
use crate::emit::types::borrowed;
use crate::ident::Ident;
use crate::ir::{Advance, Field, FieldPath, PagePlace, Presence, Scalar, TypeRef};
use crate::surface::Largest;

/// The fields on a path into a page, each with its name in Rust.
type Fields<'a> = Vec<(&'a Ident, &'a Field)>;

impl<'a> Emitter<'a> {
    /// Returns the rows of the table for pages.
    pub(super) fn pages_rows(&self) -> Option<Vec<String>> {
        let (pages, pagination) = self.call.pages.as_ref().zip(self.operation.pagination.as_ref())?;
        let parameter = |index: usize| Literal::string(&self.operation.parameters[index].name);
        let start = pages.start.map(|start| &self.call.input(start).ident);
        let (position, next) = match &pagination.advance {
            Advance::Number { parameter: index, first, next } => {
                let next = next.as_ref().map(|next| self.number(&self.page_fields(next)));
                (format!("number: {} = {} or {first}", parameter(*index), start?), next)
            }
            Advance::Offset { parameter: index, first } => {
                (format!("offset: {} = {} or {first}", parameter(*index), start?), None)
            }
            Advance::Cursor { place, next } => {
                let place = self.page_place(place);
                (format!("cursor: {place}"), Some(cursor(&self.page_fields(next))))
            }
        };
        let mut rows =
            vec![format!("page: {}", self.answer()), format!("item: {}", self.context.written(&pages.item)), position];
        if let Some(Largest { place, most, setter }) = &pages.largest {
            let setter = setter.map(|setter| format!(" or {}", self.call.input(setter).ident)).unwrap_or_default();
            rows.push(format!("largest: {} = {most}{setter}", self.page_place(place)));
        }
        rows.push(format!("items: |page| {}", items_of(&self.page_fields(&pagination.items))));
        if let Some(next) = next {
            rows.push(format!("next: |page| {}", next?));
        }
        Some(rows)
    }

    /// A part of a request, as the runtime has it.
    fn page_place(&self, place: &PagePlace) -> String {
        match place {
            PagePlace::Parameter(index) => {
                format!("query {}", Literal::string(&self.operation.parameters[*index].name))
            }
            PagePlace::Field(path) => {
                let names = self.context.api.types.names(path).into_iter();
                let names: Vec<String> = names.map(|name| Literal::string(name).to_string()).collect();
                format!("body [{}]", names.join(", "))
            }
        }
    }

    fn page_fields(&self, path: &'a FieldPath) -> Fields<'a> {
        self.field_path(path).into_iter().zip(self.context.api.types.fields(path)).collect()
    }

    /// Returns the number of the next page, as an expression of type `Option<Nullable<i64>>`.
    fn number(&self, fields: &Fields<'_>) -> Option<String> {
        let ((name, last), before) = fields.split_last()?;
        let place = read(before);
        let number = self.context.api.types.unaliased(last.ty.without_null());
        let widened = if *number == TypeRef::Scalar(Scalar::Int64) { "" } else { ".map(i64::from)" };
        let made = if last.presence() == Presence::OptionalNullable { "" } else { ".into()" };
        Some(format!("Some({place}.{name}{widened}{made})"))
    }
}

/// Returns the place at a path, as an expression that reads it.
fn read(fields: &[(&Ident, &Field)]) -> String {
    fields.iter().fold("page".to_owned(), |place, (name, field)| match borrowed(field.presence()) {
        None => format!("{place}.{name}"),
        Some(method) => format!("{place}.{name}.{method}()?"),
    })
}

/// Returns a reference to the cursor of the next page.
fn cursor(fields: &Fields<'_>) -> Option<String> {
    let is_there = fields.last()?.1.presence() == Presence::Required;
    Some(format!("{}{}", if is_there { "&" } else { "" }, read(fields)))
}

/// Returns the items of a page, as an expression of type `Option<&mut Vec<_>>`.
fn items_of(fields: &Fields<'_>) -> String {
    let Some(((name, last), before)) = fields.split_last() else { return "Some(page)".to_owned() };
    let place = before.iter().fold("page".to_owned(), |place, (name, field)| match field.presence() {
        Presence::Required => format!("{place}.{name}"),
        Presence::RequiredNullable | Presence::Optional => format!("{place}.{name}.as_mut()?"),
        Presence::OptionalNullable => format!("{place}.{name}.value_mut()?"),
    });
    match last.presence() {
        Presence::Required => format!("Some(&mut {place}.{name})"),
        Presence::RequiredNullable | Presence::Optional => format!("{place}.{name}.as_mut()"),
        Presence::OptionalNullable => format!("{place}.{name}.value_mut()"),
    }
}
