//! Headers: the documented headers of responses as a struct.

use super::rust_type::RustType;
use crate::ident::Ident;
use crate::ir::{Api, Operation, Scalar, Shape, TypeRef};
use crate::names::HeaderNames;

/// A struct with one field per documented header of an operation.
#[derive(Clone, Debug)]
pub struct Headers {
    /// Its name.
    pub ident: Ident,
    /// The fields, in the order of [`Operation::headers`].
    pub members: Vec<HeaderMember>,
}

/// A documented header.
#[derive(Clone, Debug)]
pub struct HeaderMember {
    /// The field.
    pub ident: Ident,
    /// The header, as the spec writes it.
    pub name: String,
    /// How its text is read.
    pub form: HeaderForm,
    /// The type of the field, without absence.
    pub ty: RustType,
}

/// How the text of a header is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderForm {
    /// As the text of a string.
    Text,
    /// As JSON: a number, a boolean, or a header whose content is JSON.
    Word,
    /// As strings with commas between them.
    Texts,
    /// As numbers or booleans with commas between them.
    Words,
}

/// The headers of an operation; `None` if it documents none.
pub(super) fn headers(api: &Api, operation: &Operation, names: Option<&HeaderNames>) -> Option<Headers> {
    let names = names?;
    let members = operation.headers().into_iter().zip(&names.members).map(|(header, ident)| {
        let documented = operation.responses.iter().flat_map(|response| &response.headers);
        let mut same = documented.filter(|other| other.name.eq_ignore_ascii_case(&header.name));
        let form = if header.is_json { Some(HeaderForm::Word) } else { form(api, &header.ty) };
        let form = form.filter(|_| same.all(|other| (&other.ty, other.is_json) == (&header.ty, header.is_json)));
        // A value with several parts or types is returned as text.
        let (form, ty) = form.map_or((HeaderForm::Text, RustType::String), |form| (form, RustType::of(&header.ty)));
        HeaderMember { ident: ident.clone(), name: header.name.clone(), form, ty }
    });
    Some(Headers { ident: names.ident.clone(), members: members.collect() })
}

fn form(api: &Api, ty: &TypeRef) -> Option<HeaderForm> {
    match api.types.unaliased(ty) {
        TypeRef::Array(item) => match item_form(api, item)? {
            HeaderForm::Word => Some(HeaderForm::Words),
            _ => Some(HeaderForm::Texts),
        },
        ty => item_form(api, ty),
    }
}

/// Returns the form of a scalar.
fn item_form(api: &Api, ty: &TypeRef) -> Option<HeaderForm> {
    let of_scalar = |scalar: Scalar| match scalar {
        Scalar::String | Scalar::Base64 | Scalar::Uuid | Scalar::Timestamp | Scalar::Date => HeaderForm::Text,
        Scalar::Int32
        | Scalar::Int64
        | Scalar::Uint32
        | Scalar::Uint64
        | Scalar::Int128
        | Scalar::Uint128
        | Scalar::Float64
        | Scalar::Bool => HeaderForm::Word,
    };
    match api.types.unaliased(ty) {
        TypeRef::Scalar(scalar) => Some(of_scalar(*scalar)),
        ty => match api.types.definition(ty)?.shape {
            Shape::Scalar(scalar) => Some(of_scalar(scalar)),
            Shape::Enum(_) => Some(HeaderForm::Text),
            Shape::IntegerEnum(..) => Some(HeaderForm::Word),
            Shape::Object { .. } | Shape::Union(_) | Shape::Alias(_) => None,
        },
    }
}
