//! Styles: the format of a parameter's value, from the spec and the type.
//!
//! OpenAPI leaves some combinations of style and type open. They are read as servers and tools read them: a scalar in a
//! style for lists is a list of one, an exploded list has no delimiter, `deepObject` is always exploded.

use openapiv3::{Parameter as ParameterObject, ParameterData, PathStyle, QueryStyle};

use super::super::{At, Lowering};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{Expansion, Layout, Location, Scalar, Shape, Style, TypeRef, Types};

/// The format that the spec sets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted {
    pub(super) layout: Layout,
    explode: bool,
    reserved: bool,
    allow_empty: bool,
    /// Whether it is a text of a media type that has no lists and objects.
    is_text: bool,
}

/// The kind of a value, as far as it matters to a style.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A text, number or boolean.
    Scalar,
    /// A list of these.
    Scalars,
    /// Another list.
    List,
    Object,
    /// A value of several kinds.
    Varied,
}

impl Wanted {
    pub(super) fn of(parameter: &ParameterObject) -> Self {
        let layout = match parameter {
            ParameterObject::Path { style, .. } => match style {
                PathStyle::Simple => Layout::Simple,
                PathStyle::Label => Layout::Label,
                PathStyle::Matrix => Layout::Matrix,
            },
            ParameterObject::Query { style, .. } => match style {
                QueryStyle::Form => Layout::Form,
                QueryStyle::SpaceDelimited => Layout::SpaceDelimited,
                QueryStyle::PipeDelimited => Layout::PipeDelimited,
                QueryStyle::DeepObject => Layout::DeepObject,
            },
            ParameterObject::Header { .. } => Layout::Simple,
            ParameterObject::Cookie { .. } => Layout::Form,
        };
        let explode = parameter.parameter_data_ref().explode.unwrap_or(layout == Layout::Form);
        let (reserved, allow_empty) = match parameter {
            ParameterObject::Query { allow_reserved, allow_empty_value, .. } => {
                (*allow_reserved, *allow_empty_value == Some(true))
            }
            _ => (false, false),
        };
        Self { layout, explode, reserved, allow_empty, is_text: false }
    }

    /// The same for `content` of another media type than JSON.
    pub(super) fn as_text(&mut self) {
        self.is_text = true;
    }
}

impl<'a> Lowering<'a> {
    /// Returns the format of a value, and the type for the caller.
    pub(super) fn style(
        &mut self,
        data: &At<'a, ParameterData>,
        location: Location,
        wanted: Wanted,
        ty: TypeRef,
        types: &Types,
    ) -> (Style, TypeRef) {
        let Wanted { layout, explode, reserved, allow_empty, is_text: is_content } = wanted;
        if layout == Layout::Json {
            // JSON can express `null`; a path cannot.
            let ty = if location == Location::Path { ty.without_null().clone() } else { ty };
            return (Style::Expanded(Expansion { layout, explode: false, reserved, or_empty: false }), ty);
        }
        let text = TypeRef::Scalar(Scalar::String);
        let mut ty = ty.without_null();
        let mut kind = kind(ty, types);
        if is_content && kind != Kind::Scalar {
            let message = "the crate does not write this media type: callers pass the text";
            let help = "describe the parameter with `schema`, or as `application/json`";
            let place = Place::Key(data.key("content"));
            self.warnings.push(Diagnostic::new(Code::TextParameter, place, message).help(help));
            (ty, kind) = (&text, Kind::Scalar);
        }
        let is_delimited = matches!(layout, Layout::SpaceDelimited | Layout::PipeDelimited);
        if is_delimited && explode && kind == Kind::Object {
            let message = "OpenAPI does not define an exploded object in this style: it is sent as in `form`";
            let place = Place::Key(data.key("explode"));
            self.warnings.push(Diagnostic::new(Code::ValueForm, place, message).help("write `style: form`"));
        }
        // An empty text is already a value.
        let or_empty = allow_empty && layout == Layout::Form && !is_text(ty, types);
        let is_usual = location == Location::Query && !reserved && !or_empty;
        let style = match kind {
            Kind::Scalar if location == Location::Path && layout == Layout::Simple => Style::Plain,
            Kind::Scalar if is_usual => Style::Plain,
            Kind::Scalars if is_usual && layout != Layout::DeepObject && explode => Style::Repeated,
            Kind::Scalars if is_usual && layout == Layout::Form => Style::Joined,
            _ => {
                // Removed if it makes no difference.
                let explode = explode
                    && !matches!(layout, Layout::DeepObject)
                    && kind != Kind::Scalar
                    && (layout != Layout::Simple || matches!(kind, Kind::Object | Kind::Varied));
                let layout = if is_delimited && (explode || kind == Kind::Scalar) { Layout::Form } else { layout };
                Style::Expanded(Expansion { layout, explode, reserved, or_empty })
            }
        };
        let is_list = matches!(kind, Kind::Scalars | Kind::List);
        (style, if or_empty && !is_list { ty.clone().or_null() } else { ty.clone() })
    }
}

fn kind(ty: &TypeRef, types: &Types) -> Kind {
    match types.unaliased(ty) {
        TypeRef::Scalar(_) => Kind::Scalar,
        // A list can be an item of itself.
        TypeRef::Array(item) if types.is_scalar(item) => Kind::Scalars,
        TypeRef::Array(_) => Kind::List,
        TypeRef::Map(_) | TypeRef::FreeForm => Kind::Object,
        TypeRef::Named(_) if types.is_scalar(ty) => Kind::Scalar,
        TypeRef::Named(_) if types.object(ty).is_some() => Kind::Object,
        TypeRef::Named(_) | TypeRef::Nullable(_) | TypeRef::Any | TypeRef::Binary | TypeRef::File => Kind::Varied,
    }
}

fn is_text(ty: &TypeRef, types: &Types) -> bool {
    match types.unaliased(ty) {
        TypeRef::Scalar(scalar) => *scalar == Scalar::String,
        TypeRef::Named(id) => types[*id].shape == Shape::Scalar(Scalar::String),
        _ => false,
    }
}
