//! The results of calls.

use super::rust_type::RustType;
use crate::ident::Ident;
use crate::ir::{Content, Format, Operation, StatusKey, Success};
use crate::names::AnswerNames;

/// The result of a call.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Only the success.
    Nothing,
    /// The body of the response.
    Body(BodyType),
    /// A body that the status of the response selects.
    ByStatus(ByStatus),
}

/// A body in Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyType {
    /// Its format.
    pub format: Format,
    /// The type that it is read into.
    pub ty: RustType,
}

/// An enum with a variant for each documented success, and one for all others.
#[derive(Clone, Debug)]
pub struct ByStatus {
    /// Its name.
    pub ident: Ident,
    /// The documented variants.
    pub variants: Vec<StatusVariant>,
}

/// A documented success.
#[derive(Clone, Debug)]
pub struct StatusVariant {
    /// Its name.
    pub ident: Ident,
    /// The response, as an index in [`Operation::responses`].
    pub response: usize,
    /// The statuses that it represents.
    pub status: StatusKey,
    /// Its body.
    pub body: Option<BodyType>,
}

impl Answer {
    /// The body, if every success has the same one.
    pub fn body(&self) -> Option<&BodyType> {
        match self {
            Self::Body(body) => Some(body),
            Self::Nothing | Self::ByStatus(_) => None,
        }
    }

    /// Whether it is a stream of items.
    pub fn has_items(&self) -> bool {
        self.body().is_some_and(|body| matches!(body.ty, RustType::Lines(_) | RustType::Events(_)))
    }

    /// The types of all bodies.
    pub fn types(&self) -> impl Iterator<Item = &RustType> {
        let variants = match self {
            Self::ByStatus(by_status) => by_status.variants.as_slice(),
            Self::Nothing | Self::Body(_) => &[],
        };
        let bodies = variants.iter().filter_map(|variant| variant.body.as_ref());
        self.body().into_iter().chain(bodies).map(|body| &body.ty)
    }
}

impl BodyType {
    /// The type into which a documented body is read as a whole.
    fn whole(content: &Content) -> Self {
        let ty = match (content.format, RustType::of(&content.ty)) {
            (Format::Events, RustType::Vec(item)) => RustType::Vec(Box::new(RustType::Event(item))),
            (_, ty) => ty,
        };
        Self { format: content.format, ty }
    }

    /// The type into which a documented body is read.
    pub fn of(content: &Content) -> Self {
        let ty = match (content.format, RustType::of(&content.ty)) {
            (Format::Lines, RustType::Vec(item)) => RustType::Lines(item),
            (Format::Events, RustType::Vec(item)) => RustType::Events(item),
            (_, ty) => ty,
        };
        Self { format: content.format, ty }
    }
}

/// Returns the result of an operation's call. Items are a stream, unless the status selects the response, or there is
/// one response per batch.
pub(super) fn answer(operation: &Operation, names: Option<&AnswerNames>) -> Answer {
    match (&operation.success, names) {
        (Success::Nothing, _) => Answer::Nothing,
        (Success::ByStatus(places), Some(names)) => {
            let variants = places.iter().zip(&names.variants).filter_map(|(place, ident)| {
                let response = operation.responses.get(*place)?;
                let body = response.content.as_ref().map(BodyType::whole);
                Some(StatusVariant { ident: ident.clone(), response: *place, status: response.status, body })
            });
            Answer::ByStatus(ByStatus { ident: names.ident.clone(), variants: variants.collect() })
        }
        (Success::One(_) | Success::ByStatus(_) | Success::Undocumented, _) => {
            let raw = BodyType { format: Format::Bytes, ty: RustType::Bytes };
            let of = if operation.batch.is_some() { BodyType::whole } else { BodyType::of };
            Answer::Body(operation.answer().map_or(raw, of))
        }
    }
}
