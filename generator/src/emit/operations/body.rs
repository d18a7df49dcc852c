//! The request body, put together from the inputs of a call.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Emitter;
use crate::ir::{Body, BodyPart, Input, Presence, Shape, TypeRef};

impl Emitter<'_> {
    /// The body as an expression: constructors inside constructors, with the inputs where they belong.
    pub(super) fn body_value(
        &self,
        body: &Body,
        inputs: &[(&Input, &Ident)],
        value: &dyn Fn(&Input, &Ident) -> TokenStream,
    ) -> TokenStream {
        self.object_value(&body.ty, &mut Vec::new(), inputs, value)
    }

    fn object_value(
        &self,
        ty: &TypeRef,
        path: &mut Vec<String>,
        inputs: &[(&Input, &Ident)],
        value: &dyn Fn(&Input, &Ident) -> TokenStream,
    ) -> TokenStream {
        let Some((ident, fields)) = self.object_fields(ty) else { return TokenStream::new() };
        let mut arguments = Vec::new();
        for field in fields {
            if field.constant || !matches!(field.presence, Presence::Required | Presence::RequiredNullable) {
                continue;
            }
            path.push(field.name.clone());
            let input =
                inputs.iter().find(|(input, _)| matches!(&input.body, Some(BodyPart::Field(field)) if field == path));
            arguments.push(match input {
                Some((input, name)) => self.part_value(input, name, value),
                None => self.object_value(&field.ty, path, inputs, value),
            });
            path.pop();
        }
        quote! { models::#ident::new(#(#arguments),*) }
    }

    /// An input as an argument of a model's constructor, which converts strings itself.
    fn part_value(&self, input: &Input, name: &Ident, value: &dyn Fn(&Input, &Ident) -> TokenStream) -> TokenStream {
        let given = value(input, name);
        let unconverted = self.given(input, name);
        let given = if self.is_string(input) && given.to_string() == unconverted.to_string() {
            quote! { #name }
        } else {
            given
        };
        // What stands in the path as well is used a second time there.
        if input.parameter.is_some() && !self.is_copy(&input.ty) {
            quote! { #given.clone() }
        } else {
            given
        }
    }

    /// The fields of the body that lead to an input, as a caller of the model writes them.
    pub(super) fn field_path(&self, path: &[String]) -> Vec<&Ident> {
        let mut idents = Vec::new();
        let mut ty = self.operation.body.as_ref().map(|body| &body.ty);
        for name in path {
            let Some(TypeRef::Named(id) | TypeRef::Boxed(id)) = ty.and_then(|ty| self.unaliased(ty)) else { break };
            let Shape::Object(fields) = &self.context.api.type_def(*id).shape else { break };
            let Some(position) = fields.iter().position(|field| field.name == *name) else { break };
            idents.push(&self.context.names.types[id.0].members[position]);
            ty = Some(&fields[position].ty);
        }
        idents
    }

    fn object_fields(&self, ty: &TypeRef) -> Option<(&Ident, &[crate::ir::Field])> {
        match self.unaliased(ty)? {
            TypeRef::Named(id) | TypeRef::Boxed(id) => match &self.context.api.type_def(*id).shape {
                Shape::Object(fields) => Some((self.context.type_name(*id), fields)),
                _ => None,
            },
            _ => None,
        }
    }

    /// The type behind other names for it.
    pub(super) fn unaliased<'t>(&'t self, ty: &'t TypeRef) -> Option<&'t TypeRef> {
        let mut ty = ty;
        while let TypeRef::Named(id) | TypeRef::Boxed(id) = ty {
            match &self.context.api.type_def(*id).shape {
                Shape::Alias(target) => ty = target,
                _ => return Some(ty),
            }
        }
        Some(ty)
    }
}
