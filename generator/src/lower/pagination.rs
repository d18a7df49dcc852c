//! Pages: how to follow the pages of a list, from `x-pagination`.

use serde_json::Value;

use super::operations::Request;
use super::{At, Lowering};
use crate::diagnostics::{Code, Diagnostic, Place};
use crate::ir::{
    Advance, FieldPath, Format, Location, PagePlace, Pagination, Parameter, Scalar, Shape, TypeRef, Types,
};
use crate::pointer::Pointer;
use crate::source::whole;
use crate::spec::nearest;

/// The extension of an operation, with the operation.
struct Declared<'r, 'a> {
    extension: &'r Value,
    at: Pointer,
    types: &'r Types,
    request: &'r Request<'a>,
}

/// The type of a cursor.
#[derive(Clone, Copy, PartialEq)]
enum Cursor {
    Text,
    Integer,
}

impl<'a> Lowering<'a> {
    /// Reads `x-pagination`; `None` if it is absent or invalid, which is reported.
    pub(super) fn pagination(&mut self, types: &Types, request: &Request<'a>) -> Option<Pagination> {
        let extension = request.object.extensions.get("x-pagination")?;
        let at = request.object.key("x-pagination");
        let declared = Declared { extension, at, types, request };
        let before = self.problems.len();
        let pagination = self.declared_pagination(&declared);
        if extension.get("optional").and_then(Value::as_bool) == Some(true) {
            let problems = self.problems.split_off(before);
            self.warnings.extend(problems.into_iter().map(|problem| Diagnostic {
                code: Code::UnfollowedPages,
                message: format!("{}: the list has no `stream`", problem.message),
                ..problem
            }));
        }
        pagination
    }

    fn declared_pagination(&mut self, declared: &Declared<'_, 'a>) -> Option<Pagination> {
        let items = self.listed_items(declared);
        let advance = if declared.has("pageParam") {
            self.by_number(declared)
        } else if declared.has("offsetParam") {
            self.by_offset(declared)
        } else {
            self.by_cursor(declared)
        };
        let size = self.page_size(declared, advance.as_ref());
        let (items, item) = items?;
        Some(Pagination { advance: advance?, size: size.ok()?, items, item })
    }

    fn listed_items(&mut self, declared: &Declared<'_, 'a>) -> Option<(FieldPath, TypeRef)> {
        let items = declared.answered("items").and_then(|(path, ty)| match declared.unaliased(&ty) {
            TypeRef::Array(item) => Some((path, (**item).clone())),
            _ => None,
        });
        if items.is_none() {
            let message = format!("`{}` is not an array of the success body", declared.text("items"));
            let help = "write the JSON pointer to the items in the body, such as `items: /data`";
            self.misfit(declared, "items", message, help);
        }
        items
    }

    fn by_number(&mut self, declared: &Declared<'_, 'a>) -> Option<Advance> {
        let counted = self.counted(declared, "pageParam");
        if !declared.has("next") {
            let (parameter, first) = counted?;
            return Some(Advance::Number { parameter, first, next: None });
        }
        let next = declared.answered("next").filter(|(_, ty)| ty.is_nullable() && is_counted(declared.unaliased(ty)));
        if next.is_none() {
            let message = format!("`{}` is not a nullable integer of the success body", declared.text("next"));
            let help = "a `null` there ends the list, so the field must be `nullable: true`";
            self.misfit(declared, "next", message, help);
        }
        let (parameter, first) = counted?;
        Some(Advance::Number { parameter, first, next: Some(next?.0) })
    }

    fn by_offset(&mut self, declared: &Declared<'_, 'a>) -> Option<Advance> {
        let counted = self.counted(declared, "offsetParam");
        if declared.has("next") {
            let message = "`next` cannot be combined with `offsetParam`";
            self.misfit(declared, "next", message, "remove it: the next offset follows from the number of items");
            return None;
        }
        let (parameter, first) = counted?;
        Some(Advance::Offset { parameter, first })
    }

    /// Returns the query parameter that a key names, which is counted up, and its first value.
    fn counted(&mut self, declared: &Declared<'_, 'a>, key: &str) -> Option<(usize, i64)> {
        let name = declared.text(key);
        let before = self.problems.len();
        self.check_optional_query(declared.request, &At::new(name, declared.at.key(key)));
        let parameter = declared.query_parameter(name);
        let is_plain = |index: usize| {
            let ty = &declared.request.parameters[index].ty;
            let ty = declared.types.unaliased(ty);
            (is_counted(ty) || *ty == TypeRef::Scalar(Scalar::Uint64)) && !declared.is_chosen(index)
        };
        if parameter.is_some_and(|index| !is_plain(index)) {
            let message = format!("`{name}` is not a plain integer in a separate parameter");
            let help = "pages are counted: it must be an integer, and not a part of a choice";
            self.misfit(declared, key, message, help);
        }
        let parameter = parameter.filter(|_| self.problems.len() == before)?;
        let first = declared.extension.get("first").and_then(Value::as_i64);
        let default = || {
            let default = declared.request.parameters[parameter].docs.default.as_ref()?;
            default.as_i64().or_else(|| whole(default.as_f64()?))
        };
        Some((parameter, first.or_else(default).unwrap_or(0)))
    }

    fn by_cursor(&mut self, declared: &Declared<'_, 'a>) -> Option<Advance> {
        let next = declared.answered("next").and_then(|(path, ty)| Some((path, cursor(declared, &ty)?)));
        if !declared.has("next") {
            let message = "a list with a cursor needs the key `next`";
            self.misfit(declared, "", message, "write the JSON pointer to the cursor in the body: `next: /meta/after`");
        } else if next.is_none() {
            let message = format!("`{}` is not a text or integer of the success body", declared.text("next"));
            let help = "write the JSON pointer to the cursor in the body, such as `next: /meta/after`";
            self.misfit(declared, "next", message, help);
        }
        if declared.has("first") {
            let message = "`first` cannot be combined with a cursor";
            self.misfit(declared, "first", message, "remove it: such pages have no numbers");
            return None;
        }
        let kind = next.as_ref().map(|(_, kind)| *kind);
        let place = if declared.has("cursorField") {
            self.cursor_field(declared, kind)
        } else {
            self.cursor_parameter(declared)
        };
        Some(Advance::Cursor { place: place?, next: next?.0 })
    }

    fn cursor_parameter(&mut self, declared: &Declared<'_, 'a>) -> Option<PagePlace> {
        let name = declared.text("cursorParam");
        let before = self.problems.len();
        self.check_optional_query(declared.request, &At::new(name, declared.at.key("cursorParam")));
        let parameter = declared.query_parameter(name);
        let is_plain = |index: usize| {
            cursor(declared, &declared.request.parameters[index].ty).is_some() && !declared.is_chosen(index)
        };
        if parameter.is_some_and(|index| !is_plain(index)) {
            let message = format!("`{name}` is not a plain text or integer in a separate parameter");
            let help = "it receives the cursor of the previous page, and cannot be a part of a choice";
            self.misfit(declared, "cursorParam", message, help);
        }
        parameter.filter(|_| self.problems.len() == before).map(PagePlace::Parameter)
    }

    fn cursor_field(&mut self, declared: &Declared<'_, 'a>, kind: Option<Cursor>) -> Option<PagePlace> {
        let found = declared.sent("cursorField");
        let is_of_kind = |ty: &TypeRef| cursor(declared, ty).is_some_and(|own| kind.is_none_or(|kind| own == kind));
        let path = found.filter(|(_, ty)| is_of_kind(ty)).map(|(path, _)| path);
        if path.is_none() {
            let what = match kind {
                None => "a text or integer",
                Some(Cursor::Text) => "a text",
                Some(Cursor::Integer) => "an integer",
            };
            let message = format!("`{}` is not {what} of the request body", declared.text("cursorField"));
            let help = "write the JSON pointer to the cursor in the body, such as `cursorField: /page/cursor`";
            self.misfit(declared, "cursorField", message, help);
        }
        path.map(PagePlace::Field)
    }

    /// Returns the parameter or field for the number of items on a page, if there is one.
    ///
    /// # Errors
    /// It does not exist, which was reported.
    fn page_size(&mut self, declared: &Declared<'_, 'a>, advance: Option<&Advance>) -> Result<Option<PagePlace>, ()> {
        if declared.has("sizeField") {
            let found = declared.sent("sizeField").filter(|(_, ty)| is_counted(declared.unaliased(ty)));
            if found.is_none() {
                let message = format!("`{}` is not an integer of the request body", declared.text("sizeField"));
                let help = "write the JSON pointer to the number of items, such as `sizeField: /page/limit`";
                self.misfit(declared, "sizeField", message, help);
            }
            return found.map(|(path, _)| Some(PagePlace::Field(path))).ok_or(());
        }
        if !declared.has("sizeParam") {
            return Ok(None);
        }
        let name = declared.text("sizeParam");
        let before = self.problems.len();
        self.check_optional_query(declared.request, &At::new(name, declared.at.key("sizeParam")));
        let of_page = ["pageParam", "offsetParam", "cursorParam"].into_iter().find(|key| declared.has(key));
        if let Some(key) = of_page.filter(|key| declared.text(key) == name) {
            let message = format!("`{name}` cannot be both the position and the size of a page");
            let problem = self.problem(Code::InvalidExtension, &declared.at.key("sizeParam"), message);
            problem.related.push((Place::Value(declared.at.key(key)), "the same parameter".to_owned()));
            problem.help = Some("name the query parameter for the number of items on a page".to_owned());
        }
        let parameter = declared.query_parameter(name).filter(|_| self.problems.len() == before && advance.is_some());
        parameter.map(|parameter| Some(PagePlace::Parameter(parameter))).ok_or(())
    }

    fn misfit(&mut self, declared: &Declared<'_, 'a>, key: &str, message: impl Into<String>, help: &str) {
        let at = if key.is_empty() { declared.at.clone() } else { declared.at.key(key) };
        let help = declared.astray(key).unwrap_or_else(|| help.to_owned());
        self.problem(Code::InvalidExtension, &at, message).help = Some(help);
    }
}

impl Declared<'_, '_> {
    fn has(&self, key: &str) -> bool {
        self.extension.get(key).is_some()
    }

    fn text(&self, key: &str) -> &str {
        self.extension.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    fn unaliased<'t>(&'t self, ty: &'t TypeRef) -> &'t TypeRef {
        self.types.unaliased(ty.without_null())
    }

    /// Returns the field of the response that a key points to, and its type.
    fn answered(&self, key: &str) -> Option<(FieldPath, TypeRef)> {
        find(self.types, self.request.json_response()?, self.extension.get(key)?.as_str()?)
    }

    /// Returns the field of the request's body that a key points to, and its type.
    fn sent(&self, key: &str) -> Option<(FieldPath, TypeRef)> {
        find(self.types, self.json_body()?, self.extension.get(key)?.as_str()?)
    }

    fn json_body(&self) -> Option<&TypeRef> {
        let content = &self.request.body.as_ref()?.content;
        (content.format == Format::Json).then_some(&content.ty)
    }

    /// Explains why a pointer leads to no field: it is not a pointer, or one of its names is misspelt.
    fn astray(&self, key: &str) -> Option<String> {
        let body = match key {
            "items" | "next" => self.request.json_response()?,
            "cursorField" | "sizeField" => self.json_body()?,
            _ => return None,
        };
        let text = self.text(key);
        let Some(pointer) = Pointer::from_text(text) else {
            return Some(format!("a JSON pointer begins with a slash: `{key}: /{text}`"));
        };
        let segments: Vec<String> = pointer.segments().collect();
        let is_field = |length: &usize| {
            let names = segments[..*length].iter().map(String::as_str);
            self.types.path(body, names).is_some()
        };
        let known = (1..=segments.len()).take_while(is_field).count();
        let missing = segments.get(known)?;
        let path = self.types.path(body, segments[..known].iter().map(String::as_str));
        let ty = path.as_ref().and_then(|path| self.types.fields(path).last()).map_or(body, |field| &field.ty);
        let (_, fields) = self.types.object(ty.without_null()).filter(|(_, fields)| !fields.is_empty())?;
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let there = match nearest(missing, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("it has {}", some_of(&names)),
        };
        let owner = segments[..known].iter().map(|name| format!("/{name}")).collect::<String>();
        let owner = if owner.is_empty() { "the body".to_owned() } else { format!("`{owner}`") };
        Some(format!("{owner} has no `{missing}`: {there}"))
    }

    fn query_parameter(&self, name: &str) -> Option<usize> {
        let is_it = |parameter: &Parameter| parameter.location == Location::Query && parameter.name == name;
        self.request.parameters.iter().position(is_it)
    }

    /// Whether a parameter belongs to a choice.
    fn is_chosen(&self, parameter: usize) -> bool {
        self.request.choice.as_ref().is_some_and(|choice| choice.parameters.contains(&parameter))
    }
}

/// Returns the field at a JSON pointer into a body, and its type: the body itself, if the pointer is empty.
fn find(types: &Types, body: &TypeRef, pointer: &str) -> Option<(FieldPath, TypeRef)> {
    if body.is_nullable() {
        return None;
    }
    let segments: Vec<String> = Pointer::from_text(pointer)?.segments().collect();
    if segments.is_empty() {
        return Some((FieldPath::start(), body.clone()));
    }
    let path = types.path(body, segments.iter().map(String::as_str))?;
    let ty = types.fields(&path).last()?.ty.clone();
    Some((path, ty))
}

/// Returns the first of several names.
fn some_of(names: &[&str]) -> String {
    const MOST: usize = 6;
    let shown = names.iter().take(MOST).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MOST) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Whether every value of the type is an `i64`.
fn is_counted(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Scalar(Scalar::Int32 | Scalar::Int64 | Scalar::Uint32))
}

/// Returns the type of a value as a cursor, if it can be one.
fn cursor(declared: &Declared<'_, '_>, ty: &TypeRef) -> Option<Cursor> {
    let scalar = match declared.unaliased(ty) {
        TypeRef::Scalar(scalar) => *scalar,
        TypeRef::Named(id) => match &declared.types[*id].shape {
            Shape::Scalar(scalar) => *scalar,
            Shape::Object { .. } | Shape::Enum(_) | Shape::IntegerEnum(..) | Shape::Union(_) | Shape::Alias(_) => {
                return None;
            }
        },
        _ => return None,
    };
    match scalar {
        Scalar::String | Scalar::Base64 | Scalar::Uuid | Scalar::Timestamp => Some(Cursor::Text),
        Scalar::Int32 | Scalar::Int64 | Scalar::Uint32 | Scalar::Uint64 | Scalar::Int128 | Scalar::Uint128 => {
            Some(Cursor::Integer)
        }
        Scalar::Date | Scalar::Float64 | Scalar::Bool => None,
    }
}
