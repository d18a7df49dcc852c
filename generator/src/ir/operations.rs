//! Operations.

use std::borrow::Cow;

use serde::Serialize;

use super::{Alternative, Batch, Body, Call, Pagination, Parameter, Response, Security, Server, Success, is_false};
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
    /// The media type of a multipart body, if it is not `multipart/form-data`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts_in: Option<String>,
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
