//! Lists that come in pages: what the runtime has to know to follow them.

use proc_macro2::Literal;

use super::Emitter;
use crate::ir::{Field, Presence, Scalar, Shape, TypeRef};
use crate::pointer::Pointer;

impl Emitter<'_> {
    /// The rows of the table that lets the call follow its pages.
    pub(super) fn pages_rows(&self) -> Option<Vec<String>> {
        let pagination = self.operation.pagination.as_ref()?;
        let page = self.operation.success.as_ref()?;
        let is_number = |index: usize| self.operation.parameters[index].name == pagination.page_parameter;
        let (_, number) = self.setters().find(|(input, _)| input.parameter.is_some_and(is_number))?;
        let items = self.page_fields(page, &pagination.items)?;
        let next = self.page_fields(page, &pagination.next)?;
        let item = self.written(self.page_item()?);
        let parameter = Literal::string(&pagination.page_parameter);
        Some(vec![
            format!("page: {}", self.written(page)),
            format!("item: {item}"),
            format!("number: {parameter} = {number} or {}", pagination.first),
            format!("items: |page| {}", items_of(&items)?),
            format!("next: |page| {}", self.next_of(&next)?),
        ])
    }

    /// The type of an item of a page.
    pub(super) fn page_item(&self) -> Option<&TypeRef> {
        let items = &self.operation.pagination.as_ref()?.items;
        let (_, field) = self.page_fields(self.operation.success.as_ref()?, items)?.pop()?;
        match self.unaliased(&field.ty)? {
            TypeRef::Array(item) => Some(item),
            _ => None,
        }
    }

    /// A type as a table shows it.
    pub(super) fn written(&self, ty: &TypeRef) -> String {
        self.context.operation_type(ty).to_string().replace(' ', "").replace(',', ", ")
    }

    /// The type of the answer as a table shows it.
    pub(super) fn answer(&self) -> String {
        self.operation.success.as_ref().map_or_else(|| "()".to_owned(), |ty| self.written(ty))
    }

    /// The fields that a pointer into a page passes, each with its name in Rust.
    fn page_fields<'e>(&'e self, page: &'e TypeRef, pointer: &Pointer) -> Option<Vec<(String, &'e Field)>> {
        let mut ty = page;
        let mut passed = Vec::new();
        for name in pointer.segments() {
            let (TypeRef::Named(id) | TypeRef::Boxed(id)) = self.unaliased(ty)? else { return None };
            let Shape::Object(fields) = &self.context.api.type_def(*id).shape else { return None };
            let position = fields.iter().position(|field| field.name == name)?;
            passed.push((self.context.names.types[id.0].members[position].to_string(), &fields[position]));
            ty = &fields[position].ty;
        }
        Some(passed)
    }

    /// The number of the next page, as an expression of type `Option<Nullable<i64>>`.
    fn next_of(&self, fields: &[(String, &Field)]) -> Option<String> {
        let ((name, last), before) = fields.split_last()?;
        let place = before.iter().fold("page".to_owned(), |place, (name, field)| match field.presence {
            Presence::Required => format!("{place}.{name}"),
            Presence::RequiredNullable | Presence::Optional => format!("{place}.{name}.as_ref()?"),
            Presence::OptionalNullable => format!("{place}.{name}.value()?"),
        });
        let is_wide = *self.unaliased(&last.ty)? == TypeRef::Scalar(Scalar::Int64);
        let widened = if is_wide { "" } else { ".map(i64::from)" };
        let made = if last.presence == Presence::OptionalNullable { "" } else { ".into()" };
        Some(format!("Some({place}.{name}{widened}{made})"))
    }
}

/// The items of a page, as an expression of type `Option<&mut Vec<_>>`.
fn items_of(fields: &[(String, &Field)]) -> Option<String> {
    let ((name, last), before) = fields.split_last()?;
    let place = before.iter().fold("page".to_owned(), |place, (name, field)| match field.presence {
        Presence::Required => format!("{place}.{name}"),
        Presence::RequiredNullable | Presence::Optional => format!("{place}.{name}.as_mut()?"),
        Presence::OptionalNullable => format!("{place}.{name}.value_mut()?"),
    });
    Some(match last.presence {
        Presence::Required => format!("Some(&mut {place}.{name})"),
        Presence::RequiredNullable | Presence::Optional => format!("{place}.{name}.as_mut()"),
        Presence::OptionalNullable => format!("{place}.{name}.value_mut()"),
    })
}
