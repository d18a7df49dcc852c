//! Operations, and the inputs of their callers.

use std::borrow::Cow;

use serde::Serialize;

use super::{Alternative, Body, Docs, FieldPath, Presence, Response, Security, Server, Success, TypeRef};
use crate::pointer::Pointer;

/// An operation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Operation {
    /// Its `operationId`.
    pub id: String,
    /// The alternative that it is; `None` for the usual form of an operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternative: Option<Alternative>,
    /// The Rust name that the spec sets.
    pub rust_name: Option<String>,
    /// Its place in the spec.
    pub pointer: Pointer,
    /// HTTP method.
    pub method: Method,
    /// Path below the base URL, with `{name}` for each path parameter.
    pub path: String,
    /// The constant part of the query, as it is sent; empty if there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub query: String,
    /// The first group of the operation.
    pub tag: Option<String>,
    /// Its other groups, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more_tags: Vec<String>,
    /// A description in one line.
    pub summary: String,
    /// A longer description, in Markdown.
    pub description: String,
    /// Its requirements, if they differ from [`Api::security`](super::Api::security).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security: Option<Security>,
    /// Its servers, if they differ from [`Api::servers`](super::Api::servers).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub servers: Vec<Server>,
    /// Permissions that the caller needs, from `x-permission`.
    pub permission: Option<Permission>,
    /// The note about its stability, from `x-unstable`; `None` is stable.
    pub unstable: Option<String>,
    /// The day after which it is no longer available, from `x-sunset`, as in the spec.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sunset: Option<String>,
    /// Whether a second call has the same effect as one: by the method, unless `x-idempotent` overrides it.
    pub idempotent: bool,
    /// Whether the spec calls it deprecated.
    pub deprecated: bool,
    /// Path parameters in the order of the path, then the others in the order of the spec.
    pub parameters: Vec<Parameter>,
    /// The request body, unless its parts are parameters.
    pub body: Option<Body>,
    /// Whether a multipart body is sent even if no part of it is set.
    #[serde(skip_serializing_if = "is_false")]
    pub sends_multipart: bool,
    /// Every documented response, ascending by its statuses.
    pub responses: Vec<Response>,
    /// The form of a success.
    pub success: Success,
    /// How to follow its pages, from `x-pagination`.
    pub pagination: Option<Pagination>,
    /// How it accepts more items than one request, from `x-batch`.
    pub batch: Option<Batch>,
    /// The inputs of a caller.
    pub call: Call,
}

/// The permissions that a caller needs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(into = "String")]
pub struct Permission {
    /// Their names; empty if the operation is open to all.
    pub names: Vec<String>,
    /// Whether all of them are needed, and not just one.
    pub all: bool,
}

impl Permission {
    /// Describes the permissions for people; `None` if there are none.
    pub fn text(&self) -> Option<String> {
        let word = if self.all { " and " } else { " or " };
        (!self.names.is_empty()).then(|| self.names.join(word))
    }

    /// Returns the permissions as in a spec; `None` if there are none.
    pub fn written(&self) -> Option<String> {
        match self.names.as_slice() {
            [] => None,
            [name] => Some(name.clone()),
            names => {
                let operator = if self.all { "AND" } else { "OR" };
                Some(format!("{{ operator: {operator}, permissions: [{}] }}", names.join(", ")))
            }
        }
    }
}

impl From<Permission> for String {
    fn from(permission: Permission) -> Self {
        permission.text().unwrap_or_else(|| "open to all".to_owned())
    }
}

impl Operation {
    /// All groups of the operation.
    pub fn tags(&self) -> impl Iterator<Item = &String> {
        self.tag.iter().chain(&self.more_tags)
    }

    /// The path with the constant part of the query.
    pub fn target(&self) -> Cow<'_, str> {
        if self.query.is_empty() { Cow::from(&self.path) } else { format!("{}?{}", self.path, self.query).into() }
    }
}

/// An HTTP method of OpenAPI 3.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// The method as it stands in a request line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }

    /// Whether a second call has the same effect as one, according to HTTP (RFC 9110, section 9.2.2).
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch)
    }
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// Name of the parameter.
    pub name: String,
    /// The Rust name that the spec sets.
    pub rust_name: Option<String>,
    /// Its place in the spec; that of the target, if it is a reference.
    pub pointer: Pointer,
    /// Its destination.
    pub location: Location,
    /// Its documentation in the spec.
    pub docs: Docs,
    /// Whether a call without it is invalid. Path parameters are always required.
    pub required: bool,
    /// Type of its value.
    pub ty: TypeRef,
    /// How the value is written.
    pub style: Style,
    /// The media type of a part of a multipart body, if the spec names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Whether an optional body is invalid without this part.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub required_in_body: bool,
}

impl Parameter {
    /// The place of its name in the spec.
    pub fn named_at(&self) -> Pointer {
        match self.location {
            // The name of a part is the key of its schema.
            Location::Part => self.pointer.clone(),
            Location::Path | Location::Query | Location::Header | Location::Cookie => self.pointer.key("name"),
        }
    }
}

/// The format of a parameter's value. Equal formats on the wire are equal here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// As text, in the path or the query: the value is not a list.
    Plain,
    /// A list, with one query pair per item: `tag=a&tag=b`.
    Repeated,
    /// A list, with all items in one query pair: `tag=a,b`.
    Joined,
    /// By a style of OpenAPI.
    Expanded(Expansion),
    /// A part of a multipart body; for a list, one part per item.
    Part(PartForm),
}

/// The form of a part in a multipart body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartForm {
    /// A text, number or boolean, as text.
    Text,
    /// JSON.
    Json,
    /// A list as one JSON text.
    JsonList,
    /// A file.
    File,
}

/// A style of OpenAPI with its options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Expansion {
    /// The style.
    pub layout: Layout,
    /// Whether each item of a list and each field of an object is separate.
    pub explode: bool,
    /// Whether reserved characters are sent unencoded, from `allowReserved`.
    #[serde(skip_serializing_if = "is_false")]
    pub reserved: bool,
    /// Whether `null`, or a list without items, is sent as an empty text, from `allowEmptyValue`.
    #[serde(skip_serializing_if = "is_false")]
    pub or_empty: bool,
}

/// A style of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Layout {
    /// `a,b`
    Simple,
    /// `.a,b`
    Label,
    /// `;name=a,b`
    Matrix,
    /// `name=a,b`
    Form,
    /// `name=a%20b`
    SpaceDelimited,
    /// `name=a%7Cb`
    PipeDelimited,
    /// `name[field]=a`
    DeepObject,
    /// JSON, from `content`.
    Json,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// The destination of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Location {
    /// A segment of the path, or a part of one.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// The header `Cookie`.
    Cookie,
    /// A part of a multipart body.
    Part,
}

impl Location {
    /// Every place.
    pub const ALL: [Self; 5] = [Self::Path, Self::Query, Self::Header, Self::Cookie, Self::Part];

    /// The place as the spec writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Part => "part",
        }
    }
}

/// How to follow the pages of a list operation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pagination {
    /// How to get from one page to the next.
    pub advance: Advance,
    /// The parameter or field for the number of items on a page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<PagePlace>,
    /// The items of a page, in the body.
    pub items: FieldPath,
    /// Type of an item.
    pub item: TypeRef,
}

/// How to get from one page to the next. The query parameters are optional, and are indices in
/// [`Operation::parameters`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Advance {
    /// By its number.
    Number {
        /// Query parameter for the number, an integer.
        parameter: usize,
        /// Number of the first page.
        first: i64,
        /// The number of the next page, in the body, `null` on the last page; otherwise the pages are counted up to one
        /// without items.
        next: Option<FieldPath>,
    },
    /// By the number of items before it, up to a page without items.
    Offset {
        /// Query parameter for that, an integer.
        parameter: usize,
        /// The first offset.
        first: i64,
    },
    /// By a cursor in the previous page.
    Cursor {
        /// The destination of the cursor.
        place: PagePlace,
        /// The cursor in the body: absent, `null` or empty on the last page.
        next: FieldPath,
    },
}

/// A part of a request for a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PagePlace {
    /// A query parameter, as an index in [`Operation::parameters`].
    Parameter(usize),
    /// A field of the body.
    Field(FieldPath),
}

/// How an operation accepts more items than one request: in several requests.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Batch {
    /// The list of items, in the body.
    pub field: FieldPath,
    /// Type of an item.
    pub item: TypeRef,
    /// The maximum number of items in one request, from `maxItems`.
    pub limit: usize,
}

/// How an operation is called from Rust: the inputs of the caller, and their destinations.
///
/// The inputs are in one list; everything else refers to them by index.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Call {
    /// Query parameters of which at least one is required: always the first argument.
    pub choice: Option<Choice>,
    /// All inputs of the caller.
    pub inputs: Vec<Input>,
    /// The required inputs. Every required parameter and every required part of the body is one of these inputs, or is
    /// filled in.
    pub required: Required,
    /// The required inputs if the caller supplies a whole body: the required parameters and the body. Only if they
    /// differ.
    pub with_body: Option<Required>,
    /// The optional inputs.
    pub setters: Vec<usize>,
}

/// The required inputs of a call, as indices in [`Call::inputs`].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Required {
    /// Inputs that cannot be mistaken for another: the arguments.
    pub arguments: Vec<usize>,
    /// Inputs with the type of another: named steps, in this order.
    pub steps: Vec<usize>,
}

impl Required {
    /// Arguments and steps.
    pub fn inputs(&self) -> impl Iterator<Item = usize> + '_ {
        self.arguments.iter().chain(&self.steps).copied()
    }
}

/// Query parameters of which at least one is required, from `x-at-least-one-of`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// Name of the type for the choice.
    pub name: String,
    /// Its place in the spec.
    pub pointer: Pointer,
    /// The parameters, as indices in [`Operation::parameters`].
    pub parameters: Vec<usize>,
}

/// An input of the caller.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Input {
    /// Name of the parameter or property.
    pub name: String,
    /// The Rust name that the spec sets.
    pub rust_name: Option<String>,
    /// Its place in the spec.
    pub pointer: Pointer,
    /// The place of its name in the spec.
    #[serde(skip)]
    pub named_at: Pointer,
    /// Its documentation in the spec.
    pub docs: Docs,
    /// Type of its value, without absence.
    pub ty: TypeRef,
    /// Whether it is required.
    pub required: bool,
    /// Whether the body stores it behind a pointer.
    pub boxed: bool,
    /// The parameter that it sets, as an index in [`Operation::parameters`].
    pub parameter: Option<usize>,
    /// The part of the body that it sets.
    pub body: Option<BodyPart>,
}

impl Input {
    /// Whether it may be absent, and whether it may be `null`.
    pub fn presence(&self) -> Presence {
        Presence::of(self.required, &self.ty)
    }

    /// The name for callers, as the spec sets it.
    pub fn wanted_name(&self) -> &str {
        self.rust_name.as_deref().unwrap_or(&self.name)
    }
}

/// A part of the request body.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BodyPart {
    /// The body itself.
    Whole,
    /// A field of the body.
    Field(FieldPath),
}
