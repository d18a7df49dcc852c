//! Operations: what can be called, and what a caller is asked for.

use std::borrow::Cow;

use serde::Serialize;

use super::{Alternative, Body, Docs, FieldPath, Presence, Response, Security, Server, Success, TypeRef};
use crate::pointer::Pointer;

/// An operation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Operation {
    /// Its `operationId`.
    pub id: String,
    /// What it is an alternative by; `None` for the usual form of an operation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternative: Option<Alternative>,
    /// The Rust name that the spec asks for.
    pub rust_name: Option<String>,
    /// Where it stands in the spec.
    pub pointer: Pointer,
    /// HTTP method.
    pub method: Method,
    /// Path below the base URL, with `{name}` for each path parameter.
    pub path: String,
    /// The part of the query that is always the same, as it is sent; empty if there is none.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub query: String,
    /// The group it belongs to.
    pub tag: Option<String>,
    /// The other groups that it is in, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub more_tags: Vec<String>,
    /// One line about it.
    pub summary: String,
    /// More about it, in Markdown.
    pub description: String,
    /// What it asks for, where that is not what [`Api::security`](super::Api::security) says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security: Option<Security>,
    /// Where it is served, where that is not what [`Api::servers`](super::Api::servers) says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub servers: Vec<Server>,
    /// Permissions that the caller needs, from `x-permission`.
    pub permission: Option<Permission>,
    /// What the spec says about its stability, from `x-unstable`; `None` is stable.
    pub unstable: Option<String>,
    /// The day from which it is no longer served, from `x-sunset`, as the spec has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sunset: Option<String>,
    /// Whether a second call does no more than the first: by the method, unless `x-idempotent` says otherwise.
    pub idempotent: bool,
    /// Whether the spec calls it deprecated.
    pub deprecated: bool,
    /// Path parameters in the order of the path, then the others in the order of the spec.
    pub parameters: Vec<Parameter>,
    /// The request body, unless its parts are parameters.
    pub body: Option<Body>,
    /// Whether a multipart body is sent even if no part of it is given.
    #[serde(skip_serializing_if = "is_false")]
    pub sends_multipart: bool,
    /// Every documented response, ascending by its statuses.
    pub responses: Vec<Response>,
    /// What a success looks like.
    pub success: Success,
    /// How its pages are followed, from `x-pagination`.
    pub pagination: Option<Pagination>,
    /// How it takes more items than one request may hold, from `x-batch`.
    pub batch: Option<Batch>,
    /// What a caller is asked for.
    pub call: Call,
}

/// The permissions that a caller needs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(into = "String")]
pub struct Permission {
    /// Their names. There are none where the operation is open to all.
    pub names: Vec<String>,
    /// Whether all of them are needed, and not any.
    pub all: bool,
}

impl Permission {
    /// What is needed, for people; `None` if that is nothing.
    pub fn text(&self) -> Option<String> {
        let word = if self.all { " and " } else { " or " };
        (!self.names.is_empty()).then(|| self.names.join(word))
    }

    /// What is needed, as a spec writes it; `None` if that is nothing.
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
    /// All groups that it is in.
    pub fn tags(&self) -> impl Iterator<Item = &String> {
        self.tag.iter().chain(&self.more_tags)
    }

    /// The path with the part of the query that is always the same.
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

    /// Whether HTTP says that a second call does no more than the first (RFC 9110, section 9.2.2).
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch)
    }
}

/// A parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// Name of the parameter.
    pub name: String,
    /// The Rust name that the spec asks for.
    pub rust_name: Option<String>,
    /// Where it stands in the spec; behind the `$ref`, if it is a shared one.
    pub pointer: Pointer,
    /// Where it goes.
    pub location: Location,
    /// What the spec says about it.
    pub docs: Docs,
    /// Whether a call without it is wrong. Path parameters always are.
    pub required: bool,
    /// Type of its value.
    pub ty: TypeRef,
    /// How the value is written.
    pub style: Style,
    /// The media type of a part of a multipart body, where the spec names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// A part of a body that may be left out: whether such a body is wrong without it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub required_in_body: bool,
}

impl Parameter {
    /// Where its name stands in the spec.
    pub fn named_at(&self) -> Pointer {
        match self.location {
            // The name of a part is the key of its schema.
            Location::Part => self.pointer.clone(),
            Location::Path | Location::Query | Location::Header | Location::Cookie => self.pointer.key("name"),
        }
    }
}

/// How the value of a parameter is written. What is the same on the wire is the same here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// As it prints, in the path or the query: the value is not a list.
    Plain,
    /// A list, a pair of the query for each item: `tag=a&tag=b`.
    Repeated,
    /// A list, all items in one pair of the query: `tag=a,b`.
    Joined,
    /// By a style of OpenAPI.
    Expanded(Expansion),
    /// As a part of a multipart body; a list as a part for each item.
    Part(PartForm),
}

/// What a part of a multipart body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PartForm {
    /// A text, number or boolean as it prints.
    Text,
    /// JSON.
    Json,
    /// A list as one JSON text.
    JsonList,
    /// A file.
    File,
}

/// A style of OpenAPI with what it leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Expansion {
    /// The style.
    pub layout: Layout,
    /// Whether each item of a list and each field of an object stands by itself.
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

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

/// Where a parameter goes.
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

/// How the pages of a list operation are followed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pagination {
    /// How a page follows from the one before it.
    pub advance: Advance,
    /// What says how many items a page has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<PagePlace>,
    /// The items of a page, in the body.
    pub items: FieldPath,
    /// Type of an item.
    pub item: TypeRef,
}

/// How a page follows from the one before it. The query parameters are optional, and represent their places in
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
        /// The number of the next page, in the body, `null` on the last page; else the pages are counted up to one without
        /// items.
        next: Option<FieldPath>,
    },
    /// By how many items are before it, up to a page without items.
    Offset {
        /// Query parameter for that, an integer.
        parameter: usize,
        /// Where the list begins.
        first: i64,
    },
    /// By what the page before says.
    Cursor {
        /// Where that is sent.
        place: PagePlace,
        /// Where it is in the body: absent, `null` or empty on the last page.
        next: FieldPath,
    },
}

/// A part of a request for a page.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PagePlace {
    /// A query parameter, by its place in [`Operation::parameters`].
    Parameter(usize),
    /// A field of the body.
    Field(FieldPath),
}

/// How an operation takes more items than one request may hold: in several requests.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Batch {
    /// The list of items, in the body.
    pub field: FieldPath,
    /// Type of an item.
    pub item: TypeRef,
    /// How many items one request may hold, from `maxItems`.
    pub limit: usize,
}

/// How an operation is called from Rust: what the caller is asked for, and where it goes.
///
/// The inputs stand in one list; everything else names them by their place in it.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Call {
    /// Query parameters of which at least one must be given: always the first argument.
    pub choice: Option<Choice>,
    /// Everything that a caller can be asked for.
    pub inputs: Vec<Input>,
    /// What has to be given. Every required parameter and every required part of the body is in one of these inputs, or
    /// is filled in.
    pub required: Required,
    /// What has to be given where the caller brings a whole body: the required parameters and the body. Only if that is
    /// something else.
    pub with_body: Option<Required>,
    /// What may be left out.
    pub setters: Vec<usize>,
}

/// The required inputs of a call, by their place in [`Call::inputs`].
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Required {
    /// Those that cannot be mistaken for another: the arguments.
    pub arguments: Vec<usize>,
    /// Those that have the type of another: steps with names, in this order.
    pub steps: Vec<usize>,
}

impl Required {
    /// Arguments and steps.
    pub fn inputs(&self) -> impl Iterator<Item = usize> + '_ {
        self.arguments.iter().chain(&self.steps).copied()
    }
}

/// Query parameters of which at least one must be given, from `x-at-least-one-of`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Choice {
    /// Name of the type that represents the choice.
    pub name: String,
    /// Where it stands in the spec.
    pub pointer: Pointer,
    /// The parameters, by their place in [`Operation::parameters`].
    pub parameters: Vec<usize>,
}

/// Something that a caller is asked for.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Input {
    /// Name of the parameter or property.
    pub name: String,
    /// The Rust name that the spec asks for.
    pub rust_name: Option<String>,
    /// Where it stands in the spec.
    pub pointer: Pointer,
    /// Where its name stands in the spec.
    #[serde(skip)]
    pub named_at: Pointer,
    /// What the spec says about it.
    pub docs: Docs,
    /// Type of its value, absence aside.
    pub ty: TypeRef,
    /// Whether it has to be given.
    pub required: bool,
    /// Whether the body keeps it behind a pointer.
    pub boxed: bool,
    /// The parameter that it is, by its place in [`Operation::parameters`].
    pub parameter: Option<usize>,
    /// Where it goes in the body.
    pub body: Option<BodyPart>,
}

impl Input {
    /// Whether it may be left out, and whether it may be `null`.
    pub fn presence(&self) -> Presence {
        Presence::of(self.required, &self.ty)
    }

    /// The name that the spec gives it for callers.
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
    /// A field in it.
    Field(FieldPath),
}
